"""Random definitions in which much hangs on much: every type is asked, every operator's result can be seen.

Beside the definitions of tests.properties, which are small and try everything, these are made to let two engines differ: most
answers are given, most expressions read some of them, and calculations show what comes out.
"""

from typing import Any

from hypothesis import strategies as st

from tests import definitions as made
from tests.properties.arbitrary import CHOICES, QUESTION_TYPES, VALUES, Names, Reach

Data = dict[str, Any]
Draw = Any
FIRST = ("integer", "decimal", "date", "date", "yes_no", "choose_one", "choose_several", "text")
REPEATED = ("integer", "date", "yes_no")
LAST = ("integer", "date", "yes_no", "choose_one", "text", "integer")
COMPUTED = ("bool", "number", "bool", "date", "bool", "number", "bool")
ENTRIES = ("1", "a", "b")
STEPS = 14


class _Dense:
    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.names: Names = {}
        self.repeats: dict[str, Names] = {}
        self.asked: dict[str, list[str]] = {}  # by type: places with a question

    def data(self) -> Data:
        first = made.section("first", *(self.question(f"a{n}", t) for n, t in enumerate(FIRST)))
        sections = [first, self.repeat(), self.last("second", "c"), self.last("third", "d")]
        return made.data(*sections, kind="form", outcomes=[made.outcome("end")])

    def reach(self, inside: Names | None = None) -> Reach:
        return Reach({**self.names, **(inside or {})}, self.repeats)

    def condition(self, reach: Reach) -> Any:
        """In one case of two."""
        return reach.expression(self.draw, "bool") if self.draw(st.booleans()) else None

    def question(self, name: str, type_name: str, inside: Names | None = None) -> Data:
        """The first questions have no condition: others shall read them."""
        answer_type, reach = QUESTION_TYPES[type_name], self.reach(inside)
        own = Reach({**reach.names, name: answer_type}, reach.repeats)
        test = self.condition(own)
        (self.names if inside is None else inside)[name] = answer_type
        settings: Data = {"choices": list(CHOICES)} if type_name.startswith("choose") else {}
        if type_name == "decimal":
            settings = {"scale": 12, "minimum": "0", "maximum": "100"}
        return made.question(
            name,
            type_name,
            required=self.draw(st.booleans()),
            relevance=None if name.startswith("a") else self.condition(reach),
            constraints=[] if test is None else [(test, "No.")],
            **settings,
        )

    def repeat(self) -> Data:
        inside: Names = {}
        relevance = self.condition(self.reach())
        items = [self.question(f"b{n}", t, inside) for n, t in enumerate(REPEATED)]
        items += [self.computed(f"bc{n}", t, inside) for n, t in enumerate(("number", "bool"))]
        self.repeats["rows"] = inside
        limits = {"minimum": self.draw(st.integers(0, 1)), "maximum": len(ENTRIES)}
        return made.section("rows", *items, relevance=relevance, repeat=limits)

    def computed(self, name: str, answer_type: str, inside: Names | None = None) -> Data:
        expression = self.reach(inside).call(self.draw, answer_type, 1)
        (self.names if inside is None else inside)[name] = answer_type
        return made.calculation(name, answer_type, expression)

    def last(self, name: str, letter: str) -> Data:
        relevance = self.condition(self.reach())
        items = [self.computed(f"{letter}c{n}", t) for n, t in enumerate(COMPUTED)]
        items += [self.question(f"{letter}{n}", t) for n, t in enumerate(LAST)]
        items.append(made.line(f"line-{letter}", "So.", self.condition(self.reach())))
        return made.section(name, *items, relevance=relevance)


@st.composite
def dense(draw: Draw) -> Data:
    """A definition's data, which passes the checks."""
    return _Dense(draw).data()


def filled(data: Data) -> st.SearchStrategy[list[Data]]:
    """Commands that answer most of it: entries first, then anything, now and then a blank."""
    places = [
        (f"{section['name']}/{entry}/{item['name']}" if section["repeat"] else item["name"], item)
        for section in data["sections"]
        for entry in (ENTRIES if section["repeat"] else ENTRIES[:1])
        for item in section["items"]
        if item["kind"] == "question"
    ]
    changes = st.builds(
        lambda command, entry: {"command": command, "repeat": "rows", "entry": entry},
        st.sampled_from(["add_entry", "add_entry", "remove_entry"]),
        st.sampled_from(ENTRIES),
    )
    answers = st.sampled_from(places).flatmap(lambda found: _answer(*found))
    begun = st.lists(changes, min_size=1, max_size=2)
    rest = st.lists(st.one_of(answers, answers, answers, answers, changes), min_size=STEPS)
    return st.builds(lambda one, two: one + two[: 2 * STEPS], begun, rest)


def _answer(place: str, item: Data) -> st.SearchStrategy[Data]:
    values = VALUES[QUESTION_TYPES[item["type"]]]
    values = st.one_of(values, values, values, values, st.none())
    return values.map(lambda value: {"command": "answer", "place": place, "value": value})
