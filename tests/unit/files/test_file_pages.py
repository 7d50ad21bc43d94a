"""Files over the line: sent under the run token or with a section, fetched by who holds or reads the record."""

import io
import json
import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from runtime.audit.models import AccessLog
from runtime.records import actions
from runtime.records.models import StoredFile
from tests.people import make_person
from tests.sendable import PDF, PLACE, bomb, photo, strokes
from tests.unit.fill.pages import send, shown_form
from tests.unit.records.scenes import Sitting, settle

pytestmark = pytest.mark.django_db


def sent(name: str, data: bytes) -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", data)
    file._name = name  # as it comes over the line, not as Django would clean it
    return file


def upload(sitting: Sitting, question: str, data: Any, name: str = "a.pdf", **more: Any) -> Any:
    body = {"id": str(uuid.uuid4()), "question": question, "file": sent(name, data), **more}
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    headers = {"X-Run-Token": sitting.token, "accept-language": "en"}
    return client.post(f"/record/{sitting.record.pk}/upload/", body, headers=headers)


def kept(sitting: Sitting, question: str, data: bytes, name: str = "a.pdf") -> dict[str, str]:
    value: dict[str, str] = upload(sitting, question, data, name).json()["value"]
    assert sitting.answer(question, value).refused == []
    return value


def address(record: Any, value: dict[str, str], more: str = "") -> str:
    return f"/record/{record.pk}/file/{uuid.UUID(value['id'])}/{more}"


@pytest.fixture
def browser_of(client_of: Any) -> Any:
    return lambda user: client_of(user, headers={"accept-language": "en"})


def test_a_file_is_sent_under_the_run_token(sitting: Sitting) -> None:
    answer = upload(sitting, "letter", PDF, "letter.pdf")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["value"]["name"] == "letter.pdf"


@pytest.mark.parametrize(
    ("question", "data", "name", "status", "words"),
    [
        ("letter", b"", "a.pdf", 422, "empty"),
        ("letter", b"MZ\x00", "a.pdf", 422, "PDF, JPEG, PNG, WebP, plain text"),
        ("scan", PDF, "a.png", 422, "JPEG, PNG, WebP."),
        ("scan", b"x" * (1024 * 1024 + 1), "a.txt", 413, "larger than 1 MB"),
        ("letter", PDF + bytes(11 * 1024 * 1024), "a.pdf", 413, "larger than 10 MB"),
        ("arm", photo()[:-500], "a.jpg", 422, "cut off or damaged"),
        ("arm", bomb(60_000, 60_000), "a.png", 422, "50 million"),
        ("signed", b"<svg/>", "a.svg", 422, "Nothing was drawn"),
        ("remark", PDF, "a.pdf", 422, "asks for no file"),
        ("x" * 9000, PDF, "a.pdf", 422, "asks for no file"),
    ],
)
def test_what_is_not_kept_is_said(
    sitting: Sitting, question: str, data: bytes, name: str, status: int, words: str
) -> None:
    answer = upload(sitting, question, data, name)
    assert answer.status_code == status
    assert words in answer.json()["message"]
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a" * 300, 'x"\r\nSet-Cookie: a=b'])
def test_a_hostile_name_does_no_harm(
    sitting: Sitting, name: str, agent: Any, browser_of: Any
) -> None:
    value = kept(sitting, "letter", b"words", name)
    fetched = browser_of(agent).get(address(sitting.record, value))
    assert (fetched.status_code, fetched.content) == (200, b"words")
    assert "Set-Cookie: a" not in str(fetched.headers)
    assert len(value["name"]) <= 104
    assert "/" not in value["name"]


@pytest.mark.parametrize(
    "body",
    [
        {"id": "x"},
        {"id": ""},
        {"file": "words"},
        {"file": [sent("a", b"1"), sent("b", b"2")], "more": sent("c", b"3")},
    ],
)
def test_what_is_no_file_is_told(sitting: Sitting, body: dict[str, Any]) -> None:
    answer = upload(sitting, "letter", PDF, **body)
    assert (answer.status_code, answer.json()["code"]) == (400, "shape")


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain", ""]
)
def test_a_broken_body_is_told(sitting: Sitting, content_type: str) -> None:
    client = Client(raise_request_exception=False)
    where = f"/record/{sitting.record.pk}/upload/"
    headers = {"X-Run-Token": sitting.token}
    answer = client.post(where, b"--x\r\nnothing", content_type=content_type, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "shape")


def test_a_lost_lease_keeps_nothing_and_says_so(sitting: Sitting) -> None:
    actions.end_session(session=sitting.session, reason="lease")
    answer = upload(sitting, "letter", PDF)
    assert (answer.status_code, answer.json()["code"]) == (409, "session_ended")
    assert "was not kept" in answer.json()["message"]


def test_without_a_token_nothing_is_kept(record: Any, agent: Any, browser_of: Any) -> None:
    where = f"/record/{record.pk}/upload/"
    assert browser_of(agent).post(where, {"file": sent("a", PDF)}).status_code == 403


def test_the_holder_fetches_it_as_an_attachment_that_runs_nowhere(
    sitting: Sitting, agent: Any, browser_of: Any
) -> None:
    value = kept(sitting, "letter", "Grüße".encode(), "Brief an Åsa.txt")
    answer = browser_of(agent).get(address(sitting.record, value))
    assert answer.content == "Grüße".encode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Brief%20an")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    row = AccessLog.objects.order_by("-pk").first()
    assert (row.deed, row.purpose) == ("open", "call")
    assert row.detail == f"file {uuid.UUID(value['id'])}"


def test_a_photo_has_a_small_picture_for_the_screen(
    sitting: Sitting, agent: Any, browser_of: Any
) -> None:
    value = kept(sitting, "arm", photo(), "arm.png")
    answer = browser_of(agent).get(address(sitting.record, value, "small/"))
    assert answer["Content-Type"] == "image/jpeg"
    assert max(Image.open(io.BytesIO(answer.content)).size) <= 320
    assert PLACE.encode() not in answer.content
    letter = kept(sitting, "letter", PDF)
    assert browser_of(agent).get(address(sitting.record, letter, "small/")).status_code == 404


def test_a_reader_names_a_purpose(sitting: Sitting, supervisor: Any, browser_of: Any) -> None:
    value = kept(sitting, "letter", PDF, "letter.pdf")
    client, where = browser_of(supervisor), address(sitting.record, value)
    assert client.get(where).status_code == 404
    assert client.post(where).status_code == 403
    assert client.post(where, {"purpose": "curiosity"}).status_code == 403
    page = client.post(f"/record/{sitting.record.pk}/", {"purpose": "quality"}).text
    assert f'action="{where}"' in page
    assert "letter.pdf" in page
    answer = client.post(where, {"purpose": "quality"})
    assert (answer.status_code, answer.content) == (200, PDF)
    logged = AccessLog.objects.filter(by=supervisor, detail__startswith="file ").get()
    assert logged.purpose == "quality"


def test_a_veiled_answer_hides_its_file(
    sitting: Sitting, supervisor: Any, browser_of: Any
) -> None:
    value = kept(sitting, "arm", photo(), "arm.jpg")
    client, where = browser_of(supervisor), address(sitting.record, value)
    page = client.post(f"/record/{sitting.record.pk}/", {"purpose": "quality"}).text
    assert where not in page
    assert "arm.jpg" not in page
    assert client.post(where, {"purpose": "quality"}).status_code == 403
    shown = {"purpose": "quality", "unveil": "1"}
    assert where in client.post(f"/record/{sitting.record.pk}/", shown).text
    assert client.post(where, shown).status_code == 200


def test_what_no_answer_names_now_is_not_read(
    sitting: Sitting, supervisor: Any, browser_of: Any
) -> None:
    client = browser_of(supervisor)
    waiting = upload(sitting, "letter", PDF).json()["value"]
    hidden = kept(sitting, "proof", PDF)
    for value in (waiting, hidden):
        where = address(sitting.record, value)
        assert client.post(where, {"purpose": "quality"}).status_code == 404
    sitting.answer("ill", True)
    assert client.post(address(sitting.record, hidden), {"purpose": "quality"}).status_code == 200


def test_nobody_else_fetches_it(sitting: Sitting, browser_of: Any, version: Any) -> None:
    value = kept(sitting, "letter", PDF)
    other = make_person("other", "agent")
    theirs = Sitting(actions.start(version=version, by=other), other)
    client = browser_of(other)
    assert client.get(address(sitting.record, value)).status_code == 404
    assert client.get(address(theirs.record, value)).status_code == 404
    assert client.get(address(sitting.record, value, "small/")).status_code == 404
    officer = browser_of(make_person("officer", "data_officer"))
    assert officer.post(address(sitting.record, value), {"purpose": "quality"}).status_code == 403


def test_a_section_is_posted_with_its_files(
    sitting: Sitting, record: Any, agent: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    page = client.get(f"/record/{record.pk}/").text
    assert 'enctype="multipart/form-data"' in page
    fields = shown_form(page)["fields"]
    fields |= {"f:letter": sent("letter.pdf", PDF), "f:arm": sent("arm.jpg", photo())}
    fields |= {"a:signed": ["Ann Maes", ""], "go": "stay"}
    posted = client.post(f"/record/{record.pk}/section/", fields, follow=True)
    answers = settle(record).state["answers"]
    assert answers["letter"]["name"] == "letter.pdf"
    assert answers["arm"]["media_type"] == "image/jpeg"
    assert answers["signed"] == {"typed": "Ann Maes"}
    assert "letter.pdf" in posted.text
    assert address(record, answers["arm"], "small/") in posted.text
    again = send(client, posted.text, "stay")
    assert settle(record).state["answers"] == answers
    send(client, again.text, "clear:letter")
    assert "letter" not in settle(record).state["answers"]


def test_a_file_that_is_not_kept_is_told_with_the_rest_saved(
    sitting: Sitting, record: Any, agent: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    fields = shown_form(client.get(f"/record/{record.pk}/").text)["fields"]
    fields |= {"f:scan": sent("a.png", PDF), "a:remark": "words", "go": "next"}
    fields |= {"f:nobody": sent("a.pdf", PDF), "f:remark": sent("a.pdf", PDF)}
    posted = client.post(f"/record/{record.pk}/section/", fields)
    assert posted.status_code == 422
    assert "By its content this is no file" in posted.text
    assert settle(record).state["answers"] == {"remark": "words"}


def test_a_section_with_more_than_fits_into_memory_is_told(
    sitting: Sitting, record: Any, agent: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    fields = shown_form(client.get(f"/record/{record.pk}/").text)["fields"]
    fields |= {"f:letter": sent("a.pdf", PDF + bytes(13 * 1024 * 1024)), "go": "next"}
    posted = client.post(f"/record/{record.pk}/section/", fields)
    assert posted.status_code == 422
    assert "larger than 12 MB" in posted.text


@pytest.mark.parametrize("value", ["{}", "{", '{"id": "../.."}', "[]", '{"id": {}}', "words"])
def test_a_forged_name_of_a_file_is_no_answer(
    record: Any, agent: Any, browser_of: Any, value: str, sitting: Sitting
) -> None:
    client = browser_of(agent)
    fields = shown_form(client.get(f"/record/{record.pk}/").text)["fields"]
    posted = client.post(
        f"/record/{record.pk}/section/", {**fields, "a:letter": value, "go": "stay"}, follow=True
    )
    assert posted.status_code in {200, 422}
    assert settle(record).state["answers"] == {}


def test_a_drawing_is_kept_as_our_own(sitting: Sitting, agent: Any, browser_of: Any) -> None:
    value = kept(sitting, "signed", strokes())
    answer = browser_of(agent).get(address(sitting.record, value))
    assert Image.open(io.BytesIO(answer.content)).format == "PNG"
    page = browser_of(agent).get(f"/record/{sitting.record.pk}/").text
    held = re.search(r'name="a:signed" value="(\{[^"]+\})"', page)
    assert held
    assert json.loads(held[1].replace("&quot;", '"')) == value


def test_an_export_tells_of_the_file_and_has_no_bytes(sitting: Sitting) -> None:
    from exports.readings import reading
    from exports.table import tables
    from runtime.records.store import open_record

    value = kept(sitting, "letter", PDF, "letter.pdf")
    opened = open_record(sitting.record, by=None, purpose="test")
    table = tables(opened.definition, [reading(opened, sitting.record)]).root
    row = dict(zip(table.names, next(iter(table.rows)), strict=True))
    told = [row[f"letter.{part}"] for part in ("name", "media_type", "size", "digest")]
    assert told == ["letter.pdf", "application/pdf", str(len(PDF)), value["digest"]]
    assert "letter.id" not in row
