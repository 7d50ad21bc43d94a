"""What an author's form may post, part by part something hostile: compiling and checking give problems, never an exception."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from builder.blocks.conditions import ConditionField
from builder.compile import Body, Source, compile_source, repaired, with_ids
from builder.definition import DefinitionUnreadable, check, load
from builder.problems import say
from tests.bodies import ask, compute, effect, formula, line, outcome, section, when

CHOICES = [{"name": "a", "label": "A"}, {"name": "b", "label": "B"}]
CASES = [
    {"value": {"test": formula("age > 3"), "result": "5"}},
    {"value": {"test": formula("age > 1"), "result": "7"}},
]
TABLE = {"label": "T", "name": "tab", "hit": "first", "gives": "number", "cases": CASES, "otherwise": "2"}  # fmt: skip
RULE = {"value": {"test": when(("this", "ne", "x")), "message": "No {age}"}}
TOLD = when(
    ("age", "gt", "3"),
    ("c", "one_of", ["a", "b"]),
    ("since", "lt", {"today": 3}),
    ("age", "eq", {"answer": "age"}),
)
BODY, OUTCOMES = with_ids(
    [
        section(
            "First",
            ask("integer", "age", minimum="0", hint="h", right="3", points="2", explanation="e"),
            ask("date", "since", minimum="today - 3", maximum="2026-12-31"),
            ask("choose_one", "c", choices=CHOICES, right="a"),
            ask("choose_several", "m", choices=CHOICES, right="a, b"),
            ask("text", "t", pattern="[a-z]+", maximum_length=9, constraints=[RULE]),
            ask("phone", "p", country="BE"),
            ask("barcode", "k", checksum="ean13"),
            ask("scale", "g", minimum="0", maximum="5", minimum_label="low"),
            line("Hello {age}!", relevance=TOLD),
            compute("date_plus_days", "until", question="since", number="3"),
            compute("formula", "f", formula="age + 1"),
            compute("age", "years", question="since"),
            {"type": "decision_table", "value": TABLE},
        ),
        section(
            "Rep",
            ask("integer", "n"),
            compute("sum", "all", question="n"),
            repeat={
                "on": True,
                "minimum": 0,
                "maximum": 5,
                "entry_label": "E {n}",
                "party": False,
            },
            relevance=formula("age > 3"),
        ),
    ],
    [
        outcome(
            "done",
            effect("issue_document", document="x", valid_from="since"),
            relevance=when(("all", "gt", "3")),
            disposition="reached",
        )
    ],
    "seed",
)
WHOLE = {"body": BODY, "outcomes": OUTCOMES}
TEXTS = ["", "a.b", "__class__", "\ud800", "x" * 100_000, "2026-02-30", "1e999999999", "NaN", "(a+)+$", "{" * 5_000, "(" * 4_000, "today + 99999", "9" * 5_000]  # fmt: skip
NUMBERS: list[Any] = [10**30, -1, 2.5, float("nan"), float("inf")]
PICKED: list[Any] = [None, [], {}, [[]], {"today": 10**40}, {"today": "x"}, {"answer": ["x"]}, {"formula": "\ud800"}, ["\ud800"], {"x": 1}]  # fmt: skip


def leaves(node: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    rows = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()  # fmt: skip
    for key, inner in rows:
        yield from leaves(inner, (*place, key))
    if place and place[-1] not in {"type", "id", "body", "outcomes"}:
        yield place, node


def junk_for(place: tuple[Any, ...], value: Any) -> list[Any]:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    fitting = TEXTS if isinstance(value, str) else NUMBERS if number else []
    return fitting + (PICKED if {"relevance", "test"} & set(place) else [])


@pytest.mark.parametrize("part", range(8))
def test_whatever_is_posted_compiles_to_problems(part: int) -> None:
    for place, value in list(leaves(WHOLE))[part::8]:
        for junk in junk_for(place, value):
            broken = copy.deepcopy(WHOLE)
            node: Any = broken
            for key in place[:-1]:
                node = node[key]
            node[place[-1]] = junk
            if cleaned(broken, place):
                assert all(said.encode() for said in problems(broken)), (place, junk)


def cleaned(broken: Any, place: tuple[Any, ...]) -> bool:
    """Let the editor's field read a condition; False where it refuses it."""
    key = next((key for key in ("relevance", "test") if key in place), None)
    if key is None:
        return True
    for step in place[: place.index(key)]:
        broken = broken[step]
    field = ConditionField(required=False)
    try:
        broken[key] = field.read(field.clean(field.write(broken[key])))
    except ValidationError:
        return False
    return True


def problems(broken: Any) -> list[str]:
    body = Body("Title", repaired(broken["body"]), repaired(broken["outcomes"]))
    compiled = compile_source(Source("lesson", "code", {"en": body}))
    found = [*compiled.problems]
    try:
        found += check(load(compiled.data))
    except DefinitionUnreadable as unreadable:
        found += unreadable.problems
    return [say(problem) for problem in found]


def test_a_calculation_of_a_kind_that_nobody_knows_is_told() -> None:
    page = [section("First", compute("constructor", "c", question="x"))]
    body, _none = with_ids(page, [], "seed")
    told = compile_source(Source("form", "code", {"en": Body("Title", body)})).problems
    assert "incomplete_calculation" in {problem.code for problem in told}


@pytest.mark.parametrize("operator", [[], {}, None, 5, "__class__"])
def test_a_condition_with_an_odd_operator_is_refused_by_its_field(operator: Any) -> None:
    posted = ConditionField.write({"rows": [{"question": "x", "operator": operator}]})
    with pytest.raises(ValidationError):
        ConditionField(required=False).clean(posted)
