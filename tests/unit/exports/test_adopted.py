"""What left while a record was about nobody known: it is its person's with the record, and goes with the person."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from exports.documents.actions import issue
from exports.documents.models import Document
from exports.documents.panel import documents_of
from exports.feeds import actions as feeds
from exports.feeds import batches
from exports.feeds.models import Delivery, Feed
from exports.vaulted import SubjectDestroyed
from runtime.parties import actions as parties
from runtime.records import actions as records
from runtime.records import store
from runtime.records.models import Record
from runtime.vault.keys import subject_key
from tests.unit.exports.given import FEVERISH, Make
from tests.unit.exports.sending import files_in, rows_in, send
from tests.unit.exports.test_documents import printed
from tests.unit.records.scenes import Sitting

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

NAMES = ("given_name", "family_name", "national_number")
ILL = {name: value for name, value in FEVERISH.items() if name not in NAMES}
PATIENCE = {"document": 60, "row": 0.3}  # seconds; a row is sealed with its record held


def apart(work: Callable[[], Any]) -> Future[Any]:
    """Does the work on connections of its own."""

    def run() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    return ThreadPoolExecutor(1).submit(run)


@pytest.fixture
def record(make: Make) -> Record:
    """Ended without a name."""
    return make(**ILL)


def named(record: Record, by: Any) -> None:
    """The record is opened again, the person says who they are, and it ends again."""
    records.reopen(record, "the name was missing", by=by)
    Sitting(record, by).answer("given_name", "Ann")
    assert isinstance(records.finish(record.pk, "refused", by=by), records.Settled)


def found_again(record: Record, nobody: Any) -> Record:
    """The record in its person's hands, the first subject's key gone."""
    found = Record.objects.get(pk=record.pk)
    assert found.subject == found.party_id != nobody
    with pytest.raises(SubjectDestroyed):
        subject_key(nobody)
    return found


def test_a_document_issued_before_the_person_was_known_is_printed_as_it_was(
    record: Record, template: Any, agent: Any
) -> None:
    document = issue(template=template, record=record, by=agent)
    nobody, before = record.subject, printed(document, agent)
    named(record, agent)
    found = found_again(record, nobody)
    assert printed(document, agent) == before
    assert printed(Document.objects.get(), agent) == before
    assert len(documents_of(found.subject, None)) == 1


def test_a_batch_sent_before_the_person_was_known_is_sent_again_as_it_was(
    record: Record, feed: Feed, folder: Path, data_officer: Any, agent: Any
) -> None:
    delivery, nobody = send(feed, data_officer), record.subject
    before = files_in(folder)
    named(record, agent)
    found_again(record, nobody)
    feeds.resend(delivery=delivery, by=data_officer, now=timezone.now())
    assert files_in(folder) == before
    (row,) = rows_in(folder / send(feed, data_officer).file_name)
    assert (row["operation"], row["revision"]) == ("update", "2")


def test_erasing_the_person_erases_what_left_before_they_were_known(
    record: Record, template: Any, feed: Feed, folder: Path, data_officer: Any, agent: Any
) -> None:
    document = issue(template=template, record=record, by=agent)
    delivery = send(feed, data_officer)
    named(record, agent)
    party = Record.objects.get(pk=record.pk).party
    assert party is not None
    parties.erase(party=party, by=agent, purpose="erasure")
    with pytest.raises(SubjectDestroyed):
        printed(document, agent)
    feeds.resend(delivery=delivery, by=data_officer, now=timezone.now())
    assert [row["operation"] for row in rows_in(folder / delivery.file_name)] == ["delete"]


def test_rows_read_just_before_the_person_was_known_are_read_anew(
    make: Make, feed: Feed, data_officer: Any, agent: Any
) -> None:
    """A batch that is being written again meanwhile deletes nobody."""
    one, other = make(**ILL), make(**ILL)
    delivery = send(feed, data_officer)
    rows = batches.contents(delivery)
    assert next(rows)[1]
    for record in (one, other):
        apart(lambda record=record: named(record, agent)).result()
    assert [bool(cells) for _row, cells in rows] == [True]


@pytest.mark.parametrize("leaves", ["document", "row"])
def test_what_leaves_while_the_person_becomes_known_is_theirs(
    record: Record,
    template: Any,
    feed: Feed,
    data_officer: Any,
    agent: Any,
    leaves: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between the opening of a record and the sealing of what leaves, the record is given to its person."""
    opening, nobody = store.open_record, record.subject
    meanwhile: list[Future[Any]] = []

    def slowly(record: Record, **more: Any) -> Any:
        opened = opening(record, **more)
        if not meanwhile:
            meanwhile.append(apart(lambda: named(Record.objects.get(pk=record.pk), agent)))
            wait(meanwhile, PATIENCE[leaves])
        return opened

    monkeypatch.setattr(store, "open_record", slowly)
    if leaves == "document":
        issue(template=template, record=record, by=agent)
    else:
        send(feed, data_officer)
    meanwhile[0].result()
    found = found_again(record, nobody)
    if leaves == "document":
        assert "stays at home" in printed(Document.objects.get(), agent)
        assert Document.objects.get().party_id == found.party_id
    else:
        ((row, cells),) = batches.contents(Delivery.objects.get())
        assert (row.subject, bool(cells)) == (found.subject, True)
