"""Claims: how many a second, how long one takes at a steady pace, and whether none is handed out twice.

A million ready items (`N=` another number), written by the database itself, with the lanes, priorities and due times of a
real queue. Agents are processes with a connection each. The statement that hands an item out is measured alone, and the
whole claim (rules, lapsed leases, lease, event) beside it; the items have no person, so no record is started, but two or three of
them ring at one telephone.

Then the storm, on a server of its own: a tenth of the items is claimed and ended while claimers, workers and the server are
killed (`tests.crash.storm`); 2,000 of them have a person, a script and an answer. And the saboteur, which must be noticed.
"""

import multiprocessing
import os
import time
from dataclasses import dataclass
from typing import Any

from tests.bench.figure import Figure, at_least, at_most, percentile, told
from tests.crash import storm
from tests.environment import kind

ITEMS = int(os.environ.get("N") or "1000000")
AGENTS = 64
STORM = {"items": ITEMS, "claims": ITEMS // 10, "claimers": AGENTS, "kills": 100, "crashes": 5, "calls": min(2_000, ITEMS // 50),
         "seconds": 3_000.0, "seed": 2026}  # fmt: skip
SABOTEUR = {
    "items": 20_000,
    "claims": 4_000,
    "claimers": 16,
    "kills": 0,
    "crashes": 6,
    "calls": 0,
    "seed": 3,
    "durable": False,
}
SECONDS = 4.0
PACE = 50  # claims a second, all agents together
GOAL = 1500

_FILL = """
INSERT INTO queues_workitem (id, kind, topic, queue_id, lane, priority, state, fence, not_before, due,
                             attempts, outcome, created_at, household)
SELECT gen_random_uuid(), 'call_order', '', %s, CASE WHEN n %% 20 = 0 THEN 0 ELSE 1 END, n %% 5, 'ready', 0,
       now() - n * interval '1 second', CASE WHEN n %% 3 = 0 THEN now() + n * interval '1 minute' END, 0, '', now(), decode(md5((n %% 400000)::text), 'hex')
  FROM generate_series(1, %s) n
"""


@dataclass(frozen=True)
class Claims:
    """What one agent got: ids, and how long each claim took in milliseconds."""

    ids: list[str]
    took: list[float]


def run() -> list[Figure]:
    """The statement as fast as it goes, the whole claim, and the whole claim at a steady pace."""
    if kind() != "postgresql":
        return []  # SQLite hands out one after the other; its claims are a test, not a figure
    queue, agents = _scene()
    fast = _together(_take, queue, agents, pause=0.0)
    whole = _together(_claim, queue, agents, pause=0.0)
    paced = _together(_claim, queue, agents, pause=AGENTS / PACE)
    ids = [claimed for part in (fast, whole, paced) for claims in part for claimed in claims.ids]
    what = f"claim among {ITEMS}"
    return [
        at_least(f"{what}, {AGENTS} agents: statements per second", _rate(fast), "1/s", GOAL),
        told(f"{what}, {AGENTS} agents: whole claims per second", _rate(whole), "1/s"),
        at_most(f"{what}: p95 at {PACE} claims a second", percentile(_took(paced), 95), "ms", 10),
        at_most(f"{what}: handed out twice", len(ids) - len(set(ids)), "items", 0),
        at_least(f"{what}: the plan reads the index", float(_by_index(queue)), "of 1", 1),
        *_storm(f"claims in a storm, {ITEMS} items, {AGENTS} claimers"),
    ]


def _storm(what: str) -> list[Figure]:
    found, caught = storm.apart(**STORM), storm.apart(**SABOTEUR)
    counts = ("claims", "ended", "saved", "late", "recovered", "kills", "frozen", "crashes")
    wrong = ("double", "starved", "idle", "lost_claims", "lost_ends", "lost_saves", "misplaced")
    lost = caught["lost_claims"] + caught["lost_ends"]
    return [
        *(told(f"{what}: {name}", found[name], "") for name in counts),
        told(f"{what}: claimed and ended per second", found["claims"] / found["seconds"], "1/s"),
        *(at_most(f"{what}: {name}", found[name], "", 0) for name in wrong),
        at_least("claims without waiting for the disk: lost, and noticed", lost, "", 1),
    ]


def _rate(claims: list[Claims]) -> float:
    return sum(len(each.ids) for each in claims) / SECONDS


def _took(claims: list[Claims]) -> list[float]:
    return [took for each in claims for took in each.took]


def _scene() -> tuple[int, list[int]]:
    from django.contrib.auth import get_user_model
    from django.db import connection

    from runtime.queues.models import Policy, Queue

    policy = Policy.objects.create(code="bench", title="Bench", rules={})
    queue = Queue.objects.create(code="bench", title="Bench", policy=policy)
    make = get_user_model().objects.create_user
    agents = [make(f"claimer{number}").pk for number in range(AGENTS)]
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [queue.pk, ITEMS])
        cursor.execute("VACUUM ANALYZE queues_workitem")
    return queue.pk, agents


def _together(way: Any, queue: int, agents: list[int], *, pause: float) -> list[Claims]:
    """All agents claim for some seconds, each in a process of its own."""
    from django.db import connections

    connections.close_all()  # a connection does not outlive a fork
    context = multiprocessing.get_context("fork")
    start = context.Barrier(len(agents))
    answers = context.SimpleQueue()
    processes = [
        context.Process(target=_work, args=(start, answers, way, queue, agent, pause))
        for agent in agents
    ]
    for process in processes:
        process.start()
    got = [answers.get() for _ in processes]
    for process in processes:
        process.join(timeout=60)
    return got


def _work(*told: Any) -> None:
    start, answers, way, queue_id, agent_id, pause = told
    from django.contrib.auth import get_user_model
    from django.db import connections

    from runtime.queues.models import Queue

    queue = Queue.objects.select_related("policy").get(pk=queue_id)
    agent = get_user_model().objects.get(pk=agent_id)
    claims = Claims([], [])
    start.wait(timeout=60)
    end = time.perf_counter() + SECONDS
    while (begun := time.perf_counter()) < end:
        claimed = way(queue, agent)
        claims.took.append((time.perf_counter() - begun) * 1000)
        claims.ids.append(str(claimed))
        _finish(claimed)
        time.sleep(max(0.0, pause - (time.perf_counter() - begun)))
    answers.put(claims)
    connections.close_all()


def _take(queue: Any, agent: Any) -> Any:
    """The statement alone, and its commit."""
    import datetime as dt

    from django.utils import timezone

    from runtime.queues.actions.taking import Taking, take

    now = timezone.now()
    return take(Taking(queue, agent, now, now + dt.timedelta(minutes=5)))


def _claim(queue: Any, agent: Any) -> Any:
    from django.utils import timezone

    from runtime.queues.actions import claim

    return claim(queue=queue, by=agent, now=timezone.now()).item  # type: ignore[union-attr]


def _finish(item: Any) -> None:
    """The agent is free again; not part of the claim."""
    from runtime.queues.models import WorkItem

    WorkItem.objects.filter(pk=item).update(state="resolved", assignee=None, lease_until=None)


def _by_index(queue: int) -> bool:
    """Whether the database finds the next item by the index that has its order."""
    from django.db import connection
    from django.utils import timezone

    from runtime.queues.actions.taking import ANYONES, statement
    from runtime.queues.priority import order_by

    now = timezone.now()
    values = {"by": 1, "queue": queue, "now": now, "until": now, "closed": ""}
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + statement(ANYONES, order_by(connection.vendor)), values)
        return any("item_ready" in line for (line,) in cursor.fetchall())
