"""Feeds: a row leaves once, an amended record goes as an update, a batch sent again is the same batch."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from exports.feeds import actions, batches
from exports.feeds.folders import FolderRefused, folder_of, whole_file
from exports.feeds.mapping import MappingRefused, sources
from exports.feeds.models import DeliveredRow, Delivery, Feed
from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from runtime.records import actions as records
from tests.unit.exports.given import ANN, FEVERISH, Make, publish
from tests.unit.exports.making import body, calculation, call, question, section


def send(feed: Feed, by: Any) -> Delivery:
    delivery = actions.deliver(feed=feed, by=by, now=timezone.now())
    assert delivery is not None
    return delivery


def rows_in(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def files_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


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
    make(**FEVERISH)
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


@pytest.mark.parametrize("source", ["national_number", "_record", "absent", "who", "tell"])
def test_the_national_number_and_what_reads_it_cannot_be_mapped(
    feed: Feed, data_officer: Any, source: str
) -> None:
    told = calculation("tell", "bool", ["answered", ["answer", "national_number"]])
    publish(
        {
            **call(),
            "sections": [
                *call()["sections"],
                section("more", told, calculation("again", "bool", ["not", ["answer", "tell"]])),
            ],
        },
        2,
    )
    assert {"again", source}.isdisjoint(each.name for each in sources(feed, "en"))
    with pytest.raises(MappingRefused, match="unknown_source"):
        actions.set_columns(
            feed=feed, columns=[{"column": "X", "source": source}], by=data_officer
        )


def test_a_name_that_one_version_asks_as_a_number_never_leaves_from_it(
    make: Make, feed: Feed, folder: Path, data_officer: Any, agent: Any
) -> None:
    """Mapped while it was harmless; a later version asks the national number under that name."""
    later = publish(
        body(
            section("one", question("onset", fact="national_number")), outcomes=call()["outcomes"]
        ),
        2,
    )
    record = records.start(version=later, by=agent, prefill={"onset": "85073000160"})
    assert isinstance(records.finish(record.pk, "refused", by=agent), records.Settled)
    (row,) = rows_in(folder / send(feed, data_officer).file_name)
    assert (row["ONSET"], row["FEVER"], row["OUTCOME"]) == ("", "", "refused")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (["=cmd"], "bad_name"),
        (["a b"], "bad_name"),
        ([""], "bad_name"),
        (["A", "a"], "twice"),
        (["Revision"], "twice"),
        (["x" * 64], "bad_name"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused(
    feed: Feed, data_officer: Any, columns: list[str], code: str
) -> None:
    rows = [{"column": column, "source": "fever"} for column in columns]
    with pytest.raises(MappingRefused, match=code):
        actions.set_columns(feed=feed, columns=rows, by=data_officer)


@pytest.mark.parametrize(
    "name",
    ["..", "../out", "/etc", "a/../b", "", ".hidden", "a//b", "a/", "a\x00b", "é", "a/b/c/d/e"],
)
def test_a_folder_leads_nowhere_else(folder: Path, name: str) -> None:
    with pytest.raises(FolderRefused):
        folder_of(name)


def test_a_link_that_leads_out_of_the_deliveries_is_refused(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder.symlink_to(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(FolderRefused):
        folder_of("institute")


def test_a_folder_that_cannot_be_written_leaves_the_batch_to_be_sent_later(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    make(**FEVERISH)
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    with pytest.raises(FolderRefused):
        actions.deliver(feed=feed, by=data_officer, now=timezone.now())
    folder.unlink()
    assert send(feed, data_officer).sequence == 1


def test_an_institutes_code_is_chosen_once_and_changes_are_in_the_history(
    feed: Feed, data_officer: Any, client_of: Any
) -> None:
    officer = client_of(data_officer)
    answer = officer.post("/institute/health/", {"code": "other", "title": "Public health"})
    assert answer.status_code == 302
    feed.institute.refresh_from_db()
    assert (feed.institute.code, feed.institute.title) == ("health", "Public health")
    newest = feed.institute.history.first()
    assert (newest.title, newest.history_user) == ("Public health", data_officer)


def test_the_pages_carry_a_feed_from_its_institute_to_its_delivery(
    make: Make, version: Any, folder: Path, client_of: Any, data_officer: Any
) -> None:
    make(**FEVERISH)
    officer = client_of(data_officer)
    officer.post("/institutes/new/", {"code": "lab", "title": "Laboratory"})
    institute = Feed._meta.get_field("institute").related_model.objects.get(code="lab")  # type: ignore[union-attr]
    about = {
        "code": "lab-cases",
        "title": "Cases",
        "institute": institute.pk,
        "app": version.app.pk,
        "folder": "institute",
        "purpose": "surveillance",
        "open": "on",
    }
    assert officer.post("/feeds/new/", {**about, "folder": "../out"}).status_code == 400
    assert officer.post("/feeds/new/", about)["Location"] == "/feed/lab-cases/columns/"
    assert officer.get("/feed/lab-cases/columns/").status_code == 200
    assert officer.post("/feed/lab-cases/columns/", {"column:fever": "1 =bad"}).status_code == 400
    assert (
        officer.post(
            "/feed/lab-cases/columns/", {"column:fever": "FEVER", "column:national_number": "NN"}
        ).status_code
        == 302
    )
    assert "<td>true</td>" in officer.post("/feed/lab-cases/preview/").content.decode()
    assert "with 1 rows" in officer.post("/feed/lab-cases/send/", follow=True).content.decode()
    assert "Nothing new" in officer.post("/feed/lab-cases/send/", follow=True).content.decode()
    assert "written again" in officer.post("/feed/lab-cases/send/1/", follow=True).content.decode()
    assert officer.get("/feeds/").status_code == 200
    assert (
        officer.post("/feed/lab-cases/change/", {**about, "title": "All cases"}).status_code == 302
    )
    assert officer.get("/feed/absent/").status_code == 404
    assert officer.post("/feed/lab-cases/send/99999999999999999999/").status_code == 404
    assert len(list(folder.glob("*.csv"))) == 1


def test_others_than_data_officers_do_not_come_here(
    feed: Feed, client_of: Any, agent: Any
) -> None:
    for address in (
        "/feeds/",
        "/feed/cases/",
        "/feed/cases/send/",
        "/exports/",
        "/exports/app/call/1.csv",
    ):
        assert client_of(agent).post(address).status_code in (403, 404)


def test_the_timer_sends_every_feed_and_names_those_it_cannot(
    make: Make, feed: Feed, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(**FEVERISH)
    call_command("deliver")
    call_command("deliver", "cases")
    said = capsys.readouterr().out
    assert "cases: cases-000001-" in said
    assert "cases: nothing new" in said
    with pytest.raises(CommandError, match="absent"):
        call_command("deliver", "absent")
