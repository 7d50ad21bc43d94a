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
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.crash.apps import HALF_DONE
from tests.crash.story import EFFECTS, GIVEN, names_of
from tests.environment import ROOT
from tests.marking import controls
from tests.served import Served
from tests.traces import found_in, unread

CLIENTS = 8
CONTROL = "Kwikzilver-Controle"


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
    documents_lost: list[str] = field(default_factory=list)
    documents_twice: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)  # where a number was left out
    contacts_lost: list[str] = field(default_factory=list)
    contacts_twice: list[str] = field(default_factory=list)

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
            Writer(f"{GIVEN}-w{n}", self.served.port, *doors[n % len(doors)], stop=self.stop)
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
        self._await_worker()
        time.sleep(self.chance.uniform(0.1, 0.7))
        if "twice" in self.served.environment.get("CRASH_MUTANT", ""):
            sign = self.served.data_dir / HALF_DONE
            sign.unlink(missing_ok=True)
            until(sign.exists, seconds=10)
        for name in ("server", "worker"):
            self.served.kill(name)
            self.kills += 1
            time.sleep(self.chance.uniform(0, 0.05))
        self.served.start()

    def _await_worker(self) -> None:
        """Until the worker is past its start, and at work."""
        pid = self.served.processes["worker"].pid
        until(lambda: listens(pid), seconds=30)

    def end_worker(self) -> None:
        """Asks the worker to end, which it does cleanly."""
        self._await_worker()
        worker = self.served.processes["worker"]
        self.served.kill("worker", signal.SIGTERM)
        assert worker.returncode == 0, worker.returncode

    def traces(self) -> tuple[list[str], list[tuple[str, str]]]:
        """The kinds of file that were not read, and where something typed lies in clear. The server still runs, and keeps its
        files open."""
        self.served.mark(CONTROL)
        files = self.served.written()
        return unread(files, controls(CONTROL)), sorted(set(found_in(files, [GIVEN])))

    def quiet(self, patience: float = 60) -> None:
        """Ends both; workers that begin nothing new finish what is due."""
        if "worker" in self.served.processes:
            self.end_worker()
        self.served.kill("server")
        self.served.environment["CRASH_QUIET"] = "1"
        end = time.monotonic() + patience
        while self.scene("waiting")["pending"] and time.monotonic() < end:
            self.served.manage("worker", "--once")
            time.sleep(0.5)

    def damage(self, found: dict[str, Any]) -> Damage:
        """What is wrong with what `scene("count")` found."""
        wrong = Damage()
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
        ended = found["finished"]
        keys = [f"{record}:done:{number}:0" for record in ended for number in range(len(EFFECTS))]
        assert sorted(keys) == sorted(
            key for key, _state in found["effects"]
        )  # with their cause, or not at all
        counted = [f"{record}:done:0:0" for record in ended]
        wrong.effects_lost, wrong.effects_twice = off(counted, found["counted"])
        wrong.documents_lost, wrong.documents_twice = off(ended, found["documents"])
        named = [name for record in ended for name in names_of(record)]
        wrong.contacts_lost, wrong.contacts_twice = off(named, found["called"])
        numbers = [int(number.split("-")[1]) for number in found["numbers"]]
        wrong.numbers = [str(n) for n, number in enumerate(numbers, 1) if n != number]

    def close(self) -> None:
        self.stop.set()
        self.served.stop()


def off(due: list[str], done: list[str]) -> tuple[list[str], list[str]]:
    """What is due once and was not done, and what was done more than once."""
    times = Counter(done)
    return [each for each in due if not times[each]], [each for each in times if times[each] > 1]


def until(done: Callable[[], bool], seconds: float) -> None:
    """Waits, but not for ever: what follows tells whether it was long enough."""
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.02)


def listens(pid: int) -> bool:
    """Whether a process has a handler of its own for SIGTERM by now."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def kills_wanted() -> int:
    return int(os.environ.get("CRASH_KILLS", "40"))
