"""The workload of the figures: a definition of some size, made of one seed, the same for every engine.

The first six questions are hubs that many conditions read; the others read one another nearby. Calculations come in chains
of three, over a window of numbers. What a condition reads has been asked before, as the checks demand.
"""

from dataclasses import dataclass, field
from typing import Any

from tests import definitions as made
from tests.peers.chance import Chance

SEED = 42
CHOICES = ("red", "green", "blue", "white", "black")
PATTERN = "[A-Za-z]{2,10}[0-9]*"
HUBS = ("bool", "one", "number", "text", "date", "bool")
# of ten questions that follow one another
SHARES = {"one": 3, "number": 2, "bool": 2, "text": 1, "date": 1, "many": 1}
QUESTION_TYPES = {
    "one": "choose_one",
    "number": "integer",
    "bool": "yes_no",
    "text": "text",
    "date": "date",
    "many": "choose_several",
}
NEARBY = 30
WINDOW = 12
Expression = list[Any]


@dataclass(frozen=True)
class Size:
    """How much there is of everything. `step` is how many questions an answer goes forward."""

    name: str
    questions: int
    sections: int
    conditions: int
    chains: int
    constraints: int
    pipes: int
    entries: int
    fields: int
    step: int = 1


SIZES = {
    size.name: size
    for size in (
        Size("small", 30, 5, 12, 1, 6, 4, 2, 4),
        Size("big", 500, 40, 200, 10, 100, 60, 20, 12),
        Size("huge", 5000, 400, 2000, 100, 1000, 600, 20, 12, step=20),
    )
}


@dataclass
class Asked:
    """A question on its way to become one."""

    name: str
    type: str
    required: bool
    label: str
    relevance: Expression | None = None
    members: dict[str, Any] = field(default_factory=dict)

    def question(self) -> dict[str, Any]:
        """As the definition has it."""
        if self.type in {"one", "many"}:
            self.members["choices"] = list(CHOICES)
        return made.question(
            self.name,
            QUESTION_TYPES[self.type],
            label=self.label,
            required=self.required,
            relevance=self.relevance,
            **self.members,
        )


def constant(answer_type: str, value: Any) -> Expression:
    return ["value", answer_type, value]


def answer(name: str) -> Expression:
    return ["answer", name]


class _Maker:
    def __init__(self, size: Size) -> None:
        self.size = size
        self.chance = Chance(SEED)
        self.asked = [self.new(at, kind) for at, kind in enumerate(self.kinds())]
        self.calculations: dict[int, list[dict[str, Any]]] = {}  # by section
        self.known: list[tuple[int, str]] = []  # after which question a calculation is known

    def kinds(self) -> list[str]:
        """The types of all questions: ten by ten in some order of their own."""
        ten = [kind for kind, share in SHARES.items() for _ in range(share)]
        found: list[str] = []
        while len(found) < self.size.questions:
            found += self.chance.mixed(ten)
        return [*HUBS, *found[len(HUBS) : self.size.questions]]

    def new(self, at: int, kind: str) -> Asked:
        return Asked(f"q{at + 1}", kind, self.chance.hits(50), f"What is number {at + 1}?")

    def section_of(self, at: int) -> int:
        return at * self.size.sections // self.size.questions

    def definition(self) -> dict[str, Any]:
        """Everything in its order: each part may read what was made before it."""
        for chain in range(self.size.chains):
            self.calculate(chain + 1)
        later = range(len(HUBS), self.size.questions)
        for at in self.chance.some(later, self.size.conditions):
            self.asked[at].relevance = self.condition(at)
        self.constrain()
        for at in self.chance.some(later, self.size.pipes):
            self.asked[at].label = self.piped(at)
        sections = [self.section(number) for number in range(self.size.sections)]
        middle = self.size.sections // 2
        sections.insert(middle, self.repeat())
        return made.data(*sections, kind="form", name=f"workload_{self.size.name}")

    def section(self, number: int) -> dict[str, Any]:
        inside = [at for at in range(self.size.questions) if self.section_of(at) == number]
        items = [self.asked[at].question() for at in inside]
        if number == self.size.sections // 2:
            total = ["sum", ["each", "rep", "f2"]]
            items.append(made.calculation("total", "number", total))
        relevance = None
        if number % 4 == 3:
            relevance = ["or", self.term(inside[0]), self.first_hub()]
        items += self.calculations.get(number, [])
        return made.section(f"s{number + 1}", *items, relevance=relevance)

    def first_hub(self) -> Expression:
        return ["eq", answer("q1"), constant("bool", True)]

    # Calculations

    def calculate(self, chain: int) -> None:
        """a = n1 + n2 + 2 n3, b = 1.5 a + n4, c = b above 100 less 10; what is not answered counts as 0."""
        numbers = [at for at, asked in enumerate(self.asked) if asked.type == "number"]
        begin = self.chance.below(max(1, len(numbers) - WINDOW))
        window = self.chance.some(numbers[begin : begin + WINDOW], 4)
        first, second, third, fourth = (self.number(self.asked[at].name) for at in window)
        a, b, c = (f"c{chain}{letter}" for letter in "abc")
        a_is = ["add", first, second, ["mul", constant("number", "2"), third]]
        b_is = ["add", ["mul", constant("number", "1.5"), answer(a)], fourth]
        above = ["gt", answer(b), constant("number", "100")]
        c_is = ["if", above, ["sub", answer(b), constant("number", "10")], answer(b)]
        last = window[-1]
        rows = self.calculations.setdefault(self.section_of(last), [])
        for name, expression in ((a, a_is), (b, b_is), (c, c_is)):
            rows.append(made.calculation(name, "number", expression))
            self.known.append((last, name))

    def number(self, name: str) -> Expression:
        return ["or_else", answer(name), constant("number", "0")]

    # Conditions

    def condition(self, at: int) -> Expression:
        terms = [self.term(at) for _ in range(1 + self.chance.below(3))]
        return terms[0] if len(terms) == 1 else [self.chance.one(("and", "or")), *terms]

    def term(self, at: int) -> Expression:
        """Something about what was asked before: mostly nearby, at times a hub, at times a calculation."""
        known = [name for last, name in self.known if last < at]
        if known and self.chance.hits(5):
            limit = constant("number", str(self.chance.below(200)))
            return ["gt", answer(self.chance.one(known)), limit]
        lot = self.chance.below(100)
        if lot < 10:
            source = self.chance.below(min(at, len(HUBS)))
        elif lot < 73:
            source = at - 1 - self.chance.below(min(at, NEARBY))
        else:
            source = self.chance.below(at)
        return self.about(self.asked[source])

    def about(self, asked: Asked) -> Expression:
        it, chance = answer(asked.name), self.chance
        match asked.type:
            case "bool":
                return ["eq", it, constant("bool", chance.hits(60))]
            case "number":
                limit = constant("number", str(chance.below(100)))
                return [chance.one(("lt", "le", "gt", "ge")), it, limit]
            case "one" if chance.hits(50):
                return ["eq", it, constant("one", chance.one(CHOICES))]
            case "one":
                return ["one_of", it, *(constant("one", name) for name in chance.some(CHOICES, 3))]
            case "many":
                return ["contains", it, constant("one", chance.one(CHOICES))]
            case "date":
                return ["ge", it, constant("date", day(chance))]
        return ["answered", it] if chance.hits(70) else ["not", ["answered", it]]

    # Constraints and texts

    def constrain(self) -> None:
        """About a quarter ranges, a quarter patterns, the rest against another answer of the same type."""
        quarter = self.size.constraints // 4
        texts = [asked for asked in self.asked if asked.type == "text"]
        numbers = [at for at, asked in enumerate(self.asked) if asked.type == "number"]
        dates = [at for at, asked in enumerate(self.asked) if asked.type == "date"]
        patterned = self.chance.some(texts, quarter)
        for asked in patterned:
            asked.members["pattern"] = PATTERN
        ranged = self.chance.some(numbers, quarter)
        for at in ranged:
            self.asked[at].members |= {"minimum": "0", "maximum": "90"}
        crossed = self.size.constraints - len(patterned) - len(ranged)
        free = sorted({*numbers[1:], *dates[1:]} - {*ranged})
        for at in self.chance.some(free, crossed):
            same = numbers if self.asked[at].type == "number" else dates
            other = self.asked[self.chance.one([place for place in same if place < at])].name
            test = ["ge", answer(self.asked[at].name), answer(other)]
            self.asked[at].members["constraints"] = [(test, f"Not less than {other}.")]

    def piped(self, at: int) -> str:
        source = self.asked[at - 1 - self.chance.below(min(at, NEARBY))].name
        known = [name for last, name in self.known if last < at]
        also = f", {{{self.chance.one(known)}}}" if known and self.chance.hits(25) else ""
        return f"What is number {at + 1}, after {{{source}}}{also}?"

    def repeat(self) -> dict[str, Any]:
        """Entries that are there from the start. Of twelve fields five have a condition, two a constraint, two a hole."""
        kinds = ("text", "number", "one", "bool", "date", "number")
        fields = [
            Asked(
                f"f{at + 1}", kinds[at % len(kinds)], self.chance.hits(50), f"And part {at + 1}?"
            )
            for at in range(self.size.fields)
        ]
        for at in self.chance.some(range(1, len(fields)), len(fields) * 5 // 12):
            fields[at].relevance = ["or", self.about(fields[at - 1]), self.first_hub()]
        fields[1].members |= {"minimum": "0", "maximum": "90"}
        fields[0].members["pattern"] = PATTERN
        fields[2].label, fields[3].label = "And part 3, after {f1}?", "And part 4, after {f2}?"
        items = [each.question() for each in fields]
        many = {"minimum": self.size.entries, "maximum": self.size.entries}
        return made.section("rep", *items, repeat=many)


def day(chance: Chance) -> str:
    """A day of the year 2026, none after the 28th."""
    return f"2026-{1 + chance.below(12):02d}-{1 + chance.below(28):02d}"


def definition_of(size: Size) -> dict[str, Any]:
    """The definition as plain JSON data."""
    return _Maker(size).definition()
