"""Why a file is not kept, in words: what happened, and what can be done."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from builder.question_types.base.stored import JPEG, PDF, PLAIN_TEXT, PNG, WEBP
from runtime.records.uploads.pictures import MOST_PIXELS

ENDED = gettext_noop(
    "This sitting has ended; the file was not kept. Sign in, open the record again and send it there."
)
REASONS: Mapping[str, tuple[int, str]] = {
    "token_unknown": (
        401,
        gettext_noop(
            "This page is not signed on to a record of this installation; the file was not kept. Sign in and open the record again."
        ),
    ),
    "token_expired": (401, ENDED),
    "foreign": (
        403,
        gettext_noop("This page was opened for another record; the file was not kept."),
    ),
    "session_ended": (409, ENDED),
    "rights_changed": (409, ENDED),
    "record_closed": (
        409,
        gettext_noop(
            "The record was closed meanwhile; the file was not kept. It can be sent when the record is reopened."
        ),
    ),
    "shape": (
        400,
        gettext_noop("What was sent is not a file for a question; nothing was kept."),
    ),
    "unknown": (422, gettext_noop("This version asks for no file here; nothing was kept.")),
    "read_only": (422, gettext_noop("This question cannot be answered: it is read-only.")),
    "repeated": (
        409,
        gettext_noop(
            "Another file was sent under the same id; the first was kept. Choose it again."
        ),
    ),
    "too_many": (
        409,
        gettext_noop(
            "This record has as many files as it can hold; nothing was kept. Ask a supervisor."
        ),
    ),
    "empty": (422, gettext_noop("The file is empty. Choose another one.")),
    "too_large": (
        413,
        gettext_noop(
            "The file is larger than %(most)s MB; it was not kept. Choose a smaller one, or a part of it."
        ),
    ),
    "kind": (
        422,
        gettext_noop(
            "By its content this is no file that can be sent here; it was not kept. What can be sent: %(kinds)s."
        ),
    ),
    "broken": (
        422,
        gettext_noop(
            "The file is cut off or damaged; it was not kept. Open it yourself and save it again."
        ),
    ),
    "pixels": (
        422,
        gettext_noop(
            "The picture has more than %(millions)s million pixels; it was not kept. Make it smaller and send it again."
        ),
    ),
    "nothing_drawn": (
        422,
        gettext_noop("Nothing was drawn. Sign with the pen or the mouse, or type the name."),
    ),
}
KINDS: Mapping[str, str] = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", WEBP: "WebP"}


def status_of(code: str) -> int:
    """The status of the answer."""
    return REASONS[code][0]


def sentence_of(code: str, most: Any = "", kinds: tuple[str, ...] = ()) -> str:
    """The sentence in the reader's language; `most` megabytes and these kinds may be sent."""
    named = [KINDS.get(kind, "") for kind in kinds if kind != PLAIN_TEXT]
    named += [_("plain text")] if PLAIN_TEXT in kinds else []
    holes = {"most": most, "kinds": ", ".join(named), "millions": MOST_PIXELS // 1_000_000}
    return _(REASONS[code][1]) % holes
