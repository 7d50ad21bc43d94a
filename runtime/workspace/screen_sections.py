"""The sections of a screen: what is said and what is asked.

Every section on the path, and every one at its side, is a form of its own, so that the screen also works without JavaScript:
its buttons are named `go`, and the server answers with the next section. With JavaScript one of them after another is shown
without the server. Sections within entries are drawn in these (`screen_repeats`).
"""

from collections.abc import Iterator
from html import escape

from builder.definition.nodes import Question, Section
from builder.question_types import TYPES
from runtime.workspace.screen_items import render_items
from runtime.workspace.screen_nesting import ROOT, Spot, questions_of
from runtime.workspace.screen_repeats import render_repeat
from runtime.workspace.screen_sheet import Sheet
from runtime.workspace.wording import say


def render_sections(sheet: Sheet) -> str:
    """The shown section; the others lie packed until the browser shows them. Those of a preview all lie open: an editor's page
    looks for blocks in them."""
    if sheet.mode == "preview":
        return "".join(draw_section(sheet, section) for section in sheet.steps)
    return "".join(
        draw_section(sheet, section) if section.name == sheet.shown else _packed(sheet, section)
        for section in sheet.steps
    )


def _packed(sheet: Sheet, section: Section) -> str:
    """A section as text that no browser reads as a page: hundreds of questions that nobody sees yet cost the first paint dear.
    All texts in it are escaped, so that nothing ends it early."""
    drawn = draw_section(sheet, section)
    return f'<script type="text/plain" data-packed="{section.name}">{drawn}</script>'


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


def draw_section(
    sheet: Sheet, section: Section, *, left: bool | None = None, after: str = ""
) -> str:
    """The form of a section. `left`: as if it had been left, so that what is missing is told; `after`: what follows the questions."""
    shown = section.name == sheet.shown
    hidden = "" if shown else " hidden"
    title = sheet.marked(section.id, "title", section.title)
    left = section.name in sheet.left if left is None else left
    draw = render_repeat if section.repeat else render_items
    files = any(TYPES[question.type].stored for question, _place in places_of(sheet, section))
    encoded = ' enctype="multipart/form-data"' if files else ""
    return (
        f'<form class="section" method="post" action="{sheet.door.section_url}" id="{section_form(section)}"{encoded} '
        f'data-section="{section.name}" aria-labelledby="t:{section.name}" novalidate{hidden}>'
        f"{hidden_inputs(sheet, section.name) if shown else ''}"
        f'<input type="hidden" name="shown" value="{" ".join(_asked_places(sheet, section))}">'
        f'<button class="unseen" name="go" value="next" tabindex="-1" aria-hidden="true"></button>'
        f'<div class="section-head"><h1 id="t:{section.name}" tabindex="-1">{title}</h1></div>'
        f"{draw(sheet, section, ROOT, left=left)}{after}</form>"
    )


def places_of(sheet: Sheet, section: Section, spot: Spot = ROOT) -> Iterator[tuple[Question, str]]:
    """Each question of a section with each of its places, entry by entry, with those of the sections in these."""
    entries = (spot.entry(section.name, entry) for entry in sheet.entries(section, spot))
    for inside in entries if section.repeat else (spot,):
        for question in questions_of(section):
            yield question, inside.place(question.name)
        for inner in sheet.inner.get(section.name, ()):
            yield from places_of(sheet, inner, inside)


def _asked_places(sheet: Sheet, section: Section) -> list[str]:
    """Where an answer may be posted: what is not relevant, or not to be changed, is left alone."""
    found = (
        (question, place, sheet.answer(place)) for question, place in places_of(sheet, section)
    )
    return [
        place
        for question, place, seen in found
        if seen["relevant"] and question.read_only is not True and not seen.get("read_only")
    ]


def entries_so_far(sheet: Sheet, section: Section) -> str:
    """How many entries a repeat has, for the path."""
    entries = sheet.entries(section)
    return say("entry_count", n=len(entries)) if entries else ""
