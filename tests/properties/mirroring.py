"""What the terms say of a world, beside what the engine shows after the commands that make it."""

from typing import Any

from builder.definition import Definition
from builder.proof.coded import Coded
from builder.proof.coding import written
from builder.proof.judging import verdicts_of
from builder.proof.proving import Chance
from builder.proof.trying import Trier
from builder.proof.witness import Clerk
from builder.proof.world import World, outcomes_of
from builder.values import LISTS
from runtime.engine import advance, start, view
from tests.properties.arbitrary import TODAY


class Mirror:
    """A definition in terms, to be held beside the engine."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.world = World(definition, TODAY)
        self.verdicts = verdicts_of(self.world)
        self.outcomes = outcomes_of(self.world)
        self.trier = Trier(self.world, self.verdicts)
        self.clerk = Clerk(self.world, self.verdicts)
        self.loose = [*self.world.free]

    counts = {"loose": 0, "refused": 0, "compared": 0}

    def differences(self, seed: int) -> list[Any]:
        """What differs in one world made by chance."""
        chance = Chance(seed)
        known = self.trier.made(chance, (90, 60, 100)[seed % 3])
        values, _fine = list(self.trier.repaired(known, chance))[-1]
        return self.compared(known, values)

    def compared(self, known: dict[int, int], values: list[int]) -> list[Any]:
        state = start(self.definition, "en")
        commands, refused = self.clerk.commands(known), []
        for command in commands:
            state, events = advance(self.definition, state, command, TODAY)
            refused += [(command, event) for event in events if event["event"] == "refused"]
        if refused:
            return [] if all(e["code"] == "read_only" for _c, e in refused) else refused
        seen, found = view(self.definition, state, TODAY), []
        for rows in self.verdicts.values():
            for row in rows:
                if not values[row.frame.there(self.world.terms)]:
                    continue
                place = row.frame.prefix + row.question.name
                shown = seen["questions"][place]
                ours = (
                    bool(values[row.relevant]), self.plain(row.value, values),
                    bool(values[row.missing(self.world)]),
                    sorted("constraint" if b.code == "pattern" else b.code for b in row.breaks if values[b.term]),
                )  # fmt: skip
                theirs = (
                    shown["relevant"],
                    None if "kept" in shown else shown["value"],
                    shown["missing"],
                    sorted(p["code"] for p in shown["problems"] if p["code"] != "unreadable"),
                )
                if values[row.raw.garbled] and theirs[1] is not None and not shown.get("defaulted"):
                    theirs = (theirs[0], None, *theirs[2:])
                if ours != theirs and not self.hangs_loose(row.relevant, row.value.known, row.value.value, row.value.no, *row.value.members.values(), *(b.term for b in row.breaks), row.required):
                    found.append((place, ours, theirs, commands))
        for outcome, fits in self.outcomes:
            if bool(values[fits]) != seen["outcomes"][outcome.name]["relevant"] and not self.hangs_loose(fits):
                found.append((outcome.name, values[fits], commands))
        return found

    def hangs_loose(self, *terms: int) -> bool:
        cone = self.world.terms.cone(*terms)
        return not self.world.free.isdisjoint(cone)

    def plain(self, value: Coded, values: list[int]) -> Any:
        """A value as the view has it."""
        if not values[value.known]:
            return None
        if value.type == "bool":
            return bool(values[value.value])
        if value.type in LISTS:
            names = {self.world.numbered.word(c) for c, term in value.members.items() if values[term]}
            return sorted(n for n in names if n)
        if value.type == "parts":
            return {n: self.plain(p, values) for n, p in value.parts.items() if values[p.known]}
        return written(value.type, values[value.value], value.scale, self.world.numbered)
