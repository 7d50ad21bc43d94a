"""Starts: whole drafts to begin with, in the language of the place where they are made. To add one: its file, and a line in STARTS.

A start's texts are ordinary texts of the house (`gettext`), so that it begins in every language of the workshop; what is made of it is a
page like any other, that remembers nothing of where it came from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from content.actions import make_page
from content.imports import free_code
from content.models import AppPage
from content.starts.lesson import lesson
from content.starts.request_desk import request_desk
from content.starts.survey import survey
from content.starts.tracing import tracing
from content.starts.writing import Draft


@dataclass(frozen=True)
class Start:
    """`write` gives the drafts, in the language that is active; `afterwards` is what is left to be done. `lessons`: they are nothing
    else, so that they may stand in the lessons' folder."""

    name: str
    label: str
    says: str
    write: Callable[[], list[Draft]]
    afterwards: str
    lessons: bool = False


STARTS: tuple[Start, ...] = (
    Start(
        "tracing",
        _("A tracing campaign"),
        _(
            "The call to a person who tested positive, the call to each contact, and the certificate that the first hands out."
        ),
        tracing,
        _(
            "Publish the certificate, then the calls. A supervisor then makes a campaign for each call, and lets the first one make call orders of the contacts."
        ),
    ),
    Start(
        "survey",
        _("A survey"),
        _(
            "Satisfaction, with what was good, what was not and why, and who wishes to hear from you."
        ),
        survey,
        _("Reword the questions, then publish."),
    ),
    Start(
        "request_desk",
        _("A request desk"),
        _(
            "Who calls, what about, the details that this kind of request needs, how urgent it is, and what becomes of it."
        ),
        request_desk,
        _("Put in the kinds of request that you have, then publish."),
    ),
    Start(
        "lesson",
        _("A lesson"),
        _("Something to read, then questions with their right answers and explanations."),
        lesson,
        _(
            "Put in your own text and questions. Under App, say which skill it grants; then publish."
        ),
        lessons=True,
    ),
)


@transaction.atomic
def begin(*, start: Start, parent: Page, by: Any) -> list[AppPage]:
    """The drafts of a start under a page, in that page's language. Codes are free ones, made of the titles."""
    with translation.override(parent.locale.language_code):
        drafts = start.write()
    codes = {f"@{draft.name}": free_code(draft.title, parent) for draft in drafts}
    return [
        make_page(
            kind=draft.kind,
            title=draft.title,
            code=codes[f"@{draft.name}"],
            body=draft.body,
            outcomes=_coded(draft.outcomes, codes),
            by=by,
            parent=parent,
            locale=parent.locale.language_code,
            settings=_coded(draft.settings, codes),
            publish=False,
        )
        for draft in drafts
    ]


def _coded(part: Any, codes: dict[str, str]) -> Any:
    """The same, with codes where a draft names another one (`@certificate`)."""
    if isinstance(part, dict):
        return {key: _coded(value, codes) for key, value in part.items()}
    if isinstance(part, list):
        return [_coded(value, codes) for value in part]
    return codes.get(part, part) if isinstance(part, str) else part
