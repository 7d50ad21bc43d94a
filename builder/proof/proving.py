"""Whether something can be: tried first, asked of the solver then. What is said to be impossible is proved; what is possible has a world.

Each question is put twice: with nothing wrong in the answers that it hangs on, then with any answers (people do answer wrongly, and
what they answered counts). Where only some entries or texts were looked at, a third time, with any.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from builder.proof.judging import Verdict
from builder.proof.rows import FALSE, TRUE, Term
from builder.proof.solving import Limits, Reply, Solver
from builder.proof.solving import World as Known
from builder.proof.trying import Chance, Trier
from builder.proof.world import World

# By chance: at least so many worlds, and so many more after one that showed something new.
FEWEST: Final = 8
IN_VAIN: Final = 4
MOST_WORLDS: Final = 60
# Adding answers to a world: so many tries, of so many steps.
TRIES: Final = 8
ADDING: Final = 40
OFTEN: Final = (85, 100, 60, 95, 30, 90)
KEPT: Final = 6
NEAR: Final = 3


@dataclass(frozen=True)
class Budget:
    """What a proof may cost: `seconds` of the given clock, `questions` to the solver, `work` in terms told to it, and each question."""

    seconds: float = 60.0
    questions: int = 20_000
    work: int = 3_000_000
    limits: Limits = field(default_factory=Limits)


@dataclass
class Found:
    """Whether something can be: True with a world (`valid`: nothing is wrong in it), False if that is proved, None if not decided.
    `wrongly`: it is proved that something must be. `sure`: what the world is does not hang on anything that could not be said in terms."""

    possible: bool | None
    world: Known = field(default_factory=dict)
    valid: bool = False
    sure: bool = True
    wrongly: bool = False


Progress = Callable[[int, int], bool | None]


class Prover:
    """Answers what can be in one world."""

    def __init__(
        self,
        world: World,
        verdicts: dict[str, list[Verdict]],
        budget: Budget,
        *,
        clock: Callable[[], float] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.world, self.terms, self.budget = world, world.terms, budget
        self.trier = Trier(world, verdicts)
        self.clock, self.progress = clock, progress
        self.started = clock() if clock else 0.0
        self.wanted: dict[Term, None] = {}
        self.found: dict[Term, Found] = {}
        self.solver: Solver | None = None
        self.backgrounds: dict[int, Known] = {}  # answers beside those that the solver gave
        self.last: Known = {}
        self.stopped = False
        self.wanting = True  # for now questions are only noted
        self.open_ended = {world.wide, *world.answers.widened}

    def prepare(self) -> None:
        """Try worlds for what was asked so far, until nothing new comes of it; from now on there are answers."""
        self.wanting = False
        pending = {term for term in self.wanted if term not in self.found and term > FALSE}
        vain, number = 0, 0
        while pending and number < MOST_WORLDS and (number < FEWEST or vain < IN_VAIN):
            chance = Chance(number)
            before = len(pending)
            known = self.trier.made(chance, OFTEN[number % len(OFTEN)] if number else 0)
            for values, valid in self.trier.repaired(known, chance):
                self._cover(pending, values, known, valid)
            number += 1
            vain = 0 if len(pending) < before else vain + 1
            if self._over():
                return
        # What comes last hangs on most: a way there often leads past the rest.
        for term in reversed(self.wanted):
            self.can(term)

    def _cover(self, pending: set[Term], values: list[int], known: Known, valid: bool) -> None:
        kept: Known | None = None
        if any(values[lock] for lock in self.trier.locks):
            return  # whether it could be answered before it was locked is not looked at here
        for term in [term for term in pending if term < len(values) and values[term]]:
            kept = kept or dict(known)
            if valid:
                pending.discard(term)
            if valid or term not in self.found:
                self.found[term] = Found(True, kept, valid)

    def can(self, term: Term) -> Found:
        """Whether something can be."""
        if term <= FALSE:
            return Found(term == TRUE, {}, True)
        if self.wanting:
            self.wanted[term] = None
            return Found(None)
        found = self.found.get(term)
        if found is None or (found.possible and not found.valid and not found.wrongly):
            found = self.found[term] = self._solved(term, found)
            self._told()
        if found.possible and self.world.free:
            free = not self.world.free.isdisjoint(self.terms.cone(term))
            found.sure = found.sure and not free
        return found

    def _told(self) -> None:
        told = self.progress if not self.stopped else None
        if told and told(len(self.found), len(self.wanted)) is False:
            self.stopped = True

    def _over(self) -> bool:
        if self.clock and self.clock() - self.started > self.budget.seconds:
            self.stopped = True
        return self.stopped

    def _solved(self, term: Term, met: Found | None) -> Found:
        if self._over():
            return met or Found(None)
        cone = self.terms.cone(term)
        fine, tidy = self.trier.fine(cone)
        near = self._nearby(term, cone, self.terms.both(fine, tidy))
        if near is not None:
            return near
        reply, sure = self._tidied((term, fine), tidy)
        if reply.possible:
            return self._kept(reply, valid=True, tidy=sure)
        wrongly = reply.possible is False and not self._is_open(cone, fine)
        if met is not None:
            return replace(met, wrongly=wrongly)
        return self._anyhow(term, cone, tidy, Found(reply.possible, wrongly=wrongly))

    def _tidied(self, goals: tuple[Term, ...], tidy: Term) -> tuple[Reply, bool]:
        """In a narrow world: with no answer that is locked now, or else with some (whether they could be given before is not sure)."""
        narrow = self.terms.no(self.world.wide)
        reply = self._ask(*goals, narrow, tidy)
        if reply.possible or tidy == TRUE:
            return reply, True
        return self._ask(*goals, narrow), False

    def _anyhow(self, term: Term, cone: list[Term], tidy: Term, rightly: Found) -> Found:
        """With any answers; then, to prove that it cannot be, in any world."""
        reply, sure = self._tidied((term,), tidy)
        if reply.possible:
            return replace(self._kept(reply, valid=False, tidy=sure), wrongly=rightly.wrongly)
        if reply.possible is False and self._is_open(cone):
            reply = self._ask(term)
        return Found(False if reply.possible is False else None)

    def _is_open(self, cone: list[Term], *more: Term) -> bool:
        """Whether what was not looked at may make a difference."""
        return not (
            self.open_ended.isdisjoint(cone)
            and (not more or self.open_ended.isdisjoint(self.terms.cone(*more)))
        )

    def _nearby(self, term: Term, cone: list[Term], fine: Term) -> Found | None:
        """A world like the last one that was found, but for one of the answers that the term hangs on most closely."""
        rows = {id(row): row for row in map(self.trier.of_unknown.get, reversed(cone)) if row}
        every = self.terms.cone(term, fine)
        chance = Chance(term)
        for row in list(rows.values())[:NEAR] if self.last else ():
            for _try in range(NEAR):
                known = dict(self.last)
                self.trier.answer(row.raw, known, chance)
                values = self.terms.evaluate(known, every)
                if values[term] and values[fine]:
                    return Found(True, known, True)
        return None

    def completed(self, start: Found, goal: Term) -> tuple[Found | None, list[int]]:
        """Answers added to a world until nothing is missing or wrong, if chance has it that the goal still holds then."""
        for seed in range(TRIES):
            chance = Chance(seed)
            known = (
                dict(start.world)
                if seed < TRIES // 2
                else {**self.trier.made(chance, 80), **start.world}
            )
            values, clear = self.trier.completed(known, chance, ADDING)
            locked = any(values[lock] for lock in self.trier.locks)
            if clear and values[goal] and not locked:
                return Found(True, known, True), values
            if self._over():
                break
        return None, []

    def _ask(self, *terms: Term) -> Reply:
        if self._over() or FALSE in terms:
            return Reply(None if self.stopped else False)
        if self.solver is None:
            self.solver = Solver(self.terms, self.budget.limits)
        if self.solver.asked >= self.budget.questions or self.solver.work > self.budget.work:
            self.stopped = True
            return Reply(None)
        return self.solver.ask(*(term for term in terms if term != TRUE))

    def _kept(self, reply: Reply, *, valid: bool, tidy: bool) -> Found:
        """A world that the solver found; it may show more than was asked."""
        seed = len(self.found) % KEPT
        if seed not in self.backgrounds:
            self.backgrounds[seed] = self.trier.made(Chance(seed), OFTEN[seed])
        more = {**self.backgrounds[seed], **reply.world, self.world.wide: 0}
        pending = {
            one
            for one in self.wanted
            if one > FALSE and not ((known := self.found.get(one)) and known.valid)
        }
        values = self.terms.evaluate(more)
        good = not any(values[wrong] for wrong, _raw in self.trier.wrong)
        self._cover(pending, values, more, good)
        self.last = more
        return Found(True, reply.world, valid, tidy)
