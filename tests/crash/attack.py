"""Clients that save through a real server while it is killed again and again, and what must hold afterwards."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.environment import ROOT
from tests.served import Served

CLIENTS = 8


@dataclass
class Writer:
    """One browser: sends batches, sends each again until it is acknowledged, and remembers what was."""

    name: str
    port: int
    record: str
    token: str
    stop: threading.Event
    acknowledged: dict[str, int] = field(default_factory=dict)  # value -> number
    sent: list[str] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)

    def run(self) -> None:
        chance = random.Random(self.name)
        while not self.stop.is_set():
            values = [
                f"{self.name}-{len(self.sent) + step:05d}" for step in range(chance.randint(1, 3))
            ]
            self.sent += values
            batch = {str(uuid.uuid4()): value for value in values}
            while not self._send(batch) and not self.stop.is_set():
                time.sleep(0.02)

    def _send(self, batch: dict[str, str]) -> bool:
        events = [
            {
                "id": name,
                "seen": 0,
                "event": {"event": "answered", "place": "given_name", "value": value},
            }
            for name, value in batch.items()
        ]
        try:
            status, told = self._post({"events": events})
        except (OSError, http.client.HTTPException, ValueError):
            return False
        if status == 503:
            return False
        if status != 200 or told["refused"] or told["late"]:
            self.refused.append((status, told))
        for row in told["acknowledged"]:
            self.acknowledged[batch[row["id"]]] = row["number"]
        return True

    def _post(self, body: Any) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Content-Type": "application/json", "X-Run-Token": self.token}
            connection.request("POST", f"/record/{self.record}/save/", json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


@dataclass
class Damage:
    """What was found to be wrong; every list empty is what must hold."""

    missing: list[str] = field(default_factory=list)  # acknowledged, not there
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    misnumbered: list[str] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    effects_lost: list[str] = field(default_factory=list)
    effects_twice: list[str] = field(default_factory=list)

    def none(self) -> bool:
        return not any(vars(self).values())


class Attack:
    """An installation, its writers, and the kills."""

    def __init__(self, seed: int, **environment: str) -> None:
        self.chance = random.Random(seed)
        self.served = Served(DJANGO_SETTINGS_MODULE="tests.crash.settings", **environment)
        self.stop = threading.Event()
        self.writers: list[Writer] = []
        self.kills = 0

    def scene(self, what: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tests.crash.scene", what],
            cwd=ROOT,
            env=self.served.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def run(self, kills: int, seconds: float) -> None:
        """Kills server and worker in turn or together, `kills` times, or until the time is over."""
        doors = self.scene("prepare")["doors"]
        self.served.start()
        self.writers = [
            Writer(f"w{n}", self.served.port, *doors[n % len(doors)], stop=self.stop)
            for n in range(CLIENTS)
        ]
        threads = [threading.Thread(target=writer.run, daemon=True) for writer in self.writers]
        for thread in threads:
            thread.start()
        end = time.monotonic() + seconds
        while self.kills < kills and time.monotonic() < end:
            self._kill_once()
        time.sleep(0.3)
        self.stop.set()
        for thread in threads:
            thread.join(timeout=30)

    def _kill_once(self) -> None:
        time.sleep(self.chance.uniform(0.05, 0.6))
        for name in ("server", "worker"):
            self.served.kill(name)
            self.kills += 1
            time.sleep(self.chance.uniform(0, 0.05))
        self.served.start()

    def quiet(self, patience: float = 30) -> None:
        """Ends the server; the worker finishes what is due, begins nothing new, and is asked to end."""
        self.served.kill("server")
        worker = self.served.processes["worker"]
        end = time.monotonic() + patience
        while not _listens(worker.pid) and time.monotonic() < end:  # it may just be starting
            time.sleep(0.1)
        self.served.kill("worker", signal.SIGTERM)
        assert worker.returncode == 0, worker.returncode  # it ends cleanly when it is asked to
        self.served.environment["CRASH_QUIET"] = "1"
        end = time.monotonic() + patience
        while self.scene("waiting")["pending"] and time.monotonic() < end:
            self.served.manage("worker", "--once")
            time.sleep(0.5)

    def damage(self) -> Damage:
        found, wrong = self.scene("count"), Damage()
        for writer in self.writers:
            self._look_at(writer, found["events"][writer.record], wrong)
        self._look_at_effects(found, wrong)
        return wrong

    @staticmethod
    def _look_at(writer: Writer, events: list[Any], wrong: Damage) -> None:
        own = [
            (number, value)
            for number, value in events
            if value and value.startswith(f"{writer.name}-")
        ]
        numbers = {value: number for number, value in own}
        values = [value for _number, value in own]
        wrong.missing += [value for value in writer.acknowledged if value not in numbers]
        wrong.doubled += [value for value, times in Counter(values).items() if times > 1]
        wrong.disordered += [later for earlier, later in pairwise(values) if later <= earlier]
        wrong.misnumbered += [
            v for v, number in writer.acknowledged.items() if numbers.get(v, number) != number
        ]
        wrong.refused += writer.refused

    @staticmethod
    def _look_at_effects(found: dict[str, Any], wrong: Damage) -> None:
        done = Counter(found["carried_out"])
        due = {f"{record}:done:0:0" for record in found["finished"]}
        assert due == {key for key, _state in found["effects"]}  # with their cause, or not at all
        wrong.effects_lost += [key for key in due if done[key] == 0]
        wrong.effects_twice += [key for key, times in done.items() if times > 1]

    def leaks(self, *secrets: bytes) -> list[str]:
        """Files of the installation in which one of these bytes stands in clear."""
        return [
            f"{file.name}: {secret!r}"
            for file in self.served.written()
            for secret in secrets
            if secret in file.read_bytes()
        ]

    def close(self) -> None:
        self.stop.set()
        self.served.stop()


def _listens(pid: int) -> bool:
    """Whether a process has a handler of its own for SIGTERM by now."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def kills_wanted() -> int:
    return int(os.environ.get("CRASH_KILLS", "40"))
