"""Many claimers at one queue while processes and the database's server are killed, and what must hold afterwards.

`python -m tests.crash.storm '{"items": 1000000, "claims": 100000, ..}'` runs it on databases and, on PostgreSQL, on a server
of its own, and prints what was found as JSON. `durable: false` is the saboteur: commits that are not waited for.
"""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.crash import claimer
from tests.crash.papers import Found, compare
from tests.environment import ROOT, kind

RESPITE = 5.0  # seconds at most until a lapsed item is somebody else's
FROZEN_EVERY = (
    4  # of the attacks: the process is stopped until its item is somebody else's, and goes on
)


@dataclass(frozen=True)
class Storm:
    """How large it is. `calls` of the items have a person and a script; the rest are claimed and ended only."""

    items: int = 2_000
    claims: int = 800
    claimers: int = 8
    kills: int = 20
    crashes: int = 0  # of the database's server
    calls: int = 60
    seed: int = 1
    durable: bool = True
    seconds: float = 120.0  # at most


@dataclass
class Process:
    agent: int  # 0: the worker
    process: Any
    since: float = field(default_factory=time.monotonic)


class Weather:
    """The parent: starts claimers, kills some, and lets others take their place."""

    def __init__(self, storm: Storm, server: Any) -> None:
        self.storm, self.server = storm, server
        self.chance = random.Random(storm.seed)
        self.folder = Path(tempfile.mkdtemp(prefix="scriptorium-storm-"))
        self.fork = multiprocessing.get_context("fork")
        self.queue, self.agents = _scene(storm)
        self.running: list[Process] = []
        self.kills = self.frozen = self.crashes = self.idle = 0

    def run(self) -> Found:
        from django.db import connections

        connections.close_all()
        begun = time.monotonic()
        for _number in range(self.storm.claimers):
            self._start(next(self.agents))
        self._start(0)
        self._attack(begun + self.storm.seconds)
        took = time.monotonic() - begun
        (self.folder / claimer.STOP).touch()
        for each in self.running:
            each.process.join(timeout=30)
        self.idle += sum(map(self._idle, self.running))
        found = compare(self.folder, self.storm.claimers)
        shutil.rmtree(self.folder, ignore_errors=True)
        counts = {"kills": self.kills, "frozen": self.frozen, "crashes": self.crashes}
        return replace(found, **counts, idle=self.idle, seconds=took)

    def _start(self, agent: int) -> None:
        durable = self.storm.durable
        work = self.fork.Process(
            target=claimer.work if agent else claimer.sweep,
            args=(self.folder, self.queue, agent) if agent else (self.folder,),
            kwargs={"durable": durable},
        )
        work.start()
        self.running.append(Process(agent, work))

    def _attack(self, until: float) -> None:
        """The attacks lie evenly over the claims that are wanted."""
        wanted = self.storm.kills + self.storm.crashes
        while (told := self._told()) < self.storm.claims and time.monotonic() < until:
            if told * wanted >= (self.kills + self.crashes) * self.storm.claims:
                self._strike()
            time.sleep(0.02)

    def _strike(self) -> None:
        if self.crashes < self.storm.crashes and self.kills >= (self.crashes + 1) * (
            self.storm.kills // (self.storm.crashes + 1)
        ):
            self.crashes += 1
            self.server.stop(mode="immediate")
            self.server.start()
        elif self.storm.kills > self.kills:
            self.kills += 1
            if self.kills % FROZEN_EVERY == 0 and self._freeze():
                return
            self._kill(self.chance.choice(self.running))

    def _kill(self, one: Process) -> None:
        """Its item's lease lapses, and somebody else comes."""
        os.kill(one.process.pid, signal.SIGKILL)
        one.process.join(timeout=10)
        self.running.remove(one)
        self.idle += self._idle(one)
        if one.agent:
            self._lapse(one.agent)
        self._start(next(self.agents) if one.agent else 0)

    def _freeze(self) -> bool:
        """One that holds a call stands still until the call is somebody else's; then it goes on as if nothing had been."""
        from django.db import DatabaseError

        for one in self.chance.sample(self.running, len(self.running)):
            if not one.agent or not self._holding(one.agent):
                continue
            os.kill(one.process.pid, signal.SIGSTOP)
            try:
                held = self._holding(one.agent)
                if held:
                    self._lapse(one.agent)
                    self._taken(held, one.agent)
                    self.frozen += 1
            except DatabaseError:  # stopped while it wrote: nobody else can
                held = ""
            finally:
                os.kill(one.process.pid, signal.SIGCONT)
            return bool(held)
        return False

    def _idle(self, one: Process) -> bool:
        """Whether it got nothing in all its time."""
        lived = time.monotonic() - one.since
        return bool(one.agent) and lived > RESPITE and not self._lines(one.agent)

    def _lines(self, agent: int) -> int:
        file = self.folder / f"agent-{agent}"
        return file.read_bytes().count(b"claimed ") if file.exists() else 0

    def _holding(self, agent: int) -> str:
        last = _last_line(self.folder / f"agent-{agent}").split()
        return last[1] if last[:1] == ["holding"] else ""

    def _lapse(self, agent: int) -> None:
        """The time of what it holds is over."""
        from django.db import connections
        from django.utils import timezone

        from runtime.queues.models import WorkItem

        held = WorkItem.objects.filter(assignee=agent, state="active")
        held.update(lease_until=timezone.now())
        connections.close_all()

    def _taken(self, item: str, agent: int) -> None:
        from django.db import connections

        from runtime.queues.models import WorkItem

        end = time.monotonic() + RESPITE
        mine = WorkItem.objects.filter(pk=item, assignee=agent, state="active")
        while mine.exists() and time.monotonic() < end:
            time.sleep(0.02)
        connections.close_all()

    def _told(self) -> int:
        return sum(file.read_bytes().count(b"claimed ") for file in self.folder.glob("agent-*"))


def _last_line(file: Path) -> str:
    if not file.exists():
        return ""
    with file.open("rb") as paper:
        paper.seek(max(0, file.stat().st_size - 200))
        lines = paper.read().decode().splitlines()
    return lines[-1] if lines else ""


FILL = {
    "postgresql": """
        INSERT INTO queues_workitem (id, kind, topic, queue_id, lane, priority, state, fence, not_before, attempts, outcome, created_at)
        SELECT gen_random_uuid(), 'call_order', '', %s, 1, 0, 'ready', 0, now() - interval '30 days' + n * interval '1 second', 0, '', now()
          FROM generate_series(1, %s) n""",
    "sqlite": """
        INSERT INTO queues_workitem (id, kind, topic, queue_id, lane, priority, state, fence, not_before, attempts, outcome, created_at)
        WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < %s)
        SELECT lower(hex(randomblob(16))), 'call_order', '', %s, 1, 0, 'ready', 0,
               datetime('now', '-30 days', n || ' seconds'), 0, '', datetime('now') FROM many""",
}


def _scene(storm: Storm) -> tuple[int, Iterator[int]]:
    """A queue of ready items, the calls evenly among those that will be claimed, and people enough."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    from runtime.parties.actions import find_or_create
    from runtime.queues.actions import create_item
    from runtime.queues.models import Campaign, Policy, Queue, WorkItem
    from tests.unit.queues.conftest import call_script, publish

    policy = Policy.objects.create(code="storm", title="Storm", rules={})
    queue = Queue.objects.create(code="storm", title="Storm", policy=policy)
    app = publish(call_script(), code="storm").app
    campaign = Campaign.objects.create(code="storm", title="Storm", queue=queue, app=app)
    with connection.cursor() as cursor:
        values = (
            [queue.pk, storm.items]
            if connection.vendor == "postgresql"
            else [storm.items, queue.pk]
        )
        cursor.execute(FILL[connection.vendor], values)
    first = WorkItem.objects.order_by("not_before").values_list("not_before", flat=True)
    for number in range(storm.calls):
        facts = {"given_name": "Ann", "phone": f"+32470{100_000 + number}"}
        party, _new = find_or_create(facts=facts, by=None, purpose="storm")
        item, _made = create_item(campaign=campaign, party=party, by=None)
        WorkItem.objects.filter(pk=item.pk).update(
            not_before=first[number * storm.claims // storm.calls], lane=1, priority=0
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE queues_workitem")
    make = get_user_model().objects.create_user
    count = storm.claimers + storm.kills
    return queue.pk, iter([make(f"claimer{number}").pk for number in range(count)])


def apart(**size: Any) -> dict[str, Any]:
    """What was found by a storm in a process of its own, on the kind of database of this one."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.crash.storm", json.dumps(size)],
        cwd=ROOT, env={**os.environ, "TEST_DATABASE": kind()}, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def main(argument: str) -> None:
    from tests.bench.__main__ import with_databases

    os.environ.pop("TEST_DATABASE_URL", None)  # a server of its own: it is crashed
    server = with_databases()
    storm = Storm(**json.loads(argument))
    if server and not storm.durable:
        server.configure(wal_writer_delay="2s")  # so that there is something to lose
    found = Weather(storm, server).run()
    sys.stdout.write(json.dumps(asdict(found)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
