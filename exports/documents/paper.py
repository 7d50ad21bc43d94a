"""A document on paper: frozen values in, the bytes of a PDF out. Reads no database and no clock.

Fonts and style sheet are read once per process (a page is then twice as fast); one page is rendered at a time, for
the font map is not safe between threads. While a page is made, memory is not searched for cycles: its hundred thousand
small objects would set that off again and again, through all that the process holds (a tenth of a page's time).
"""

import datetime
import gc
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from builder.values.showing import show_date
from exports.documents.fetcher import AssetFetcher
from exports.documents.pictures import Picture

VARIANT = "pdf/ua-1"
STYLE = Path(__file__).parent / "assets" / "certificate.css"
MAXIMUM_LENGTH = 100_000  # letters of text on one document; far above any certificate
_one_at_a_time = threading.Lock()


class PaperTooLong(ValueError):
    """The document's text is longer than any document may be."""


@dataclass(frozen=True)
class Said:
    """A text in one language."""

    language: str
    text: str

    @property
    def direction(self) -> str:
        """The way the language is written."""
        return "rtl" if self.language[:2] in {"ar", "he", "fa", "ur"} else "ltr"


Texts = tuple[Said, ...]  # the same text in each language of the document


@dataclass(frozen=True)
class Part:
    """A section of the template."""

    title: Texts
    paragraphs: tuple[Texts, ...]
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Validity:
    """When it was issued, from when and until when it holds, since when it is revoked."""

    issued_on: datetime.date
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    revoked_on: datetime.date | None = None


@dataclass(frozen=True)
class Paper:
    """All that is printed. `address` is the page that verifies it, `code` grouped for people."""

    organisation: str
    title: Texts
    number: str
    code: str
    address: str
    validity: Validity
    parts: tuple[Part, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(said.language for said in self.title)


def render(paper: Paper) -> bytes:
    """The PDF (PDF/UA-1), made in memory. Raises PaperTooLong; AddressRefused where a text would load something."""
    html = page(paper)
    if len(html) > MAXIMUM_LENGTH:
        raise PaperTooLong(f"The document has {len(html)} letters; {MAXIMUM_LENGTH} fit.")
    pictures = {picture.name: picture.data for part in paper.parts for picture in part.pictures}
    fetcher = AssetFetcher({"qr.png": qr(paper.address), **pictures})
    with _one_at_a_time, _uninterrupted():
        fonts, style = prepared()
        source = HTML(string=html, base_url="asset:", url_fetcher=fetcher)
        return source.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Without the search for cycles; what a page left behind is found by the next one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def page(paper: Paper) -> str:
    """The document as HTML, every text escaped."""
    words = {name: _in_each(paper, name) for name in WORDS}
    context = {"paper": paper, "words": words, "dates": _dates(paper)}
    return render_to_string("documents/certificate.html", context)


def qr(address: str) -> bytes:
    """The address as a QR code: a picture of black and white points, which is drawn faster than a path.

    The mask is set: trying all eight costs five times the code itself, and any of them may be read.
    """
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=3).save(
        picture, kind="png", scale=4, border=2
    )
    return picture.getvalue()


@cache
def prepared() -> tuple[FontConfiguration, CSS]:
    """Fonts and style sheet of this process."""
    fonts = FontConfiguration()
    style = CSS(string=STYLE.read_text("utf-8"), font_config=fonts, url_fetcher=AssetFetcher())
    return fonts, style


WORDS = {
    "number": lambda: _("Number"),
    "issued_on": lambda: _("Issued on"),
    "valid_from": lambda: _("Valid from"),
    "valid_until": lambda: _("Valid until"),
    "included": lambda: _("included"),
    "code": lambda: _("Code"),
    "verify": lambda: _(
        "Scan the code or open the address below to see whether this document is valid."
    ),
    "revocable": lambda: _(
        "The issuer may revoke this document; only the page above tells whether it still holds."
    ),
    "revoked": lambda: _("REVOKED"),
    "qr": lambda: _("QR code that leads to the page which verifies this document"),
}


def _in_each(paper: Paper, name: str) -> Texts:
    """The word in each language; languages that say it alike say it once."""
    said: dict[str, Said] = {}
    for language in paper.languages:
        with translation.override(language):
            text = WORDS[name]()
        said.setdefault(text, Said(language, text))
    return tuple(said.values())


def _dates(paper: Paper) -> dict[str, Texts]:
    validity = paper.validity
    days = {
        "issued_on": validity.issued_on,
        "valid_from": validity.valid_from,
        "valid_until": validity.valid_until,
        "revoked_on": validity.revoked_on,
    }
    return {
        name: tuple(
            Said(language, show_date(day.isoformat(), language)) for language in paper.languages
        )
        for name, day in days.items()
        if day is not None
    }
