"""A question at its place, and what every kind of field has around it: label, hint, note, the attributes of its box.

A typed answer stands in a labelled input, a chosen one in a fieldset whose choices carry their keys. All text is escaped
here or in `screen_sheet`; a place is made of machine names and entry ids only, so it is safe inside an attribute.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.translation import gettext_noop

from builder.question_types import TYPES
from runtime.workspace.screen_long import is_long, why_not
from runtime.workspace.screen_marks import Asked, errors, marks, was
from runtime.workspace.wording import problem_sentence

OPTIONAL = gettext_noop("optional")
LOCKED = gettext_noop("cannot be changed now")

# What a browser may fill in of itself, in a form that people fill about themselves; an agent writes about others.
AUTOFILL = {
    "given_name": "given-name",
    "family_name": "family-name",
    "birth_date": "bday",
    "phone": "tel",
    "email": "email",
    "language": "language",
    "address": "street-address",
    "postcode": "postal-code",
    "city": "address-level2",
    "country": "country-name",
}


def autofill(asked: Asked, part: str = "") -> str:
    """The value of `autocomplete` for a question that asks for a fact of the person, or for a part of one."""
    if asked.sheet.mode != "public" or asked.spot.prefix:
        return "off"
    kind = asked.question.type if asked.question.type in {"phone", "email"} else ""
    if part:
        about = asked.question.fact or asked.question.type in {"person", "postal_address"}
        return AUTOFILL.get(part, "off") if about else "off"
    return AUTOFILL.get(asked.question.fact or kind, "off")


def note(asked: Asked) -> str:
    """The line under a question: its problems, or nothing yet. It is filled again by the browser."""
    problems = " ".join(
        escape(problem_sentence(problem["code"], problem.get("message"), asked.sheet.mode))
        for problem in told(asked)
    )
    bad = " bad" if problems else ""
    return f'<p class="note{bad}" id="n:{asked.place}">{problems}</p>'


def told(asked: Asked) -> list[Mapping[str, Any]]:
    """Problems worth saying (warnings have a place of their own): a missing answer is only told once the section was left."""
    if asked.place in asked.sheet.typed:
        return [_unread(asked)]
    if not asked.seen["problems"]:
        asks = asked.sheet.mode == "public" and asked.left and asked.seen["missing"]
        return [{"code": "required"}] if asks else []
    found = [p for p in errors(asked.seen) if p["code"] != "required" or asked.left]
    return [_unread(asked) if p["code"] == "unreadable" else p for p in found]


def _unread(asked: Asked) -> Mapping[str, Any]:
    """That a text could not be read; of a long list, what may have been meant."""
    problem = {"code": "unreadable"}
    if is_long(asked.question) and isinstance(asked.raw, str):
        problem["message"] = why_not(asked.question, asked.raw, asked.sheet.language)
    return problem


def head(asked: Asked) -> str:
    """The label, with what is to be known before answering."""
    question, sheet = asked.question, asked.sheet
    label = sheet.marked(question.id, "label", question.label, asked.spot)
    small = "" if question.required is True else _optional(asked)
    if not isinstance(question.read_only, bool):
        hidden = "" if asked.locked else " hidden"
        small += f" <small data-locked{hidden}>· {sheet.ui(LOCKED)}</small>"
    kind = TYPES[question.type]
    reading = kind.reading_hint
    if reading and not (kind.door and sheet.mode == "public"):  # those speak of what is heard
        small += f" <small>· {sheet.ui(reading)}</small>"
    return label + small


def _optional(asked: Asked) -> str:
    """That an answer is not needed; where that hangs on a condition the browser finds the mark again."""
    words = asked.sheet.ui(OPTIONAL)
    if isinstance(asked.question.required, bool):
        return f" <small>· {words}</small>"
    return f" <small data-optional{' hidden' if asked.required else ''}>· {words}</small>"


def hint(asked: Asked) -> str:
    question = asked.question
    if not question.hint:
        return ""
    text = asked.sheet.marked(question.id, "hint", question.hint, asked.spot)
    return f'<p class="hint" id="h:{asked.place}">{text}</p>'


def described(asked: Asked) -> str:
    first = f"h:{asked.place} " if asked.question.hint else ""
    last = f" w:{asked.place}" if asked.warns else ""
    return f'aria-describedby="{first}n:{asked.place}{last}"'


def flags(asked: Asked) -> str:
    """The attributes that the box of every question carries."""
    hidden = "" if asked.seen["relevant"] else " hidden"
    question = asked.question
    name = escape(question.name)
    return (
        f'data-place="{asked.place}" data-type="{question.type}" data-control="{TYPES[question.type].control}" '
        f'data-name="{name}"{"" if asked.is_plain else " data-follows"}{hidden}'
    )


def input_flags(asked: Asked) -> str:
    """The attributes of a field that is typed in."""
    found = [described(asked)]
    if asked.required:
        found.append('aria-required="true"')
    if told(asked):
        found.append('aria-invalid="true"')
    if asked.locked:
        found.append("readonly")
    return " ".join(found)


def typed(field: Callable[[Asked, str], str]) -> Callable[[Asked], str]:
    """A question whose answer is typed: label, hint, field, note."""

    def render(asked: Asked) -> str:
        own = f'id="q:{asked.place}" name="a:{asked.place}" {input_flags(asked)}'
        return (
            f'<div class="question" {flags(asked)}><label class="label" for="q:{asked.place}">{head(asked)}</label>'
            f"{hint(asked)}{field(asked, own)}{note(asked)}{marks(asked)}{was(asked)}</div>"
        )

    return render


def fieldset(asked: Asked, inner: str, role: str = "") -> str:
    """A question whose answer is chosen: legend, hint, fields, note."""
    goal = f' id="b:{asked.place}" tabindex="-1"' if asked.sheet.mode == "public" else ""
    return (
        f'<fieldset class="question" {flags(asked)} {described(asked)}{role}{goal}><legend>{head(asked)}</legend>'
        f"{hint(asked)}{inner}{note(asked)}{marks(asked)}{was(asked)}</fieldset>"
    )


def choice(control: str, key: str, label: str, hidden: str = "") -> str:
    """One choice with its key."""
    shown_key = f'<kbd aria-hidden="true">{key}</kbd>' if key else ""
    return f'<label class="choice"{hidden}>{control}{shown_key}{label}</label>'


def ticked(asked: Asked, kind: str, value: str, chosen: bool, *, offered: bool = True) -> str:
    """A radio or a check box."""
    more = " checked" if chosen else ""
    more += " disabled" if asked.locked or not offered else ""
    return f'<input type="{kind}" name="a:{asked.place}" value="{escape(value)}"{more}>'
