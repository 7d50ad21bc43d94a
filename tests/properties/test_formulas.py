"""Whatever expression is written as a formula reads as the same expression; whatever is typed is an expression or a problem."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.conditions import Known, parse, parse_formula, write_formula
from builder.conditions.formula.terms import AGGREGATES, BETWEEN, COMPARISONS, KEYWORDS, UNITS
from builder.problems import say
from tests.properties.arbitrary import CHOICES, PARTS, PLAIN, Reach

# Names that are words of the language too, and choices that are names.
OUTSIDE = {
    **{f"{kind}_1": kind for kind in PLAIN},
    **{f"{kind}_1": f"parts of {kind}" for kind in PARTS},
    "not": "bool",
    "days": "number",
    "age": "number",
    "today_": "date",
    "red": "one",
    "is": "text",
    "choices": "many",
}
INSIDE = {"count": "number", "in": "date", "of": "number"}
NAMES = {
    **{
        name: Known(kind.partition(" ")[0], CHOICES if kind in {"one", "many"} else None)
        for name, kind in OUTSIDE.items()
    },
    **{
        f"{kind}_1.{part}": Known(gives)
        for kind, parts in PARTS.items()
        for part, (_drawn, gives) in parts.items()
    },
    **{name: Known(kind, repeat="sum") for name, kind in INSIDE.items()},
    "sum": Known("repeat"),
}
REACH = Reach(OUTSIDE, {"sum": INSIDE}, INSIDE, offered=True)
WORDS = [
    *KEYWORDS,
    *UNITS,
    *AGGREGATES,
    *BETWEEN,
    *NAMES,
    *(word for words, _operator, _negated in COMPARISONS for word in words),
    *["(", ")", ",", "+", "-", "*", "/", "{not}", "between", "of", "in", "on", "age", "collect"],
    *["3", "2026-03-16", '"red"', "nott", "é", "'"],
]


@st.composite
def expressions(draw: Any) -> Any:
    return REACH.expression(draw, draw(st.sampled_from(PLAIN)), draw(st.integers(1, 4)))


@settings(max_examples=400, deadline=None)
@given(data=expressions())
def test_a_formula_reads_as_what_it_was_written_of(data: Any) -> None:
    expression = parse(data, "", [])
    assert expression is not None
    assert parse_formula(write_formula(expression), NAMES) == expression


@settings(max_examples=400, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=14) | st.text(max_size=30).map(list))
def test_reading_a_formula_never_raises(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        read = parse_formula(text, NAMES)
        if isinstance(read, tuple):
            assert read
            assert all(say(problem) for problem in read)
        else:
            assert parse_formula(write_formula(read), NAMES) == read
