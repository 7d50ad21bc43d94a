"""Files are kept sealed by who sits at the record, named by answers, forgotten when nobody names them, gone with the key."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from runtime.outbox import sweeps
from runtime.parties.actions import erase, find_or_create
from runtime.people.actions import bump_epoch
from runtime.records import actions, files
from runtime.records.models import Event, StoredFile
from runtime.records.store import open_file, open_record
from runtime.records.store.sealing import give_to, new_subject
from runtime.records.uploads import Sent
from runtime.vault.errors import SubjectDestroyed, Tampered
from tests.sendable import PDF, photo, strokes
from tests.unit.records.scenes import Sitting, settle

pytestmark = pytest.mark.django_db


def opened(record: Any, reference: dict[str, str], **more: Any) -> Any:
    return open_file(record, uuid.UUID(reference["id"]), by=None, purpose="test", **more)


def test_a_file_is_kept_and_opened_again(keep: Any, record: Any) -> None:
    kept = keep("letter", PDF, "../Letter to Ann.exe")
    assert (kept["name"], kept["media_type"]) == ("Letter to Ann.exe.pdf", "application/pdf")
    assert kept["size"] == str(len(PDF))
    found = opened(record, kept)
    assert (found.data, found.about.reference, found.about.question) == (PDF, kept, "letter")
    assert opened(record, kept, small=True) is None


def test_photo_and_signature_have_a_small_picture(keep: Any, record: Any) -> None:
    for kept in (keep("arm", photo()), keep("signed", strokes())):
        assert opened(record, kept, small=True).data[:3] in {b"\xff\xd8\xff", b"\x89PN"}


def test_nothing_of_it_lies_in_clear(keep: Any) -> None:
    keep("letter", PDF, "Canary.pdf")
    row = StoredFile.objects.get()
    for column in (row.about, row.content):
        assert b"Canary" not in bytes(column)
        assert b"PDF" not in bytes(column)


def test_a_file_moved_to_another_row_does_not_open(keep: Any, record: Any) -> None:
    one, other = keep("letter", PDF), keep("letter", b"words", "a.txt")
    rows = StoredFile.objects.filter(pk=uuid.UUID(other["id"]))
    rows.update(content=StoredFile.objects.get(pk=uuid.UUID(one["id"])).content)
    with pytest.raises(Tampered):
        opened(record, other)


def test_sent_again_it_is_kept_once(keep: Any) -> None:
    same = uuid.uuid4()
    assert keep("letter", PDF, id=same) == keep("letter", PDF, id=same)
    assert StoredFile.objects.count() == 1
    assert keep("letter", b"other words", id=same).code == "repeated"
    assert keep("proof", PDF, id=same).code == "repeated"


def test_an_answer_names_it_and_is_read_back(keep: Any, record: Any, sitting: Sitting) -> None:
    kept = keep("letter", PDF)
    assert sitting.answer("letter", kept).refused == []
    assert settle(record).state["answers"] == {"letter": kept}
    assert StoredFile.objects.get().named_at is not None
    assert (
        open_record(record, by=None, purpose="test").view["questions"]["letter"]["value"] == kept
    )


@pytest.mark.parametrize(
    "change",
    [
        {"id": "f" * 32},
        {"name": "another.pdf"},
        {"size": "1"},
        {"digest": "0" * 64},
        {"media_type": "text/plain"},
    ],
)
def test_an_answer_that_says_otherwise_is_refused(
    keep: Any, sitting: Sitting, change: dict[str, str]
) -> None:
    told = sitting.answer("letter", {**keep("letter", PDF), **change})
    assert [row["code"] for row in told.refused] == ["file"]
    assert not Event.objects.exists()
    assert StoredFile.objects.get().named_at is None


def test_an_answer_names_no_file_of_another_question_or_record(
    keep: Any, sitting: Sitting, agent: Any, version: Any
) -> None:
    kept = keep("letter", PDF)
    assert sitting.answer("proof", kept).refused[0]["code"] == "file"
    other = Sitting(actions.start(version=version, by=agent), agent)
    assert other.answer("letter", kept).refused[0]["code"] == "file"
    assert opened(other.record, kept) is None


def test_a_file_in_an_entry_and_a_typed_name_are_answers_too(
    keep: Any, record: Any, sitting: Sitting
) -> None:
    card = keep("card", photo(), "card.jpg")
    sitting.say({"event": "entry_added", "repeat": "people", "entry": "a"})
    told = [sitting.answer("people/a/card", card), sitting.answer("signed", {"typed": "Ann"})]
    assert [row for one in told for row in one.refused] == []
    assert settle(record).state["answers"] == {"people/a/card": card, "signed": {"typed": "Ann"}}


def test_one_bad_name_stops_no_other_answer(keep: Any, record: Any, sitting: Sitting) -> None:
    bad = {**keep("letter", PDF), "id": "e" * 32}
    events = [
        {"event": "answered", "place": "letter", "value": bad},
        {"event": "answered", "place": "remark", "value": "words"},
    ]
    told = sitting.send([sitting.item(event) for event in events])
    assert (len(told.acknowledged), len(told.refused), told.status) == (1, 1, 200)


@pytest.mark.parametrize(
    ("question", "code"), [("fixed", "read_only"), ("remark", "unknown"), ("nobody", "unknown")]
)
def test_a_file_is_kept_for_a_question_that_asks_for_it(
    keep: Any, question: str, code: str
) -> None:
    assert keep(question, PDF).code == code


def test_who_sits_there_no_more_keeps_nothing(
    keep: Any, record: Any, sitting: Sitting, agent: Any
) -> None:
    assert keep("letter", PDF, token="made up").code == "token_unknown"
    assert keep("letter", PDF, record=uuid.uuid4()).code == "foreign"
    assert keep("letter", PDF, now=timezone.now() + dt.timedelta(hours=13)).code == "token_expired"
    bump_epoch(person=agent.person, reason="test")
    assert keep("letter", PDF).code == "rights_changed"
    fresh = Sitting(record, agent)
    actions.end_session(session=fresh.session, reason="lease")
    assert keep("letter", PDF, token=fresh.token).code == "session_ended"
    last = Sitting(record, agent)
    actions.finish(record.pk, "done", by=agent)
    assert keep("letter", PDF, token=last.token).code == "record_closed"
    assert not StoredFile.objects.exists()


def test_an_answer_that_comes_late_names_its_file(
    keep: Any, record: Any, sitting: Sitting, agent: Any
) -> None:
    kept = keep("letter", PDF)
    actions.end_session(session=sitting.session, reason="lease")
    assert sitting.answer("letter", kept).late == 1
    files.forget_unnamed(timezone.now() + dt.timedelta(days=9))
    actions.merge_late(record, keep=True, by=agent)
    assert settle(record).state["answers"] == {"letter": kept}
    assert opened(record, kept).data == PDF


def test_what_nobody_named_is_forgotten_and_what_is_named_stays(
    keep: Any, record: Any, sitting: Sitting
) -> None:
    named, first = keep("letter", PDF), keep("letter", b"draft", "a.txt")
    sitting.answer("letter", first)
    sitting.answer("letter", named)
    keep("proof", PDF)
    assert files.forget_unnamed(timezone.now() + dt.timedelta(hours=60)) == 0
    assert files.forget_unnamed(timezone.now() + dt.timedelta(hours=63)) == 1
    assert opened(record, named).data == PDF
    assert opened(record, first).data == b"draft"  # the log names it still


def test_the_worker_forgets_what_nobody_named(keep: Any) -> None:
    keep("letter", PDF)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_storedfile SET created_at = '2026-01-01 00:00:00+00:00'")
    sweeps.run_due(timezone.now(), everything=True)
    assert not StoredFile.objects.exists()


def test_a_record_holds_so_many_files(keep: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(files, "MOST_UNNAMED", 2)
    assert isinstance(keep("letter", PDF), dict)
    assert isinstance(keep("letter", PDF), dict)
    assert keep("letter", PDF).code == "too_many"


def test_erasing_the_person_erases_the_file(version: Any, agent: Any) -> None:
    party, _made = find_or_create(facts={"given_name": "Ann"}, by=agent, purpose="test")
    record = actions.start(version=version, by=agent, party=party)
    sitting = Sitting(record, agent)
    sent = Sent(uuid.uuid4(), "letter", PDF, "a.pdf")
    kept = files.keep(sitting.token, sent, timezone.now(), record=record.pk)
    assert isinstance(kept, dict)
    sitting.answer("letter", kept)
    row = StoredFile.objects.get()
    erase(party=party, by=agent, purpose="test")
    assert not StoredFile.objects.exists()
    row.save(force_insert=True)  # a backup that was put back
    with pytest.raises(SubjectDestroyed):
        opened(record, kept)


def test_a_record_that_is_given_to_its_person_keeps_its_files(
    keep: Any, record: Any, sitting: Sitting
) -> None:
    kept = keep("letter", PDF)
    sitting.answer("letter", kept)
    give_to(record, new_subject())
    record.save()
    assert opened(record, kept).data == PDF


def test_a_list_fills_no_file(version: Any, agent: Any) -> None:
    record = actions.start(
        version=version, by=agent, prefill={"letter": "letter.pdf", "remark": "words"}
    )
    assert settle(record).state["answers"] == {"remark": "words"}


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_many_times_at_once_is_kept_once(keep: Any) -> None:
    same, found = uuid.uuid4(), []

    def send() -> None:
        try:
            found.append(keep("letter", PDF, id=same))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert all(one == found[0] and isinstance(one, dict) for one in found)
    assert StoredFile.objects.count() == 1
