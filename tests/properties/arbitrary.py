"""Random definitions that pass the checks.

A definition is made front to back, so that whatever a condition reads has been asked before; a name's type is known when it
is read, so that every operator can be built with fitting arguments, Missing ones included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from builder.conditions.operators import COMPARABLE, EQUATABLE, LISTED, OPERATORS
from tests import definitions as made
from tests.properties.aims import ANYTHING, Aim

TODAY = made.TODAY
NUMBERS = st.sampled_from(
    [
        "0",
        "1",
        "-1",
        "2",
        "0.5",
        "-0.000000000001",
        "999999999999999",
        "999999999999999.999999999999",
        "3.141592653589",
        "100",
        "12",
    ]
)
DATES = st.sampled_from(
    [
        "2026-03-16",
        "2024-02-29",
        "1000-01-01",
        "9999-12-31",
        "2026-01-31",
        "1985-04-03",
        "2026-12-31",
    ]
)
TIMES = st.sampled_from(["00:00", "09:30", "23:59"])
MOMENTS = st.sampled_from(["2026-03-16T00:00", "2026-03-15T23:59", "9999-12-31T23:59"])
PARTIALS = st.sampled_from(["2024", "2024-02", "2024-02-29", "1000", "9999-12"])
TEXTS = st.sampled_from(
    [
        "a",
        "é",
        "e\u0301",
        "😀",
        "$&",
        "{n}",
        " x ",
        "10",
        "9",
        "a\u2028b",
        "A1",
        "\u1e9b\u0323",
        "\U0001d160",
    ]
)
CHOICES = ("red", "green", "B-2")
# One says nothing of its kin: then the filter's word is Missing.
CHOICE_ROWS: list[Any] = [
    {"name": "red", "label": {"en": "red", "fr": "le red"}, "attributes": {"kin": "green"}},
    {"name": "green", "label": {"en": "green", "fr": "le green"}, "attributes": {"kin": "red"}},
    {"name": "B-2", "label": {"en": "B-2"}},
]
PATTERNS = st.sampled_from(["a.*", "[A-Z][0-9]", "^\\w+$", "\\S{1,3}", "(?:a|é)?", ".", "[^a]+"])
VALUES = {
    "number": NUMBERS,
    "date": DATES,
    "time": TIMES,
    "moment": MOMENTS,
    "partial": PARTIALS,
    "text": TEXTS,
    "bool": st.booleans(),
    "one": st.sampled_from(CHOICES),
    "many": st.lists(st.sampled_from(CHOICES), min_size=1, unique=True),
    "ranked": st.lists(st.sampled_from(CHOICES), min_size=1, unique=True),
}
# Answers in parts, by question type: values to draw each part from, one more part that there is not, and their answer types.
PARTS = {
    "quantity": {"number": (NUMBERS, "number"), "unit": (st.sampled_from(CHOICES), "one")},
    "person": {
        "given_name": (TEXTS, "text"),
        "birth_date": (DATES, "date"),
        "phone": (TEXTS, "text"),
        "email": (st.just("A@B.org"), "text"),
    },
    "postal_address": {"street": (TEXTS, "text"), "city": (TEXTS, "text")},
    "point": {"latitude": (NUMBERS, "number"), "longitude": (NUMBERS, "number")},
    "matrix": {
        "first": (st.sampled_from(CHOICES), "one"),
        "B-2": (st.sampled_from(CHOICES), "one"),
    },
    "file": {"name": (TEXTS, "text"), "size": (NUMBERS, "number")},
    "photo": {"media_type": (TEXTS, "text"), "size": (NUMBERS, "number")},
    "signature": {"typed": (TEXTS, "text"), "digest": (TEXTS, "text")},
}
# What names a file counts only as a whole.
FILES = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["0" * 32, "a" * 32, "A" * 32]),
        "name": TEXTS,
        "media_type": st.sampled_from(["application/pdf", "image/jpeg", "image/png", "text/html"]),
        "size": st.sampled_from(["1", "10485760", "10485761", "2.5"]),
        "digest": st.sampled_from(["0" * 64, "b" * 64]),
    }
)
VALUES["parts"] = st.none()
# What a question of a type may be answered with, where its answer type alone does not say it.
CODES = st.sampled_from(
    [
        "Ann@Example.org",
        "https://example.org/$&",
        "HTTP://a.be",
        "4006381333931",
        "x",
        "javascript:a.b",
    ]
)
QUESTION_TYPES = {
    "text": "text",
    "long_text": "text",
    "hidden": "text",
    "email": "text",
    "url": "text",
    "barcode": "text",
    "iban": "text",
    "scale": "number",
    "time": "time",
    "date_time": "moment",
    "partial_date": "partial",
    "consent": "bool",
    "choose_from_list": "one",
    "rank": "ranked",
    **dict.fromkeys(PARTS, "parts"),
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "yes_no": "bool",
    "choose_one": "one",
    "choose_several": "many",
    "phone": "text",
}
PLAIN = [name for name in VALUES if name != "parts"]
# What most operators speak of is drawn most often: a fault of theirs is found as soon as before there were so many types.
OFTEN = ("text", "integer", "decimal", "date", "yes_no", "choose_one", "choose_several")
DRAWN = [*QUESTION_TYPES, *OFTEN * 20]
# The types that have what may be aimed at.
AIMED = {
    "filters": ("choose_one", "choose_several"),
    "bounds": ("decimal", "date"),
    "figures": ("integer", "decimal", "date"),
    "texts": ("text", "long_text"),
}
LANGUAGES = ("en", "fr", "de", "xx")

Draw = Any


def _weighed(types: Sequence[str]) -> list[str]:
    """The types that most questions have come first and often."""
    rare = {"time", "moment", "partial", "ranked"}
    return [*[name for name in types if name not in rare] * 4, *types]


Names = dict[str, str]


def constant(draw: Draw, answer_type: str) -> list[Any]:
    value = draw(VALUES[answer_type])
    if answer_type == "many":  # in the list's order
        value = [name for name in CHOICES if name in value]
    return ["value", answer_type, value]


class Reach:
    """What an expression at some place may read: names with types, the names inside repeats, and (of its own repeat) the
    names that the entry before has; in a filter of choices, what a choice says of itself."""

    def __init__(
        self,
        names: Names,
        repeats: dict[str, Names],
        before: Names | None = None,
        *,
        offered: bool = False,
        aim: Aim = ANYTHING,
    ) -> None:
        self.aim = aim
        self.names = names
        self.repeats = repeats
        self.before = before or {}
        self.offered = offered

    def expression(self, draw: Draw, wanted: str, depth: int = 2) -> list[Any]:
        leaves = [["answer", name] for name, found in self.names.items() if found == wanted]
        before = [["previous", name] for name, found in self.before.items() if found == wanted]
        leaves += before * (5 if "previous" in self.aim.operators else 1)
        if wanted == "date":
            leaves.append(["today"])
        for name, found in self.names.items():
            parts = PARTS.get(found.removeprefix("parts of "), {})
            leaves += [
                ["part", name, part] for part, (_, gives) in parts.items() if gives == wanted
            ]
        if wanted == "one" and self.offered:
            leaves += [["offered", "name"], ["offered", "kin"]] * 3
        calls = 12 if self.aim.operators and depth > 1 else 4
        options = (
            ["constant"]
            + ["leaf"] * 3 * bool(leaves)
            + ["call"] * calls * (depth > 0 and wanted != "ranked")
        )
        option = draw(st.sampled_from(options))
        if option == "constant":
            return constant(draw, wanted)
        if option == "leaf":
            return draw(st.sampled_from(leaves))
        return self.call(draw, wanted, depth - 1)

    def call(self, draw: Draw, wanted: str, depth: int) -> list[Any]:
        rows = [
            *list(getattr(self, f"_{wanted}")()),
            ("or_else", wanted, wanted),
            ("or_else", wanted, wanted, wanted),
            ("when", "bool", wanted),
            ("if", "bool", wanted, wanted),
        ]
        rows += (
            self.aggregates(wanted) * 3
        )  # few names are in repeats, and theirs are the rarer faults
        aimed = [row for row in rows if row[0] in self.aim.operators]
        row = draw(st.sampled_from(aimed if aimed and draw(st.booleans()) else rows))
        if isinstance(row, list):
            return row
        operator, *types = row
        if operator == "occurs":
            return [operator, types[0], self.expression(draw, types[1], depth)]
        if operator == "matches":
            text = self.expression(draw, "text", depth)
            return [operator, text, ["value", "text", draw(PATTERNS)]]
        whole = [["answer", name] for name, found in self.names.items() if found[:5] == "parts"]
        if operator == "answered" and whole and draw(st.booleans()):
            return [operator, draw(st.sampled_from(whole))]
        types = self.types(draw, operator) or types
        return [operator, *(self.expression(draw, one, depth) for one in types)]

    def types(self, draw: Draw, operator: str) -> list[str]:
        """The types of arguments where an operator takes several; none where its row says them."""
        among = {
            **dict.fromkeys(("lt", "le", "gt", "ge"), COMPARABLE),
            "answered": PLAIN,
            "contains": LISTED,
        }
        if operator not in {"eq", "ne", "one_of", *among}:
            return []
        drawn = draw(st.sampled_from(_weighed(among.get(operator, EQUATABLE))))
        if operator == "contains":
            return [drawn, "one"]
        times = {"one_of": draw(st.integers(2, 4)), "answered": 1}
        return [drawn] * times.get(operator, 2)

    def aggregates(self, wanted: str) -> list[Any]:
        rows: list[Any] = []
        for repeat, inside in self.repeats.items():
            if wanted == "number":
                rows.append(["count", ["entries", repeat]])
            for name, found in inside.items():
                each = ["each", repeat, name]
                if wanted == found and found in COMPARABLE:
                    rows += [[op, each] for op in ("min", "max")]
                if wanted == found == "number":
                    rows += [[op, each] for op in ("sum", "avg")]
                if wanted == "number":
                    rows.append(["count", each])
                if wanted == "number" and found in EQUATABLE:
                    rows.append(("occurs", each, found))
        return rows

    def _bool(self) -> list[tuple[str, ...]]:
        pairs = [(operator, "A", "A") for operator in ("eq", "ne", "lt", "le", "gt", "ge")]
        more = [
            ("and", "bool", "bool"),
            ("or", "bool", "bool", "bool"),
            ("not", "bool"),
        ]
        return [*pairs, *more, ("contains",), ("one_of",), ("answered",), ("matches",)]

    def _number(self) -> list[tuple[str, ...]]:
        arithmetic = [(operator, "number", "number") for operator in ("add", "sub", "mul", "div")]
        return [
            *arithmetic,
            ("add", "number", "number", "number"),
            ("days_between", "date", "date"),
            ("age", "date", "date"),
        ]

    def _date(self) -> list[tuple[str, ...]]:
        return [
            ("add_days", "date", "number"),
            ("add_months", "date", "number"),
            ("first_day", "partial"),
            ("last_day", "partial"),
        ]

    def _text(self) -> list[tuple[str, ...]]:
        return []

    _one = _time = _moment = _partial = _text

    def _many(self) -> list[tuple[str, ...]]:
        return [("collect", "one"), ("collect", "one", "one", "one")]

    def words(self, draw: Draw) -> Any:
        """A text, with holes for what can be read, in one or two languages."""
        holes = [f"{{{name}}}" for name in self.names]
        parts = draw(
            st.lists(st.sampled_from([*holes, "so ", "é", "{{x}}", "$1"]), min_size=1, max_size=4)
        )
        said = {"en": "".join(parts) + "."}
        if draw(st.booleans()):
            said["fr"] = "Et " + "".join(reversed(parts))
        return said


def maybe(draw: Draw, make: Any, chance: int = 3) -> Any:
    return make() if draw(st.integers(0, chance)) == 0 else None


@dataclass
class _Home:
    """A section that others may lie within: the names seen in it beside the root's, those of its own repeat, and its repeats."""

    name: str
    seen: Names
    own: Names
    depth: int


class _Maker:
    def __init__(self, draw: Draw, aim: Aim = ANYTHING) -> None:
        self.draw = draw
        self.aim = aim
        self.count = 0
        self.names: Names = {}
        self.repeats: dict[str, Names] = {}
        self.homes: list[_Home] = []

    def name(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def reach(self, names: Names, before: Names | None = None, **members: Any) -> Reach:
        return Reach(dict(names), dict(self.repeats), before, aim=self.aim, **members)

    def often(self, what: str, make: Any, chance: int = 3) -> Any:
        """What is there always if it is aimed at, else now and then."""
        return maybe(self.draw, make, 0 if what in self.aim.often else chance)

    def section(self) -> dict[str, Any]:
        draw, name = self.draw, self.name()
        homes = self.homes
        around = self.often("nested", lambda: draw(st.sampled_from(homes)), 1) if homes else None
        seen = around.seen if around else self.names
        outside = self.reach(seen, around.own if around else None)
        depth = around.depth if around else 0
        repeat = self.repeat(outside) if depth < 3 else None
        home = around or _Home(name, self.names, {}, 0)
        if repeat:
            home = _Home(name, dict(seen), {}, depth + 1)
        inside = _Home(name, home.seen, home.own, home.depth)
        relevance = maybe(draw, lambda: outside.expression(draw, "bool"))
        title = outside.words(draw)
        items = [self.item(inside) for _ in range(draw(st.integers(1, 4)))]
        if repeat:
            repeat["entry_label"] = Reach(inside.seen, {}).words(draw)
            self.repeats[name] = inside.own
        self.homes.append(inside)
        side = {}
        if around is None and self.homes[:-1] and self.often("sides", lambda: True, 5):
            side = {"side": True}
        within = {"within": around.name} if around else {}
        return made.section(
            name, *items, title=title, relevance=relevance, repeat=repeat, **within, **side
        )

    def repeat(self, outside: Reach) -> dict[str, Any] | None:
        draw = self.draw
        limits = self.often(
            "repeats", lambda: {"minimum": draw(st.integers(0, 1)), "maximum": 3}, 1
        )
        if limits and draw(st.integers(0, 3)) == 0:
            limits["count"] = outside.expression(draw, "number")
        return limits

    def keep(self, home: _Home, name: str, answer_type: str) -> None:
        """A name that what follows may read."""
        home.seen[name] = answer_type
        if home.seen is not self.names:
            home.own[name] = answer_type

    def item(self, home: _Home) -> dict[str, Any]:
        draw = self.draw
        reach = self.reach(home.seen, dict(home.own))
        calculations = 4 if "calculations" in self.aim.often else 1
        kind = draw(st.sampled_from(["question"] * 4 + ["calculation"] * calculations + ["line"]))
        if kind == "line":
            return made.line(
                self.name(), reach.words(draw), maybe(draw, lambda: reach.expression(draw, "bool"))
            )
        name = self.name()
        if kind == "calculation":
            answer_type = draw(st.sampled_from(self.types() or _weighed(PLAIN)))
            expression = reach.expression(draw, answer_type)
            self.keep(home, name, answer_type)
            return made.calculation(name, answer_type, expression)
        return self.question(name, reach, home)

    def types(self) -> list[str]:
        """What the operators that are aimed at give; numbers and dates where that is what they take of each entry."""
        rows = [OPERATORS[name] for name in self.aim.operators if name in OPERATORS]
        least = (
            ["number", "date"]
            if any(row.gives == "A" and row.takes == ("each",) for row in rows)
            else []
        )
        return least + [row.gives for row in rows if row.gives in PLAIN]

    def question(self, name: str, reach: Reach, home: _Home) -> dict[str, Any]:
        draw = self.draw
        aimed = [
            type_name
            for what, names in AIMED.items()
            if what in self.aim.often
            for type_name in names
        ]
        type_name = draw(st.sampled_from(aimed if aimed and draw(st.booleans()) else DRAWN))
        answer_type = QUESTION_TYPES[type_name]
        if answer_type == "parts":
            answer_type = f"parts of {type_name}"
        with_own = Reach({**reach.names, name: answer_type}, reach.repeats, aim=self.aim)
        asked = made.question(
            name,
            type_name,
            label=reach.words(draw),
            required=type_name != "hidden" and self.switch(reach),
            read_only=self.switch(reach) if draw(st.integers(0, 4)) == 0 else False,
            relevance=maybe(draw, lambda: reach.expression(draw, "bool")),
            default=None
            if answer_type not in PLAIN
            else self.often("defaults", lambda: reach.expression(draw, answer_type), 5),
            constraints=self.constraints(with_own),
            **self.settings(type_name, reach),
        )
        self.keep(home, name, answer_type)
        return asked

    def switch(self, reach: Reach) -> Any:
        draw = self.draw
        return maybe(draw, lambda: reach.expression(draw, "bool"), 4) or draw(st.booleans())

    def constraints(self, reach: Reach) -> list[Any]:
        draw = self.draw
        warns = st.just(True) if "warnings" in self.aim.often else st.booleans()
        row = self.often(
            "constraints",
            lambda: (reach.expression(draw, "bool"), reach.words(draw), draw(warns)),
        )
        return [row] if row else []

    def settings(self, type_name: str, reach: Reach) -> dict[str, Any]:
        draw = self.draw
        members: dict[str, Any] = {
            "integer": lambda: {"minimum": maybe(draw, lambda: "0")},
            "decimal": lambda: {
                "scale": 12,
                "maximum": maybe(draw, lambda: "100")
                or maybe(draw, lambda: reach.expression(draw, "number")),
            },
            "date": lambda: {"maximum": maybe(draw, lambda: reach.expression(draw, "date"))},
            "text": lambda: {
                "pattern": draw(st.sampled_from(["", "", "[a-z].*"])),
                "maximum_length": 5,
            },
            "long_text": lambda: {"maximum_length": 5},
            "barcode": lambda: {"checksum": draw(st.sampled_from(["none", "ean13", "gtin"]))},
            "scale": lambda: {"minimum": draw(st.sampled_from(["0", "-1"]))},
            "rank": lambda: {
                "choices": CHOICE_ROWS,
                "places": draw(st.integers(0, 3)),
                **self.filter(reach),
            },
            "quantity": lambda: {"units": list(CHOICES), "decimals": 12, "most": "100"},
            "matrix": lambda: {"rows": ["first", "B-2"], "choices": list(CHOICES)},
            "choose_one": lambda: {"choices": CHOICE_ROWS, **self.filter(reach)},
            "choose_from_list": lambda: {"choices": CHOICE_ROWS, **self.filter(reach)},
            "choose_several": lambda: {"choices": CHOICE_ROWS, **self.filter(reach)},
        }.get(type_name, dict)()
        return members

    def filter(self, reach: Reach) -> dict[str, Any]:
        offering = Reach(reach.names, reach.repeats, reach.before, offered=True, aim=self.aim)
        made = self.often("filters", lambda: offering.expression(self.draw, "bool"), 2)
        return {"choice_filter": made}


@st.composite
def definitions(draw: Draw, aim: Aim = ANYTHING) -> dict[str, Any]:
    """A definition's data, which passes the checks."""
    maker = _Maker(draw, aim)
    fewest = 3 if {"nested", "sides"} & {*aim.often} else 1
    sections = [maker.section() for _ in range(draw(st.integers(fewest, 4)))]
    reach = maker.reach(maker.names)
    ends = [
        made.outcome(
            "end",
            complete=draw(st.booleans()),
            label=reach.words(draw),
            relevance=maybe(draw, lambda: reach.expression(draw, "bool")),
        ),
        made.outcome("stop", complete=False),
    ]
    return made.data(*sections, languages=["en", "fr", "de"], outcomes=ends)
