"""Sections and their items, as the definition holds them."""

from collections.abc import Callable, Mapping
from typing import Any

from builder.compile.calculations import calculation
from builder.compile.conditions import READERS, Expression, bound, condition, number
from builder.compile.desk import Desk
from builder.compile.formulas import answer_to, formula
from builder.compile.index import CALCULATED, TEXTS, is_repeat, items_of, value_of
from builder.compile.source import Block
from builder.problems import Words, gettext_noop
from builder.question_types import TYPES
from builder.values import LISTS

Values = Mapping[str, Any]
MOST_ENTRIES = 20
# What a flag and its condition are called in the editor.
FLAGS = {
    "required": (gettext_noop("Required"), gettext_noop("Required when")),
    "read_only": (gettext_noop("Read only"), gettext_noop("Read only when")),
}
FILTER = gettext_noop("Offer a choice only when")
AS_MANY = gettext_noop("As many entries as")
# The kinds of settings that are a number, a date, or a formula that gives one.
BOUNDS = {"number": "number", "condition": "date"}


def section(desk: Desk, block: Block) -> dict[str, Any]:
    value, place = value_of(block), block["id"]
    return {
        "id": place,
        "name": desk.things[place].name,
        "title": desk.texts.field(place, "title"),
        "relevance": condition(desk, value.get("relevance"), place),
        "items": [item(desk, each) for each in items_of(block)],
        "repeat": _repeat(desk, block) if is_repeat(block) else None,
        **_said(within=_within(desk, block), side=bool(value.get("side"))),
    }


def _said(**members: Any) -> dict[str, Any]:
    """The members that say something; the others are left out."""
    return {name: value for name, value in members.items() if value}


def _within(desk: Desk, block: Block) -> str | None:
    """The name of the section that this one lies within."""
    picked = value_of(block).get("within")
    around = desk.things.get(str(picked or ""))
    if picked and (around is None or around.kind != "section"):
        message = gettext_noop("This lies within a section that is not on the page.")
        remedy = gettext_noop("Pick the section again, or remove it.")
        desk.problem("unknown_section", block["id"], message, remedy)
        return None
    return around.name if around else None


def item(desk: Desk, block: Block) -> dict[str, Any]:
    if block["type"] in TEXTS:
        return _text(desk, block)
    if block["type"] in CALCULATED:
        return calculation(desk, block)
    return _question(desk, block)


def _repeat(desk: Desk, block: Block) -> dict[str, Any]:
    repeat, place = value_of(block)["repeat"], block["id"]
    count = str(repeat.get("count") or "").strip()
    return {
        "minimum": _whole(_or(repeat.get("minimum"), 0)),
        "maximum": _whole(_or(repeat.get("maximum"), MOST_ENTRIES)),
        "entry_label": desk.texts.of(
            block["id"], lambda value: (value.get("repeat") or {}).get("entry_label")
        ),
        "party": bool(repeat.get("party")),
        **_said(count=count and formula(desk, count, place, "number", AS_MANY)),
    }


def _text(desk: Desk, block: Block) -> dict[str, Any]:
    place = block["id"]
    return {
        "kind": block["type"],
        "id": place,
        "text": desk.texts.field(place, "text"),
        "relevance": condition(desk, value_of(block).get("relevance"), place),
    }


def _question(desk: Desk, block: Block) -> dict[str, Any]:
    value, place = value_of(block), block["id"]
    return {
        "kind": "question",
        "id": place,
        "name": desk.things[place].name,
        "type": block["type"],
        "label": desk.texts.field(place, "label"),
        "hint": desk.texts.field(place, "hint"),
        "required": _flag(desk, block, "required"),
        "relevance": condition(desk, value.get("relevance"), place),
        "settings": _settings(desk, block),
        "constraints": _constraints(desk, block),
        "clearance": value.get("clearance") or "personal",
        "read_only": _flag(desk, block, "read_only"),
        "fact": value.get("fact") or None,
        "right": _right(desk, block),
        "points": number(value.get("points", "")) or "1",
        "explanation": desk.texts.field(place, "explanation"),
        **_said(
            default=answer_to(desk, str(value.get("default") or ""), place),
            choice_filter=condition(desk, value.get("choice_filter"), place, FILTER),
            searchable=value.get("searchable"),
        ),
    }


def _flag(desk: Desk, block: Block, flag: str) -> bool | Expression:
    """A flag, or the condition under which it holds. Both at once would be two answers to one question."""
    value, (label, when) = value_of(block), FLAGS[flag]
    found = condition(desk, value.get(f"{flag}_when"), block["id"], when)
    if value.get(flag) and found is not None:
        message = gettext_noop("“%(flag)s” is ticked, and “%(when)s” has a condition.")
        remedy = gettext_noop("Untick it, so that the condition counts; or remove the condition.")
        words = {"flag": Words(label), "when": Words(when)}
        desk.problem("flag_and_condition", block["id"], message, remedy, **words)
    return found if found is not None else bool(value.get(flag))


def _constraints(desk: Desk, block: Block) -> list[dict[str, Any]]:
    found = []
    for entry in value_of(block).get("constraints") or []:
        test = condition(desk, entry["value"].get("test"), block["id"])
        if test is not None:
            message = desk.texts.of(block["id"], _message_of(entry["id"]))
            warning = bool(entry["value"].get("warning"))
            found.append({"test": test, "message": message, **_said(warning=warning)})
    return found


def _message_of(entry_id: str) -> Callable[[Values], Any]:
    def read(value: Values) -> Any:
        entries = value.get("constraints") or []
        return next(
            (entry["value"].get("message") for entry in entries if entry.get("id") == entry_id),
            None,
        )

    return read


# ---- settings, one row a kind of setting that question types declare


def _settings(desk: Desk, block: Block) -> dict[str, Any]:
    value = value_of(block)
    settings: dict[str, Any] = {}
    for setting in TYPES[block["type"]].settings:
        written = value.get(setting.name)
        if setting.kind == "choices":
            settings[setting.name] = _choices(desk, block, setting.name)
        elif setting.kind == "label":
            settings[setting.name] = desk.texts.field(block["id"], setting.name)
        elif setting.kind in BOUNDS:
            settings[setting.name] = bound(
                desk, written, block["id"], BOUNDS[setting.kind], setting.label
            )
        else:
            settings[setting.name] = (
                setting.default if written in (None, "") else SETTINGS[setting.kind](written)
            )
    return settings


def _choices(desk: Desk, block: Block, setting: str) -> list[dict[str, Any]]:
    """The labels of a language are looked up by name, once for the list: it may be thousands of lines long."""
    labels = desk.texts.listed(block["id"], setting)
    return [
        {
            "name": choice["name"],
            "label": labels.get(choice["name"], {}),
            **_said(attributes=choice.get("attributes")),
        }
        for choice in value_of(block).get(setting) or []
    ]


def _or(value: Any, default: Any) -> Any:
    return default if value in (None, "") else value


def _whole(value: Any) -> Any:
    """A whole number; what is none stays what it is, and the definition's reader says so at this block."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return value


SETTINGS: dict[str, Callable[[Any], Any]] = {
    "figure": number,
    "whole": _whole,
    "switch": bool,
    "text": str,
    "pattern": str,
    "option": str,
    "country": lambda written: str(written).upper(),
}


# ---- right answers of lessons


def _right(desk: Desk, block: Block) -> Any:
    """The right answer as a value: choices by name or by label, several with commas between."""
    written, thing = value_of(block).get("right"), desk.things[block["id"]]
    if written in (None, "", []):
        return None
    several = thing.type in LISTS
    words = [_choice(block, word) for word in _split(written, several=several)]
    read = [READERS[thing.type](word) for word in words]
    if None in read:
        desk.problem(
            "right_answer",
            block["id"],
            gettext_noop("The right answer does not fit the question: %(answer)s."),
            gettext_noop(
                "Write yes or no, a number, a date as 2026-12-31, or the names of the choices."
            ),
            answer=str(written),
        )
        return None
    if not several:
        return read[0]
    return _in_order(block, read) if thing.type == "many" else read


def _split(written: Any, *, several: bool) -> list[Any]:
    if isinstance(written, list):
        return written
    if several and isinstance(written, str):
        return [word.strip() for word in written.split(",") if word.strip()]
    return [written]


def _choice(block: Block, word: Any) -> Any:
    choices = value_of(block).get("choices") or []
    return next((choice["name"] for choice in choices if word == choice["label"]), word)


def _in_order(block: Block, names: list[str]) -> list[str]:
    order = [choice["name"] for choice in value_of(block).get("choices") or []]
    return sorted(set(names), key=lambda name: order.index(name) if name in order else len(order))
