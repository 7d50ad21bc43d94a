"""Settling, finishing, amending; two writers; late events; opening a record with the log first."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.outbox.models import Effect
from runtime.parties.actions import erase, find_or_create
from runtime.parties.store import open_party
from runtime.people.actions import bump_epoch
from runtime.records import actions, signals, sweeps
from runtime.records.models import Event, Record
from runtime.records.store import open_record
from runtime.vault.errors import SubjectDestroyed, Tampered
from runtime.vault.keys import destroy_subject
from tests.unit.records.scenes import Sitting

pytestmark = pytest.mark.django_db


def settle(record: Record, by: Any = None) -> actions.Settled:
    return actions.settle(record.pk, by=by, purpose="call")


def finish(record: Record, by: Any, outcome: str = "done") -> Any:
    return actions.finish(record.pk, outcome, by=by)


@pytest.fixture
def heard() -> Any:
    """What records announced, with whether it was inside the transaction."""
    told: list[Any] = []

    def settled(state: Any, **_: Any) -> None:
        told.append(("settled", dict(state["answers"]), connection.in_atomic_block))

    def finished(outcome: str, by: Any, **_: Any) -> None:
        told.append(("finished", outcome, by))

    signals.settled.connect(settled)
    signals.finished.connect(finished)
    yield told
    signals.settled.disconnect(settled)
    signals.finished.disconnect(finished)


def test_settling_folds_what_was_appended(sitting: Sitting, record: Record) -> None:
    sitting.answer("ill", True)
    sitting.answer("since", "2021-03-01")
    stood = settle(record)
    assert stood.state["answers"] == {"ill": True, "since": "2021-03-01"}
    assert stood.view["questions"]["given_name"]["missing"] is True
    assert stood.number == 2
    record.refresh_from_db()
    assert (record.settled_number, record.snapshot_number, record.missing) == (2, 2, 1)


def test_settling_goes_on_from_the_snapshot(sitting: Sitting, record: Record) -> None:
    sitting.answer("ill", True)
    settle(record)
    sitting.answer("ill", False)
    sitting.answer("given_name", "Anna")
    assert settle(record).state["answers"] == {"ill": False, "given_name": "Anna"}
    assert settle(record).state == open_record(record, by=None, purpose="check").state


def test_settling_is_announced_once_for_what_is_new(
    sitting: Sitting, record: Record, heard: Any
) -> None:
    sitting.answer("ill", True)
    settle(record)
    settle(record)
    assert heard == [("settled", {"ill": True}, True)]


def test_a_hidden_answer_is_kept_and_not_effective(sitting: Sitting, record: Record) -> None:
    sitting.answer("ill", False)
    sitting.answer("since", "2021-03-01")
    stood = settle(record)
    assert stood.state["answers"]["since"] == "2021-03-01"
    assert stood.view["questions"]["since"]["relevant"] is False
    assert stood.view["questions"]["since"]["value"] is None


def test_snapshots_are_sealed_and_bound_to_their_number(sitting: Sitting, record: Record) -> None:
    sitting.answer("given_name", "Anna")
    settle(record)
    record.refresh_from_db()
    assert b"Anna" not in bytes(record.snapshot or b"")
    Record.objects.filter(pk=record.pk).update(snapshot_number=0)
    with pytest.raises(Tampered):
        settle(record)


def test_facts_become_the_partys(version: Any, agent: Any) -> None:
    party, _created = find_or_create(facts={"phone": "0470123456"}, by=agent, purpose="import")
    record = actions.start(version=version, party=party, by=agent)
    sitting = Sitting(record, agent)
    sitting.answer("given_name", "Anna")
    sitting.answer("mobile", "seven")  # cannot be read: not a fact
    settle(record)
    party.refresh_from_db()
    assert open_party(party, by=agent, purpose="call").known() == {
        "given_name": "Anna",
        "phone": "+32470123456",
    }
    openings = AccessLog.objects.filter(purpose="settle").count()
    sitting.answer("ill", True)
    settle(record)
    assert (
        AccessLog.objects.filter(purpose="settle").count() == openings
    )  # nothing new: the party was not opened


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


def test_a_record_is_not_finished_before_it_is_ready(
    sitting: Sitting, record: Record, agent: Any, heard: Any
) -> None:
    sitting.answer("ill", True)
    told = finish(record, agent)
    assert isinstance(told, actions.Problems)
    assert (told.code, told.view["questions"]["given_name"]["missing"]) == ("incomplete", True)
    record.refresh_from_db()
    assert (record.closed_at, record.outcome) == (None, "")
    assert not Effect.objects.exists()
    assert [name for name, *_rest in heard] == ["settled"]


def test_an_unknown_outcome_is_told(record: Record, agent: Any) -> None:
    told = finish(record, agent, "nowhere")
    assert isinstance(told, actions.Problems)
    assert told.code == "unknown"


def test_finishing_closes_announces_and_causes_the_effects(
    sitting: Sitting, record: Record, agent: Any, heard: Any
) -> None:
    sitting.answer("given_name", "Anna")
    stood = finish(record, agent)
    assert isinstance(stood, actions.Settled)
    assert (stood.state["outcome"], stood.state["closed"]) == ("done", True)
    record.refresh_from_db()
    assert (record.outcome, record.closed_at is not None, record.settled_number) == (
        "done",
        True,
        2,
    )
    effect = Effect.objects.get()
    assert (effect.effect, effect.arguments, effect.record, effect.key) == (
        "notify",
        {"to": "team", "text": "done"},
        record.pk,
        f"{record.pk}:done:0:0",
    )
    assert heard[-1] == ("finished", "done", agent)
    sitting.session.refresh_from_db()
    assert sitting.session.end_reason == "finished"


def test_finishing_twice_does_nothing_more(sitting: Sitting, record: Record, agent: Any) -> None:
    sitting.answer("given_name", "Anna")
    finish(record, agent)
    told = finish(record, agent, "refused")
    assert isinstance(told, actions.Problems)
    assert told.code == "closed"
    assert Effect.objects.count() == 1
    assert Event.objects.filter(record=record).count() == 2


def test_a_listener_that_fails_leaves_the_record_open(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    def listener(**_: Any) -> None:
        raise OSError("the listener failed")

    sitting.answer("given_name", "Anna")
    signals.finished.connect(listener)
    try:
        with pytest.raises(OSError, match="the listener failed"):
            finish(record, agent)
    finally:
        signals.finished.disconnect(listener)
    record.refresh_from_db()
    assert (record.closed_at, Effect.objects.count(), Event.objects.count()) == (None, 0, 1)
    assert sitting.answer("ill", True).status == 200


def test_an_amendment_keeps_who_and_why_and_causes_effects_anew(
    sitting: Sitting, record: Record, agent: Any, supervisor: Any
) -> None:
    sitting.answer("given_name", "Anna")
    finish(record, agent)
    actions.reopen(record, "The name was misspelt.", by=supervisor)
    assert (record.closed_at, record.outcome, record.reopened) == (None, "", 1)
    again = Sitting(record, supervisor)
    again.answer("given_name", "Anne", seen=3)
    finish(record, supervisor)
    history = [
        event.event for event in open_record(record, by=supervisor, purpose="history").events
    ]
    assert history[2] == {
        "event": "reopened",
        "reason": "The name was misspelt.",
        "by": supervisor.pk,
    }
    assert [event["event"] for event in history] == [
        "answered",
        "finished",
        "reopened",
        "answered",
        "finished",
    ]
    assert sorted(Effect.objects.values_list("key", flat=True)) == [
        f"{record.pk}:done:0:0",
        f"{record.pk}:done:0:1",
    ]


def test_an_amendment_needs_a_closed_record_a_person_and_a_reason(
    record: Record, sitting: Sitting, agent: Any
) -> None:
    with pytest.raises(actions.RecordClosed):
        actions.reopen(record, "why", by=agent)
    finish(record, agent, "refused")
    for reason, by in ((" ", agent), ("why", None), ("x" * 1001, agent)):
        with pytest.raises(ValueError, match="reason"):
            actions.reopen(record, reason, by=by)
    record.refresh_from_db()
    assert (record.outcome, record.reopened) == ("refused", 0)


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


def test_prefilled_answers_are_events_with_their_source(version: Any, agent: Any) -> None:
    record = actions.start(
        version=version,
        by=agent,
        language="fr",
        prefill={
            "given_name": "Anna",
            "mobile": "0470 12 34 56",
            "file_number": "7",
            "until": "2021-01-01",
            "nothing": "x",
            "since": "no day",
            "ill": True,
        },
    )
    opened = open_record(record, by=agent, purpose="call")
    assert opened.state["language"] == "fr"
    assert opened.state["answers"] == {
        "given_name": "Anna",
        "mobile": "+32470123456",
        "file_number": "7",
        "since": "no day",
        "ill": True,
    }
    assert opened.state["unreadable"] == ["since"]
    assert {event.event.get("source") for event in opened.events[1:]} == {"prefilled"}


def test_a_closed_app_takes_no_new_record(version: Any, agent: Any) -> None:
    version.app.open = False
    with pytest.raises(actions.AppClosed):
        actions.start(version=version, by=agent)
    assert not Record.objects.exists()


@pytest.mark.parametrize("door", ["open", "settle", "finish", "session", "merge"])
def test_nothing_is_opened_when_the_log_cannot_be_written(
    sitting: Sitting, record: Record, agent: Any, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    sitting.answer("given_name", "Anna")
    opened: list[Any] = []

    def unwritable(**_: Any) -> None:
        raise OSError("the log cannot be written")

    monkeypatch.setattr(AccessLog.objects, "create", unwritable)
    monkeypatch.setattr("runtime.vault.keys.subject_key", opened.append)
    with pytest.raises(OSError, match="log cannot be written"):
        {
            "open": lambda: open_record(record, by=agent, purpose="call"),
            "settle": lambda: settle(record),
            "finish": lambda: finish(record, agent),
            "session": lambda: actions.open_session(
                record=record, by=agent, kind="agent", purpose="call"
            ),
            "merge": lambda: actions.merge_late(record, True, by=agent),
        }[door]()
    assert opened == []


def test_opening_names_who_what_and_why(record: Record, supervisor: Any) -> None:
    open_record(record, by=supervisor, purpose="complaint")
    row = AccessLog.objects.latest("pk")
    assert (row.by, row.deed, row.record, row.subject, row.purpose) == (
        supervisor,
        "open",
        record.pk,
        record.subject,
        "complaint",
    )


def test_an_erased_subject_leaves_nothing_readable(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    sitting.answer("given_name", "Anna")
    settle(record)
    destroy_subject(record.subject)
    for open_it in (
        lambda: open_record(record, by=agent, purpose="call"),
        lambda: settle(record),
        lambda: actions.open_session(record=record, by=agent, kind="agent", purpose="call"),
    ):
        with pytest.raises(SubjectDestroyed, match="was erased"):
            open_it()


def test_the_sweep_settles_what_nobody_did(
    sitting: Sitting, record: Record, version: Any, agent: Any
) -> None:
    other = actions.start(version=version, by=agent, prefill={"ill": True})
    sitting.answer("ill", True)
    now = timezone.now()
    sweeps._swept.clear()
    assert sweeps.settle_unsettled(now) == 0  # somebody is typing
    assert sweeps.settle_unsettled(now + sweeps.QUIET * 2) == 1  # those of sittings
    sweeps._swept.clear()
    assert sweeps.settle_unsettled(now + sweeps.QUIET * 2) == 1  # once a process, all
    assert set(Record.objects.values_list("settled_number", flat=True)) == {1}
    assert other.pk != record.pk


def test_the_sweep_goes_on_after_one_that_cannot_be_opened(
    sitting: Sitting, record: Record, version: Any, agent: Any
) -> None:
    sitting.answer("ill", True)
    other = actions.start(version=version, by=agent)
    Sitting(other, agent).answer("ill", True)
    destroy_subject(record.subject)
    assert sweeps.settle_unsettled(timezone.now() + sweeps.QUIET * 2) == 1
    other.refresh_from_db()
    assert other.settled_number == 1


def test_an_unknown_kind_of_session_is_refused(record: Record, agent: Any) -> None:
    with pytest.raises(ValueError, match="kind of session"):
        actions.open_session(record=record, by=agent, kind="visitor", purpose="call")


def test_records_of_nobody_have_a_subject_of_their_own(version: Any, agent: Any) -> None:
    one, other = (actions.start(version=version, by=agent) for _ in range(2))
    assert isinstance(one.subject, uuid.UUID)
    assert one.subject != other.subject


def test_erasing_a_party_ends_the_sittings_at_its_records(version: Any, agent: Any) -> None:
    party, _created = find_or_create(facts={"phone": "0470123456"}, by=agent, purpose="import")
    sitting = Sitting(actions.start(version=version, party=party, by=agent), agent)
    erase(party=party, by=agent, purpose="request")
    assert sitting.answer("ill", True).code == "session_ended"
