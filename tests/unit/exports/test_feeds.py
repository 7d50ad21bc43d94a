"""Feeds: a row leaves once, an amended record goes as an update, a batch sent again is the same batch."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from exports.feeds import actions, batches
from exports.feeds.folders import whole_file
from exports.feeds.models import DeliveredRow, Delivery, Feed
from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from runtime.records import actions as records
from tests.unit.exports.given import ANN, FEVERISH, Make
from tests.unit.exports.sending import files_in, rows_in, send


def test_a_delivery_has_the_mapped_columns_under_pseudonyms(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    record = make(**FEVERISH, party=True)
    delivery = send(feed, data_officer)
    (row,) = rows_in(folder / delivery.file_name)
    assert list(row) == [
        "record_id",
        "revision",
        "operation",
        "PERSON",
        "FEVER",
        "ONSET",
        "COUGH",
        "OUTCOME",
    ]
    assert (row["revision"], row["operation"], row["FEVER"], row["COUGH"]) == (
        "1",
        "new",
        "true",
        "true",
    )
    raw = b"".join(files_in(folder).values())
    for inside in (
        b"Peeters",
        b"Ann",
        ANN["national_number"].encode(),
        str(record.pk).encode(),
        str(record.party_id).encode(),
    ):
        assert inside not in raw


def test_the_envelope_tells_the_batch(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    make(**FEVERISH)
    delivery = send(feed, data_officer)
    file = folder / delivery.file_name
    envelope = json.loads(file.with_suffix(".json").read_text())
    assert envelope["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest() == delivery.sha256
    assert (envelope["sequence"], envelope["rows"], envelope["feed"], envelope["institute"]) == (
        1,
        1,
        "cases",
        "health",
    )
    assert envelope["batch_id"] == str(delivery.batch_id)


def test_sending_again_with_nothing_new_sends_nothing(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    make(**FEVERISH)
    send(feed, data_officer)
    before = files_in(folder)
    assert actions.deliver(feed=feed, by=data_officer, now=timezone.now()) is None
    assert files_in(folder) == before
    assert Delivery.objects.count() == 1


def test_two_deliveries_have_no_row_in_common(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    make(**FEVERISH)
    first = send(feed, data_officer)
    make(**FEVERISH)
    make(**FEVERISH, finish=False)
    second = send(feed, data_officer)
    ids = [
        row["record_id"] for each in (first, second) for row in rows_in(folder / each.file_name)
    ]
    assert len(ids) == len(set(ids)) == 2
    assert second.sequence == 2


def test_an_amended_record_is_sent_as_an_update_with_a_higher_revision(
    make: Make, feed: Feed, folder: Path, data_officer: Any, agent: Any
) -> None:
    record = make(**FEVERISH)
    first = rows_in(folder / send(feed, data_officer).file_name)
    records.reopen(record, "a mistake", by=agent)
    assert actions.deliver(feed=feed, by=data_officer, now=timezone.now()) is None
    assert isinstance(records.finish(record.pk, "done", by=agent), records.Settled)
    second = rows_in(folder / send(feed, data_officer).file_name)
    assert (second[0]["revision"], second[0]["operation"], second[0]["OUTCOME"]) == (
        "2",
        "update",
        "done",
    )
    assert (second[0]["record_id"], second[0]["PERSON"]) == (
        first[0]["record_id"],
        first[0]["PERSON"],
    )


def test_a_batch_sent_again_is_the_same_byte_for_byte(
    make: Make, feed: Feed, folder: Path, data_officer: Any, agent: Any
) -> None:
    record = make(**FEVERISH)
    delivery = send(feed, data_officer)
    before = files_in(folder)
    records.reopen(record, "changed since", by=agent)
    actions.set_columns(
        feed=feed, columns=[{"column": "OTHER", "source": "severity"}], by=data_officer
    )
    for file in folder.iterdir():
        file.unlink()
    actions.resend(delivery=delivery, by=data_officer, now=timezone.now())
    assert files_in(folder) == before
    assert DeliveredRow.objects.count() == 1


def test_a_crash_between_file_and_database_leads_to_the_same_batch(
    make: Make, feed: Feed, folder: Path, data_officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(**FEVERISH)

    def crash(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_mark", crash)
        with pytest.raises(KeyboardInterrupt):
            actions.deliver(feed=feed, by=data_officer, now=timezone.now())
    before = files_in(folder)
    make(**FEVERISH)
    delivery = send(feed, data_officer)
    assert files_in(folder) == before
    assert (delivery.sequence, delivery.rows, delivery.state) == (1, 1, "delivered")
    assert send(feed, data_officer).rows == 1


def test_a_crash_while_rows_are_sealed_goes_on_where_it_stopped(
    make: Make, feed: Feed, folder: Path, data_officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ROWS_A_BATCH", 2)
    for _ in range(5):
        make(**FEVERISH)
    fill_one, calls = batches._fill_one, []

    def dies(*args: Any) -> bool:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return fill_one(*args)

    with monkeypatch.context() as patch:
        patch.setattr(batches, "_fill_one", dies)
        with pytest.raises(KeyboardInterrupt):
            actions.deliver(feed=feed, by=data_officer, now=timezone.now())
    assert not folder.exists() or files_in(folder) == {}
    delivery = send(feed, data_officer)
    assert (delivery.sequence, delivery.rows, len(rows_in(folder / delivery.file_name))) == (
        1,
        5,
        5,
    )


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"

    def dies() -> None:
        with whole_file(file) as stream:
            stream.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dies()
    assert list(tmp_path.iterdir()) == []


def test_each_institute_has_pseudonyms_of_its_own(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    make(**FEVERISH)
    other = actions.create_institute(code="statistics", title="Statistics", by=data_officer)
    draft = actions.Draft("Others", "others", "statistics")
    second = actions.create_feed(
        code="others", institute=other, app=feed.app, draft=draft, by=data_officer
    )
    actions.set_columns(
        feed=second, columns=[{"column": "PERSON", "source": "_person"}], by=data_officer
    )
    mine = rows_in(folder / send(feed, data_officer).file_name)[0]
    theirs = rows_in(folder.with_name("others") / send(second, data_officer).file_name)[0]
    assert mine["record_id"] != theirs["record_id"]
    assert mine["PERSON"] != theirs["PERSON"]


def test_an_erased_person_is_deleted_at_the_institute(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    record = make(**FEVERISH, party=True)
    make(**FEVERISH | {"given_name": "Bea", "national_number": "85073003328"})
    first = send(feed, data_officer)
    sent = {row["record_id"] for row in rows_in(folder / first.file_name)}
    parties.erase(party=record.party, by=data_officer, purpose="erasure")
    (row,) = rows_in(folder / send(feed, data_officer).file_name)
    assert (row["operation"], row["revision"], row["PERSON"], row["FEVER"]) == (
        "delete",
        "2",
        "",
        "",
    )
    assert row["record_id"] in sent
    assert actions.deliver(feed=feed, by=data_officer, now=timezone.now()) is None
    again = actions.resend(delivery=first, by=data_officer, now=timezone.now())
    assert sorted(row["operation"] for row in rows_in(folder / again.file_name)) == [
        "delete",
        "new",
    ]


def test_rows_lie_sealed_in_the_database(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    make(**FEVERISH)
    send(feed, data_officer)
    assert b"2026-11-20" not in bytes(DeliveredRow.objects.get().sealed)


def test_the_delivery_and_each_opening_are_logged_with_the_feeds_purpose(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    record = make(**FEVERISH)
    delivery = send(feed, data_officer)
    row = AccessLog.objects.get(deed="deliver")
    assert (row.by, row.purpose, row.detail) == (data_officer, "surveillance", delivery.file_name)
    assert (
        AccessLog.objects.filter(deed="open", record=record.pk, purpose="surveillance").count()
        == 1
    )
