"""The supervisor's board, its lists and its bulk deeds at size: how long each page takes, and how fast many items are changed.

A million items (`N=` another number) of ten queues and thirty campaigns, written by the database itself: nine tenths in one great queue, some of
every state, language and result, 400 agents with an item in hand. Pages are asked through the whole house, as a browser asks them: the
board of the great queue, of a campaign and of everything, the list under every filter, its first page and pages from its middle.
The worker counts before; what it takes is told, and so is the processor's time of each page, which a busy machine does not lengthen.
"""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.bench.figure import Figure, at_least, at_most, percentile, told, wall_and_cpu
from tests.environment import kind

ITEMS = int(os.environ.get("N") or "1000000")
QUEUES, CAMPAIGNS, AGENTS = 10, 30, 400
TIMES = 25  # each page
GOAL = 150  # ms
CHANGED = 2_000  # items of the bulk deed

POSTGRESQL = """
INSERT INTO queues_workitem (id, kind, topic, queue_id, campaign_id, lane, priority, state, fence, not_before, due, attempts, outcome, language,
                             created_at)
SELECT gen_random_uuid(), 'call_order', '', {queue}, {campaign}, {lane}, n %% 5, {state}, 0, now() - n * interval '1 second', NULL, n %% 3,
       {outcome}, {language}, now() - n * interval '2 seconds'
  FROM generate_series(1, {items}) n
"""
SQLITE = """
INSERT INTO queues_workitem (id, kind, topic, queue_id, campaign_id, lane, priority, state, fence, not_before, due, attempts, outcome, language,
                             created_at)
WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {items})
SELECT lower(hex(randomblob(16))), 'call_order', '', {queue}, {campaign}, {lane}, n %% 5, {state}, 0,
       strftime('%%Y-%%m-%%d %%H:%%M:%%f000', 'now', (-n) || ' seconds'), NULL, n %% 3, {outcome}, {language},
       strftime('%%Y-%%m-%%d %%H:%%M:%%f000', 'now', (-2 * n) || ' seconds')
  FROM counted
"""
STATE = """CASE n %% 20 WHEN 0 THEN 'scheduled' WHEN 1 THEN 'resolved' WHEN 2 THEN 'resolved' WHEN 3 THEN 'exhausted' WHEN 4 THEN 'waiting'
           WHEN 5 THEN 'withdrawn' WHEN 6 THEN 'scheduled' ELSE 'ready' END"""
LANGUAGE = "CASE WHEN n %% 10007 = 0 THEN 'ti' WHEN n %% 3 = 0 THEN 'fr' WHEN n %% 3 = 1 THEN 'nl' ELSE '' END"
OUTCOME = "CASE WHEN n %% 20011 = 0 THEN 'voicemail' WHEN n %% 4 = 0 THEN 'busy' WHEN n %% 20 IN (1, 2) THEN 'reached' ELSE '' END"
LANE = "CASE WHEN n %% 20 = 0 THEN 0 ELSE 1 END"


def run() -> list[Figure]:
    scene = _scene()
    what = f"{ITEMS} items, {kind()}"
    filled = scene.pop("seconds")
    counting = _counting()
    figures = [
        told(f"{what}: filled in", filled, "s"),
        told(f"{what}: counted by the worker in", counting, "s"),
    ]
    for name, ask in _pages(**scene).items():
        took = [_timed(ask) for _time in range(TIMES)]
        figures += [
            at_most(f"{what}: {name}, p95", percentile([wall for wall, _cpu in took], 95), "ms", GOAL),
            told(f"{what}: {name}, of the processor here, middle", percentile([cpu for _wall, cpu in took], 50), "ms"),
        ]  # fmt: skip
    return [*figures, *_bulk(what, scene["supervisor"])]


def _scene() -> dict[str, Any]:
    from django.contrib.auth import get_user_model
    from django.test import Client

    from runtime.queues.models import Campaign, Policy, Queue
    from tests.people import make_person
    from tests.unit.queues.conftest import call_script, publish

    begun = time.perf_counter()
    policy = Policy.objects.create(code="bench", title="Bench", rules={})
    app = publish(call_script(), code="bench").app
    queues = [
        Queue.objects.create(code=f"q{number}", title=f"Queue {number}", policy=policy)
        for number in range(QUEUES)
    ]
    campaigns = [
        Campaign.objects.create(code=f"c{number}", title=f"Campaign {number}", queue=queues[number % QUEUES], app=app)
        for number in range(CAMPAIGNS)
    ]  # fmt: skip
    agents = [
        get_user_model()(username=f"agent{number}", password="!") for number in range(AGENTS)
    ]
    agents = get_user_model().objects.bulk_create(agents)
    _fill(queues[0].pk, campaigns[0].pk)
    _at_work(agents)
    supervisor = make_person("who-looks", "supervisor")
    client = Client()
    client.force_login(supervisor)
    return {
        "client": client,
        "supervisor": supervisor,
        "agents": agents,
        "seconds": time.perf_counter() - begun,
    }


def _fill(queue: int, campaign: int) -> None:
    """Ids of queues and campaigns are in a row."""
    from django.db import connection

    place = f"{queue} + CASE WHEN n %% 10 = 0 THEN 1 + n / 10 %% {QUEUES - 1} ELSE 0 END"
    of = f"{campaign} + CASE WHEN n %% 10 = 0 THEN 1 + n / 10 %% {QUEUES - 1} ELSE {QUEUES} * (n %% 3) END"
    statement = (POSTGRESQL if kind() == "postgresql" else SQLITE).format(
        queue=place, campaign=of, lane=LANE, state=STATE, outcome=OUTCOME, language=LANGUAGE, items=ITEMS
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, [])
        cursor.execute(
            "VACUUM ANALYZE queues_workitem" if kind() == "postgresql" else "ANALYZE", None
        )


def _at_work(agents: list[Any]) -> None:
    """An item in each one's hands; three of four have dialled."""
    from django.utils import timezone

    from runtime.queues.models import Attempt, WorkItem, WorkItemEvent

    now = timezone.now()
    newest = WorkItem.objects.filter(state="ready").order_by("not_before")
    first = newest.values_list("queue", flat=True).first()
    rows = list(WorkItem.objects.filter(state="ready", queue=first)[:AGENTS])
    for row, agent in zip(rows, agents, strict=True):
        row.state, row.assignee, row.lease_until = "active", agent, now + timedelta(hours=1)
    WorkItem.objects.bulk_update(rows, ["state", "assignee", "lease_until"], batch_size=200)
    WorkItemEvent.objects.bulk_create(
        WorkItemEvent(item=row, event="claimed", by=row.assignee, at=now) for row in rows
    )
    Attempt.objects.bulk_create(
        Attempt(item=row, agent=row.assignee, started_at=now)
        for number, row in enumerate(rows)
        if number % 4
    )


def _counting() -> float:
    from django.utils import timezone

    from runtime.queues.actions import counts

    begun = time.perf_counter()
    assert counts.count(now=timezone.now())
    return time.perf_counter() - begun


LISTS: dict[str, dict[str, Any]] = {
    "all that is open": {},
    "everything, the newest first": {"state": "all", "order": "newest"},
    "what is ready in a queue": {"queue": "q0", "state": "ready"},
    "a campaign": {"campaign": "c10"},
    "a lane": {"lane": 0},
    "a high priority": {"priority": 4},
    "a priority that nothing has": {"priority": 90},
    "a language of a third": {"language": "fr"},
    "a language of few": {"language": "ti"},
    "a language that nothing has": {"language": "xx"},
    "a result of few": {"outcome": "voicemail", "state": "all"},
    "an age": {"made": "week_older"},
    "whom it is with": {"person": "agent7"},
    "several filters": {"queue": "q0", "campaign": "c0", "language": "fr", "lane": 0, "priority": 3},
    "several filters that nothing fits": {"campaign": "c0", "language": "ti", "outcome": "busy", "priority": 77},
}  # fmt: skip


def _pages(*, client: Any, supervisor: Any, agents: Any) -> dict[str, Callable[[], None]]:
    from django.contrib.auth.models import Group

    Group.objects.get_or_create(name="agent")[0].user_set.set(agents)

    def get(address: str, **query: Any) -> Callable[[], None]:
        def ask() -> None:
            answer = client.get(address, query)
            assert answer.status_code == 200, answer.status_code

        return ask

    found = {
        "board of the great queue": get("/board/", queue="q0"),
        "its part that changes": get("/board/live/", queue="q0"),
        "board of a campaign": get("/board/", campaign="c10"),
        "board of everything": get("/board/"),
        "report of the day": get("/board/report/", queue="q0"),
        "list of deeds": get("/board/deeds/"),
    }
    for name, query in LISTS.items():
        found[f"list, {name}"] = get("/board/items/", **query)
    middle = _middle()
    for name in ("all that is open", "what is ready in a queue", "a high priority"):
        found[f"list from the middle, {name}"] = get("/board/items/", **LISTS[name], after=middle)
    return found


def _middle() -> list[str]:
    """A place in the midst of the list."""
    from django.utils import timezone

    at = timezone.now() - timedelta(seconds=ITEMS)
    return [at.isoformat(), "80000000-0000-4000-8000-000000000000"]


def _timed(ask: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processor in this process."""
    wall, cpu = wall_and_cpu(ask)
    return wall * 1000, cpu * 1000


def _bulk(what: str, supervisor: Any) -> list[Figure]:
    """A deed to some thousand items by the worker, and back."""
    from runtime.outbox.actions import carry_out
    from runtime.queues.actions import bulks
    from runtime.queues.bulks import Bulk
    from runtime.queues.deeds import Told
    from runtime.queues.models import Queue, WorkItem
    from runtime.queues.sieve import Sieve

    through = Sieve(states=("ready",), queue=Queue.objects.get(code="q1").pk)
    begun = time.perf_counter()
    bulk = bulks.order(by=supervisor, deed="rank", told=Told(priority=50), through=through)
    ordered = (time.perf_counter() - begun) * 1000
    assert isinstance(bulk, Bulk), bulk
    while carry_out():
        pass
    begun = time.perf_counter()
    bulks.go(bulk=Bulk.objects.get(pk=bulk.pk), by=supervisor)
    while WorkItem.objects.filter(priority=50).count() < CHANGED and carry_out():
        pass
    bulks.stop(bulk=Bulk.objects.get(pk=bulk.pk))
    done = Bulk.objects.get(pk=bulk.pk)
    rate = done.done / (time.perf_counter() - begun)
    begun = time.perf_counter()
    bulks.undo(bulk=done, by=supervisor)
    while carry_out():
        pass
    back = Bulk.objects.get(pk=bulk.pk)
    return [
        at_most(f"{what}: a deed is ordered and looked at for the first time in", ordered, "ms", GOAL),
        at_least(f"{what}: items changed a second", rate, "1/s", 50),
        at_least(f"{what}: items put back a second", back.undone / (time.perf_counter() - begun), "1/s", 50),
        at_most(f"{what}: items not put back", done.done - back.undone, "items", 0),
    ]  # fmt: skip
