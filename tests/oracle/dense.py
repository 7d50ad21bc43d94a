"""Random definitions in which much hangs on much: every type is asked, and what every operator gives can be seen.

Beside the definitions of tests.properties, which are small and try everything, these are made to let two engines differ: most
answers are given, most expressions read some of them, and calculations show what comes out.
"""

from typing import Any

from hypothesis import strategies as st

from tests import definitions as made
from tests.properties.arbitrary import CHOICE_ROWS, QUESTION_TYPES, VALUES, Names, Reach

Data = dict[str, Any]
Draw = Any
FIRST = ("integer", "decimal", "date", "date", "yes_no", "choose_one", "choose_several", "text")
REPEATED = ("integer", "date", "choose_one")
WITHIN = ("integer", "yes_no")
INNER = ("integer", "date")
LAST = ("integer", "date", "yes_no", "choose_one", "choose_several", "text")
COMPUTED = ("bool", "number", "bool", "date", "bool", "number")
ENTRIES = ("1", "a", "b")
STEPS = 14


class _Dense:
    """Names are made of a letter for their section and a number; `near` are those of the same entry."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.names: Names = {}
        self.repeats: dict[str, Names] = {}

    def data(self) -> Data:
        first = made.section("first", *self.questions("a", FIRST, self.names))
        sections = [first, *self.repeat(), self.last("second", "e"), self.last("third", "f")]
        return made.data(*sections, kind="form", outcomes=[made.outcome("end")])

    def reach(self, near: Names) -> Reach:
        return Reach({**self.names, **near}, self.repeats)

    def condition(self, near: Names) -> Any:
        """In one case of two."""
        return self.reach(near).expression(self.draw, "bool") if self.draw(st.booleans()) else None

    def switch(self, near: Names) -> Any:
        return self.condition(near) or self.draw(st.booleans())

    def questions(self, letter: str, types: tuple[str, ...], near: Names) -> list[Data]:
        return [
            self.question(f"{letter}{number}", type_name, near)
            for number, type_name in enumerate(types)
        ]

    def question(self, name: str, type_name: str, near: Names) -> Data:
        """The first questions have no condition: others shall read them."""
        answer_type = QUESTION_TYPES[type_name]
        test, first = self.condition({**near, name: answer_type}), name.startswith("a")
        asked = made.question(
            name,
            type_name,
            required=self.switch(near),
            relevance=None if first else self.condition(near),
            constraints=[] if test is None else [(test, "No.")],
            **({} if first and type_name != "decimal" else self.settings(type_name, near)),
            **({"choices": CHOICE_ROWS} if type_name.startswith("choose") else {}),
        )
        near[name] = answer_type
        return asked

    def settings(self, type_name: str, near: Names) -> Data:
        if type_name == "decimal":
            return {"scale": 12, "minimum": "0", "maximum": "100"}
        if type_name == "date":
            return {"maximum": self.reach(near).expression(self.draw, "date")}
        if type_name.startswith("choose") and self.draw(st.booleans()):
            offering = Reach({**self.names, **near}, self.repeats, offered=True)
            return {"choice_filter": offering.call(self.draw, "bool", 1)}
        return {}

    def repeat(self) -> list[Data]:
        """A repeat, a section in each of its entries, and a repeat in each of its entries."""
        near: Names = {}
        relevance = self.condition({})
        rows = self.questions("b", REPEATED, near)
        inside: Names = {}
        self.repeats["inner"] = inside
        deeper = made.section(
            "inner",
            *self.questions("d", INNER, seen := {**near}),
            self.computed("dc", "number", seen),
            within="rows",
            relevance=self.condition(near),
            repeat={"minimum": self.draw(st.integers(0, 1)), "maximum": 2},
        )
        inside |= {name: found for name, found in seen.items() if name not in near}
        opens = self.condition(near)
        deep = made.section(
            "deep",
            *self.questions("c", WITHIN, near),
            *(self.computed(f"cc{n}", t, near) for n, t in enumerate(("number", "bool", "bool"))),
            within="rows",
            relevance=opens,
        )
        self.repeats["rows"] = near
        limits = {"minimum": self.draw(st.integers(0, 1)), "maximum": len(ENTRIES)}
        outer = made.section("rows", *rows, relevance=relevance, repeat=limits)
        return [outer, deeper, deep]

    def computed(self, name: str, answer_type: str, near: Names) -> Data:
        expression = self.reach(near).call(self.draw, answer_type, 1)
        near[name] = answer_type
        return made.calculation(name, answer_type, expression)

    def last(self, name: str, letter: str) -> Data:
        relevance = self.condition({})
        items = [self.computed(f"{letter}c{n}", t, self.names) for n, t in enumerate(COMPUTED)]
        items += self.questions(letter, LAST, self.names)
        items.append(made.line(f"line-{letter}", "So.", self.condition({})))
        return made.section(name, *items, relevance=relevance)


@st.composite
def dense(draw: Draw) -> Data:
    """A definition's data, which passes the checks."""
    return _Dense(draw).data()


def filled(data: Data) -> st.SearchStrategy[list[Data]]:
    """Commands that answer most of it: entries first, then anything, now and then a blank."""
    prefixes = {"rows": [f"rows/{entry}/" for entry in ENTRIES]}
    prefixes["deep"] = prefixes["rows"]
    prefixes["inner"] = [f"{row}inner/{entry}/" for row in prefixes["rows"] for entry in "1a"]
    places = [
        (prefix + item["name"], item)
        for section in data["sections"]
        for prefix in prefixes.get(section["name"], [""])
        for item in section["items"]
        if item["kind"] == "question"
    ]
    changes = st.builds(
        lambda command, repeat, entry: {"command": command, "repeat": repeat, "entry": entry},
        st.sampled_from(["add_entry", "add_entry", "add_entry", "remove_entry"]),
        st.sampled_from(["rows", "rows", "rows/1/inner", "rows/a/inner"]),
        st.sampled_from(ENTRIES),
    )
    at_root = st.sampled_from([row for row in places if "/" not in row[0]])
    in_entry = st.sampled_from([row for row in places if "/" in row[0]])
    answers = st.one_of(at_root, at_root, in_entry).flatmap(lambda found: _answer(*found))
    begun = st.lists(changes, min_size=1, max_size=3)
    rest = st.lists(st.one_of(answers, answers, answers, answers, changes), min_size=STEPS)
    return st.builds(lambda one, two: one + two[: 2 * STEPS], begun, rest)


def _answer(place: str, item: Data) -> st.SearchStrategy[Data]:
    values = VALUES[QUESTION_TYPES[item["type"]]]
    values = st.one_of(values, values, values, values, st.none())
    return values.map(lambda value: {"command": "answer", "place": place, "value": value})
