"""Two who write at one record: conflicts a question, and answers that came late."""

from typing import Any

import pytest

from runtime.people.actions import bump_epoch
from runtime.records import actions
from runtime.records.models import Event, Record
from runtime.records.store import open_record
from tests.unit.records.scenes import Sitting, finish, settle


def test_what_two_wrote_unseen_is_shown_as_a_conflict(
    sitting: Sitting, record: Record, supervisor: Any
) -> None:
    other = Sitting(record, supervisor)
    sitting.answer("colour", "red")
    other.answer("colour", "blue", seen=0)
    stood = settle(record)
    assert stood.state["answers"]["colour"] == "blue"
    (conflict,) = stood.conflicts
    assert (
        conflict.place,
        conflict.value,
        conflict.other,
        conflict.number,
        conflict.other_number,
    ) == ("colour", "blue", "red", 2, 1)
    assert settle(record).conflicts == (conflict,)  # still, until somebody decides


def test_a_conflict_ends_when_one_who_saw_both_writes(
    sitting: Sitting, record: Record, supervisor: Any
) -> None:
    other = Sitting(record, supervisor)
    sitting.answer("colour", "red")
    other.answer("colour", "blue", seen=0)
    settle(record)
    sitting.answer("colour", "red", seen=2)
    assert settle(record).conflicts == ()


@pytest.mark.parametrize(
    ("value", "seen", "place"), [("red", 0, "colour"), ("blue", 1, "colour"), ("2", 0, "persons")]
)
def test_no_conflict_where_the_answers_agree_or_were_seen(
    sitting: Sitting, record: Record, supervisor: Any, value: str, seen: int, place: str
) -> None:
    other = Sitting(record, supervisor)
    sitting.answer("colour", "red")
    other.answer(place, value, seen=seen)
    assert settle(record).conflicts == ()


def test_a_writer_is_not_in_conflict_with_itself(sitting: Sitting, record: Record) -> None:
    sitting.answer("colour", "red", seen=0)
    sitting.answer("colour", "blue", seen=0)
    assert settle(record).conflicts == ()


def late(sitting: Sitting) -> None:
    bump_epoch(person=sitting.by.person, reason="logout")
    sitting.answer("colour", "red", seen=0)
    sitting.answer("persons", "3", seen=0)


def test_late_events_are_taken_over_once(
    sitting: Sitting, record: Record, supervisor: Any
) -> None:
    late(sitting)
    assert "colour" not in settle(record).state["answers"]
    assert [
        event.event["place"] for event in open_record(record, by=supervisor, purpose="look").late
    ] == ["colour", "persons"]
    assert actions.merge_late(record, True, by=supervisor) == 2
    assert actions.merge_late(record, True, by=supervisor) == 0
    assert settle(record).state["answers"] == {"colour": "red", "persons": "3"}
    assert open_record(record, by=supervisor, purpose="look").late == ()


def test_a_late_answer_shows_as_a_conflict_with_what_the_next_holder_wrote(
    sitting: Sitting, record: Record, supervisor: Any
) -> None:
    late(sitting)
    Sitting(record, supervisor).answer("colour", "blue")
    actions.merge_late(record, True, by=supervisor)
    assert [(row.place, row.value, row.other) for row in settle(record).conflicts] == [
        ("colour", "red", "blue")
    ]


def test_dismissed_late_events_stay_in_the_log_only(
    sitting: Sitting, record: Record, supervisor: Any
) -> None:
    late(sitting)
    assert actions.merge_late(record, False, by=supervisor) == 2
    assert settle(record).state["answers"] == {}
    assert list(Event.objects.values_list("late", "dismissed")) == [(True, True)] * 2


def test_late_events_of_a_closed_record_wait_until_it_is_reopened(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    sitting.answer("given_name", "Anna")
    finish(record, agent)
    assert sitting.answer("ill", True).code == "record_closed"
    with pytest.raises(actions.RecordClosed):
        actions.merge_late(record, True, by=agent)
    actions.reopen(record, "late answers", by=agent)
    assert actions.merge_late(record, True, by=agent) == 1
    assert settle(record).state["answers"]["ill"] is True
