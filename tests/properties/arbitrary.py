"""Random definitions that pass the checks.

A definition is made front to back, so that whatever a condition reads has been asked before; a name's type is known when it
is read, so that every operator can be built with fitting arguments, Missing ones included.
"""

from typing import Any

from hypothesis import strategies as st

from builder.conditions.operators import COMPARABLE, EQUATABLE, LISTED
from tests import definitions as made

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
}
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
LANGUAGES = ("en", "fr", "de", "xx")

Draw = Any
Names = dict[str, str]


def constant(draw: Draw, answer_type: str) -> list[Any]:
    value = draw(VALUES[answer_type])
    if answer_type == "many":  # in the list's order
        value = [name for name in CHOICES if name in value]
    return ["value", answer_type, value]


class Reach:
    """What an expression at some place may read: names with types, and the names inside repeats."""

    def __init__(self, names: Names, repeats: dict[str, Names]) -> None:
        self.names = names
        self.repeats = repeats

    def expression(self, draw: Draw, wanted: str, depth: int = 2) -> list[Any]:
        leaves = [["answer", name] for name, found in self.names.items() if found == wanted]
        if wanted == "date":
            leaves.append(["today"])
        for name, found in self.names.items():
            parts = PARTS.get(found.removeprefix("parts of "), {})
            leaves += [
                ["part", name, part] for part, (_, gives) in parts.items() if gives == wanted
            ]
        options = (
            ["constant"]
            + ["leaf"] * 3 * bool(leaves)
            + ["call"] * 4 * (depth > 0 and wanted not in LISTED)
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
            ("if", "bool", wanted, wanted),
        ]
        rows += self.aggregates(wanted)
        row = draw(st.sampled_from(rows))
        if callable(row):
            return row()
        operator, *types = row
        if types == ["A", "A"]:
            same = draw(
                st.sampled_from(COMPARABLE if operator in {"lt", "le", "gt", "ge"} else EQUATABLE)
            )
            types = [same, same]
        if operator == "one_of":
            same = draw(st.sampled_from(EQUATABLE))
            types = [same] * draw(st.integers(2, 4))
        if operator == "contains":
            types = [draw(st.sampled_from(LISTED)), "one"]
        if operator == "answered":
            whole = [
                ["answer", name] for name, found in self.names.items() if found[:5] == "parts"
            ]
            if whole and draw(st.booleans()):
                return [operator, draw(st.sampled_from(whole))]
            types = [draw(st.sampled_from(PLAIN))]
        if operator == "matches":
            return [
                operator,
                self.expression(draw, "text", depth),
                ["value", "text", draw(PATTERNS)],
            ]
        return [operator, *(self.expression(draw, one, depth) for one in types)]

    def aggregates(self, wanted: str) -> list[Any]:
        rows: list[Any] = []
        for repeat, inside in self.repeats.items():
            if wanted == "number":
                rows.append(lambda repeat=repeat: ["count", ["entries", repeat]])
            for name, found in inside.items():
                each = ["each", repeat, name]
                if wanted == found and found in COMPARABLE:
                    rows += [lambda each=each, op=op: [op, each] for op in ("min", "max")]
                if wanted == found == "number":
                    rows += [lambda each=each, op=op: [op, each] for op in ("sum", "avg")]
                if wanted == "number":
                    rows.append(lambda each=each: ["count", each])
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


class _Maker:
    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.count = 0
        self.names: Names = {}
        self.repeats: dict[str, Names] = {}

    def name(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def section(self) -> dict[str, Any]:
        draw, name = self.draw, self.name()
        outside = Reach(dict(self.names), dict(self.repeats))
        repeat = maybe(draw, lambda: {"minimum": draw(st.integers(0, 1)), "maximum": 3})
        inside: Names = {}
        relevance = maybe(draw, lambda: outside.expression(draw, "bool"))
        title = outside.words(draw)
        items = [self.item(inside) for _ in range(draw(st.integers(1, 4)))]
        if repeat:
            repeat["entry_label"] = Reach({**self.names, **inside}, {}).words(draw)
            self.repeats[name] = inside
        else:
            self.names |= inside
        return made.section(name, *items, title=title, relevance=relevance, repeat=repeat)

    def item(self, inside: Names) -> dict[str, Any]:
        draw, reach = self.draw, Reach({**self.names, **inside}, dict(self.repeats))
        kind = draw(st.sampled_from(["question"] * 4 + ["calculation", "line"]))
        if kind == "line":
            return made.line(
                self.name(), reach.words(draw), maybe(draw, lambda: reach.expression(draw, "bool"))
            )
        name = self.name()
        if kind == "calculation":
            answer_type = draw(st.sampled_from(PLAIN))
            inside[name] = answer_type
            return made.calculation(name, answer_type, reach.expression(draw, answer_type))
        return self.question(name, reach, inside)

    def question(self, name: str, reach: Reach, inside: Names) -> dict[str, Any]:
        draw = self.draw
        type_name = draw(st.sampled_from(list(QUESTION_TYPES)))
        answer_type = QUESTION_TYPES[type_name]
        if answer_type == "parts":
            answer_type = f"parts of {type_name}"
        inside[name] = answer_type
        with_own = Reach({**reach.names, name: answer_type}, reach.repeats)
        members: dict[str, Any] = {
            "integer": lambda: {"minimum": maybe(draw, lambda: "0")},
            "decimal": lambda: {"scale": 12, "maximum": maybe(draw, lambda: "100")},
            "date": lambda: {"maximum": maybe(draw, lambda: reach.expression(draw, "date"))},
            "text": lambda: {
                "pattern": draw(st.sampled_from(["", "", "[a-z].*"])),
                "maximum_length": 5,
            },
            "long_text": lambda: {"maximum_length": 5},
            "barcode": lambda: {"checksum": draw(st.sampled_from(["none", "ean13", "gtin"]))},
            "scale": lambda: {"minimum": draw(st.sampled_from(["0", "-1"]))},
            "choose_from_list": lambda: {"choices": list(CHOICES)},
            "rank": lambda: {"choices": list(CHOICES), "places": draw(st.integers(0, 3))},
            "quantity": lambda: {"units": list(CHOICES), "decimals": 12, "most": "100"},
            "matrix": lambda: {"rows": ["first", "B-2"], "choices": list(CHOICES)},
            "choose_one": lambda: {
                "choices": [(choice, {"en": choice, "fr": f"le {choice}"}) for choice in CHOICES]
            },
            "choose_several": lambda: {"choices": list(CHOICES)},
        }.get(type_name, dict)()
        return made.question(
            name,
            type_name,
            label=reach.words(draw),
            required=type_name != "hidden" and draw(st.booleans()),
            relevance=maybe(draw, lambda: reach.expression(draw, "bool")),
            constraints=[
                row
                for row in [
                    maybe(draw, lambda: (with_own.expression(draw, "bool"), with_own.words(draw)))
                ]
                if row
            ],
            **members,
        )


@st.composite
def definitions(draw: Draw) -> dict[str, Any]:
    """A definition's data, which passes the checks."""
    maker = _Maker(draw)
    sections = [maker.section() for _ in range(draw(st.integers(1, 3)))]
    reach = Reach(maker.names, maker.repeats)
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
