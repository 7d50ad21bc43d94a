"""Conditions, references and limits as picked by an author, made into expressions."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from builder.compile.desk import Desk
from builder.compile.formulas import FIELD, formula
from builder.problems import gettext_noop
from builder.values import LISTS, is_value

Expression = list[Any]
DAYS = re.compile(r"today\s*([+-])\s*(\d{1,5})\Z")
ORDERS = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
JOINS = {"all": "and", "any": "or", "none": "or"}
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


def condition(desk: Desk, picked: Any, place: str, field: str = FIELD) -> Expression | None:
    """The expression of a condition picked or written as a formula at the block `place`; None where there is none."""
    picked = picked if isinstance(picked, dict) else {}
    if picked.get("formula"):
        return formula(desk, str(picked["formula"]), place, "bool", field)
    return _group(desk, picked, place)


def _group(desk: Desk, picked: Mapping[str, Any], place: str) -> Expression | None:
    """The rows of a group, joined; a row may be a group or (where two conditions were joined) a formula itself."""
    rows = [row for row in picked.get("rows") or [] if isinstance(row, dict)]
    read = [
        condition(desk, row, place) if {"rows", "formula"} & row.keys() else _row(desk, row, place)
        for row in rows
    ]
    found = [each for each in read if each is not None]
    if not found:
        return None
    joined = found[0] if len(found) == 1 else [JOINS.get(str(picked.get("join")), "and"), *found]
    return ["not", joined] if picked.get("join") == "none" else joined


def reference(desk: Desk, block_id: Any, place: str) -> Expression | None:
    """The answer (or the count of entries) of the block with this id, or its part: `ID.part`."""
    if not type_of(desk, block_id):
        desk.problem(
            "unknown_reference",
            place,
            gettext_noop("This points at a question that is not on the page."),
            gettext_noop("Pick the question again, or remove it."),
        )
        return None
    block_id, _dot, part = block_id.partition(".")
    thing = desk.things[block_id]
    if part:
        return ["part", thing.name, part]
    if thing.kind == "section":
        return ["count", ["entries", thing.name]]
    return ["answer", thing.name]


def type_of(desk: Desk, block_id: Any) -> str:
    """The answer type of what a block or its part holds; empty where there is none."""
    name, _dot, part = block_id.partition(".") if isinstance(block_id, str) else ("", "", "")
    thing = desk.things.get(name)
    if thing is None:
        return ""
    return thing.parts.get(part, "") if part else thing.type


def bound(
    desk: Desk, written: Any, place: str, wanted: str, field: str
) -> Expression | str | None:
    """The least or most of a question: a number, a date, `today`, `today - 3`, or a formula over earlier answers."""
    text = "" if written is None else str(written).strip()
    plain = number(text) if wanted == "number" else None
    if not text or plain is not None:
        return plain
    match = DAYS.match(text)
    if match is None or wanted != "date":
        return formula(desk, text, place, wanted, field)
    return ["add_days", ["today"], ["value", "number", number(f"{match[1]}{match[2]}")]]


def number(value: Any) -> str | None:
    """A number as values are written: `2.50` gives `2.5`."""
    text = str(value).strip().replace(",", ".")
    plain = text.removeprefix("+")
    if not re.fullmatch(r"-?\d{1,30}(\.\d{1,30})?", plain):
        return None
    whole, _point, rest = plain.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.lstrip("-").lstrip("0") or "0"
    rest = rest.rstrip("0")
    written = f"{digits}.{rest}" if rest else digits
    return written if written == "0" else sign + written


def constant(value: Any, answer_type: str) -> Expression | None:
    """A value as an author wrote it, read for an answer type; None where it is none."""
    read = READERS[answer_type](value)
    return (
        None if read is None else ["value", "one" if answer_type in LISTS else answer_type, read]
    )


def _bool(value: Any) -> bool | None:
    return value if isinstance(value, bool) else TRUTHS.get(str(value).lower())


def _as(answer_type: str) -> Callable[[Any], str | None]:
    """What is written as it is kept: dates and times, as the browser's own fields write them."""
    return lambda value: value if isinstance(value, str) and is_value(answer_type, value) else None


def _words(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _none(_value: Any) -> None:
    return None


READERS: dict[str, Callable[[Any], Any]] = {
    "bool": _bool,
    "number": number,
    "date": _as("date"),
    "time": _as("time"),
    "moment": _as("moment"),
    "partial": _as("partial"),
    "text": _words,
    "one": _words,
    "many": _words,
    "ranked": _words,
    "parts": _none,
}


def _row(desk: Desk, row: Mapping[str, Any], place: str) -> Expression | None:
    asked = row.get("question")
    if asked == "score":
        return _compared(desk, row, (["score"], "number"), place)
    name, dot, part = str(asked).partition(".")
    if name == "offered":
        return _compared(desk, row, (["offered", part], "one"), place)
    block_id = f"{place if name == 'this' else name}{dot}{part}"
    left = reference(desk, block_id, place)
    if left is None:
        return None
    return _compared(desk, row, (left, type_of(desk, block_id)), place)


def _compared(
    desk: Desk, row: Mapping[str, Any], left: tuple[Expression, str], place: str
) -> Expression | None:
    operator, (operand, answer_type) = row.get("operator"), left
    if operator in {"answered", "unanswered"}:
        answered = ["answered", operand]
        return answered if operator == "answered" else ["not", answered]
    value = row.get("value")
    values = value if operator == "one_of" and isinstance(value, list) else [value]
    right = [_right(desk, one, answer_type, place) for one in values]
    if not right or None in right:
        return None
    if operator == "lacks":
        return ["not", ["contains", operand, *right]]
    return [operator, operand, *right]


def _right(desk: Desk, value: Any, answer_type: str, place: str) -> Expression | None:
    if isinstance(value, dict) and "answer" in value:
        return reference(desk, value["answer"], place)
    if isinstance(value, dict):
        days = int(value.get("today") or 0)
        return ["add_days", ["today"], ["value", "number", str(days)]] if days else ["today"]
    found = constant(value, answer_type)
    if found is None:
        desk.problem(
            "condition_value",
            place,
            gettext_noop(
                "A condition has no value to compare with, or one that does not fit its question."
            ),
            gettext_noop("Pick or write the value."),
        )
    return found
