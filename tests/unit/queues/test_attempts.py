"""Attempts and how they end: the item moves on by its policy, the numbers with it."""

from datetime import timedelta
from typing import Any

import pytest

from runtime.queues import actions, face
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import Attempt, WorkItem
from tests.unit.queues.conftest import NOW


@pytest.fixture
def held(queue: Any, item: Any, agent: Any) -> WorkItem:
    """An item that the agent holds since NOW."""
    made = item(not_before=NOW)
    WorkItem.objects.filter(pk=made.pk).update(state="scheduled")
    assert isinstance(actions.claim(queue=queue, by=agent, now=NOW), Claimed)
    made.refresh_from_db()
    return made


def test_dialling_begins_an_attempt_once(held: Any, agent: Any) -> None:
    point = held.party.contact_points.get()
    first = actions.start_attempt(item=held, by=agent, now=NOW, point=point.pk)
    again = actions.start_attempt(
        item=held, by=agent, now=NOW + timedelta(minutes=1), point=point.pk
    )
    assert (again.pk, again.started_at, again.contact_point) == (first.pk, NOW, point)


def test_a_number_of_somebody_else_is_not_dialled(held: Any, person: Any, agent: Any) -> None:
    foreign = person().contact_points.get()
    with pytest.raises(ValueError, match="contact point"):
        actions.start_attempt(item=held, by=agent, now=NOW, point=foreign.pk)


def test_no_answer_is_tried_again_later(held: Any, agent: Any) -> None:
    disposed = actions.dispose(item=held, disposition="no_answer", by=agent, now=NOW)
    held.refresh_from_db()
    later = NOW + timedelta(hours=2)
    assert disposed == actions.Disposed("scheduled", "retry", later)
    assert (held.state, held.not_before, held.attempts, held.assignee) == (
        "scheduled",
        later,
        1,
        None,
    )
    attempt = Attempt.objects.get(item=held)
    assert (attempt.disposition, attempt.ended_at, attempt.agent) == ("no_answer", NOW, agent)


def test_the_tries_are_used_up_after_three_busy_lines(queue: Any, held: Any, agent: Any) -> None:
    moment = NOW
    for _turn in range(2):
        disposed = actions.dispose(item=held, disposition="busy", by=agent, now=moment)
        assert disposed.not_before is not None
        moment = disposed.not_before
        assert isinstance(actions.claim(queue=queue, by=agent, now=moment), Claimed)
    disposed = actions.dispose(item=held, disposition="busy", by=agent, now=moment)
    assert (disposed.state, disposed.reason) == ("exhausted", "repeat_cap")
    assert actions.claim(queue=queue, by=agent, now=moment) == Refused("empty")


@pytest.mark.parametrize("minutes", [None, 0, -5, 60 * 24 * 31])
def test_a_callback_needs_a_time_that_lies_ahead(
    held: Any, agent: Any, minutes: int | None
) -> None:
    at = None if minutes is None else NOW + timedelta(minutes=minutes)
    with pytest.raises(actions.BadCallback):
        actions.dispose(item=held, disposition="callback", by=agent, now=NOW, callback_at=at)
    held.refresh_from_db()
    assert (held.state, Attempt.objects.filter(item=held).exists()) == ("active", False)


def test_an_unknown_disposition_changes_nothing(held: Any, agent: Any) -> None:
    with pytest.raises(actions.UnknownDisposition):
        actions.dispose(item=held, disposition="vanished", by=agent, now=NOW)
    held.refresh_from_db()
    assert held.state == "active"


def test_a_callback_is_first_of_who_promised_it_then_anyones(
    queue: Any, held: Any, agent: Any, second_agent: Any
) -> None:
    at = NOW + timedelta(days=1)
    actions.dispose(item=held, disposition="callback", by=agent, now=NOW, callback_at=at)
    assert actions.claim(queue=queue, by=second_agent, now=at) == Refused("empty")
    mine = actions.claim(queue=queue, by=agent, now=at)
    assert isinstance(mine, Claimed)
    actions.dispose(
        item=held, disposition="callback", by=agent, now=at, callback_at=at + timedelta(hours=1)
    )
    late = at + timedelta(hours=1, minutes=15)
    taken = actions.claim(queue=queue, by=second_agent, now=late)
    assert isinstance(taken, Claimed)
    assert taken.item == held.pk


def test_the_first_with_a_promise_gets_it_before_more_important_items(
    queue: Any, held: Any, item: Any, agent: Any
) -> None:
    at = NOW + timedelta(days=1)
    actions.dispose(item=held, disposition="callback", by=agent, now=NOW, callback_at=at)
    item(lane=0, priority=9)
    claimed = actions.claim(queue=queue, by=agent, now=at + timedelta(minutes=1))
    assert isinstance(claimed, Claimed)
    assert claimed.item == held.pk


def test_a_wrong_number_is_never_dialled_again_and_the_next_one_is(
    queue: Any, held: Any, agent: Any
) -> None:
    from runtime.parties.actions import update_facts

    update_facts(party=held.party, facts={"phone": "+32479999999"}, by=agent)
    wrong, right = (number.point for number in face.of_item(held, agent).numbers)
    actions.start_attempt(item=held, by=agent, now=NOW, point=wrong)
    disposed = actions.dispose(item=held, disposition="wrong_number", by=agent, now=NOW)
    assert (disposed.state, disposed.reason) == ("scheduled", "next_number")
    assert isinstance(actions.claim(queue=queue, by=agent, now=NOW), Claimed)
    assert [number.point for number in face.of_item(held, agent).numbers] == [right]
    disposed = actions.dispose(item=held, disposition="wrong_number", by=agent, now=NOW)
    assert (disposed.state, disposed.reason) == ("exhausted", "number")


def test_the_face_shows_the_number_the_tries_and_the_buttons(
    queue: Any, held: Any, agent: Any
) -> None:
    from runtime.audit.models import AccessLog

    actions.dispose(item=held, disposition="no_answer", by=agent, now=NOW)
    actions.claim(queue=queue, by=agent, now=NOW + timedelta(hours=2))
    held.refresh_from_db()
    AccessLog.objects.all()
    shown = face.of_record(held.record, agent)
    assert shown is not None
    assert shown.number is not None
    assert shown.number.e164.startswith("+32470")
    assert shown.number.readable.startswith("+32 470 ")
    assert (shown.attempts, shown.fence, shown.campaign) == (1, 2, "Spring")
    assert [(one.disposition, one.agent) for one in shown.history] == [("no_answer", "agent")]
    assert "reached" not in [choice.name for choice in shown.choices]
    assert [choice.name for choice in shown.choices if choice.needs_time] == ["callback"]
    logged = AccessLog.objects.latest("pk")
    assert (logged.by, logged.subject, logged.purpose) == (
        agent,
        held.party_id,
        "call_order:spring",
    )


def test_somebody_elses_item_has_no_face(held: Any, second_agent: Any) -> None:
    assert face.of_record(held.record, second_agent) is None


@pytest.mark.parametrize(
    ("outcome", "disposition"), [("done", "reached"), ("no", "refused"), ("gone", "reached")]
)
def test_a_finished_record_disposes_its_item(
    held: Any, agent: Any, outcome: str, disposition: str
) -> None:
    from builder.models import load
    from runtime.records import signals
    from runtime.records.models import Record

    signals.finished.send(
        sender=Record,
        record=held.record,
        state={"language": "en"},
        definition=load(held.record.version_id),
        outcome=outcome,
        by=agent,
    )
    held.refresh_from_db()
    assert (held.state, held.outcome, held.assignee) == ("resolved", disposition, None)


def test_a_retry_after_a_closed_record_begins_a_new_one(queue: Any, held: Any, agent: Any) -> None:
    first = held.record
    first.closed_at = NOW
    first.save()
    actions.dispose(item=held, disposition="no_answer", by=agent, now=NOW)
    claimed = actions.claim(queue=queue, by=agent, now=NOW + timedelta(hours=2))
    assert isinstance(claimed, Claimed)
    assert claimed.record not in (None, first.pk)
