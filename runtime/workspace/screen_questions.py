"""The questions of a screen: each is drawn by the kind of field its type asks for."""

from builder.definition.nodes import Question
from builder.question_types import TYPES
from runtime.workspace.screen_asked import told
from runtime.workspace.screen_controls import CONTROLS
from runtime.workspace.screen_marks import Asked
from runtime.workspace.screen_nesting import Spot
from runtime.workspace.screen_sheet import Sheet


def render_question(sheet: Sheet, question: Question, spot: Spot, *, left: bool) -> str:
    """The whole question; hidden when it is not relevant now. `left`: the section it stands in was seen and left."""
    place = spot.place(question.name)
    asked = Asked(sheet, question, place, spot, sheet.answer(place), left)
    draw = CONTROLS[TYPES[question.type].control].draw
    if not _is_untouched(asked):
        return draw(asked)
    key = (f"untouched {sheet.speaking} {asked.seen['relevant']}", place)
    drawn = sheet.fragments.get(key)
    if drawn is None:
        drawn = sheet.fragments[key] = draw(asked)
    return drawn


def _is_untouched(asked: Asked) -> bool:
    """Whether nothing of this record stands in the question: then it looks alike in every record, and is drawn once."""
    if asked.spot.prefix or not asked.is_plain:
        return False
    if asked.sheet.raw(asked.place) is not None or told(asked):
        return False
    return not asked.sheet.has_piped(asked.question.id)
