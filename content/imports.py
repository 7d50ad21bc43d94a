"""Foreign forms as pages: a reader of `builder.interchange` makes the body, this makes the page of it."""

import re
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.models import Page

from builder.interchange import INTERCHANGES, Interchange, Reading, body_data, outcomes_data
from builder.models import App
from content.actions import make_page, shelf
from content.codes import CODE
from content.models import PAGES, AppPage

UNWANTED = re.compile(r"[^a-z0-9]+")
LONGEST_CODE = 50  # leaves room for a number


class NotImported(Exception):
    """The file gives no page: its reading holds the problems."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        super().__init__("the file could not be read as a form")


@dataclass(frozen=True)
class Imported:
    """The page that was made, and what the reader had to say."""

    page: AppPage
    reading: Reading


def format_of(name: str) -> Interchange:
    """The reader with this name; raises KeyError."""
    return {row.name: row for row in INTERCHANGES}[name]


def import_form(
    *,
    data: bytes,
    by: Any,
    code: str = "",
    parent: Page | None = None,
    publish: bool = False,
    file_format: str = "fhir",
) -> Imported:
    """Reads a file and makes a form page of it: a draft, unless told otherwise.

    Without a code, one is made of the title. Raises NotImported, and PublishVetoed where it is to be published.
    """
    reading = format_of(file_format).read(data)
    if reading.body is None:
        raise NotImported(reading)
    parent = parent or shelf("form")
    page = make_page(
        kind="form",
        title=reading.body.title,
        code=free_code(code or reading.body.title, parent),
        body=body_data(reading.body),
        outcomes=outcomes_data(reading.body),
        by=by,
        parent=parent,
        locale=parent.locale.language_code,
        publish=publish,
    )
    return Imported(page, reading)


def free_code(wanted: str, parent: Page) -> str:
    """A code made of the wanted words, numbered where a page, an app or a neighbour's address has it."""
    word = UNWANTED.sub("_", anyascii(wanted).lower()).strip("_")[:LONGEST_CODE].strip("_")
    if not re.match(CODE, word):
        word = f"form_{word}".rstrip("_")[:LONGEST_CODE]
    code, number = word, 1
    while _taken(code, parent):
        number += 1
        code = f"{word}_{number}"
    return code


def _taken(code: str, parent: Page) -> bool:
    slug = slugify(code.replace("_", "-"))
    if parent.get_children().filter(slug=slug).exists() or App.objects.filter(code=code).exists():
        return True
    return any(model.objects.filter(code=code).exists() for model in PAGES.values())
