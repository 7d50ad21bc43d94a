"""Formulas as an author types them: the names they may speak of, and what is wrong with them, told at their block."""

from collections.abc import Iterable, Mapping
from typing import Any

from builder.compile.desk import Desk
from builder.compile.index import Thing
from builder.conditions import REPEAT, Known, Wanted, dump, parse_formula
from builder.problems import Problem, Words, gettext_noop

Expression = list[Any]
FIELD = gettext_noop("Formula")


def formula(
    desk: Desk, text: str, place: str, wanted: str | Wanted = "", field: str = FIELD
) -> Expression | None:
    """The expression of a formula at the block `place`; None where it is wrong, and then the problems say why, and in which
    field."""
    read = parse_formula(text, desk.names, wanted)
    if not isinstance(read, tuple):
        return dump(read)
    desk.problems.extend(_at_block(problem, place, field) for problem in read)
    return None


def answer_to(desk: Desk, text: str, place: str) -> Expression | None:
    """A formula that gives an answer to the question at the block `place`; a word may be one of its choices."""
    thing = desk.things[place]
    wanted = Wanted(thing.type, _choices(thing.value), thing.name)
    field = gettext_noop("Default")
    return formula(desk, text, place, wanted, field) if text.strip() else None


def _at_block(problem: Problem, place: str, field: str) -> Problem:
    message = gettext_noop("%(field)s, line %(line)s, character %(column)s: %(what)s")
    params = {
        **problem.params,
        "field": Words(field),
        "what": Words(problem.message, problem.params),
    }
    return Problem(problem.code, place, message, problem.remedy, params)


def known(things: Iterable[Thing]) -> dict[str, Known]:
    """The names that formulas may speak of; of two things with one name the first counts, as everywhere."""
    by_id = {thing.id: thing for thing in things}
    found: dict[str, Known] = {}
    for thing in by_id.values():
        if thing.kind == "section" and thing.type:
            found.setdefault(thing.name, Known(REPEAT))
        elif thing.kind in {"question", "calculation"}:
            repeat = by_id[thing.repeat].name if thing.repeat else ""
            found.setdefault(thing.name, Known(thing.type, _choices(thing.value), repeat))
            for part, gives in thing.parts.items():
                found.setdefault(f"{thing.name}.{part}", Known(gives, None, repeat))
    return found


def _choices(value: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The names that a choice question offers, or a table's rows give; a formula's nobody lists."""
    if "cases" in value:
        given = [(case.get("value") or {}).get("result") for case in value["cases"] or []]
        return tuple(str(name).strip() for name in (*given, value.get("otherwise")) if name)
    listed = value.get("choices")
    return tuple(choice["name"] for choice in listed) if isinstance(listed, list) else None
