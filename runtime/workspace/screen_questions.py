"""One renderer per question type, in one table; each returns the HTML of one question at one place.

A typed answer stands in a labelled input, a chosen one in a fieldset whose choices carry their keys. All text is escaped
here or in `screen_sheet`; a place is made of machine names and entry ids only, so it is safe inside an attribute.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import get_language, gettext_noop

from builder.definition.nodes import Question, Section
from runtime.workspace.screen_sheet import Sheet, choices_of, place_of
from runtime.workspace.wording import READING_HINTS, SCREEN, problem_sentence

RADIOS_AT_MOST = 15
KEYS_AT_MOST = 9
OPTIONAL = gettext_noop("optional")
CLEAR = gettext_noop("clear")


@dataclass(frozen=True)
class Asked:
    """A question at its place, with what the view says of it."""

    sheet: Sheet
    question: Question
    place: str
    entry: str
    seen: Mapping[str, Any]
    left: bool  # its section was seen and left: a missing answer may be told

    @property
    def raw(self) -> Any:
        return self.sheet.raw(self.place)


def render_question(sheet: Sheet, question: Question, section: Section, entry: str) -> str:
    """The whole question; hidden when it is not relevant now."""
    place = place_of(section, entry, question.name)
    asked = Asked(sheet, question, place, entry, sheet.answer(place), section.name in sheet.left)
    if not _is_untouched(asked):
        return RENDERERS[question.type](asked)
    key = (f"untouched {get_language()} {bool(asked.seen['relevant'])}", place)
    drawn = sheet.fragments.get(key)
    if drawn is None:
        drawn = sheet.fragments[key] = RENDERERS[question.type](asked)
    return drawn


def _is_untouched(asked: Asked) -> bool:
    """Whether nothing of this record stands in the question: then it looks alike in every record, and is drawn once."""
    if asked.entry or asked.raw is not None or _told(asked):
        return False
    return not asked.sheet.has_piped(asked.question.id)


def note(asked: Asked) -> str:
    """The line under a question: its problems, or nothing yet. It is filled again by the browser."""
    problems = " ".join(
        escape(problem_sentence(problem["code"], problem.get("message")))
        for problem in _told(asked)
    )
    bad = " bad" if problems else ""
    return f'<p class="note{bad}" id="n:{asked.place}">{problems}</p>'


def _told(asked: Asked) -> list[Mapping[str, Any]]:
    """Problems worth saying: a missing answer is only told once the section was left."""
    if asked.place in asked.sheet.typed:
        return [{"code": "unreadable"}]
    return [p for p in asked.seen["problems"] if p["code"] != "required" or asked.left]


def _head(asked: Asked) -> str:
    question, sheet = asked.question, asked.sheet
    label = sheet.marked(question.id, "label", question.label, asked.entry)
    small = "" if question.required else f" <small>· {sheet.ui(OPTIONAL)}</small>"
    reading = READING_HINTS.get(question.type)
    if reading:
        small += f" <small>· {sheet.ui(reading)}</small>"
    return label + small


def _hint(asked: Asked) -> str:
    question = asked.question
    if not question.hint:
        return ""
    text = asked.sheet.marked(question.id, "hint", question.hint, asked.entry)
    return f'<p class="hint" id="h:{asked.place}">{text}</p>'


def _described(asked: Asked) -> str:
    hint = f"h:{asked.place} " if asked.question.hint else ""
    return f'aria-describedby="{hint}n:{asked.place}"'


def _flags(asked: Asked) -> str:
    """The attributes that the box of every question carries."""
    hidden = "" if asked.seen["relevant"] else " hidden"
    name = escape(asked.question.name)
    return (
        f'data-place="{asked.place}" data-type="{asked.question.type}" data-name="{name}"{hidden}'
    )


def _input_flags(asked: Asked) -> str:
    flags = [_described(asked)]
    if asked.question.required:
        flags.append('aria-required="true"')
    if _told(asked):
        flags.append('aria-invalid="true"')
    if asked.question.read_only:
        flags.append("readonly")
    return " ".join(flags)


def _typed(control: Callable[[Asked, str], str]) -> Callable[[Asked], str]:
    """A question whose answer is typed: label, hint, control, note."""

    def render(asked: Asked) -> str:
        flags = f'id="q:{asked.place}" name="a:{asked.place}" {_input_flags(asked)}'
        return (
            f'<div class="question" {_flags(asked)}><label class="label" for="q:{asked.place}">{_head(asked)}</label>'
            f"{_hint(asked)}{control(asked, flags)}{note(asked)}</div>"
        )

    return render


def _input(extra: str) -> Callable[[Asked, str], str]:
    def control(asked: Asked, flags: str) -> str:
        value = "" if asked.raw is None else escape(str(asked.raw))
        return f'<input type="text" {extra} autocomplete="off" spellcheck="false" value="{value}" {flags}>'

    return control


def _text(asked: Asked, flags: str) -> str:
    value = "" if asked.raw is None else escape(str(asked.raw))
    longest = f'maxlength="{int(asked.question.settings.maximum_length)}"'
    if asked.question.settings.long:
        return f'<textarea rows="4" {longest} {flags}>\n{value}</textarea>'
    return f'<input type="text" {longest} autocomplete="off" value="{value}" {flags}>'


def _fieldset(asked: Asked, inner: str, role: str = "") -> str:
    return (
        f'<fieldset class="question" {_flags(asked)} {_described(asked)}{role}><legend>{_head(asked)}</legend>'
        f"{_hint(asked)}{inner}{note(asked)}</fieldset>"
    )


def _choice(asked: Asked, control: str, key: str, label: str) -> str:
    shown_key = f'<kbd aria-hidden="true">{key}</kbd>' if key else ""
    return f'<label class="choice">{control}{shown_key}{label}</label>'


def _control(asked: Asked, kind: str, value: str, chosen: bool) -> str:
    flags = (" checked" if chosen else "") + (" disabled" if asked.question.read_only else "")
    return f'<input type="{kind}" name="a:{asked.place}" value="{escape(value)}"{flags}>'


def _choices(asked: Asked, kind: str, chosen: tuple[str, ...]) -> str:
    drawn = []
    for index, (name, label) in enumerate(choices_of(asked.question), start=1):
        control = _control(asked, kind, name, name in chosen)
        key = str(index) if index <= KEYS_AT_MOST else ""
        drawn.append(
            _choice(
                asked, control, key, asked.sheet.marked(asked.question.id, f"choice/{name}", label)
            )
        )
    return "".join(drawn)


def _choose_one(asked: Asked) -> str:
    if len(choices_of(asked.question)) > RADIOS_AT_MOST:
        return _typed(_select)(asked)
    chosen = () if asked.raw is None else (asked.raw,)
    inner = f'<div class="choices">{_choices(asked, "radio", chosen)}{_clear(asked)}</div>'
    return _fieldset(asked, inner, ' role="radiogroup"')


def _select(asked: Asked, flags: str) -> str:
    options = "".join(
        f'<option value="{escape(name)}"{" selected" if name == asked.raw else ""} '
        f'data-text="{escape(asked.question.id)}/choice/{escape(name)}">{escape(asked.sheet.plain(label))}</option>'
        for name, label in choices_of(asked.question)
    )
    return f'<select {flags}><option value=""></option>{options}</select>'


def _choose_several(asked: Asked) -> str:
    return _fieldset(
        asked, f'<div class="choices">{_choices(asked, "checkbox", tuple(asked.raw or ()))}</div>'
    )


def _yes_no(asked: Asked) -> str:
    yes = _choice(
        asked,
        _control(asked, "radio", "true", asked.raw is True),
        "y",
        f"<span>{asked.sheet.ui(SCREEN['yes'])}</span>",
    )
    no = _choice(
        asked,
        _control(asked, "radio", "false", asked.raw is False),
        "n",
        f"<span>{asked.sheet.ui(SCREEN['no'])}</span>",
    )
    return _fieldset(
        asked, f'<div class="choices">{yes}{no}{_clear(asked)}</div>', ' role="radiogroup"'
    )


def _clear(asked: Asked) -> str:
    """Take a choice back; without it a radio once chosen stays for ever."""
    if asked.question.read_only:
        return ""
    hidden = " hidden" if asked.raw is None else ""
    return f'<button class="choice-clear" name="go" value="clear:{asked.place}"{hidden}>{asked.sheet.ui(CLEAR)}</button>'


RENDERERS: Mapping[str, Callable[[Asked], str]] = {
    "text": _typed(_text),
    "integer": _typed(_input('inputmode="numeric"')),
    "decimal": _typed(_input('inputmode="decimal"')),
    "date": _typed(_input('inputmode="text"')),
    "yes_no": _yes_no,
    "choose_one": _choose_one,
    "choose_several": _choose_several,
    "phone": _typed(_input('inputmode="tel"')),
    "national_number": _typed(_input('inputmode="numeric"')),
}
