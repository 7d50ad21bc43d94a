"""Who ends a record and who takes its item back lock in one order: neither is killed for the other."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from runtime.queues import actions
from runtime.queues.claimed import Claimed, NotHolder
from runtime.queues.models import WorkItem
from runtime.records import actions as records
from tests.unit.records.test_writers import together

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

SECONDS = 1.0  # how long one waits for the other, who may itself be waiting for a lock
WAYS = {
    "expiry": lambda item, by, now: actions.expire_leases(now=now + timedelta(hours=1)),
    "release": lambda item, by, now: actions.release(item=item, by=by, now=now),
    "dispose": lambda item, by, now: actions.dispose(
        item=item, disposition="no_answer", by=by, now=now
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_end_and_the_taking_back_of_its_item_do_not_lock_each_other_out(
    queue: Any, item: Any, agent: Any, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: SQLite has one writer at a time")
    held, now = item(), timezone.now()
    claimed = actions.claim(queue=queue, by=agent, now=now)
    assert isinstance(claimed, Claimed)
    assert claimed.record is not None
    record = claimed.record
    ended, item_locked, end = threading.Event(), threading.Event(), records.end_sessions_of

    def waiting(**arguments: Any) -> int:
        if arguments["reason"] == "finished":
            count = end(**arguments)
            ended.set()
            item_locked.wait(SECONDS)
            return count
        item_locked.set()
        ended.wait(SECONDS)
        return end(**arguments)

    monkeypatch.setattr(records, "end_sessions_of", waiting)
    finished, taken_back = together(
        lambda: records.finish(record, "done", by=agent), lambda: WAYS[way](held, agent, now)
    )
    assert isinstance(finished, records.Settled), finished
    assert isinstance(taken_back, NotHolder) or not isinstance(taken_back, Exception), taken_back
    assert WorkItem.objects.get().state == "resolved"
