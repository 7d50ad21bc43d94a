"""The sections of a screen: what is said, what is asked, and the table and editors of a repeat.

Every section is a form of its own, so that the screen also works without JavaScript: its buttons are named `go`, and the
server answers with the next section. With JavaScript all sections lie in the page and one is shown.
"""

from html import escape
from itertools import takewhile

from django.utils.translation import gettext

from builder.definition.nodes import Calculation, Item, Question, Section
from builder.question_types import TYPES
from builder.values.localized import NO_TEXT
from runtime.workspace.screen_questions import render_question
from runtime.workspace.screen_sheet import Sheet, place_of, shown_value
from runtime.workspace.wording import say

BLANK_ENTRY = "__entry__"  # stands for the id of an entry that the browser will make
COLUMNS_AT_MOST = 5


def render_sections(sheet: Sheet) -> str:
    """All sections; only the shown one is not hidden."""
    return "".join(_section(sheet, section) for section in sheet.definition.sections)


def hidden_inputs(sheet: Sheet, section: str) -> str:
    """What a post without JavaScript must carry: once for each form that can be seen."""
    door = sheet.door
    pairs = (("section", section), ("nonce", door.nonce), ("token", door.token))
    return door.csrf + "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in pairs
    )


def section_form(section: Section) -> str:
    """The id of a section's form: buttons outside name it."""
    return f"s:{section.name}"


def _section(sheet: Sheet, section: Section) -> str:
    shown = section.name == sheet.shown
    hidden = "" if shown else " hidden"
    title = sheet.marked(section.id, "title", section.title)
    inner = _repeat(sheet, section) if section.repeat else _items(sheet, section, "")
    return (
        f'<form class="section" method="post" action="{sheet.door.section_url}" id="{section_form(section)}" '
        f'data-section="{section.name}" aria-labelledby="t:{section.name}" novalidate{hidden}>'
        f"{hidden_inputs(sheet, section.name) if shown else ''}"
        f'<input type="hidden" name="shown" value="{" ".join(_asked_places(sheet, section))}">'
        f'<button class="unseen" name="go" value="next" tabindex="-1" aria-hidden="true"></button>'
        f'<div class="section-head"><h1 id="t:{section.name}" tabindex="-1">{title}</h1></div>{inner}</form>'
    )


def questions_of(section: Section) -> tuple[Question, ...]:
    """The questions of a section, in order."""
    return tuple(item for item in section.items if isinstance(item, Question))


def places_of(sheet: Sheet, section: Section) -> list[tuple[Question, str]]:
    """Each question of a section with each of its places, entry by entry."""
    entries = sheet.entries(section) if section.repeat else ("",)
    return [
        (q, place_of(section, entry, q.name)) for entry in entries for q in questions_of(section)
    ]


def _asked_places(sheet: Sheet, section: Section) -> list[str]:
    return [place for _, place in places_of(sheet, section) if sheet.answer(place)["relevant"]]


def _items(sheet: Sheet, section: Section, entry: str) -> str:
    return "".join(_item(sheet, section, item, entry) for item in section.items)


def _item(sheet: Sheet, section: Section, item: Item, entry: str) -> str:
    if isinstance(item, Question):
        return render_question(sheet, item, section, entry)
    if isinstance(item, Calculation):
        return ""
    hidden = "" if sheet.item_relevant(item.id, entry) else " hidden"
    text = sheet.text(item.id, "text", item.text, entry)
    return (
        f'<p class="{item.kind}" data-item="{escape(item.id)}" data-text="{escape(item.id)}/text" '
        f"{sheet.tongue(item.text)}{hidden}>{text}</p>"
    )


# Repeats ---------------------------------------------------------------------


def _repeat(sheet: Sheet, section: Section) -> str:
    """A repeat: its lines once, a table of what is there, an editor for each entry, a blank one for the browser."""
    entries = sheet.entries(section)
    said = "".join(_item(sheet, section, item, "") for item in _said_first(section))
    editors = "".join(
        _editor(sheet, section, entry, number) for number, entry in enumerate(entries, start=1)
    )
    maximum = _maximum(section)
    full = maximum is not None and len(entries) >= maximum
    return (
        f"{said}{_table(sheet, section, entries)}"
        f'<div class="entries" data-entries="{section.name}">{editors}</div>'
        f'<template data-blank="{section.name}">{_editor(sheet, section, BLANK_ENTRY, 0)}</template>'
        f'<p><button class="button" name="go" value="add:{section.name}" data-add="{section.name}"'
        f"{' disabled' if full else ''}>+ {escape(_label_of_entry(sheet, section))}</button></p>"
    )


def _said_first(section: Section) -> tuple[Item, ...]:
    """Lines and cues before the first question open the section; those after it belong to each entry."""
    return tuple(
        takewhile(lambda item: not isinstance(item, Question | Calculation), section.items)
    )


def _label_of_entry(sheet: Sheet, section: Section) -> str:
    label = sheet.plain(section.repeat.entry_label) if section.repeat else ""
    return label or gettext("Entry")


def _maximum(section: Section) -> int | None:
    return section.repeat.maximum if section.repeat else None


def _columns(section: Section) -> tuple[Question, ...]:
    shown = [q for q in questions_of(section) if not TYPES[q.type].unasked]
    return tuple(shown[:COLUMNS_AT_MOST])


def _table(sheet: Sheet, section: Section, entries: tuple[str, ...]) -> str:
    heads = "".join(
        f'<th scope="col" data-column="{q.name}">{sheet.marked(q.id, "label", q.label)}</th>'
        for q in _columns(section)
    )
    rows = "".join(
        _row(sheet, section, entry, number) for number, entry in enumerate(entries, start=1)
    )
    title = sheet.marked(section.id, "title", section.title)
    return (
        f'<div class="repeat-table" data-table="{section.name}" data-maximum="{_maximum(section) or ""}">'
        f'<div class="repeat-scroll"><table{"" if entries else " hidden"}><caption class="unseen">{title}'
        f"</caption><thead><tr>{heads}<td></td></tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p class="empty"{" hidden" if entries else ""}>{escape(gettext("Nobody and nothing here yet."))}</p></div>'
    )


def _row(sheet: Sheet, section: Section, entry: str, number: int) -> str:
    cells = "".join(
        f"<td>{shown_value(sheet, q, sheet.answer(place_of(section, entry, q.name))['value'])}</td>"
        for q in _columns(section)
    )
    name = escape(f"{_label_of_entry(sheet, section)} {number}")
    remove = escape(gettext("Remove"))
    edit = escape(gettext("Edit"))
    return (
        f'<tr data-row="{entry}">{cells}<td><a class="button small" href="#e:{entry}" data-edit="{entry}" '
        f'aria-label="{edit}: {name}">{edit}</a> '
        f'<button class="button small" name="go" value="remove:{section.name}/{entry}" data-remove="{entry}" '
        f'aria-label="{remove}: {name}">{remove}</button></td></tr>'
    )


def _editor(sheet: Sheet, section: Section, entry: str, number: int) -> str:
    """The questions of one entry. The label's number is written again by the browser when entries come and go."""
    asked = section.items[len(_said_first(section)) :]
    questions = "".join(_item(sheet, section, item, entry) for item in asked)
    label = escape(_label_of_entry(sheet, section))
    tongue = sheet.tongue(section.repeat.entry_label if section.repeat else NO_TEXT)
    return (
        f'<fieldset class="entry" id="e:{entry}" data-entry="{entry}" tabindex="-1"><legend><span '
        f'data-text="{escape(section.id)}/entry_label" {tongue}>{label}</span> '
        f"<span data-number>{number or ''}</span></legend>{questions}</fieldset>"
    )


def entries_so_far(sheet: Sheet, section: Section) -> str:
    """How many entries a repeat has, for the path."""
    entries = sheet.entries(section)
    return say("entry_count", n=len(entries)) if entries else ""
