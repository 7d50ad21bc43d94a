"""A certificate holds as long as its record says what it was issued for."""

import threading
from typing import Any

import pytest
from django.db import connections

from builder.models import Version
from exports.documents import effects
from exports.documents.actions import issue, issue_opened, revoke
from exports.documents.effects import issue_document, open_for_document
from exports.documents.models import Document
from exports.purposes import REASONS
from runtime.audit.models import AccessLog
from runtime.outbox import actions as outbox
from runtime.outbox import handlers
from runtime.outbox.models import Effect
from runtime.records import actions as records
from runtime.records.models import Record
from tests.unit.exports.given import FEVERISH, Make, publish
from tests.unit.exports.making import ISSUE, call, certificate, outcome


@pytest.fixture(autouse=True)
def _bound() -> None:
    handlers.bind("issue_document", issue_document, prepare=open_for_document)


@pytest.fixture
def other_template(db: None) -> Any:
    """A second certificate over the same call."""
    return publish({**certificate(), "name": "release"})


@pytest.fixture
def version(db: None) -> Any:
    """The call, with an outcome that issues the other certificate instead."""
    other = {**ISSUE, "arguments": {"document": "release"}}
    ends = [*call()["outcomes"], outcome("done_again", ISSUE), outcome("released", other)]
    return publish({**call(), "outcomes": ends})


@pytest.fixture
def issued(make: Make, template: Version, agent: Any) -> Document:
    """A record that ended, and the certificate it was ended with."""
    record = make(**FEVERISH, finish=False)
    end(record, "done", agent)
    work_off()
    return Document.objects.get(record=record)


def end(record: Record, outcome: str, by: Any) -> None:
    assert isinstance(records.finish(record.pk, outcome, by=by), records.Settled)
    record.refresh_from_db()


def amend(record: Record, outcome: str, by: Any) -> None:
    records.reopen(record, "a mistake", by=by)
    end(record, outcome, by)


def work_off() -> None:
    while outbox.carry_out():
        pass
    left = Effect.objects.exclude(state="done").exclude(state="given_up", last_problem="amended")
    assert not left.exists()


def verified(client: Any, document: Document) -> str:
    return str(client.get(f"/verify/{document.code}/").content.decode())


def test_a_certificate_whose_ground_was_amended_away_is_revoked_with_the_end_of_the_record(
    issued: Document, client_of: Any, supervisor: Any
) -> None:
    assert "Valid until" in verified(client_of(None), issued)
    amend(issued.record, "refused", supervisor)
    issued.refresh_from_db()
    assert (issued.reason, issued.revoked_by) == ("amended", supervisor)
    assert "Revoked" in verified(client_of(None), issued)
    row = AccessLog.objects.get(deed="document", purpose="amended")
    assert (row.by, row.record, row.detail) == (
        supervisor,
        issued.record_id,
        f"revoke {issued.number}",
    )


def test_while_an_amendment_is_being_written_the_certificate_still_holds(
    issued: Document, agent: Any
) -> None:
    records.reopen(issued.record, "a mistake", by=agent)
    issued.refresh_from_db()
    assert issued.revoked_at is None


def test_an_amendment_that_is_not_kept_revokes_nothing(
    issued: Document, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_arguments: Any) -> None:
        raise RuntimeError("the end of the record is not kept")

    records.reopen(issued.record, "a mistake", by=agent)
    records.signals.finished.connect(fails, weak=False)
    try:
        with pytest.raises(RuntimeError):
            records.finish(issued.record_id, "refused", by=agent)
    finally:
        records.signals.finished.disconnect(fails)
    issued.refresh_from_db()
    assert issued.revoked_at is None


@pytest.mark.parametrize("outcome", ["done", "done_again"])
def test_an_amendment_that_issues_it_again_replaces_it(
    issued: Document, agent: Any, outcome: str
) -> None:
    amend(issued.record, outcome, agent)
    issued.refresh_from_db()
    assert issued.revoked_at is None  # it is replaced when the other one is there
    work_off()
    issued.refresh_from_db()
    assert issued.reason == "replaced"
    assert Document.objects.filter(record=issued.record, revoked_at=None).count() == 1


def test_an_amendment_that_issues_another_certificate_revokes_the_first_one_only(
    issued: Document, other_template: Version, agent: Any
) -> None:
    amend(issued.record, "released", agent)
    work_off()
    issued.refresh_from_db()
    assert issued.reason == "amended"
    assert Document.objects.get(record=issued.record, revoked_at=None).template == other_template


def test_what_a_person_issued_is_that_persons_to_revoke(
    issued: Document, template: Version, agent: Any
) -> None:
    by_hand = issue(template=template, record=issued.record, by=agent)
    amend(issued.record, "refused", agent)
    by_hand.refresh_from_db()
    assert by_hand.revoked_at is None


def test_what_was_revoked_before_keeps_its_reason(
    issued: Document, agent: Any, supervisor: Any
) -> None:
    revoke(document=issued, by=supervisor, reason="wrong_person")
    amend(issued.record, "refused", agent)
    issued.refresh_from_db()
    assert (issued.reason, issued.revoked_by) == ("wrong_person", supervisor)


def test_a_certificate_still_to_be_issued_is_not_issued_after_the_amendment(
    make: Make, template: Version, agent: Any
) -> None:
    record = make(**FEVERISH, finish=False)
    end(record, "done", agent)
    amend(record, "refused", agent)
    work_off()
    assert not Document.objects.exists()


def test_ended_twice_before_the_worker_came_it_is_issued_once(
    make: Make, template: Version, agent: Any
) -> None:
    record = make(**FEVERISH, finish=False)
    end(record, "done", agent)
    amend(record, "done", agent)
    work_off()
    assert Document.objects.get().revoked_at is None


def test_the_pages_say_in_words_why_it_was_revoked(
    issued: Document, client_of: Any, supervisor: Any, auditor: Any
) -> None:
    amend(issued.record, "refused", supervisor)
    words = str(dict(REASONS)["amended"])
    assert words in client_of(supervisor).get("/documents/").content.decode()
    assert words in client_of(auditor).get("/log/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_certificate_issued_while_the_record_ends_otherwise_does_not_stay_valid(
    make: Make, template: Version, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = make(**FEVERISH, finish=False)
    end(record, "done", agent)
    records.reopen(record, "a mistake", by=agent)

    def ends_otherwise() -> None:
        try:
            records.finish(record.pk, "refused", by=agent)
        finally:
            connections.close_all()

    other = threading.Thread(target=ends_otherwise)

    def in_the_middle(**arguments: Any) -> Document:
        other.start()
        other.join(timeout=0.5)  # it would be through by then, were it not made to wait
        return issue_opened(**arguments)

    monkeypatch.setattr(effects, "issue_opened", in_the_middle)
    work_off()
    other.join()
    record.refresh_from_db()
    assert record.outcome == "refused"
    assert Document.objects.get().reason == "amended"
