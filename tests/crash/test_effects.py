"""Workers killed while they carry effects out: each happens once in effect; what was sent twice can be told by who received it.

`CRASH_EFFECTS_WANTED=10000 CRASH_EFFECTS_KILLS=100` for the long run; a smaller one is part of the suite.
"""

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.crash.effects_story import CONTACTS, EFFECTS
from tests.environment import ROOT
from tests.receiving import Post, Web
from tests.served import Served

WANTED = int(os.environ.get("CRASH_EFFECTS_WANTED", "500"))
KILLS = int(os.environ.get("CRASH_EFFECTS_KILLS", "5"))
WORKERS = ("worker", "worker-2")
PATIENCE = 120.0  # seconds without a single message
MINUTES = max(7, WANTED // 100)


@dataclass
class Carried:
    """One installation, its receivers, and its workers that are killed."""

    seed: int
    mutant: str = ""
    broker: str = ""  # where it is, workers are Celery's
    kills: int = 0
    web: Web = field(default_factory=Web)
    post: Post = field(default_factory=Post)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.served = Served(
            DJANGO_SETTINGS_MODULE="tests.crash.settings",
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(self.post.port),
            CRASH_EFFECTS="1",
            CRASH_QUIET="1",
            CRASH_MUTANT=self.mutant,
            BROKER_URL=self.broker,
        )
        for name in WORKERS:
            self.served.logs[name] = self.served.home / f"{name}.log"

    def scene(self, *what: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tests.crash.effects_scene", *what],
            cwd=ROOT,
            env=self.served.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def run(self, records: int, kills: int) -> dict[str, Any]:
        """Kills one worker after the other, spread over the whole work; then lets the rest be done."""
        self.scene("prepare", str(records), str(self.web.port))
        for name in WORKERS:
            self._start(name)
        for number in range(1, kills + 1):
            self._until(lambda number=number: self._sent() >= number * 2 * records // (kills + 1))
            self._kill()
        self._until(lambda: self._sent() >= 2 * records)
        found = self.scene("count")
        end = time.monotonic() + PATIENCE
        while found["states"].get("pending") and time.monotonic() < end:
            time.sleep(2)
            found = self.scene("count")
        return dict(found)

    def _kill(self) -> None:
        """One of them, at a random moment; where receivers are slow, both, while somebody surely waits for an answer."""
        if not self.web.delay:
            time.sleep(self.chance.uniform(0, 0.05))
        for name in WORKERS if self.web.delay else [self.chance.choice(WORKERS)]:
            self.served.kill(name)
            self._start(name)
        self.kills += 1
        self.killed()

    def killed(self) -> None:
        """What else dies with a worker; nothing here."""

    def _start(self, name: str) -> None:
        if self.broker:
            command = ("-m", "celery", "--app", "config.tasks", "worker", "--beat")
            told = ("--concurrency", "2", "--hostname", f"{name}@here", "--loglevel", "WARNING")
            self.served._spawn(name, *command, *told)
        else:
            self.served._spawn(name, "manage.py", "worker", "--interval", "0.2")

    def _sent(self) -> int:
        return len(self.web.came) + len(self.post.came)

    def _until(self, done: Any) -> None:
        """Waits as long as anything goes on: a machine that others use may be slow, but nothing may stand still."""
        sent, end = self._sent(), time.monotonic() + PATIENCE
        while not done() and time.monotonic() < end:
            time.sleep(0.005)
            if self._sent() != sent:
                sent, end = self._sent(), time.monotonic() + PATIENCE
        assert done(), (self._sent(), self.kills, self.served.logs["worker"].read_text()[-2000:])

    def close(self) -> None:
        for name in [name for name in WORKERS if name in self.served.processes]:
            self.served.kill(name)
        self.served.stop()
        self.web.close()
        self.post.close()


@pytest.mark.timeout(60 * MINUTES)
def test_each_effect_happens_once_in_effect_whoever_is_killed() -> None:
    each_once(Carried(seed=31))


def each_once(carried: Carried) -> None:
    records, began = WANTED // len(EFFECTS), time.monotonic()
    try:
        found = carried.run(records, KILLS)
    finally:
        carried.close()
    again = carried.web.again + carried.post.again
    print(
        f"{records * len(EFFECTS)} effects, {carried.kills} kills, {found['interrupted']} begun again,"
    )
    print(f"{again} messages came twice, in {time.monotonic() - began:.0f} s; {found['codes']}")
    assert carried.kills == KILLS
    assert found["states"] == {"done": records * len(EFFECTS)}
    assert found["records"] == records
    assert found["items"] == found["created"] == found["spawned"] == CONTACTS * records
    assert found["descents"] == CONTACTS * records
    assert found["languages"] == records
    assert found["notices"] == 2 * records
    assert sorted([*carried.web.came, *carried.post.came]) == found["references"]
    assert again <= carried.kills + found["interrupted"]


@pytest.mark.timeout(300)
def test_a_worker_that_refers_to_each_try_by_another_name_is_caught() -> None:
    carried = Carried(seed=7, mutant="fresh")
    carried.web.delay = carried.post.delay = 0.5
    try:
        found = carried.run(6, 2)
    finally:
        carried.close()
    assert len(carried.web.came) + len(carried.post.came) > found["notices"]
