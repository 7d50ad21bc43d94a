"""What the effects of a draft would do at the end of one past record, beside what was done: pure counting, nothing is carried out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from builder.definition import Definition, Effect
from builder.definition.effects import EFFECTS
from runtime.engine import effects_due

MOST_EXAMPLES = 5


@dataclass
class Row:
    """One effect, counted: how many records would have it, had it, have it only now, have it no more; how many work items it would make."""

    outcome: str
    effect: str
    arguments: dict[str, str]
    would: int = 0
    did: int = 0
    new: int = 0
    gone: int = 0
    things: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Past:
    """One record: its number, how it ended, its state under the draft, what was done of it, how many entries a repeat of it has."""

    number: str
    outcome: str
    state: Any
    today: str
    done: frozenset[str]
    entries: dict[str, int]


def key_of(outcome: str, effect: str, arguments: Iterable[tuple[str, str]]) -> str:
    """An effect is the same one when it stands at the same outcome with the same arguments."""
    return "|".join((outcome, effect, *(f"{name}={value}" for name, value in sorted(arguments))))


def rows_of(definition: Definition) -> dict[str, Row]:
    """One for each effect of the draft."""
    return {
        key_of(node.name, one.effect, one.arguments): Row(
            node.name, one.effect, dict(one.arguments)
        )
        for node in definition.outcomes
        for one in node.effects
    }


def count(rows: dict[str, Row], definition: Definition, past: Past) -> None:
    """Adds one record."""
    due = effects_due(definition, past.outcome, past.state, past.today)
    would = {key_of(past.outcome, one.effect, one.arguments): one for _number, one in due}
    for key in sorted(would.keys() | past.done):
        row = rows.setdefault(key, _former(key))
        new, gone = key in would.keys() - past.done, key in past.done - would.keys()
        row.would, row.did = row.would + (key in would), row.did + (key in past.done)
        row.new, row.gone = row.new + new, row.gone + gone
        row.things += _things(would[key], past) if key in would else 0
        if (new or gone) and len(row.examples) < MOST_EXAMPLES:
            row.examples.append(past.number)


def _former(key: str) -> Row:
    """An effect that only former versions have."""
    outcome, effect, *arguments = key.split("|")
    pairs = (each.partition("=") for each in arguments)
    return Row(outcome, effect, {name: value for name, _sign, value in pairs})


def _things(effect: Effect, past: Past) -> int:
    """How many work items it would make, as far as can be told: who is known already has theirs."""
    kind = EFFECTS.get(effect.effect)
    if kind is None or not kind.spawns:
        return 0
    if not {"days", "repeat"} & kind.arguments.keys():
        return 1
    days = effect.argument("days")
    return int(days) if days.isdecimal() else past.entries.get(effect.argument("repeat"), 0)


def kept(rows: dict[str, Row]) -> dict[str, Any]:
    return {key: asdict(row) for key, row in rows.items()}


def read(told: dict[str, Any]) -> dict[str, Row]:
    return {key: Row(**plain) for key, plain in told.items()}
