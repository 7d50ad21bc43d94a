"""What pydantic finds wrong, in our words: its own repeat what was sent."""

from typing import Any, Final

from django.utils.translation import gettext_noop as _
from ninja.errors import ValidationError

from runtime.api.problems import Fault

# The beginning of pydantic's kind of an error; the first that fits.
WORDS: Final = (
    ("missing", "missing", _("This is missing.")),
    ("extra_forbidden", "unknown", _("The interface knows no such member.")),
    ("string_too_long", "too_long", _("This is too long.")),
    ("string_too_short", "too_short", _("This is too short.")),
    ("string_pattern", "pattern", _("This is not written as it has to be.")),
    ("string", "type", _("This has to be a text.")),
    ("uuid", "type", _("This has to be an id.")),
    ("datetime", "moment", _("This has to be a moment with its time zone, between 1970 and 2199.")),
    ("timezone", "moment", _("This has to be a moment with its time zone, between 1970 and 2199.")),
    ("value_error", "moment", _("This has to be a moment with its time zone, between 1970 and 2199.")),
    ("int", "type", _("This has to be a whole number.")),
    ("greater_than", "range", _("This lies outside its range.")),
    ("less_than", "range", _("This lies outside its range.")),
    ("literal", "choice", _("This is none of the words that are known here.")),
)  # fmt: skip
OTHER: Final = ("type", _("This is not of the kind that is expected."))
MOST: Final = 50


def faults_of(problem: ValidationError) -> list[Fault]:
    return [Fault(_where(error["loc"]), *_words(str(error["type"]))) for error in problem.errors][
        :MOST
    ]


def is_header(problem: ValidationError) -> bool:
    return any(error["loc"][0] == "header" for error in problem.errors)


def pointer(*steps: object) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)[:200]


def _where(place: Any) -> str:
    """`/person/phone` in a body; `query: limit`, `header: Idempotency-Key` elsewhere."""
    source, *steps = place
    if source == "body":
        return pointer(*steps[1:])  # after the name of the view's argument
    return f"{source}: {steps[-1] if steps else ''}"


def _words(kind: str) -> tuple[str, str]:
    return next(((code, words) for start, code, words in WORDS if kind.startswith(start)), OTHER)
