"""A document prints photos and drawn signatures, as they were when it was issued; of other files it prints the name."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from exports.documents.actions import issue
from exports.documents.printing import print_document
from runtime.audit.models import AccessLog
from runtime.records.models import StoredFile
from tests.definitions import data, line, section
from tests.sendable import PDF, PLACE, photo, strokes
from tests.unit.fill.calls import publish
from tests.unit.records.scenes import Sitting, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def template(version: Any) -> Any:
    texts = (
        line("l-letter", "We received {letter}.", kind="display"),
        line("l-arm", "{arm}", kind="display"),
        line("l-signed", "Signed: {signed}", kind="display"),
    )
    made = data(section("all", *texts), kind="document", subject_app=version.app.code)
    return publish(made, code="receipt")


def printed(template: Any, record: Any, by: Any) -> Any:
    document = issue(template=template, record=record, by=by)
    return document, page_of(document, by)


def page_of(document: Any, by: Any) -> Any:
    pdf = print_document(document=document, by=by, purpose="hand_out")
    assert PLACE.encode() not in pdf
    return PdfReader(io.BytesIO(pdf)).pages[0]


def sizes(page: Any) -> list[tuple[int, int]]:
    return sorted(picture.image.size for picture in page.images)


def test_pictures_are_printed_and_stay_as_they_were(
    keep: Any, record: Any, sitting: Sitting, agent: Any, template: Any
) -> None:
    sitting.answer("letter", keep("letter", PDF, "letter.pdf"))
    sitting.answer("arm", keep("arm", photo(), "arm.jpg"))
    sitting.answer("signed", keep("signed", strokes()))
    settle(record)
    document, page = printed(template, record, agent)
    text = page.extract_text()
    assert "We received letter.pdf." in text
    assert "arm.jpg" not in text
    assert "signature.png" not in text
    assert {(320, 240), (1000, 300)} <= set(sizes(page))
    logged = AccessLog.objects.filter(detail__startswith="picture ", purpose="issue_document")
    assert logged.count() == 2
    StoredFile.objects.all().delete()
    assert sizes(page_of(document, agent)) == sizes(page)


def test_a_typed_name_and_no_photo_are_printed_as_words(
    record: Any, sitting: Sitting, agent: Any, template: Any
) -> None:
    sitting.answer("signed", {"typed": "Ann Maes"})
    settle(record)
    _document, page = printed(template, record, agent)
    assert "Signed: Ann Maes" in page.extract_text()
    assert not {(320, 240), (1000, 300)} & set(sizes(page))
