"""What an expression sees from one frame: names of the same entry first, then of those around it, then of the root."""

from dataclasses import dataclass, field
from typing import Final, Protocol

from builder.conditions import Expression
from builder.definition import Index, Section
from builder.proof.answers import Answers
from builder.proof.arithmetic import counted
from builder.proof.coded import Coded, missing, pick
from builder.proof.coding import Numbered
from builder.proof.rows import TRUE, Term
from builder.proof.terms import Terms


@dataclass
class Frame:
    """The root, or one entry of a repeat: its values, and the entries in it. `present`: whether the entry is there."""

    repeat: str | None
    parent: "Frame | None"
    entry: str = ""
    present: Term = TRUE
    before: "Frame | None" = None
    values: dict[str, Coded] = field(default_factory=dict)
    relevant: dict[str, Term] = field(default_factory=dict)
    sections: dict[str, Term] = field(default_factory=dict)
    counts: dict[str, Term] = field(default_factory=dict)
    chosen: dict[str, Term] = field(default_factory=dict)  # counts that whoever answers decides
    entries: dict[str, "list[Frame]"] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """What leads the places of its answers."""
        above = "" if self.parent is None else self.parent.prefix
        return f"{above}{self.repeat}/{self.entry}/" if self.repeat else above

    def around(self) -> "list[Frame]":
        """Itself and all around it, the root last."""
        found, at = [self], self.parent
        while at is not None:
            found.append(at)
            at = at.parent
        return found

    def there(self, terms: Terms) -> Term:
        """Whether the entry and all around it are there."""
        return terms.both(*(frame.present for frame in self.around()))


# A repeat's entry as its readers meet it: whether it counts, and its frame.
Entry = tuple[Term, Frame]
NO_ENTRIES: Final[list[Entry]] = []


class Surroundings(Protocol):
    """The world as it is seen from inside, while it is being built."""

    terms: Terms
    numbered: Numbered
    index: Index
    answers: Answers
    root: Frame
    homes: dict[str, str]
    partly: set[str]
    over: dict[str, list[Term]]
    score: Coded | None
    today_code: int

    def holds(self, section: Section, frame: Frame) -> Term:
        """Whether a section is relevant."""

    def havoc(self, answer_kind: str) -> Coded:
        """Any value of a type."""

    def widened(self, exact: Coded) -> Coded:
        """The value in a narrow world, any in a wide one."""

    def free_truth(self) -> Term:
        """A truth of which nothing is known."""

    def most_of(self, repeat: str) -> int:
        """How many entries a repeat may have."""

    def attributes_in(self, choice_filter: Expression) -> tuple[str, ...]:
        """What a filter asks of choices."""


class Look:
    """A frame with eyes: what `expressions.Sight` asks for."""

    def __init__(
        self, world: Surroundings, frame: Frame, says: "dict[str, str] | None" = None
    ) -> None:
        self.world, self.frame, self.says = world, frame, says
        self.terms: Terms = world.terms
        self.numbered: Numbered = world.numbered

    def speaking(self, says: "dict[str, str]") -> "Look":
        """The same, while a choice speaks of itself."""
        return Look(self.world, self.frame, says)

    def type_of(self, name: str) -> str | None:
        """The answer type of a name, or of `name.part`."""
        return self.world.index.type_of(name)

    def answer(self, name: str) -> Coded:
        """What a name holds here."""
        home = self.world.homes.get(name)
        if home is None:
            return missing("bool")
        wanted = self.type_of(name) or "bool"
        for frame in self.frame.around():
            if (frame.repeat or "") == home:
                found = frame.values.get(name)
                return self.havoc(wanted) if found is None else found
        return missing(wanted)

    def before(self, name: str) -> Coded:
        """What a name holds in the entry before."""
        wanted = self.type_of(name) or "bool"
        if not self.frame.repeat or self.world.homes.get(name) != self.frame.repeat:
            return missing(wanted)
        earlier = self.frame.before
        exact = missing(wanted)
        if earlier is not None:
            exact = earlier.values.get(name) or self.havoc(wanted)
        # In a wide world an entry stands for any of them, the first one or a later one.
        return self.world.widened(exact) if self.world.most_of(self.frame.repeat) > 1 else exact

    def through(self, repeat: str) -> list[Entry] | None:
        """The entries of a repeat as seen from here: of the same entry around, or of all there are."""
        section = self.world.index.sections.get(repeat)
        if section is None or section.repeat is None:
            return None
        way = self._way(repeat)
        frames = self.frame.around()[::-1]
        at = 0
        while at < len(way) - 1 and at + 1 < len(frames) and frames[at + 1].repeat == way[at]:
            at += 1
        found = [(TRUE, frames[at])]
        for name in way[at:]:
            found = [
                (self.terms.both(counts, self._holds(name, frame), entry.present), entry)
                for counts, frame in found
                for entry in frame.entries.get(name, ())
            ]
        return found

    def _way(self, repeat: str) -> list[str]:
        """The repeats on the way in to a repeat's entries, the outermost first."""
        section = self.world.index.sections.get(repeat)
        return [one.name for one in reversed(self.world.index.repeats(section))]

    def _holds(self, name: str, frame: Frame) -> Term:
        return self.world.holds(self.world.index.sections[name], frame)

    def each(self, repeat: str, name: str) -> list[tuple[Term, Coded]] | None:
        """A name's values in the entries of a repeat, with whether the entry counts."""
        found = self.through(repeat)
        if found is None or self.world.homes.get(name) != repeat:
            return None
        wanted = self.type_of(name) or "number"
        return [(counts, frame.values.get(name) or self.havoc(wanted)) for counts, frame in found]

    def entries(self, repeat: str) -> Coded:
        """How many entries a repeat has."""
        found = self.through(repeat)
        if found is None:
            return missing("number")
        counted_there = self.world.root.counts.get(repeat)
        if len(self._way(repeat)) == 1 and counted_there is not None:
            holds = self._holds(repeat, self.world.root)
            nothing = self.terms.number(0)
            return Coded("number", TRUE, self.terms.choose(holds, counted_there, nothing))
        exact = counted([counts for counts, _frame in found], self.terms)
        return self.whole(repeat, Coded("number", TRUE, exact))

    def whole(self, repeat: str, exact: Coded) -> Coded:
        """What is said of all entries, where only some of them are looked at."""
        way = self._way(repeat)
        over = [term for name in way for term in self.world.over.get(name, ())]
        if over:
            exact = pick(self.terms.either(*over), self.world.havoc(exact.type), exact, self.terms)
        partly = any(name in self.world.partly for name in way)
        return self.world.widened(exact) if partly else exact

    def offered(self, attribute: str) -> Coded:
        """What the choice that is looked at says of itself."""
        word = (self.says or {}).get(attribute)
        if word is None:
            return missing("one")
        code = self.numbered.code("one", word)
        return Coded("one", TRUE, self.terms.number(code), possible=frozenset((code,)))

    def matching(self, text: Coded, pattern: str) -> Term:
        """Whether a text matches a pattern."""
        return self.world.answers.matching(text, pattern)

    def today(self) -> Coded:
        """The session's day."""
        return Coded("date", TRUE, self.terms.number(self.world.today_code))

    def score(self) -> Coded:
        """The percentage of points reached."""
        return self.havoc("number") if self.world.score is None else self.world.score

    def havoc(self, answer_type: str) -> Coded:
        """Any value at all."""
        return self.world.havoc(answer_type)
