"""One formula tried against a page that is still being written: what is wrong with it, before anything is saved."""

from builder.compile.conditions import bound, condition
from builder.compile.desk import Desk
from builder.compile.formulas import answer_to, formula, known
from builder.compile.index import index, named_blocks
from builder.compile.items import AS_MANY, BOUNDS
from builder.compile.names import assign
from builder.compile.source import Body, Source
from builder.compile.texts import Texts
from builder.compile.types import typed
from builder.problems import Problem
from builder.question_types import TYPES, Setting

CONDITION = "condition"  # in place of a field's name: whatever field the condition stands in


def problems_of_formula(body: Body, text: str, place: str, field: str) -> tuple[Problem, ...]:
    """What publishing would say of this text in this field of the block `place`; nothing where it may stand so."""
    things = typed(index(body, assign(body, {})))
    kinds = {block["id"]: block["type"] for _kind, block, _repeat in named_blocks(body)}
    source = Source("script", "", {"en": body})
    desk = Desk(things, Texts(source), known(things.values()))
    if text.strip():
        _try(desk, text.strip(), (place, kinds.get(place, "")), field)
    return tuple(desk.problems)


def _try(desk: Desk, text: str, block: tuple[str, str], field: str) -> None:
    place, kind = block
    setting = next((each for each in _settings(kind) if each.name == field), None)
    if field == CONDITION:
        condition(desk, {"formula": text}, place)
    elif field == "default" and place in desk.things:
        answer_to(desk, text, place)
    elif field == "count":
        formula(desk, text, place, "number", AS_MANY)
    elif setting is not None:
        bound(desk, text, place, BOUNDS[setting.kind], setting.label)
    else:
        formula(desk, text, place)


def _settings(kind: str) -> list[Setting]:
    """The settings of a question type that a formula may give."""
    return [each for each in TYPES[kind].settings if each.kind in BOUNDS] if kind in TYPES else []
