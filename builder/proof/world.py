"""The world of a definition: what everything in it is, as terms over all that may be answered.

Built in the engine's own order of evaluation. A repeat has a few entries here; what is said of all its entries is exact in a narrow
world, where there are no more, and anything in a wide one, where there may be. Something that is read before it is known (in a
draft's ring) may be anything: *free*.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from builder.conditions import Constant, Expression, Offered, walk
from builder.definition import Calculation, Definition, Outcome, Question, Section, TextItem
from builder.definition.graph import edges, order
from builder.definition.walk import Index, answer_type, index
from builder.proof.answers import Answers
from builder.proof.coded import Coded, missing, only_if, pick
from builder.proof.coding import Numbered, day_of
from builder.proof.effective import effective
from builder.proof.expressions import is_true, read
from builder.proof.rows import FALSE, TRUE, Term
from builder.proof.scoring import score_of
from builder.proof.sight import Frame, Look
from builder.proof.spoken import spoken_in
from builder.proof.terms import Terms
from builder.values import LISTS
from builder.values.decimals import PLACES

if TYPE_CHECKING:
    from builder.proof.raw import Raw

# A repeat is looked at with this many entries, or the least it has; all in all with so many answers.
FEW: Final = 2
MOST_ENTRIES: Final = 30
MOST_ANSWERS: Final = 2_000


@dataclass
class World:
    """What a definition is in terms."""

    definition: Definition
    today: str
    terms: Terms = field(default_factory=Terms)
    numbered: Numbered = field(default_factory=Numbered)

    def __post_init__(self) -> None:
        self.definition = straightened(self.definition)
        self.index: Index = index(self.definition)
        self.wide: Term = self.terms.unknown_truth()
        self.free: set[Term] = set()
        self.answers = Answers(self.terms, self.numbered, spoken_in(self.definition), self.wide)
        self.today_code = day_of(self.today)
        self.root = Frame(None, None)
        self.frames: dict[str, list[Frame]] = {"": [self.root]}
        self.homes: dict[str, str] = {}  # names and the repeat whose entries hold them
        self.placed: list[Section] = []
        self.score: Coded | None = None
        self.partly: set[str] = set()  # repeats that may have more entries than are looked at
        self.rough: list[Term] = []  # calculations that may leave the range
        self.over: dict[
            str, list[Term]
        ] = {}  # and the truths that they have, where a number says how many
        self.raws: dict[tuple[str, str], Raw] = {}
        self._answers_made = 0
        self._place()
        self._build()

    def _place(self) -> None:
        """Which names there are, and where: of two with the same name the first counts, as in the engine."""
        seen: set[str] = set()
        for section in self.definition.sections:
            if section.name in seen:
                continue
            seen.add(section.name)
            self.placed.append(section)
            home = self.home_of(section)
            for item in section.items:
                if not isinstance(item, TextItem):
                    self.homes.setdefault(item.name, home)

    def home_of(self, section: Section) -> str:
        """The repeat whose entries hold a section's items; an empty text for the root."""
        return next((one.name for one in self.index.repeats(section)), "")

    def outside_of(self, section: Section) -> str:
        """The repeat whose entries hold the section itself."""
        around = self.index.sections.get(section.within or "")
        return "" if around is None else self.home_of(around)

    def _build(self) -> None:
        items = {
            item.name: (section, item)
            for section in reversed(self.placed)
            for item in reversed(section.items)
            if not isinstance(item, TextItem)
        }
        sections = {section.name: section for section in self.placed}
        for kind, name in order(edges(self.definition))[0]:
            if kind == "section" and name in sections:
                self._section(sections[name])
            elif kind == "value" and name in items:
                self._value(*items[name])
            elif kind == "score":
                self.score = score_of(self)

    def _section(self, section: Section) -> None:
        around = self.index.sections.get(section.within or "")
        for frame in self.frames.get(self.outside_of(section), ()):
            outer = TRUE if around is None else self.holds(around, frame)
            own = is_true(section.relevance, Look(self, frame))
            frame.sections[section.name] = self.terms.both(outer, own)
            if section.repeat is not None:
                self._entries(section, frame)

    def holds(self, section: Section, frame: Frame) -> Term:
        """Whether a section is relevant, seen from its entries or from where it lies."""
        at: Frame | None = frame
        while at is not None:
            found = at.sections.get(section.name)
            if found is not None:
                return found
            at = at.parent
        return self.free_truth()  # read before it is known, in a draft's ring

    def _entries(self, section: Section, frame: Frame) -> None:
        repeat, terms = section.repeat, self.terms
        assert repeat is not None  # noqa: S101 - callers have asked
        asked = sum(isinstance(item, Question) for item in section.items) or 1
        few = min(repeat.maximum, max(repeat.minimum if repeat.count is None else 0, FEW))
        if self._answers_made + asked * few > MOST_ANSWERS or few > MOST_ENTRIES:
            few = min(few, FEW)
        self._answers_made += asked * few
        if repeat.count is not None:
            count = self._counted(read(repeat.count, Look(self, frame)), repeat.maximum)
        else:
            count = terms.unknown(min(repeat.minimum, repeat.maximum), repeat.maximum)
            frame.chosen[section.name] = count
            narrow = terms.most(count, terms.number(max(few, 0)))
            terms.holds(count, terms.either(self.wide, narrow))
        if repeat.maximum > few:
            self.partly.add(section.name)
            if repeat.count is not None:
                more = terms.less(terms.number(few), count)
                self.over.setdefault(section.name, []).append(more)
        frame.counts[section.name] = count
        made = frame.entries[section.name] = []
        for number in range(few):
            present = terms.most(terms.number(number + 1), count)
            before = made[-1] if made else None
            entry = Frame(section.name, frame, str(number + 1), present, before)
            made.append(entry)
            self.frames.setdefault(section.name, []).append(entry)

    def _counted(self, number: Coded, maximum: int) -> Term:
        """How many entries follow a number: whole ones, none for Missing."""
        terms = self.terms
        nothing, most = terms.number(0), terms.number(maximum)
        if number.type != "number":
            return nothing
        units = terms.whole(number.value, 10**number.scale)
        low = terms.choose(terms.less(units, nothing), nothing, units)
        within = terms.choose(terms.less(most, low), most, low)
        return terms.choose(number.known, within, nothing)

    def _value(self, section: Section, item: Question | Calculation) -> None:
        for frame in self.frames.get(self.home_of(section), ()):
            look = Look(self, frame)
            if isinstance(item, Calculation):
                before = len(self.terms.overflows)
                frame.values[item.name] = self.fitting(read(item.expression, look), item)
                rough = self.terms.either(*self.terms.overflows[before:])
                self.rough.append(self.terms.both(frame.there(self.terms), rough))
                continue
            raw, given = self.answers.of(item, frame.prefix + item.name)
            if item.read_only in {True, Constant("bool", True)}:  # nobody can answer it
                given, raw.garbled = missing(answer_type(item)), FALSE
            self.raws[frame.prefix, item.name] = raw
            relevant = self.terms.both(self.holds(section, frame), is_true(item.relevance, look))
            frame.relevant[item.name] = relevant
            value = effective(item, raw, given, look)
            frame.values[item.name] = only_if(relevant, value, self.terms)

    def fitting(self, value: Coded, item: Calculation) -> Coded:
        """What a calculation gives, if it is of the type it says; a draft's may be of any."""
        if value.type == item.type:
            return value
        return missing(item.type) if value.known == FALSE else self.havoc(item.type)

    # What cannot be said

    def free_truth(self) -> Term:
        """A truth of which nothing is known."""
        made = self.terms.unknown_truth()
        self.free.add(made)
        return made

    def havoc(self, answer_kind: str) -> Coded:
        """Any value of a type: whatever hangs on it is not decided by what it is here."""
        found, unknowns = self._anything(answer_kind)
        self.free.update(unknowns)
        return found

    def _anything(self, answer_kind: str) -> tuple[Coded, list[Term]]:
        terms = self.terms
        known, value = terms.unknown_truth(), terms.unknown_truth()
        if answer_kind == "bool":
            both = terms.both(known, value), terms.both(known, terms.no(value))
            return Coded("bool", known, *both), [known, value]
        if answer_kind in LISTS:
            chosen = {code: terms.unknown_truth() for code in sorted(self.answers.chosen)[:300]}
            members = {code: terms.both(known, one) for code, one in chosen.items()}
            return Coded(answer_kind, known, members=members), [known, *chosen.values()]
        number = terms.unknown()
        scale = PLACES if answer_kind == "number" else 0
        return Coded(answer_kind, known, number, scale=scale), [known, number]

    def widened(self, exact: Coded) -> Coded:
        """The value in a narrow world, any in a wide one."""
        return pick(self.wide, self._anything(exact.type)[0], exact, self.terms)

    def attributes_in(self, choice_filter: Expression) -> tuple[str, ...]:
        """What a filter asks of choices."""
        asked = {node.attribute for node in walk(choice_filter) if isinstance(node, Offered)}
        return tuple(sorted(asked))

    def most_of(self, repeat: str) -> int:
        """How many entries a repeat may have."""
        found = self.index.sections[repeat].repeat
        return 0 if found is None else found.maximum


def straightened(definition: Definition) -> Definition:
    """The definition as the engine reads a draft: a section lies within an earlier one, or in none."""
    seen: set[str] = set()
    sections = []
    for section in definition.sections:
        known = section.within is None or section.within in seen
        sections.append(section if known else replace(section, within=None))
        seen.add(section.name)
    changed = any(new is not old for new, old in zip(sections, definition.sections, strict=True))
    return replace(definition, sections=tuple(sections)) if changed else definition


def outcomes_of(world: World) -> list[tuple[Outcome, Term]]:
    """The outcomes, with whether each fits."""
    look = Look(world, world.root)
    return [(one, is_true(one.relevance, look)) for one in world.definition.outcomes]


def condition_in(world: World, expression: Expression, frame: Frame) -> Coded:
    """What a condition says in a frame."""
    return read(expression, Look(world, frame))
