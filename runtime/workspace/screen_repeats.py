"""A repeat on the screen: a table of its entries and an editor for each, with the sections that lie in them.

Entries are told by their place (`contacts/a/visits`): a repeat may lie in the entries of another one. Where entries follow a
number nobody adds or removes any.
"""

from html import escape

from django.utils.translation import gettext

from builder.definition.nodes import Question, Section
from builder.question_types import TYPES
from builder.values.localized import NO_TEXT
from runtime.workspace.screen_items import render_item, render_items
from runtime.workspace.screen_nesting import Spot, questions_of, said_first
from runtime.workspace.screen_sheet import Sheet, shown_value

COLUMNS_AT_MOST = 5


def blank_entry(depth: int) -> str:
    """Stands for the id of an entry that the browser will make; each depth has its own."""
    return f"__entry{depth}__"


def render_repeat(sheet: Sheet, section: Section, spot: Spot, *, left: bool) -> str:
    """Its opening lines once, a table of what is there, an editor for each entry, a blank one for the browser."""
    place = spot.place(section.name)
    is_blank = (
        "_" in spot.keys
    )  # what a blank entry holds, the browser draws; no real entry's id has a _
    entries = () if is_blank else sheet.entries(section, spot)
    said = "".join(render_item(sheet, item, spot, left=left) for item in said_first(section))
    editors = "".join(
        _editor(sheet, section, (spot, entry, number), left=left)
        for number, entry in enumerate(entries, start=1)
    )
    blank = _editor(sheet, section, (spot, blank_entry(spot.depth + 1), 0), left=left)
    return (
        f"{said}{_table(sheet, section, spot, entries)}"
        f'<div class="entries" data-entries="{place}">{editors}</div>'
        f'<template data-blank="{place}">{blank}</template>'
        f"{_add(sheet, section, place, len(entries))}"
    )


def _is_counted(section: Section) -> bool:
    return section.repeat is not None and section.repeat.count is not None


def _add(sheet: Sheet, section: Section, place: str, entries: int) -> str:
    if _is_counted(section):
        return ""
    maximum = _maximum(section)
    full = " disabled" if maximum is not None and entries >= maximum else ""
    return (
        f'<p><button class="button" name="go" value="add:{place}" data-add="{place}"{full}>'
        f"+ {escape(_label_of_entry(sheet, section))}</button></p>"
    )


def _label_of_entry(sheet: Sheet, section: Section) -> str:
    label = sheet.plain(section.repeat.entry_label) if section.repeat else ""
    return label or gettext("Entry")


def _maximum(section: Section) -> int | None:
    return section.repeat.maximum if section.repeat else None


def _columns(section: Section) -> tuple[Question, ...]:
    shown = [q for q in questions_of(section) if not TYPES[q.type].unasked]
    return tuple(shown[:COLUMNS_AT_MOST])


def _table(sheet: Sheet, section: Section, spot: Spot, entries: tuple[str, ...]) -> str:
    heads = "".join(
        f'<th scope="col" data-column="{q.name}">{sheet.marked(q.id, "label", q.label)}</th>'
        for q in _columns(section)
    )
    rows = "".join(
        _row(sheet, section, (spot, entry, number))
        for number, entry in enumerate(entries, start=1)
    )
    title = sheet.marked(section.id, "title", section.title, spot)
    counted = " data-counted" if _is_counted(section) else ""
    return (
        f'<div class="repeat-table" data-table="{spot.place(section.name)}" data-maximum="{_maximum(section) or ""}"{counted}>'
        f'<div class="repeat-scroll"><table{"" if entries else " hidden"}><caption class="unseen">{title}'
        f"</caption><thead><tr>{heads}<td></td></tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p class="empty"{" hidden" if entries else ""}>{escape(gettext("Nobody and nothing here yet."))}</p></div>'
    )


Numbered = tuple[Spot, str, int]  # where a repeat lies, the entry, its number


def _row(sheet: Sheet, section: Section, numbered: Numbered) -> str:
    spot, entry, number = numbered
    inside, at = spot.entry(section.name, entry), f"{spot.place(section.name)}/{entry}"
    cells = "".join(
        f"<td>{shown_value(sheet, q, sheet.answer(inside.place(q.name))['value'])}</td>"
        for q in _columns(section)
    )
    name = escape(f"{_label_of_entry(sheet, section)} {number}")
    remove = escape(gettext("Remove"))
    edit = escape(gettext("Edit"))
    remover = (
        ""
        if _is_counted(section)
        else f' <button class="button small" name="go" value="remove:{at}" data-remove="{entry}" '
        f'aria-label="{remove}: {name}">{remove}</button>'
    )
    return (
        f'<tr data-row="{entry}">{cells}<td><a class="button small" href="#e:{at}" data-edit="{entry}" '
        f'aria-label="{edit}: {name}">{edit}</a>{remover}</td></tr>'
    )


def _editor(sheet: Sheet, section: Section, numbered: Numbered, *, left: bool) -> str:
    """The questions of one entry. The label's number is written again by the browser when entries come and go."""
    spot, entry, number = numbered
    inside, at = spot.entry(section.name, entry), f"{spot.place(section.name)}/{entry}"
    asked = section.items[len(said_first(section)) :]
    questions = "".join(render_item(sheet, item, inside, left=left) for item in asked)
    label = escape(_label_of_entry(sheet, section))
    tongue = sheet.tongue(section.repeat.entry_label if section.repeat else NO_TEXT)
    return (
        f'<fieldset class="entry" id="e:{at}" data-entry="{entry}" data-at="{at}" tabindex="-1"><legend><span '
        f'data-text="{escape(section.id)}/entry_label" {tongue}>{label}</span> '
        f"<span data-number>{number or ''}</span></legend>{questions}{_inner(sheet, section, inside, left=left)}</fieldset>"
    )


def _inner(sheet: Sheet, section: Section, spot: Spot, *, left: bool) -> str:
    """The sections that lie in one that lies in an entry."""
    return "".join(
        _within(sheet, inner, spot, left=left) for inner in sheet.inner.get(section.name, ())
    )


def _within(sheet: Sheet, section: Section, spot: Spot, *, left: bool) -> str:
    hidden = "" if sheet.item_relevant(section.id, spot) else " hidden"
    head = f"t:{spot.place(section.name)}"
    level = min(6, spot.depth + 1)
    inside = (
        render_repeat(sheet, section, spot, left=left)
        if section.repeat
        else render_items(sheet, section, spot, left=left)
        + _inner(sheet, section, spot, left=left)
    )
    title = sheet.marked(section.id, "title", section.title, spot)
    return (
        f'<div class="within" role="group" aria-labelledby="{head}" data-item="{escape(section.id)}"{hidden}>'
        f'<h{level} id="{head}">{title}</h{level}>{inside}</div>'
    )
