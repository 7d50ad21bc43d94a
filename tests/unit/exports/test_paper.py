"""The text of a document's PDF, and what it may load while it is made."""

import datetime
import io
import socket
from typing import Any

import pytest
from pypdf import PdfReader

from exports.documents.fetcher import AddressRefused, AssetFetcher
from exports.documents.paper import (
    Paper,
    PaperTooLong,
    Part,
    Said,
    Validity,
    page,
    prepared,
    render,
)

DAY = datetime.date(2026, 11, 22)


def said(**texts: str) -> tuple[Said, ...]:
    return tuple(Said(language, text) for language, text in texts.items())


def paper(*paragraphs: tuple[Said, ...], **rest: Any) -> Paper:
    validity = rest.pop("validity", Validity(DAY, DAY, datetime.date(2026, 12, 2)))
    title = rest.pop("title", said(en="Quarantine certificate"))
    return Paper(
        organisation="Contact service",
        title=title,
        number="2026-000123",
        code="ABCD-EFGH-IJKL-MNOP",
        address="https://example.org/verify/ABCD-EFGH-IJKL-MNOP/",
        validity=validity,
        parts=(Part(title, paragraphs),),
    )


def text_of(data: bytes) -> str:
    return " ".join(
        "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split()
    )


def test_a_document_says_number_validity_code_and_text() -> None:
    data = render(paper(said(en="Ann Peeters stays at home.")))
    text = text_of(data)
    for part in (
        "Quarantine certificate",
        "2026-000123",
        "ABCD-EFGH-IJKL-MNOP",
        "2 December 2026",
        "Ann Peeters stays",
    ):
        assert part in text
    assert len(PdfReader(io.BytesIO(data)).pages) == 1


def test_it_is_tagged_and_has_a_title_and_a_language() -> None:
    reader = PdfReader(io.BytesIO(render(paper(said(en="x")))))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Quarantine certificate 2026-000123"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


def test_two_languages_stand_in_one_document_with_dates_of_their_own() -> None:
    text = text_of(
        render(
            paper(
                said(en="She stays at home.", fr="Elle reste chez elle."),
                title=said(en="Certificate", fr="Certificat"),
            )
        )
    )
    assert "She stays at home. Elle reste chez elle." in text
    assert "2 December 2026 / 2 décembre 2026" in text


def test_a_revoked_document_says_so_on_its_face() -> None:
    revoked = Validity(DAY, DAY, DAY, revoked_on=datetime.date(2026, 11, 23))
    assert "REVOKED 23 November 2026" in text_of(render(paper(said(en="x"), validity=revoked)))


def test_other_scripts_are_printed() -> None:
    assert "Σωκράτης Жанна" in text_of(render(paper(said(en="Σωκράτης Жанна"))))


HOSTILE = [
    "<img src='file:///etc/passwd'>",
    "<img src='http://127.0.0.1:9/x.png'>",
    "<link rel=stylesheet href='http://127.0.0.1:9/'>",
    "<style>@import url(file:///etc/passwd)</style>",
    "<object data='file:///etc/passwd'></object>",
    "<a rel=attachment href='file:///etc/passwd'>x</a>",
    "<script>alert(1)</script>",
    "{% include '/etc/passwd' %}",
    "{{ settings.SECRET_KEY }}",
    "<svg><image href='http://169.254.169.254/'/></svg>",
    "<body onload=x>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_answer_holds_is_printed_and_never_run(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a document opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    shown = text_of(render(paper(said(en=text), title=said(en=text))))
    assert text.split("'")[0].split()[0][:8] in shown
    assert "root:" not in shown


ADDRESSES = [
    "file:///etc/passwd",
    "http://127.0.0.1/",
    "https://example.org/x.svg",
    "ftp://example.org/x",
    "data:image/svg+xml,<svg/>",
    "asset:../fetcher.py",
    "asset:..%2ffetcher.svg",
    "asset:/etc/passwd",
    "asset:certificate.css",
    "asset:absent.svg",
    "asset:",
    "asset://seal.svg",
    "ASSET:seal.svg",
    "",
    "seal.svg",
    "asset:seal.svg\n",
    "asset:seal.svg?x",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_fetcher_refuses_all_but_bundled_assets(address: str) -> None:
    with pytest.raises(AddressRefused):
        AssetFetcher().fetch(address)
    with pytest.raises(AddressRefused):
        AssetFetcher().open(address)


def test_the_fetcher_gives_what_is_bundled_and_what_was_handed_over() -> None:
    assert b"<svg" in AssetFetcher().fetch("asset:seal.svg").read()
    assert AssetFetcher({"qr.svg": b"<svg/>"}).fetch("asset:qr.svg").read() == b"<svg/>"


def test_a_document_without_end_is_refused() -> None:
    with pytest.raises(PaperTooLong):
        render(paper(said(en="a" * 200_000)))


def test_fonts_and_style_are_read_once() -> None:
    assert prepared() is prepared()


def test_no_style_stands_in_the_page_itself() -> None:
    html = page(paper(said(en="x")))
    assert "<style" not in html
    assert "style=" not in html
