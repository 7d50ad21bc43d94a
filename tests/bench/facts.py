"""Facts at size: how fast a day is counted, whether memory stays flat, how long the page of a campaign takes.

`FACTS_ITEMS=` items (200,000), each made, claimed, dialled and ended once within ten days, written by the database itself. Counting reads them as
the worker does, day after day; the page reads what was kept. A month of a campaign that is called by many is kept besides, so that the page
has something to read.
"""

import gc
import os
import resource
import time as clock
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.bench.figure import Figure, at_most, percentile, told
from tests.environment import kind

ITEMS = int(os.environ.get("FACTS_ITEMS", "200000"))
DAYS = 10
BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
AGENTS = 40

ITEM = """
INSERT INTO queues_workitem (id, kind, topic, queue_id, campaign_id, lane, priority, state, fence, not_before,
                             attempts, outcome, created_at)
SELECT {uuid}, 'call_order', '', %s, %s, 1, 0, 'resolved', 1, {at}, 1, '', {at} FROM {numbers}
"""
EVENT = """
INSERT INTO queues_workitemevent (item_id, event, by_id, at, data)
SELECT {uuid}, %s, {by}, {at}, {data} FROM {numbers}
"""
ATTEMPT = """
INSERT INTO queues_attempt (item_id, agent_id, started_at, ended_at, disposition, provider_call, direction)
SELECT {uuid}, {by}, {at}, {until}, 'reached', '', '' FROM {numbers}
"""


def run() -> list[Figure]:
    scene = _scene()
    whole = _counted(0)
    first = _memory()
    took = [_counted(day) for day in range(1, DAYS)]
    grown = _memory() - first
    page = _page(scene)
    each = ITEMS / DAYS
    what = f"{ITEMS} items, {kind()}"
    return [
        told(f"{what}: attempts counted a second", each / percentile([whole, *took], 50), "1/s"),
        at_most(f"{what}: memory grown over {DAYS - 1} more days", grown, "MB", 40),
        at_most(f"{what}: the page of a month, p95", percentile(page, 95), "ms", 150),
    ]


def _scene() -> Any:
    from django.contrib.auth import get_user_model

    from runtime.queues.models import Campaign, Policy, Queue
    from tests.unit.queues.conftest import call_script, publish

    policy = Policy.objects.create(code="facts", title="Facts", rules={})
    queue = Queue.objects.create(code="facts", title="Facts", policy=policy)
    version = publish(call_script(), code="facts")
    row = Campaign.objects.create(code="facts", title="Facts", queue=queue, app=version.app)
    make = get_user_model().objects.create_user
    first = min(make(f"caller{number}").pk for number in range(AGENTS))
    _fill(row, first)
    return row


def _fill(row: Any, first: int) -> None:
    from django.db import connection

    by = f"{first} + n %% {AGENTS}"
    with connection.cursor() as cursor:
        cursor.execute(_said(ITEM), [row.queue_id, row.pk])
        for event, after, who, data in (
            ("created", 0, "NULL", "{}"),
            ("claimed", 60, by, '{"fence": 1}'),
            ("attempted", 70, by, "{}"),
            ("disposed", 300, by, '{"disposition": "reached", "state": "resolved", "reason": "terminal"}'),
        ):  # fmt: skip
            cursor.execute(_said(EVENT, after, by=who, data=f"'{data}'"), [event])
        cursor.execute(_said(ATTEMPT, 70, by=by, until=_at(300)), [])
        cursor.execute("ANALYZE")


def _said(statement: str, after: int = 0, **more: str) -> str:
    sqlite = kind() == "sqlite"
    uuid = "printf('%%032x', n)" if sqlite else "lpad(to_hex(n), 32, '0')::uuid"
    numbers = (
        f"(WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {ITEMS}) SELECT n FROM counted)"
        if sqlite
        else f"generate_series(1, {ITEMS}) n"
    )
    return statement.format(uuid=uuid, numbers=numbers, at=_at(after), **more)


def _at(after: int) -> str:
    """Spread over the ten days, nine hours each."""
    apart = 9 * 3600 * DAYS / ITEMS
    seconds = (
        f"(n - 1) * {apart} %% 32400 + CAST((n - 1) * {apart} / 32400 AS int) * 86400 + {after}"
    )
    if kind() == "postgresql":
        seconds = (
            f"mod((n - 1) * {apart}, 32400) + floor((n - 1) * {apart} / 32400) * 86400 + {after}"
        )
        return f"timestamptz '{BEGINNING.isoformat()}' + ({seconds}) * interval '1 second'"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f000', '{BEGINNING:%Y-%m-%d %H:%M:%S}', ({seconds}) || ' seconds')"


def _counted(day: int) -> float:
    from runtime.queues.actions import facts
    from tests.bench.truth import ZONE

    start = clock.perf_counter()
    facts._close((BEGINNING + timedelta(days=day)).date(), ZONE)
    return clock.perf_counter() - start


def _memory() -> float:
    """The most that this process ever held, in MB."""
    gc.collect()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _page(row: Any) -> list[float]:
    """The view of a month's figures, asked thirty times."""
    from django.test import Client

    from runtime.queues.kept import KeptDay
    from tests.people import make_person

    last = (BEGINNING + timedelta(days=DAYS - 1)).date()
    for one in KeptDay.objects.filter(day=last):
        for later in range(1, 31 - DAYS):
            one.pk, one.day = None, last + timedelta(days=later)
            one.save(force_insert=True)
    client = Client()
    client.force_login(make_person("who-looks", "supervisor"))
    span = {"since": BEGINNING.date(), "until": BEGINNING.date() + timedelta(days=29)}
    took = []
    for _time in range(30):
        start = clock.perf_counter()
        answer = client.get(f"/campaign/{row.code}/figures/", span)
        took.append((clock.perf_counter() - start) * 1000)
        assert answer.status_code == 200
    return took
