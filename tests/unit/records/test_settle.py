"""Settling, finishing, amending; two writers; late events; opening a record with the log first."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.parties.actions import erase, find_or_create
from runtime.parties.store import open_party
from runtime.records import actions, sweeps
from runtime.records.models import Record
from runtime.records.store import open_record
from runtime.vault.errors import SubjectDestroyed, Tampered
from runtime.vault.keys import destroy_subject
from tests.unit.records.scenes import Sitting, finish, settle


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
