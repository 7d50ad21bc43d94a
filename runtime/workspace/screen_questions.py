"""The questions of a screen: each is drawn by the kind of field its type asks for."""

from builder.definition.nodes import Question, Section
from builder.question_types import TYPES
from runtime.workspace.screen_asked import Asked, told
from runtime.workspace.screen_controls import CONTROLS
from runtime.workspace.screen_sheet import Sheet, place_of


def render_question(sheet: Sheet, question: Question, section: Section, entry: str) -> str:
    """The whole question; hidden when it is not relevant now."""
    place = place_of(section, entry, question.name)
    asked = Asked(sheet, question, place, entry, sheet.answer(place), section.name in sheet.left)
    draw = CONTROLS[TYPES[question.type].control].draw
    if not _is_untouched(asked):
        return draw(asked)
    key = (f"untouched {sheet.tongue} {asked.seen['relevant']}", place)
    drawn = sheet.fragments.get(key)
    if drawn is None:
        drawn = sheet.fragments[key] = draw(asked)
    return drawn


def _is_untouched(asked: Asked) -> bool:
    """Whether nothing of this record stands in the question: then it looks alike in every record, and is drawn once."""
    if asked.entry or asked.raw is not None or told(asked):
        return False
    return not asked.sheet.has_piped(asked.question.id)
