"""An answer in parts: a labelled field for each of them, in one fieldset. What could not be read stands as it was typed."""

from html import escape
from typing import Any

from builder.definition.nodes import Question
from builder.question_types import TYPES, Part, pieces
from runtime.workspace.screen_asked import autofill, described, fieldset, told
from runtime.workspace.screen_marks import Asked
from runtime.workspace.screen_sheet import Sheet

RADIOS_AT_MOST = 7
KEYBOARDS = {"number": "decimal", "phone": "tel", "email": "email"}


def render_parts(asked: Asked) -> str:
    """All parts in their order."""
    question = asked.question
    held = _held(asked.raw)
    drawn = "".join(
        _part(asked, part, held.get(part.name, ""))
        for part in TYPES[question.type].parts(question.settings)
    )
    return fieldset(asked, f'<div class="parts">{drawn}</div>')


def _held(raw: Any) -> dict[str, str]:
    if isinstance(raw, dict):
        return raw
    return dict(pieces(raw)) if isinstance(raw, str) else {}


def _part(asked: Asked, part: Part, held: str) -> str:
    if (
        part.kind == "one"
        and len(part.choices) <= RADIOS_AT_MOST
        and not isinstance(part.label, str)
    ):
        return _row(asked, part, held)
    identity = f"q:{asked.place}.{part.name}"
    flags = f'id="{identity}" name="a:{asked.place}.{part.name}" {described(asked)}'
    flags += ' aria-invalid="true"' if told(asked) else ""
    field = (
        _select(asked, part, held, flags)
        if part.kind == "one"
        else _input(asked, part, held, flags)
    )
    label = f'<label for="{identity}">{_label(asked.sheet, asked.question, part)}</label>'
    return f'<div class="part" data-part="{part.name}">{label}{field}</div>'


def _input(asked: Asked, part: Part, held: str, flags: str) -> str:
    keyboard = KEYBOARDS.get(part.kind, "text")
    flags += " readonly" if asked.locked else ""
    return (
        f'<input type="text" inputmode="{keyboard}" maxlength="200" autocomplete="{autofill(asked, part.name)}" spellcheck="false" '
        f'value="{escape(held)}" {flags}>'
    )


def _select(asked: Asked, part: Part, held: str, flags: str) -> str:
    flags += " disabled" if asked.locked else ""
    options = "".join(
        f'<option value="{escape(choice.name)}"{" selected" if choice.name == held else ""}>'
        f"{escape(asked.sheet.worded(choice.label))}</option>"
        for choice in part.choices
    )
    flags += f' data-choices="{escape(asked.question.id)}/{"setting/units" if isinstance(part.label, str) else "choice"}"'
    return f'<select {flags}><option value=""></option>{options}</select>'


def _row(asked: Asked, part: Part, held: str) -> str:
    """A row of a table of choices: a small group of its own, so that each choice is read aloud with its row."""
    disabled = " disabled" if asked.locked else ""
    choices = "".join(
        f'<label class="choice"><input type="radio" name="a:{asked.place}.{part.name}" value="{escape(choice.name)}"'
        f"{' checked' if choice.name == held else ''}{disabled}>"
        f"{asked.sheet.marked(asked.question.id, f'choice/{choice.name}', choice.label)}</label>"
        for choice in part.choices
    )
    return (
        f'<fieldset class="part" data-part="{part.name}"><legend>{_label(asked.sheet, asked.question, part)}</legend>'
        f'<div class="choices">{choices}</div></fieldset>'
    )


def _label(sheet: Sheet, question: Question, part: Part) -> str:
    if isinstance(part.label, str):
        return sheet.ui(part.label)
    return sheet.marked(question.id, f"setting/rows/{part.name}", part.label)
