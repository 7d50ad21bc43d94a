"""The items of a section where they stand: questions, and what is said, told or read."""

from html import escape

from builder.definition.nodes import Calculation, Item, Question, Section
from runtime.workspace.screen_nesting import Spot
from runtime.workspace.screen_questions import render_question
from runtime.workspace.screen_sheet import Sheet


def render_items(sheet: Sheet, section: Section, spot: Spot, *, left: bool) -> str:
    """All items of a section."""
    return "".join(render_item(sheet, item, spot, left=left) for item in section.items)


def render_item(sheet: Sheet, item: Item, spot: Spot, *, left: bool) -> str:
    """One item; what is calculated stands beside the talk."""
    if isinstance(item, Question):
        return render_question(sheet, item, spot, left=left)
    if isinstance(item, Calculation):
        return ""
    hidden = "" if sheet.item_relevant(item.id, spot) else " hidden"
    text = sheet.text(item.id, "text", item.text, spot)
    return (
        f'<p class="{item.kind}" data-item="{escape(item.id)}" data-text="{escape(item.id)}/text" '
        f"{sheet.tongue(item.text)}{hidden}>{text}</p>"
    )
