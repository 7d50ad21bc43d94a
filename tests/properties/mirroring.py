"""What the terms say of a world, beside what the engine shows after the commands that make it."""

from typing import Any

from builder.definition import Definition
from builder.proof.coded import Coded
from builder.proof.coding import written
from builder.proof.judging import Verdict, verdicts_of
from builder.proof.trying import Chance, Trier
from builder.proof.witness import Clerk
from builder.proof.world import World, outcomes_of
from builder.values import LISTS
from runtime.engine import advance, start, view
from tests.properties.arbitrary import TODAY

OFTEN = (90, 60, 100)
Row = tuple[bool, Any, bool, list[str]]


class Mirror:
    """A definition in terms, to be held beside the engine."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.world = World(definition, TODAY)
        self.verdicts = verdicts_of(self.world)
        self.outcomes = outcomes_of(self.world)
        self.trier = Trier(self.world, self.verdicts)
        self.clerk = Clerk(self.world, self.verdicts)

    def differences(self, seed: int) -> list[Any] | None:
        """What differs in one world made by chance; None if the engine has no such world."""
        chance = Chance(seed)
        known = self.trier.made(chance, OFTEN[seed % 3])
        values, _fine = list(self.trier.repaired(known, chance))[-1]
        state = start(self.definition, "en")
        for command in self.clerk.commands(known):
            state, events = advance(self.definition, state, command, TODAY)
            codes = [event["code"] for event in events if event["event"] == "refused"]
            if codes:  # what is locked once others are answered may not be answered
                return None if codes == ["read_only"] else [(command, codes)]
        seen = view(self.definition, state, TODAY)
        rows = [row for rows in self.verdicts.values() for row in rows]
        found = [row for row in rows if self.is_there(row, values) and not self.is_loose(row)]
        wrong = [row for row in found if self.ours(row, values) != self.theirs(row, seen, values)]
        return [
            *((r.raw.place, self.ours(r, values), self.theirs(r, seen, values)) for r in wrong),
            *self.ends(values, seen),
        ]

    def ends(self, values: list[int], seen: dict[str, Any]) -> list[Any]:
        """Outcomes of which the two say different things."""
        return [
            (outcome.name, values[fits])
            for outcome, fits in self.outcomes
            if bool(values[fits]) != seen["outcomes"][outcome.name]["relevant"]
            and self.world.free.isdisjoint(self.world.terms.cone(fits))
        ]

    def is_there(self, row: Verdict, values: list[int]) -> bool:
        return bool(values[row.frame.there(self.world.terms)])

    def is_loose(self, row: Verdict) -> bool:
        """Whether something of it could not be said in terms."""
        value = row.value
        terms = [row.relevant, value.known, value.value, value.no, row.required]
        terms += [*value.members.values(), *(one.term for one in row.breaks)]
        return not self.world.free.isdisjoint(self.world.terms.cone(*terms))

    def ours(self, row: Verdict, values: list[int]) -> Row:
        codes = (
            "constraint" if b.code == "pattern" else b.code for b in row.breaks if values[b.term]
        )
        return (
            bool(values[row.relevant]),
            self.plain(row.value, values),
            bool(values[row.missing(self.world)]),
            sorted(codes),
        )

    def theirs(self, row: Verdict, seen: dict[str, Any], values: list[int]) -> Row:
        shown = seen["questions"][row.raw.place]
        value = None if "kept" in shown else shown["value"]
        if values[row.raw.garbled] and not shown.get("defaulted"):
            value = None  # the view shows what could not be read
        codes = sorted(p["code"] for p in shown["problems"] if p["code"] != "unreadable")
        value = sorted(value) if isinstance(value, list) else value
        return shown["relevant"], value, shown["missing"], codes

    def plain(self, value: Coded, values: list[int]) -> Any:
        """A value as the view has it."""
        if not values[value.known]:
            return None
        if value.type == "bool":
            return bool(values[value.value])
        if value.type in LISTS:
            chosen = [code for code, term in value.members.items() if values[term]]
            return sorted(str(self.world.numbered.word(code)) for code in chosen)
        if value.type == "parts":
            return {n: self.plain(p, values) for n, p in value.parts.items() if values[p.known]}
        return written(value.type, values[value.value], value.scale, self.world.numbered)
