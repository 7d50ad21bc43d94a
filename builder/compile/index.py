"""Every block of a body by its id: what it is, in which section, of which answer type, under which name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.compile.source import Block, Body
from builder.question_types import TYPES, Choice, Settings
from builder.values.localized import NO_TEXT

CALCULATED = frozenset({"calculation", "decision_table"})
TEXTS = frozenset({"line", "cue", "display"})
DATES = frozenset({"date_plus_days", "date_plus_months"})
RESULTS = ("text", "number", "one", "date", "bool")
LIKE_ITS_QUESTION = frozenset({"first_answered", "smallest", "largest"})


@dataclass(frozen=True)
class Thing:
    """A block that has a name: a section, a question, a calculation or an outcome."""

    id: str
    kind: str  # section, question, calculation, outcome
    name: str
    type: str  # answer type; number for a repeated section (its entries); empty otherwise, and while unknown
    repeat: str | None  # id of the innermost repeated section it stands in
    value: Mapping[str, Any]
    parts: Mapping[str, str]  # the answer types of its parts, by name


def value_of(block: Block) -> Mapping[str, Any]:
    value = block.get("value")
    return value if isinstance(value, dict) else {}


def items_of(section: Block) -> list[Block]:
    return value_of(section).get("items") or []


def is_repeat(section: Block) -> bool:
    return bool((value_of(section).get("repeat") or {}).get("on"))


def repeats_of(body: Body) -> dict[str, str | None]:
    """The innermost repeat that each section's questions stand in (itself, or one it lies within), by the section's id."""
    found: dict[str, str | None] = {}
    for section in body.body:
        around = found.get(str(value_of(section).get("within") or ""))
        found[section["id"]] = section["id"] if is_repeat(section) else around
    return found


def named_blocks(body: Body) -> Iterator[tuple[str, Block, str | None]]:
    """(kind, block, id of its repeat) of all that has a name, in order."""
    repeats = repeats_of(body)
    for section in body.body:
        yield "section", section, None
        for item in items_of(section):
            if item["type"] not in TEXTS:
                yield (
                    ("calculation" if item["type"] in CALCULATED else "question"),
                    item,
                    repeats[section["id"]],
                )
    for outcome in body.outcomes:
        yield "outcome", outcome, None


def index(body: Body, names: Mapping[str, str]) -> dict[str, Thing]:
    """Things by block id."""
    found: dict[str, Thing] = {}
    for kind, block, repeat in named_blocks(body):
        found[block["id"]] = Thing(
            block["id"],
            kind,
            names[block["id"]],
            _type_of(kind, block),
            repeat,
            value_of(block),
            _parts(block) if kind == "question" else {},
        )
    return found


def _type_of(kind: str, block: Block) -> str:
    if kind == "section":
        return "number" if is_repeat(block) else ""
    if kind == "question":
        return TYPES[block["type"]].answer_type
    if kind == "calculation":
        value = value_of(block)
        if block["type"] == "calculation":
            return _calculated(value)
        return "many" if value.get("hit") == "collect" else results_of(value)
    return ""


def _parts(block: Block) -> dict[str, str]:
    kind, value = TYPES[block["type"]], value_of(block)
    settings = {
        setting.name: tuple(Choice(row["name"], NO_TEXT) for row in value.get(setting.name) or [])
        if setting.kind == "choices"
        else setting.default
        for setting in kind.settings
    }
    return {part.name: part.answer_type for part in kind.parts(Settings(settings))}


def results_of(table: Mapping[str, Any]) -> str:
    """The type of a decision table's results; those of a table that collects are names of choices."""
    if table.get("hit") == "collect":
        return "one"
    return str(table["gives"]) if table.get("gives") in RESULTS else "text"


def _calculated(value: Mapping[str, Any]) -> str:
    """The type that a calculation's kind tells; empty for those that `builder.compile.types` works out."""
    kind = value.get("kind")
    if kind in DATES:
        return "date"
    return "" if kind == "formula" or kind in LIKE_ITS_QUESTION else "number"
