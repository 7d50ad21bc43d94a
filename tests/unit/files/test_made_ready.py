"""What becomes of a file before it is sealed: its kind by its content, its name, pictures drawn anew."""

import io
import json
from typing import Any

import pytest
from PIL import Image, ImageFile

from builder.definition import index, load
from builder.question_types import QUESTION_TYPES, TYPES
from runtime.records.uploads import KEPT_AS, Sent, made_ready
from runtime.records.uploads.drawing import HEIGHT, WIDTH, drawn
from runtime.records.uploads.names import clean_name
from tests.sendable import PDF, PLACE, bomb, many_scans, photo, picture, strokes
from tests.unit.files.conftest import form

JPEG = b"\xff\xd8\xff"


def ready(question: str, sent: bytes, name: str = "a") -> Any:
    asked = index(load(form())).questions[question]
    sent_now = Sent(id=None, question=question, data=sent, name=name)  # type: ignore[arg-type]
    return made_ready(TYPES[asked.type], asked.settings, sent_now)  # type: ignore[arg-type]


def test_each_type_that_names_files_says_how_they_are_kept():
    assert set(KEPT_AS) == {kind.name for kind in QUESTION_TYPES if kind.stored}


@pytest.mark.parametrize(
    ("sent", "name", "kept"),
    [
        (PDF, "letter.exe", ("letter.exe.pdf", "application/pdf")),
        (b"Good day,\r\n\tthank you", "note.html", ("note.html.txt", "text/plain")),
        ("\ufeffGrüße".encode(), "note.txt", ("note.txt", "text/plain")),
        (picture("PNG"), "arm.JPG", ("arm.png", "image/png")),
        (picture("WEBP"), "arm.webp", ("arm.webp", "image/webp")),
        (picture("JPEG"), "arm.jpeg", ("arm.jpeg", "image/jpeg")),
    ],
)
def test_a_files_kind_is_told_by_its_content(sent, name, kept):
    made = ready("letter", sent, name)
    assert (made.name, made.media_type) == kept


@pytest.mark.parametrize(
    ("question", "sent", "code"),
    [
        ("letter", b"", "empty"),
        ("arm", b"", "empty"),
        ("signed", b"", "nothing_drawn"),
        ("letter", PDF + bytes(10 * 1024 * 1024), "too_large"),
        ("scan", b"x" * (1024 * 1024 + 1), "too_large"),
        ("letter", PDF[:40], "broken"),
        ("letter", b"MZ\x90\x00 program", "kind"),
        ("letter", b"PK\x03\x04 archive", "kind"),
        ("letter", b"\x00" * 50, "kind"),
        ("letter", "Grüße".encode("utf-16"), "kind"),
        ("letter", b"GIF89a" + bytes(20), "kind"),
        ("letter", b" %PDF-1.4 %%EOF\x00", "kind"),
        ("scan", PDF, "kind"),
        ("scan", b"<svg onload=alert(1)>", "kind"),
        ("arm", b"<svg/>", "kind"),
        ("arm", JPEG, "broken"),
        ("arm", JPEG + b"<script>alert(1)</script>", "broken"),
        ("arm", photo()[:-500], "broken"),
        ("arm", many_scans(), "broken"),
        ("scan", picture("PNG")[:300], "broken"),
        ("scan", picture("WEBP")[:200], "broken"),
        ("scan", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "broken"),
        ("scan", bomb(9000, 9000), "pixels"),
        ("arm", bomb(60_000, 60_000), "pixels"),
        ("arm", bomb(3000, 3000), "broken"),
        ("arm", bomb(0, 5), "broken"),
    ],
)
def test_what_is_not_taken_is_told(question, sent, code):
    assert ready(question, sent) == code


@pytest.mark.parametrize(("question", "sent"), [("arm", photo()), ("scan", photo())])
def test_a_picture_keeps_nothing_but_its_points(question, sent):
    assert PLACE.encode() in sent
    made = ready(question, sent)
    for kept in filter(None, (made.data, made.small)):
        found = Image.open(io.BytesIO(kept))
        assert (dict(found.getexif()), found.info.keys() & {"comment", "xmp", "exif"}) == (
            {},
            set(),
        )
        assert PLACE.encode() not in kept
        assert b"CanaryCam" not in kept


@pytest.mark.parametrize(
    ("question", "sent"), [("arm", photo()[:-500]), ("scan", picture("PNG")[:300])]
)
def test_what_is_cut_off_is_told_beside_a_library_that_draws_it(question, sent, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    assert ready(question, sent) == "broken"
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_what_hides_behind_a_picture_stays_behind():
    hidden = picture("PNG") + b"<?php echo 1; ?>" + PDF
    assert b"php" not in ready("scan", hidden).data


def test_a_photo_is_turned_upright_and_kept_as_small_as_its_author_asks():
    made = ready("arm", photo((1200, 600), orientation=6))
    assert made.media_type == "image/jpeg"
    assert Image.open(io.BytesIO(made.data)).size == (200, 400)
    assert max(Image.open(io.BytesIO(made.small)).size) == 320


def test_a_photo_whose_remarks_are_damaged_is_a_photo_all_the_same():
    sent = photo((1200, 600), orientation=6)
    at = sent.index(b"Exif\0\0") + 6
    damaged = sent[: at + 8] + b"\xff" * 12 + sent[at + 20 :]
    assert Image.open(io.BytesIO(ready("arm", damaged).data)).format == "JPEG"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "CMYK", "I;16"])
def test_every_way_of_writing_colours_becomes_a_photo(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    if mode == "I;16":
        sent = io.BytesIO()
        Image.new("I;16", (30, 20), 500).save(sent, "PNG")
        data = sent.getvalue()
    else:
        data = picture(kind, (30, 20), mode)
    assert Image.open(io.BytesIO(ready("arm", data).data)).mode == "RGB"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ann\\letter.pdf", "letter.pdf"),
        ("/", "file.pdf"),
        ("", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("a\x00b\r\nc\u202efdp.exe", "ab cfdp.exe.pdf"),
        ("e\u0301te\u0301.PDF", "été.PDF"),
        ('a"b;c<d>.pdf', "a-b;c-d-.pdf"),
        ("con.pdf", "_con.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("\ud800a.pdf", "a.pdf"),
    ],
)
def test_a_name_is_cleaned(name, clean):
    assert clean_name(name, "application/pdf") == clean


def test_a_name_of_wide_letters_fits_every_file_system():
    name = clean_name("\U0001f600" * 300 + ".pdf", "application/pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 250


def test_a_signature_is_drawn_here():
    data = drawn(strokes())
    assert data is not None
    found = Image.open(io.BytesIO(data))
    assert (found.format, found.size, found.info) == ("PNG", (WIDTH, HEIGHT), {})
    assert found.getpixel((750, 150)) < 60
    assert found.getpixel((950, 280)) == 255


@pytest.mark.parametrize(
    "sent",
    [
        b"null",
        b"{}",
        b"[]",
        b"[[1]]",
        b"[[1, 2]]",
        b"[[1, 2, 3]]",
        b"[[1, 2, 3, 400]]",
        b"[[-1, 2, 3, 4]]",
        b"[[1.5, 2, 3, 4]]",
        b"[[true, 2, 3, 4]]",
        b"[[1, 2, NaN, 4]]",
        b"[" * 100_000,
        b"<svg><path d='M0 0'/></svg>",
        b"\xff\xfe",
        picture("PNG"),
        json.dumps([[1, 1] * 20_001]).encode(),
        json.dumps([[1, 1, 2, 2]] * 501).encode(),
    ],
)
def test_what_is_no_drawing_is_none(sent):
    assert drawn(sent) is None
