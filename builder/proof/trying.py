"""Trying answers: worlds made by chance (always the same ones), put right where answers are wrong. Most of what can happen is met so."""

from collections.abc import Iterator
from typing import Final

from builder.proof.judging import Verdict
from builder.proof.raw import Raw
from builder.proof.rows import FALSE, TRUE, Term, Value
from builder.proof.solving import World as Known
from builder.proof.world import World

REPAIRS: Final = 4
_MASK: Final = (1 << 64) - 1


class Chance:
    """Numbers by chance, the same ones from the same seed (xorshift)."""

    def __init__(self, seed: int) -> None:
        self._state = (seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & _MASK

    def below(self, limit: int) -> int:
        """A number from 0, below a limit."""
        state = self._state
        state ^= (state << 13) & _MASK
        state ^= state >> 7
        state ^= (state << 17) & _MASK
        self._state = state
        return (state >> 11) % limit

    def hits(self, percent: int) -> bool:
        """True so often."""
        return self.below(100) < percent


class Trier:
    """Makes worlds."""

    def __init__(self, world: World, verdicts: dict[str, list[Verdict]]) -> None:
        self.world, self.terms = world, world.terms
        self.rows = [row for rows in verdicts.values() for row in rows]
        free = [row for row in self.rows if row.locked != TRUE]
        self.wrong = [(self._hindered(row), row.raw) for row in self.rows]
        self.missing = [(row.missing(world), row.raw) for row in self.rows]
        self.wrong = [(term, raw) for term, raw in self.wrong if term != FALSE]
        self.locks = [term for term in map(self._locked, free) if term != FALSE]
        self.missing = [(term, raw) for term, raw in self.missing if term != FALSE]
        self.of_unknown = {t: row for row in self.rows for t in row.raw.unknowns()}

    def _hindered(self, row: Verdict) -> Term:
        """What should not be: a wrong answer, or one that may not be given at the end."""
        return self.terms.either(row.wrong(self.world), self._locked(row))

    def _locked(self, row: Verdict) -> Term:
        return self.terms.both(self._given(row.raw), row.locked)

    def _given(self, raw: Raw) -> Term:
        return self.terms.either(
            *(t for t in raw.unknowns() if t in self.terms.truths and t != raw.value)
        )

    def fine(self, cone: list[Term]) -> tuple[Term, Term]:
        """That nothing is wrong with the answers that these terms hang on; and that none of them is locked now."""
        rows = {id(row): row for row in map(self.of_unknown.get, cone) if row is not None}
        return (
            self.terms.no(self.terms.either(*(r.wrong(self.world) for r in rows.values()))),
            self.terms.no(self.terms.either(*(self._locked(row) for row in rows.values()))),
        )

    def made(self, chance: Chance, often: int) -> Known:
        """Answers by chance; `often` in a hundred questions have one."""
        made: Known = {self.world.wide: 0}
        for row in self.rows:
            if row.locked != TRUE and chance.hits(often):
                self.answer(row.raw, made, chance)
        for frames in self.world.frames.values():
            for frame in frames:
                for name, count in frame.chosen.items():
                    low, few = self.terms.lows[count], len(frame.entries[name])
                    made[count] = low + chance.below(max(few - low, 0) + 1)
        return made

    def answer(self, raw: Raw, made: Known, chance: Chance) -> None:
        """One answer by chance."""
        for term in raw.unknowns():
            made[term] = 0
        if raw.given > FALSE:
            made[raw.given] = 1
        if raw.value > FALSE:
            made[raw.value] = self._value(raw, chance)
        left = raw.most
        for term in raw.members.values():
            made[term] = int(left > 0 and chance.hits(40))
            left -= made[term]
        whole = raw.wholes[chance.below(len(raw.wholes))] if raw.wholes else None
        for name, part in raw.parts.items():
            if chance.hits(85) if whole is None else name in whole:
                self.answer(part, made, chance)
            else:
                self.clear(part, made)

    def _value(self, raw: Raw, chance: Chance) -> Value:
        if raw.value in self.terms.truths:
            return chance.below(2)
        low, high = self.terms.lows[raw.value], self.terms.highs[raw.value]
        if raw.tried and not chance.hits(10):
            return raw.tried[chance.below(len(raw.tried))]
        if raw.type == "number":
            found = chance.below(120) * int(10**raw.scale)
            return min(max(found, low), high)
        return raw.tried[0] if raw.tried else min(max(0, low), high)

    def clear(self, raw: Raw, made: Known) -> None:
        """No answer."""
        for term in raw.unknowns():
            made[term] = 0 if term in self.terms.truths else made.get(term, self.terms.lows[term])

    def repaired(self, made: Known, chance: Chance) -> Iterator[tuple[list[Value], bool]]:
        """What everything is, and whether nothing is wrong; then, wrong answers answered anew, what it is then."""
        for number in range(REPAIRS):
            values = self.terms.evaluate(made)
            wrong = [raw for term, raw in self.wrong if values[term]]
            yield values, not wrong
            if not wrong or number + 1 == REPAIRS:
                return  # what was told last is what it is
            for raw in wrong:
                if number + 2 < REPAIRS:
                    self.answer(raw, made, chance)
                else:
                    self.clear(raw, made)

    def completed(self, made: Known, chance: Chance, rounds: int) -> tuple[list[Value], bool]:
        """Answers added until nothing is missing and nothing wrong, as far as chance has it."""
        values = self.terms.evaluate(made)
        for _round in range(rounds):
            todo = [raw for term, raw in (*self.missing, *self.wrong) if values[term]]
            if not todo:
                return values, True
            for raw in todo:
                self.answer(raw, made, chance)
            values = self.terms.evaluate(made)
        return values, False
