"""Two at once at one item: who ends the record and who takes the item back lock in one order, and one of them holds it at the end."""

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
from runtime.records.models import Session
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


def test_who_takes_a_record_up_while_it_is_claimed_is_not_a_second_holder(
    queue: Any, item: Any, agent: Any, second_agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import Client

    held, now = item(), timezone.now()
    claimed = actions.claim(queue=queue, by=agent, now=now)
    actions.release(item=held, by=agent, now=now)
    client = Client()
    client.force_login(second_agent)
    asked, taken, opening = threading.Event(), threading.Event(), records.open_session

    def slowly(**arguments: Any) -> Any:
        if arguments["purpose"] == "call back":
            asked.set()
            taken.wait(SECONDS)
        return opening(**arguments)

    def claim() -> Any:
        asked.wait(SECONDS)
        answer = actions.claim(queue=queue, by=agent, now=now)
        taken.set()
        return answer

    monkeypatch.setattr(records, "open_session", slowly)
    _page, answer = together(lambda: client.post(f"/record/{claimed.record}/continue/"), claim)
    sitting = Session.objects.filter(record=claimed.record, ended_at=None)
    holder = agent if isinstance(answer, Claimed) else second_agent
    assert set(sitting.values_list("agent", flat=True)) == {holder.pk}
