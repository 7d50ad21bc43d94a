"""Faults that a script may have, planted into definitions: each names the finding that must tell of it, and where.

A plant takes a definition's data and a chance, changes the data, and gives the places (ids) of which one must be named.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests import definitions as made
from tests.peers.chance import Chance

if TYPE_CHECKING:
    from builder.definition.translated import Pair

Data = dict[str, Any]
Planted = Callable[["Ground"], str]
_QUESTION_TYPES: Final = {
    "bool": "yes_no",
    "number": "integer",
    "date": "date",
    "one": "choose_one",
    "many": "choose_several",
    "text": "text",
}


def value(kind: str, plain: Any) -> list[Any]:
    return ["value", kind, plain]


def answer(name: str) -> list[Any]:
    return ["answer", name]


def yes(name: str, said: bool = True) -> list[Any]:
    return ["eq", answer(name), value("bool", said)]


class Ground:
    """A definition to plant in: what may be read, and where something may be added."""

    def __init__(self, data: Data, chance: Chance) -> None:
        self.data, self.chance, self.count = data, chance, 0
        # What the check knows beside a definition: translations that somebody saw, by language; the names that feeds read.
        self.known: dict[str, list[Pair]] = {}
        self.read_outside: frozenset[str] | None = None
        plain = [s for s in data["sections"] if not s["repeat"] and not s.get("within")]
        self.last = [s for s in plain if not s.get("side")][-1]
        self.asked = [q for s in plain for q in s["items"] if q["kind"] == "question"]

    def name(self) -> str:
        self.count += 1
        return f"planted_{self.count}"

    def read(self, kind: str) -> str:
        """The name of a question whose answers are of a kind; one is added where there is none."""
        fitting = [q["name"] for q in self.asked if q["type"] == _QUESTION_TYPES[kind]]
        if fitting:
            return str(self.chance.one(fitting))
        more = {"choices": ["red", "green", "blue"]} if kind in {"one", "many"} else {}
        return self.add(made.question(self.name(), _QUESTION_TYPES[kind], **more))

    def choices(self, name: str) -> list[str]:
        question = next(q for q in self.everything() if q.get("name") == name)
        return [choice["name"] for choice in question["settings"]["choices"]]

    def everything(self) -> list[Data]:
        return [item for section in self.data["sections"] for item in section["items"]]

    def add(self, item: Data) -> str:
        """An item at the end of the last section; its name."""
        self.last["items"].append(item)
        if item["kind"] == "question":
            self.asked.append(item)
        return str(item.get("name", item["id"]))

    def question(self, type: str = "text", **members: Any) -> str:
        """A question at the end; its id."""
        return f"question-{self.add(made.question(self.name(), type, **members))}"

    def line(self, words: str, relevance: Any = None) -> str:
        """A line at the end; its id."""
        return self.add(made.line(self.name(), words, relevance))

    def calculation(self, kind: str, expression: Any, **more: Any) -> str:
        """A calculation at the end; its id."""
        return f"calculation-{self.add(made.calculation(self.name(), kind, expression, **more))}"

    def section(self, *items: Data, **members: Any) -> str:
        """A section after the last; its id."""
        section = made.section(self.name(), *items, **members)
        self.data["sections"].append(section)
        return str(section["id"])

    def outcome(self, **members: Any) -> str:
        """An outcome; its id."""
        found = made.outcome(self.name(), **members)
        self.data["outcomes"].append(found)
        return str(found["id"])


def _yes_and_no(ground: Ground) -> str:
    name = ground.read("bool")
    return ground.question(relevance=["and", yes(name), yes(name, False)])


def _no_number(ground: Ground) -> str:
    it, kind = answer(ground.read("number")), "number"
    return ground.question(
        relevance=["and", ["lt", it, value(kind, "5")], ["gt", it, value(kind, "10")]]
    )


def _no_day(ground: Ground) -> str:
    it, kind = answer(ground.read("date")), "date"
    late, early = value(kind, "2030-01-01"), value(kind, "2020-01-01")
    return ground.question(relevance=["and", ["ge", it, late], ["le", it, early]])


def _no_age(ground: Ground) -> str:
    age = ["age", answer(ground.read("date")), ["today"]]
    young = ["lt", age, value("number", "18")]
    return ground.line("You are young.", ["and", young, ["ge", age, value("number", "65")]])


def _no_month(ground: Ground) -> str:
    day = answer(ground.read("date"))
    return ground.line("Later.", ["gt", day, ["add_months", day, value("number", "1")]])


def _two_of_one(ground: Ground) -> str:
    name = ground.read("one")
    first, second = ground.choices(name)[:2]
    both = [["eq", answer(name), value("one", one)] for one in (first, second)]
    return ground.line("Both.", ["and", *both])


def _many_and_not(ground: Ground) -> str:
    name = ground.read("many")
    has = ["contains", answer(name), value("one", ground.choices(name)[0])]
    return ground.question(relevance=["and", has, ["not", ["answered", answer(name)]]])


def _no_outcome(ground: Ground) -> str:
    name = ground.read("bool")
    return ground.outcome(relevance=["and", yes(name), ["not", yes(name)]], complete=False)


def _against_the_section(ground: Ground) -> str:
    name = ground.read("bool")
    asked = made.question(ground.name(), relevance=yes(name, False))
    ground.section(made.question(ground.name()), asked, relevance=yes(name))
    return str(asked["id"])


def _chain(ground: Ground) -> str:
    """Asked only if another one is answered that is asked only in the opposite case."""
    name, middle = ground.read("bool"), ground.name()
    ground.add(made.question(middle, relevance=yes(name)))
    return ground.question(relevance=["and", ["answered", answer(middle)], yes(name, False)])


def _whole_section(ground: Ground) -> str:
    name = ground.read("bool")
    never = ["and", yes(name), yes(name, False)]
    return ground.section(made.question(ground.name()), relevance=never)


def _side(ground: Ground) -> str:
    it = answer(ground.read("number"))
    never = ["and", ["gt", it, value("number", "3")], ["lt", it, value("number", "3")]]
    return ground.section(made.question(ground.name()), relevance=never, side=True)


def _too_many_entries(ground: Ground) -> str:
    repeat = ground.name()
    ground.data["sections"].append(
        made.section(repeat, made.question(ground.name()), repeat={"minimum": 0, "maximum": 3})
    )
    count = ["count", ["entries", repeat]]
    return ground.section(
        made.question(ground.name()), relevance=["gt", count, value("number", "3")]
    )


def _sum_of_nothing(ground: Ground) -> str:
    name = ground.read("bool")
    points = ["if", yes(name), value("number", "2"), value("number", "1")]
    ground.calculation("number", points)
    total = ["add", answer(f"planted_{ground.count}"), value("number", "1")]
    return ground.line("Much.", ["gt", total, value("number", "3")])


def _within_a_repeat(ground: Ground) -> str:
    first, second = ground.name(), ground.name()
    asked = made.question(second, relevance=["and", yes(first), yes(first, False)])
    ground.section(made.question(first, "yes_no"), asked, repeat={"minimum": 1, "maximum": 5})
    return str(asked["id"])


def _beyond_its_bound(ground: Ground) -> str:
    bounded = ground.name()
    ground.add(made.question(bounded, "integer", minimum="0", maximum="90"))
    return ground.question(relevance=["gt", answer(bounded), value("number", "90")])


def _bounds(ground: Ground) -> str:
    return ground.question("integer", minimum="10", maximum="5")


def _bound_and_constraint(ground: Ground) -> str:
    name = ground.name()
    test = ["lt", answer(name), value("number", "0")]
    asked = made.question(name, "integer", minimum="0", constraints=[(test, "Less than none.")])
    ground.add(asked)
    return str(asked["id"])


def _pattern_and_constraint(ground: Ground) -> str:
    name = ground.name()
    test = ["one_of", answer(name), value("text", "abc"), value("text", "def")]
    asked = made.question(name, pattern="[0-9]{4}", constraints=[(test, "One of these.")])
    ground.add(asked)
    return str(asked["id"])


def _two_patterns(ground: Ground) -> str:
    name = ground.name()
    test = ["matches", answer(name), value("text", "[a-z]+")]
    asked = made.question(name, pattern="[0-9]+", constraints=[(test, "Small letters.")])
    ground.add(asked)
    return str(asked["id"])


def _required_bounds(ground: Ground) -> str:
    return ground.question("integer", minimum="10", maximum="5", required=True)


def _required_locked(ground: Ground) -> str:
    return ground.question(required=True, read_only=True)


def _required_date(ground: Ground) -> str:
    low, high = value("date", "2026-05-01"), ["add_days", ["today"], value("number", "-1")]
    return ground.question("date", minimum=low, maximum=high, required=True)


def _never_ready(ground: Ground) -> str:
    ground.section(
        made.question(ground.name(), "integer", minimum="10", maximum="5", required=True)
    )
    return ground.outcome(label="All done")


def _always(ground: Ground) -> str:
    it = ["answered", answer(ground.read("text"))]
    return ground.question(relevance=["or", it, ["not", it]])


def _always_number(ground: Ground) -> str:
    it = ["or_else", answer(ground.read("number")), value("number", "0")]
    zero = value("number", "0")
    return ground.question(relevance=["or", ["ge", it, zero], ["lt", it, zero]])


def _never_false(ground: Ground) -> str:
    name = ground.read("bool")
    return ground.question(relevance=["or", yes(name), yes(name, False)])


def _all_choices(ground: Ground) -> str:
    name = ground.read("one")
    all_ = [value("one", choice) for choice in ground.choices(name)]
    return ground.question(relevance=["one_of", answer(name), *all_])


def _as_its_section(ground: Ground) -> str:
    name = ground.read("bool")
    asked = made.question(ground.name(), relevance=yes(name))
    ground.section(made.question(ground.name()), asked, relevance=yes(name))
    return str(asked["id"])


def _idle_constraint(ground: Ground) -> str:
    name = ground.name()
    test = ["le", answer(name), value("number", "10")]
    asked = made.question(
        name, "scale", minimum="0", maximum="10", constraints=[(test, "At most ten.")]
    )
    ground.add(asked)
    return str(asked["id"])


def _never_required(ground: Ground) -> str:
    name = ground.read("bool")
    return ground.question(required=["and", yes(name), ["not", yes(name)]])


def _row(condition: list[Any], said: str) -> list[Any]:
    return ["when", condition, value("text", said)]


def _dead_row(ground: Ground) -> str:
    it = answer(ground.read("number"))
    never = ["and", ["gt", it, value("number", "9")], ["lt", it, value("number", "9")]]
    rows = [_row(["gt", it, value("number", "3")], "much"), _row(never, "nothing")]
    return ground.calculation("text", ["or_else", *rows, value("text", "other")], shown=True)


def _shadowed_row(ground: Ground) -> str:
    it = answer(ground.read("number"))
    rows = [
        _row(["ge", it, value("number", "10")], "ten"),
        _row(["ge", it, value("number", "20")], "twenty"),
    ]
    return ground.calculation("text", ["or_else", *rows, value("text", "few")], shown=True)


def _gap(ground: Ground) -> str:
    it = answer(ground.read("number"))
    rows = [
        _row(["gt", it, value("number", "10")], "more"),
        _row(["lt", it, value("number", "10")], "less"),
    ]
    return ground.calculation("text", ["or_else", *rows], shown=True)


_TOWNS: Final = [
    {"name": "ghent", "label": {"en": "Ghent"}, "attributes": {"kin": "east"}},
    {"name": "bruges", "label": {"en": "Bruges"}, "attributes": {"kin": "west"}},
    {"name": "nowhere", "label": {"en": "Nowhere"}, "attributes": {"kin": "none"}},
]


def _filtered(ground: Ground, *provinces: str) -> str:
    province = ground.name()
    ground.add(made.question(province, "choose_one", choices=list(provinces)))
    offered = ["eq", ["offered", "kin"], answer(province)]
    return ground.question("choose_one", choices=_TOWNS, choice_filter=offered)


def _never_offered(ground: Ground) -> str:
    return _filtered(ground, "east", "west")


def _nothing_left(ground: Ground) -> str:
    return _filtered(ground, "east", "west", "north", "none")


def _dead_end(ground: Ground) -> str:
    name = ground.read("bool")
    ground.data["outcomes"].clear()
    return ground.outcome(relevance=yes(name), complete=True)


def _dead_end_by_two(ground: Ground) -> str:
    it = answer(ground.read("number"))
    ground.data["outcomes"].clear()
    ground.outcome(relevance=["gt", it, value("number", "10")])
    return ground.outcome(relevance=["le", it, value("number", "5")])


def _idle_effect(ground: Ground) -> str:
    name, day = ground.read("bool"), ground.name()
    ground.add(made.question(day, "date", relevance=yes(name)))
    effect = ("issue_document", {"document": "letter", "valid_from": day})
    return ground.outcome(relevance=yes(name, False), effects=[effect])


def _idle_repeat(ground: Ground) -> str:
    name, repeat = ground.read("bool"), ground.name()
    ground.data["sections"].append(
        made.section(
            repeat, made.question(ground.name()), relevance=yes(name), repeat={"maximum": 4}
        )
    )
    effect = ("spawn_items", {"repeat": repeat, "campaign": "calls"})
    return ground.outcome(relevance=yes(name, False), effects=[effect])


def _effect_of_nothing(ground: Ground) -> str:
    name = ground.read("bool")
    effect = ("grant_skill", {"skill": "first_aid", "days": "30"})
    return ground.outcome(relevance=["and", yes(name), yes(name, False)], effects=[effect])


def _empty_hole(ground: Ground) -> str:
    name, other = ground.name(), ground.name()
    ground.add(made.question(name, "yes_no"))
    ground.add(made.question(other, relevance=yes(name)))
    return ground.line(f"You said {{{other}}}.", yes(name, False))


def _untranslated(ground: Ground) -> str:
    ground.data["languages"] = [*ground.data["languages"], "xx"]
    return str(ground.asked[0]["id"])


def _unknown_hole(ground: Ground) -> str:
    return ground.line("You said {nobody_asked_this}.")


def _unread(ground: Ground) -> str:
    return ground.question("hidden")


def _unread_sum(ground: Ground) -> str:
    return ground.calculation("number", ["add", value("number", "1"), value("number", "2")])


def _ring(ground: Ground) -> str:
    first, second = ground.name(), ground.name()
    ground.add(made.calculation(first, "number", ["add", answer(second), value("number", "1")]))
    ground.add(made.calculation(second, "number", ["add", answer(first), value("number", "1")]))
    return f"calculation-{first}"


def _part_of_an_or(ground: Ground) -> str:
    name, it = ground.read("bool"), answer(ground.read("number"))
    never = ["and", ["gt", it, value("number", "7")], ["lt", it, value("number", "6")]]
    return ground.question(relevance=["or", yes(name), never])


def _crossing_bounds(ground: Ground) -> str:
    low, high = ground.name(), ground.name()
    ground.add(made.question(low, "integer"))
    ground.add(made.question(high, "integer"))
    return ground.question("integer", minimum=answer(low), maximum=answer(high))


@dataclass(frozen=True)
class Plant:
    """One fault: the codes of which one must be told at its place; `shown`: the finding must have a witness."""

    says: str
    codes: tuple[str, ...]
    plant: Planted
    shown: bool = False


PLANTS: Final = (
    Plant("yes and no", ("contradiction",), _yes_and_no),
    Plant("a number below 5 and above 10", ("contradiction",), _no_number),
    Plant("a day after 2030 and before 2020", ("contradiction",), _no_day),
    Plant("an age under 18 and of 65", ("contradiction",), _no_age),
    Plant("a day after the one a month later", ("contradiction",), _no_month),
    Plant("two choices of one", ("contradiction",), _two_of_one),
    Plant("chosen and not answered", ("contradiction",), _many_and_not),
    Plant("an outcome that never fits", ("contradiction",), _no_outcome),
    Plant("against its section's condition", ("unreachable",), _against_the_section),
    Plant("behind a question that is not asked", ("contradiction",), _chain),
    Plant("a section nobody reaches", ("contradiction",), _whole_section),
    Plant("a side section nothing opens", ("side_never_opens",), _side),
    Plant("more entries than there may be", ("contradiction",), _too_many_entries),
    Plant("a sum that cannot be", ("contradiction",), _sum_of_nothing),
    Plant("in each entry yes and no", ("contradiction",), _within_a_repeat),
    Plant("only after a wrong answer", ("only_after_wrong",), _beyond_its_bound, shown=True),
    Plant("least above most", ("no_answer_fits",), _bounds),
    Plant("a constraint against a bound", ("no_answer_fits",), _bound_and_constraint),
    Plant("a constraint against a pattern", ("no_answer_fits",), _pattern_and_constraint),
    Plant("two patterns that exclude each other", ("no_answer_fits",), _two_patterns),
    Plant("required, least above most", ("required_unanswerable",), _required_bounds, shown=True),
    Plant("required and locked", ("required_unanswerable",), _required_locked, shown=True),
    Plant("required, no day left", ("required_unanswerable",), _required_date, shown=True),
    Plant("an outcome that is never ready", ("outcome_never_ready",), _never_ready),
    Plant("answered or not", ("always_true",), _always),
    Plant("any number, or none", ("always_true",), _always_number),
    Plant("yes or no", ("never_false",), _never_false),
    Plant("any of the choices", ("never_false",), _all_choices),
    Plant("its section's own condition", ("always_asked",), _as_its_section),
    Plant("a constraint nothing breaks", ("constraint_idle",), _idle_constraint),
    Plant("never required", ("contradictory",), _never_required),
    Plant("a row that never holds", ("row_never",), _dead_row),
    Plant("a row behind another", ("row_shadowed",), _shadowed_row),
    Plant("a table with a gap", ("table_gap",), _gap, shown=True),
    Plant("a choice never offered", ("choice_never_offered",), _never_offered),
    Plant("nothing to choose", ("nothing_to_choose",), _nothing_left, shown=True),
    Plant("no outcome at the end", ("dead_end",), _dead_end, shown=True),
    Plant("no outcome between two", ("dead_end",), _dead_end_by_two, shown=True),
    Plant("an effect without its day", ("effect_idle",), _idle_effect),
    Plant("an effect without entries", ("effect_idle",), _idle_repeat),
    Plant("an effect of an outcome that never fits", ("effect_never",), _effect_of_nothing),
    Plant("a hole that is always empty", ("always_missing",), _empty_hole),
    Plant("a text without translation", ("untranslated",), _untranslated),
    Plant("a hole for nothing", ("unknown_reference",), _unknown_hole),
    Plant("a hidden value nothing reads", ("unread",), _unread),
    Plant("a sum nothing reads", ("unread",), _unread_sum),
    Plant("a ring", ("cycle",), _ring),
    Plant("a dead part of an or", ("contradictory",), _part_of_an_or),
    Plant("bounds that cross", ("bounds_cross",), _crossing_bounds, shown=True),
)
