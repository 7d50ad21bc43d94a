"""Records follow to a newer version: all of them or as they are opened, never under anybody's hands, each once, and back for a day."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.records import actions, following
from runtime.records.models import Carried, CarryOver, Record, Session
from runtime.records.store import open_record
from runtime.vault.keys import destroy_subject
from tests.unit.records.newer import changed, release
from tests.unit.records.scenes import Sitting, finish, is_what_its_events_say, settle

LATER = dt.timedelta(seconds=1)


def carry_on() -> int:
    return following.carry_on(timezone.now())


@pytest.fixture
def left(sitting: Sitting, record: Record) -> Record:
    """A record somebody answered and left."""
    sitting.answer("given_name", "Anna")
    sitting.answer("persons", "3")
    sitting.answer("colours", ["red"])
    actions.end_session(session=sitting.session, reason="released")
    return record


def stands_on(record: Record) -> int:
    return Record.objects.select_related("version").get(pk=record.pk).version.number


def test_a_record_that_nobody_holds_follows_in_the_background(left: Record) -> None:
    carry = release(left.version, "now")
    assert carry_on() == 1
    stood = settle(Record.objects.get(pk=left.pk))
    assert stands_on(left) == 2
    assert stood.state["answers"] == {"given_name": "Anna", "people": "3"}
    row = Carried.objects.get(carry=carry, record=left)
    assert (row.kept, row.dropped, row.asked, row.former_id) == (2, 1, 1, left.version_id)
    assert is_what_its_events_say(left)


def test_its_log_tells_what_was_kept_dropped_and_has_to_be_asked(left: Record) -> None:
    release(left.version, "now")
    carry_on()
    event = open_record(Record.objects.get(pk=left.pk), by=None, purpose="check").events[-1].event
    assert (event["event"], event["from"], event["to"]) == ("carried_over", 1, 2)
    assert event["kept"] == ["people", "given_name"]
    assert event["dropped"] == [["colours", ["red"], "unknown"]]
    assert event["asked"] == ["email"]


def test_each_opening_is_logged_and_in_nobodys_name(left: Record) -> None:
    release(left.version, "now")
    carry_on()
    row = AccessLog.objects.get(purpose="carry over")
    assert (row.by, row.deed, row.record) == (None, "settle", left.pk)


def test_what_cannot_be_logged_is_not_opened(
    left: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.records import carrying

    def away(**_: Any) -> None:
        raise OSError("no log")

    release(left.version, "now")
    monkeypatch.setattr(carrying, "log_access", away)
    carry_on()
    assert stands_on(left) == 1


def test_it_happens_once(left: Record) -> None:
    carry = release(left.version, "now")
    assert [carry_on(), carry_on(), carry_on()] == [1, 0, 0]
    carry.refresh_from_db()
    assert carry.ended_at is not None
    assert Carried.objects.count() == 1
    assert len(open_record(left, by=None, purpose="check").events) == 4


def test_a_record_in_somebodys_hands_is_left_alone_until_it_is_opened_anew(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    carry = release(record.version, "now")
    assert carry_on() == 0
    sitting.answer("persons", "2")
    assert sitting.answer("given_name", "Anna").status == 200
    assert following.counts(carry, timezone.now())["in_hands"] == 1
    actions.end_session(session=sitting.session, reason="released")
    Sitting(record, agent).answer("email", "a@example.org")
    assert stands_on(record) == 2
    answers = settle(record).state["answers"]
    assert answers == {"people": "2", "given_name": "Anna", "email": "a@example.org"}


def test_a_page_that_is_loaded_again_goes_on_as_it_was(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    release(record.version, "opening")
    session, _token = actions.resume_session(record=record, by=agent, kind="agent", purpose="call")
    assert session.pk == sitting.session.pk
    assert stands_on(record) == 1


def test_a_sitting_of_yesterday_does_not_keep_its_person_from_following(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    release(record.version, "opening")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Session.objects.filter(pk=sitting.session.pk).update(today=yesterday)
    actions.resume_session(record=record, by=agent, kind="agent", purpose="call")
    assert stands_on(record) == 2
    told = sitting.answer("persons", "9")  # the page of yesterday
    assert (told.code, told.late) == ("session_ended", 1)


def test_at_the_next_opening_the_agent_is_told(left: Record, agent: Any) -> None:
    release(left.version, "opening")
    assert carry_on() == 0
    sitting = Sitting(left, agent)
    carried = settle(left).carried
    assert carried == {
        "back": False, "from": 1, "to": 2, "asked": ["email"], "dropped": 1, "fresh": True,
    }  # fmt: skip
    sitting.seen = settle(left).number
    sitting.answer("given_name", "Ann")
    told = settle(left).carried
    assert told is not None
    assert told["fresh"] is False


def test_never_is_never(left: Record, agent: Any) -> None:
    release(left.version, "never")
    assert carry_on() == 0
    Sitting(left, agent)
    assert stands_on(left) == 1


def test_somebody_may_have_them_follow_later(left: Record, supervisor: Any) -> None:
    carry = release(left.version, "never")
    assert following.follow_now(carry=carry, by=supervisor)
    assert carry_on() == 1


def test_a_closed_record_stays_and_so_does_one_that_was_closed_before(
    left: Record, agent: Any
) -> None:
    finish(left, agent, "refused")
    release(left.version, "now")
    assert carry_on() == 0
    actions.reopen(left, "a mistake", by=agent)
    assert carry_on() == 0
    Sitting(left, agent)
    assert stands_on(left) == 1


def test_over_two_versions_at_once_names_go_from_one_to_the_other(left: Record) -> None:
    release(left.version, "never")
    made = changed()
    for item in made["sections"][0]["items"]:
        item["name"] = {"people": "household"}.get(item["name"], item["name"])
    release(left.version, "now", made, {"people": "household"})
    carry_on()
    assert stands_on(left) == 3
    assert settle(left).state["answers"] == {"given_name": "Anna", "household": "3"}


def test_somebody_who_was_erased_stops_no_other(left: Record, agent: Any) -> None:
    other = actions.start(version=left.version, by=agent)
    carry = release(left.version, "now")
    destroy_subject(left.subject)
    assert carry_on() == 1
    assert stands_on(other) == 2
    assert Carried.objects.get(record=left).problem == "SubjectDestroyed"
    carry_on()
    carry.refresh_from_db()
    assert carry.ended_at is not None


def test_undone_the_records_return_with_what_they_had(
    left: Record, supervisor: Any, agent: Any
) -> None:
    carry = release(left.version, "now")
    carry_on()
    sitting = Sitting(left, agent)
    sitting.seen = settle(left).number
    sitting.answer("email", "a@example.org")
    sitting.answer("people", "4")
    actions.end_session(session=sitting.session, reason="released")
    assert following.undo(carry=carry, by=supervisor)
    assert carry_on() == 1
    stood = settle(Record.objects.get(pk=left.pk))
    assert stands_on(left) == 1
    assert stood.state["answers"] == {"given_name": "Anna", "persons": "4", "colours": ["red"]}
    event = open_record(Record.objects.get(pk=left.pk), by=None, purpose="check").events[-1].event
    assert event["event"] == "carried_back"
    assert event["dropped"] == [["email", "a@example.org", "unknown"]]
    assert is_what_its_events_say(left)
    assert [carry_on(), stands_on(left)] == [0, 1]


def test_undone_nobody_follows_any_more(left: Record, supervisor: Any, agent: Any) -> None:
    carry = release(left.version, "opening")
    assert following.undo(carry=carry, by=supervisor)
    Sitting(left, agent)
    assert stands_on(left) == 1
    assert not following.follow_now(carry=carry, by=supervisor)


def test_undone_a_record_in_hands_returns_when_it_is_opened_anew(
    left: Record, supervisor: Any, agent: Any
) -> None:
    carry = release(left.version, "opening")
    sitting = Sitting(left, agent)
    following.undo(carry=carry, by=supervisor)
    assert carry_on() == 0
    assert sitting.answer("people", "5").status == 200
    actions.end_session(session=sitting.session, reason="released")
    Sitting(left, agent)
    assert stands_on(left) == 1
    assert settle(left).state["answers"]["persons"] == "5"


def test_after_a_day_nothing_is_undone(left: Record, supervisor: Any) -> None:
    carry = release(left.version, "now")
    CarryOver.objects.update(begun_at=timezone.now() - dt.timedelta(days=1) - LATER)
    carry.refresh_from_db()
    assert not following.may_undo(carry, timezone.now())
    assert not following.undo(carry=carry, by=supervisor)


def test_what_ended_since_stays_where_it_ended(left: Record, supervisor: Any, agent: Any) -> None:
    carry = release(left.version, "now")
    carry_on()
    finish(left, agent, "refused")
    following.undo(carry=carry, by=supervisor)
    assert [carry_on(), stands_on(left)] == [0, 2]


def test_late_answers_go_by_the_names_of_today(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    actions.end_session(session=sitting.session, reason="released")
    release(record.version, "now")
    carry_on()
    sitting.answer("persons", "7")
    sitting.answer("colours", ["red"])
    record = Record.objects.get(pk=record.pk)
    assert actions.merge_late(record, True, by=agent) == 2
    assert settle(record).state["answers"] == {"people": "7"}
    assert is_what_its_events_say(record)


def test_a_record_that_was_not_settled_follows_with_all_that_was_appended(left: Record) -> None:
    assert Record.objects.get(pk=left.pk).snapshot is None
    release(left.version, "now")
    carry_on()
    found = Record.objects.get(pk=left.pk)
    assert found.settled_number == found.snapshot_number == 4
    assert (found.missing, found.problems) == (1, 0)


def test_a_conflict_goes_along(record: Record, agent: Any, supervisor: Any) -> None:
    one, other = Sitting(record, agent), Sitting(record, supervisor)
    one.answer("persons", "1")
    other.answer("persons", "2", seen=0)
    for each in (one, other):
        actions.end_session(session=each.session, reason="released")
    release(record.version, "now")
    carry_on()
    (conflict,) = settle(record).conflicts
    assert (conflict.place, conflict.value, conflict.other) == ("people", "2", "1")
