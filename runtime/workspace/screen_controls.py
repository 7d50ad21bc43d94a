"""The kinds of field of a screen, one row each in CONTROLS: how it is drawn, and how a post without JavaScript is read.

A question type names its control; a new type needs nothing here, a new kind of field needs a row, and one in the browser
(`screen/fields.mjs`).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext_noop

from builder.definition.nodes import Definition, Question
from builder.definition.typed import read_typed
from builder.definition.walk import questions
from builder.question_types import TYPES, points
from runtime.workspace.screen_asked import autofill, choice, fieldset, ticked, typed
from runtime.workspace.screen_files import render_file, render_signature
from runtime.workspace.screen_long import draw_long, is_long, read_long
from runtime.workspace.screen_marks import Asked
from runtime.workspace.screen_parts import render_parts
from runtime.workspace.screen_sheet import choices_of
from runtime.workspace.wording import SCREEN

RADIOS_AT_MOST = 15
KEYS_AT_MOST = 9
MOST_PLACES = 20
CLEAR = gettext_noop("clear")
CALENDAR = gettext_noop("Open the calendar")
_NATIVE = {"date": "date", "date_time": "datetime-local"}  # the browser's own field
_YES_NO = {"true": True, "false": False}


@dataclass(frozen=True)
class Post:
    """What a question's field was posted with, and what reading it takes."""

    question: Question
    texts: list[str]
    today: str
    language: str


@dataclass(frozen=True)
class Control:
    """A kind of field. `given` gives a canonical value, None for blank, or the Problem of a text that means nothing.

    `kit` is what its fields need in the browser and others do not: fetched only for a script that has them (`screen/projection.mjs`).
    """

    draw: Callable[[Asked], str]
    given: Callable[[Post], Any]
    kit: str = ""


def _line(asked: Asked, flags: str) -> str:
    kind, value = TYPES[asked.question.type], "" if asked.raw is None else escape(str(asked.raw))
    # What is free text may be longer than what is read, and its spelling may be looked at.
    extra = _longest(asked) if kind.free else f'inputmode="{kind.keyboard}" spellcheck="false"'
    field = f'<input type="text" {extra} autocomplete="{autofill(asked)}" value="{value}" {flags}>'
    return _with_calendar(asked, field)


def _with_calendar(asked: Asked, field: str) -> str:
    """A date is typed as people say it; the browser's own calendar opens beside it on an agent's screen."""
    native = _NATIVE.get(asked.question.type)
    if native is None or asked.sheet.mode == "public":
        return field
    words = asked.sheet.ui(CALENDAR)
    button = f'<button type="button" class="button with-script" data-calendar="{native}" aria-label="{words}" title="{words}">'
    return f'<div class="dated">{field}{button}<i aria-hidden="true"></i></button></div>'


def _area(asked: Asked, flags: str) -> str:
    value = "" if asked.raw is None else escape(str(asked.raw))
    return f'<textarea rows="4" {_longest(asked)} {flags}>\n{value}</textarea>'


def _longest(asked: Asked) -> str:
    return f'maxlength="{int(asked.question.settings.maximum_length)}"'


def _choices(asked: Asked, kind: str, chosen: tuple[str, ...]) -> str:
    drawn, index = [], 0
    for name, label in choices_of(asked.question):
        offered = asked.offers(name)
        index += offered
        words = asked.sheet.marked(asked.question.id, f"choice/{name}", label)
        key = str(index) if index <= KEYS_AT_MOST else ""
        box = ticked(asked, kind, name, name in chosen, offered=offered)
        drawn.append(choice(box, key, words, "" if offered else " hidden"))
    return "".join(drawn)


def _radios(asked: Asked) -> str:
    if len(choices_of(asked.question)) > RADIOS_AT_MOST:
        return typed(_select)(asked)
    chosen = () if asked.raw is None else (asked.raw,)
    inner = f'<div class="choices">{_choices(asked, "radio", chosen)}{_clear(asked)}</div>'
    return fieldset(asked, inner, ' role="radiogroup"')


def _select(asked: Asked, flags: str) -> str:
    if is_long(asked.question):
        return draw_long(asked, flags)
    disabled = " disabled" if asked.locked else ""
    return f"<select {flags} {_of(asked)}{disabled}>{_options(asked, asked.raw)}</select>"


def _of(asked: Asked) -> str:
    """By this mark the browser words the options anew in another language."""
    return f'data-choices="{escape(asked.question.id)}/choice"'


def _options(asked: Asked, chosen: Any) -> str:
    return '<option value=""></option>' + "".join(
        f'<option value="{escape(name)}"{" selected" if name == chosen else ""}{"" if asked.offers(name) else " hidden disabled"}>'
        f"{escape(asked.sheet.worded(label))}</option>"
        for name, label in choices_of(asked.question)
    )


def _rank(asked: Asked) -> str:
    """A select for each place: it needs no dragging, and no script."""
    settings = asked.question.settings
    given = [*asked.raw] if isinstance(asked.raw, list | tuple) else []
    places = min(settings.places or len(settings.choices), len(settings.choices), MOST_PLACES)
    flags = f'name="a:{asked.place}" {_of(asked)}' + (" disabled" if asked.locked else "")
    drawn = "".join(
        f'<label class="place"><span>{place + 1}.</span><select {flags}>'
        f"{_options(asked, given[place] if place < len(given) else None)}</select></label>"
        for place in range(places)
    )
    return fieldset(asked, f'<div class="places">{drawn}</div>')


def _scale(asked: Asked) -> str:
    settings = asked.question.settings
    drawn = "".join(
        choice(ticked(asked, "radio", point, point == asked.raw), "", f"<span>{point}</span>")
        for point in points(settings)
    )
    first, last = (
        f'<span class="end">{asked.sheet.marked(asked.question.id, f"setting/{end}", settings.items()[end])}</span>'
        for end in ("minimum_label", "maximum_label")
    )
    inner = f'<div class="choices">{first}{drawn}{last}{_clear(asked)}</div>'
    return fieldset(asked, inner, ' role="radiogroup"')


def _checks(asked: Asked) -> str:
    return fieldset(
        asked, f'<div class="choices">{_choices(asked, "checkbox", tuple(asked.raw or ()))}</div>'
    )


def _yes_no(asked: Asked) -> str:
    drawn = "".join(
        choice(
            ticked(asked, "radio", value, asked.raw is _YES_NO[value]),
            word[0],
            f"<span>{asked.sheet.ui(SCREEN[word])}</span>",
        )
        for value, word in (("true", "yes"), ("false", "no"))
    )
    inner = f'<div class="choices">{drawn}{_clear(asked)}</div>'
    return fieldset(asked, inner, ' role="radiogroup"')


def _clear(asked: Asked) -> str:
    """Take a choice back; without it a radio once chosen stays for ever."""
    if asked.question.read_only is True:
        return ""
    given = asked.sheet.raw(asked.place) is not None and not asked.locked
    hidden = "" if given else " hidden"
    return f'<button class="choice-clear" name="go" value="clear:{asked.place}"{hidden}>{asked.sheet.ui(CLEAR)}</button>'


def typed_parts(question: Question, place: str, field: Callable[[str], str]) -> list[str]:
    """The fields of an answer in parts, as the one text that its type reads; none where there are no such fields."""
    kind = TYPES[question.type]
    found = [
        (part.name, field(f"a:{place}.{part.name}").strip())
        for part in kind.parts(question.settings)
    ]
    lines = [f"{name}: {_one_line(text)}\n" for name, text in found if text]
    return ["".join(lines)] if lines else []


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _read(post: Post) -> Any:
    """A typed text; what a library reads is left to the append, which has it."""
    text = post.texts[0].strip() if post.texts else ""
    kind = TYPES[post.question.type]
    if not text or kind.door:
        return text or None
    value = read_typed(post.question, text, post.today, post.language)
    return list(value) if isinstance(value, tuple) else value


def _picked(post: Post) -> Any:
    text = post.texts[0].strip() if post.texts else ""
    return read_long(post.question, text) if is_long(post.question) else text or None


def _picked_several(post: Post) -> Any:
    return [text for text in post.texts if text] or None


def _put_in_order(post: Post) -> Any:
    """The places in order; a choice that stands in two of them is told."""
    names = ", ".join(text for text in post.texts if text)
    return TYPES[post.question.type].read(names, post.question.settings, post.today, post.language)


def _decided(post: Post) -> Any:
    return _YES_NO.get(post.texts[0]) if post.texts else None


def _named(post: Post) -> Any:
    """The answer that names a file, as the page carries it; else what was typed instead of one."""
    for text in post.texts:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return _read(post)


CONTROLS: Mapping[str, Control] = {
    "line": Control(typed(_line), _read),
    "area": Control(typed(_area), _read),
    "yes_no": Control(_yes_no, _decided),
    "radios": Control(_radios, _picked),
    "checks": Control(_checks, _picked_several),
    "list": Control(typed(_select), _picked, kit="list"),
    "scale": Control(_scale, _picked),
    "rank": Control(_rank, _put_in_order),
    "parts": Control(render_parts, _read),
    "file": Control(render_file, _named, kit="file"),
    "signature": Control(render_signature, _named, kit="file"),
    "none": Control(lambda _asked: "", lambda _post: None),
}


def kits_of(definition: Definition) -> list[str]:
    """What the browser fetches for the fields of this script, besides what every script needs."""
    asked = [question for _section, question in questions(definition)]
    found = {CONTROLS[TYPES[question.type].control].kit for question in asked}
    if any(is_long(question) for question in asked):
        found.add("list")
    return sorted(found - {""})
