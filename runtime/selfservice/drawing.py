"""A public form as HTML: one section, what is wrong with it, and the answers to be checked at the end.

The questions are the agent's (`workspace.screen_*`); here is what a citizen has around them. What is drawn is the projection of the
public: no cues, no right answers, no effects.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from builder.definition import Definition, project
from builder.definition.nodes import Question, Section
from builder.models import load
from builder.question_types import TYPES
from runtime.workspace.screen import make_sheet
from runtime.workspace.screen_marks import blocking
from runtime.workspace.screen_sections import draw_section, places_of
from runtime.workspace.screen_sheet import Door, Sheet, shown_value
from runtime.workspace.wording import problem_sentence

MODE = "public"


@dataclass(frozen=True)
class Wrong:
    """Something to be mended: where (an anchor of the page), what is asked there, what is wrong."""

    section: str
    place: str
    anchor: str
    label: str
    message: str


@dataclass(frozen=True)
class Answered:
    """A question and its answer, on the page where all are checked."""

    label: str
    where: str  # which entry; empty outside entries
    value: SafeString
    anchor: str


@dataclass(frozen=True)
class Group:
    """A section with its answers."""

    name: str
    title: str
    rows: list[Answered]


@lru_cache(maxsize=64)
def _projected(_sha256: str, version: int) -> Definition:
    return project(load(version), MODE)


def public_definition(version: Any) -> Definition:
    """The definition of a version as citizens may see it; the same object each time, so that what is drawn alike is drawn once."""
    return _projected(version.sha256, version.pk)


def public_sheet(
    definition: Definition,
    state: Mapping[str, Any],
    view: Mapping[str, Any],
    *,
    door: Door,
    wish: str = "",
) -> Sheet:
    """The sheet of the section that is wished, where it is on the path; else of the one the record stands at."""
    steps = view["path"]
    wish = wish if wish in steps else ""
    return make_sheet(definition, state, view, mode=MODE, door=door, wish=wish)


def section_of(sheet: Sheet) -> Section:
    """The section that is shown."""
    return next(section for section in sheet.steps if section.name == sheet.shown)


def drawn_section(sheet: Sheet, *, told: bool, after: str) -> SafeString:
    """Its form. `told`: missing answers are told in it; `after`: the buttons."""
    html = draw_section(sheet, section_of(sheet), left=told, after=after)
    return mark_safe(html)  # noqa: S308  every text was escaped where it was put in


def wrongs(sheet: Sheet, section: Section) -> list[Wrong]:
    """What has to be mended in a section before one goes on."""
    return [
        Wrong(section.name, place, anchor(question, place), sheet.plain(question.label), message)
        for question, place in _asked(sheet, section)
        if (message := _message(sheet, place))
    ]


def all_wrongs(sheet: Sheet) -> list[Wrong]:
    """What has to be mended anywhere before the form can be sent."""
    return [wrong for section in _path(sheet) for wrong in wrongs(sheet, section)]


def _message(sheet: Sheet, place: str) -> str:
    seen = sheet.answer(place)
    if place in sheet.typed:
        return problem_sentence("unreadable", None, MODE)
    found = blocking(seen)
    if found:
        return problem_sentence(found[0]["code"], found[0].get("message"), MODE)
    return problem_sentence("required", None, MODE) if seen["missing"] else ""


def anchor(question: Question, place: str) -> str:
    """What a link to a question leads to: its field, or the group of its fields."""
    control = TYPES[question.type].control
    single = control in {"line", "area", "list", "file"}
    many = control == "radios" and len(question.settings.choices) > 15  # drawn as a list
    return f"{'q' if single or many else 'b'}:{place}"


def _path(sheet: Sheet) -> list[Section]:
    on = set(sheet.view["path"])
    return [section for section in sheet.steps if section.name in on]


def _asked(sheet: Sheet, section: Section) -> Iterator[tuple[Question, str]]:
    for question, place in places_of(sheet, section):
        if not TYPES[question.type].unasked and sheet.answer(place)["relevant"]:
            yield question, place


def groups(sheet: Sheet) -> list[Group]:
    """Everything that was answered, section by section."""
    found = [
        Group(
            section.name,
            sheet.plain(section.title),
            [_answered(sheet, *row) for row in _asked(sheet, section)],
        )
        for section in _path(sheet)
    ]
    return [group for group in found if group.rows]


def _answered(sheet: Sheet, question: Question, place: str) -> Answered:
    value = sheet.answer(place)["value"]
    if place in sheet.state["unreadable"]:
        value = sheet.raw(place)
    shown = _file_name(value) or shown_value(sheet, question, value)
    return Answered(
        sheet.plain(question.label),
        _where(sheet, place),
        mark_safe(shown or f'<span class="soft">{escape(_("not answered"))}</span>'),  # noqa: S308  escaped
        anchor(question, place),
    )


def _file_name(value: Any) -> str:
    return escape(value["name"]) if isinstance(value, dict) and "digest" in value else ""


def _where(sheet: Sheet, place: str) -> str:
    """In which entries a place lies: “Contact 2”."""
    parts, words = place.split("/"), []
    sections = {section.name: section for section in sheet.definition.sections}
    spot = ""
    for name, entry in zip(parts[:-1:2], parts[1::2], strict=False):
        repeat = sections[name].repeat
        known = sheet.state["entries"].get(spot + name) or ()
        number = list(known).index(entry) + 1 if entry in known else entry
        label = sheet.plain(repeat.entry_label) if repeat else ""
        words.append(f"{label or _('Entry')} {number}")
        spot += f"{name}/{entry}/"
    return " · ".join(words)


def progress(sheet: Sheet) -> tuple[int, int]:
    """Which step of how many."""
    path = list(sheet.view["path"])
    return (path.index(sheet.shown) + 1 if sheet.shown in path else 1), len(path)


def buttons(sheet: Sheet, *, checking: bool) -> str:
    """Back, on, and later. `checking`: who came from the last page goes back there."""
    step, _steps = progress(sheet)
    form = f'form="s:{sheet.shown}"'
    back = (
        ""
        if step == 1 or checking
        else f'<button class="button" {form} name="go" value="back">{escape(_("Back"))}</button>'
    )
    onwards = _("Save and check your answers") if checking else _("Next")
    to_check = '<input type="hidden" name="checking" value="1">' if checking else ""
    return (
        f'{to_check}<div class="form-buttons"><button class="button go" name="go" value="next" data-next>{escape(onwards)}</button>'
        f'{back}<button class="button plain" name="go" value="later">{escape(_("Save and continue later"))}</button></div>'
    )
