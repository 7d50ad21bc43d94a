"""The ring is turned while people work, and who turns it is killed again and again: nobody notices, and every key comes back."""

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.crash.attack import kills_wanted
from tests.environment import ROOT
from tests.served import Served

SETTLED = 20  # saves, after which a client has its record settled
SUBJECTS = int(os.environ.get("ROTATION_SUBJECTS") or 6000)
CLIENTS = int(os.environ.get("ROTATION_CLIENTS") or 6)  # each asks as fast as it is answered
RECORDS = max(12, CLIENTS)
KILLS = int(os.environ.get("ROTATION_KILLS") or max(6, kills_wanted() // 5))
RATE = float(
    os.environ.get("ROTATION_RATE") or 0
)  # requests a second that must have been answered
PREPARE = """
import json, uuid
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from runtime.records import actions
from runtime.vault.keys import create_subject
from tests.unit.records.scenes import CALL, make_version
user, version = get_user_model().objects.create_user("agent"), make_version(CALL)
user.groups.add(Group.objects.get_or_create(name="agent")[0])
doors = []
for number in range(RECORDS):
    record = actions.start(version=version, by=user)
    session, token = actions.open_session(record=record, by=user, kind="agent", purpose="call")
    doors.append([str(record.pk), token])
for number in range(SUBJECTS):
    create_subject(uuid.uuid4())
print(json.dumps({"doors": doors}))
"""
COUNT = """
import hashlib, json
from runtime.records.models import Record
from runtime.records.store import open_record
from runtime.vault.keys import subject_keys
from runtime.vault.models import SubjectKey
from runtime.vault.places import place
keys = subject_keys([row.subject for row in SubjectKey.objects.all()])
told = {str(subject): hashlib.sha256(key).hexdigest() for subject, key in keys.items()}
events = {}
for record in Record.objects.all():
    opened = open_record(record, by=None, purpose="check")
    events[str(record.pk)] = [event.event.get("value") for event in opened.events]
numbers = sorted({row.ring_version for row in SubjectKey.objects.all()})
print(json.dumps({"keys": told, "events": events, "numbers": numbers, "ring": sorted(place().numbers())}))
"""


@dataclass
class Client:
    """An agent's browser: saves an answer, then has the record settled, which opens its keys."""

    port: int
    record: str
    token: str
    stop: threading.Event
    answers: Counter[int] = field(default_factory=Counter)
    saved: list[str] = field(default_factory=list)
    wrong: list[Any] = field(default_factory=list)
    line: http.client.HTTPConnection | None = None

    def run(self) -> None:
        while not self.stop.is_set():
            value = f"{self.record}-{len(self.saved)}"
            event = {"event": "answered", "place": "given_name", "value": value}
            body = {"events": [{"id": str(uuid.uuid4()), "seen": 0, "event": event}]}
            status, _told = self._ask("save", body, {"X-Run-Token": self.token})
            self.saved += [value] if status == 200 else []
            if len(self.saved) % SETTLED == 0:
                self._ask("settle", {}, {"X-Run-Token": self.token})

    def _ask(self, what: str, body: Any, headers: dict[str, str]) -> tuple[int, bytes]:
        named = {"Content-Type": "application/json", "Accept": "application/json", **headers}
        line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("POST", f"/record/{self.record}/{what}/", json.dumps(body), named)
            answer = line.getresponse()
            status, told, self.line = answer.status, answer.read(), line
        except (OSError, http.client.HTTPException) as error:
            status, told, self.line = 0, repr(error).encode(), None
            line.close()
        self.answers[status] += 1
        if status != 200:
            self.wrong.append((what, status, told[:300]))
        return status, told


def ask(served: Served, what: str) -> Any:
    return json.loads(served.manage("shell", "-v0", "-c", what).splitlines()[-1])


def prepare(served: Served, subjects: int = SUBJECTS) -> Any:
    """An agent, open records, and so many subjects."""
    return ask(served, f"RECORDS, SUBJECTS = {RECORDS}, {subjects}\n{PREPARE}")


@contextmanager
def at_work(served: Served, prepared: Any, clients: int = CLIENTS) -> Iterator[list[Client]]:
    """Clients that save and settle meanwhile; each has ended when it is left."""
    stop = threading.Event()
    working = [Client(served.port, *prepared["doors"][n], stop=stop) for n in range(clients)]
    threads = [threading.Thread(target=client.run, daemon=True) for client in working]
    for thread in threads:
        thread.start()
    try:
        yield working
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)


def turn_and_kill(
    served: Served, chance: random.Random, *command: str, within: float = 0.6
) -> bool:
    """Begins a turn, or goes on with one, and kills it somewhere; whether it was at work then."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=served.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    assert "is in use" in first, first + process.stdout.read()
    time.sleep(chance.uniform(0, within))
    process.kill()
    rest = process.stdout.read()
    process.wait()
    return "Everything is under" not in rest


def nothing_lost(before: Any, after: Any, clients: list[Client]) -> None:
    """No request failed, every key is the one it was, every answer that was acknowledged is there in its order."""
    assert [client.wrong for client in clients if client.wrong] == []
    assert {name: after["keys"][name] for name in before["keys"]} == before["keys"]
    for client in clients:
        assert [value for value in after["events"][client.record] if value] == client.saved


@pytest.mark.timeout(600 + 60 * KILLS)
def test_the_ring_turns_under_load_and_survives_every_kill() -> None:
    served, chance = Served(), random.Random(31)
    try:
        prepared = prepare(served)
        before = ask(served, COUNT)
        served.start()
        with at_work(served, prepared) as clients:
            began = time.monotonic()
            cut = sum(turn_and_kill(served, chance, "rotate_keys") for _ in range(KILLS))
            told = served.manage("rotate_keys")
            answered = sum(client.answers.total() for client in clients)
            rate = answered / (time.monotonic() - began)
        after = ask(served, COUNT)
    finally:
        served.stop()
    answers = sum((client.answers for client in clients), Counter())
    print(f"{KILLS} kills, {cut} of them at work; {dict(answers)}: {rate:.0f} requests a second")
    print(f"ring {after['ring']}, {len(after['keys'])} keys")
    nothing_lost(before, after, clients)
    assert answers.total() > 200
    assert rate >= RATE
    assert cut > 0
    assert "Everything is under" in told
    assert after["numbers"] == [max(after["ring"])]
