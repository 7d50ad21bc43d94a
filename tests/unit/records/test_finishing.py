"""The end of a record: when it may be finished, what is announced, and amendments."""

from typing import Any

import pytest

from runtime.outbox.models import Effect
from runtime.records import actions, signals
from runtime.records.models import Event, Record
from runtime.records.store import open_record
from tests.unit.records.scenes import Sitting, finish


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


def test_a_record_about_nobody_known_becomes_its_persons_when_it_ends(
    sitting: Sitting, record: Record, agent: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from runtime.search.index import find
    from runtime.vault.errors import SubjectDestroyed
    from runtime.vault.keys import subject_key

    nobody = record.subject
    sitting.answer("given_name", "Wilhelmina")
    with django_capture_on_commit_callbacks(execute=True):
        finish(record, agent)
    record.refresh_from_db()
    assert record.subject == record.party_id != nobody
    assert [hit.party_id for hit in find("Wilhelmina", by=agent, purpose="test")] == [
        record.party_id
    ]
    state = open_record(record, by=agent, purpose="test").state
    assert state["answers"] == {"given_name": "Wilhelmina"}
    with pytest.raises(SubjectDestroyed):
        subject_key(nobody)


def test_erasing_the_person_erases_the_record_they_were_found_in(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    from runtime.parties.actions import erase
    from runtime.vault.errors import SubjectDestroyed

    sitting.answer("given_name", "Wilhelmina")
    finish(record, agent)
    record.refresh_from_db()
    assert record.party is not None
    erase(party=record.party, by=agent, purpose="test")
    with pytest.raises(SubjectDestroyed):
        open_record(record, by=agent, purpose="test")


def test_a_record_that_names_nobody_stays_about_nobody(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    before = record.subject
    finish(record, agent, "gone")
    record.refresh_from_db()
    assert (record.party_id, record.subject) == (None, before)
