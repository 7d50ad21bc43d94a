"""What is a canonical value of each answer type, and what is not."""

from typing import Any

import pytest

from builder.definition import check
from builder.values import is_value
from builder.values.types import ANSWER_TYPES
from tests.definitions import definition, question, section

VALUES: list[tuple[str, list[Any], list[Any]]] = [
    ("text", ["a", " a", "é"], ["", " ", "\u3000", "a\x00", "\ud800", 7, None, ["a"]]),
    (
        "number",
        ["0", "-1", "0.5", "-0.5", "999999999999999.999999999999", "0.000000000001"],
        [
            "",
            "-0",
            "00",
            "01",
            "1.0",
            "1.50",
            ".5",
            "1.",
            "+1",
            "1e3",
            "1" * 16,
            "-0.0",
            "٣",
            1,
            "0.0000000000001",
            "1\n",
            " 1",
            None,
        ],
    ),
    (
        "date",
        ["1000-01-01", "9999-12-31", "2024-02-29", "2026-04-30"],
        [
            "0999-12-31",
            "2026-02-29",
            "2026-00-01",
            "2026-13-01",
            "2026-01-00",
            "2026-01-32",
            "2026-04-31",
            "2026-1-01",
            "2026-01-01\n",
            "2026/01/01",
            "٢٠٢٦-٠١-٠١",
            20260101,
        ],
    ),
    ("time", ["00:00", "19:59", "23:59"], ["24:00", "1:00", "12:60", "12:00\n", "1200", None]),
    (
        "moment",
        ["2026-03-16T23:59"],
        [
            "2026-03-16",
            "2026-03-16 23:59",
            "2026-03-16T24:00",
            "2026-02-30T00:00",
            7,
            "2026-03-16T23:590",
        ],
    ),
    (
        "partial",
        ["1000", "2026-01", "2026-12", "2026-03-16"],
        ["0999", "2026-00", "2026-13", "2026-1", "2026-02-30", "2026\n", 2026],
    ),
    ("bool", [True, False], [None, 0, 1, "true", ""]),
    (
        "one",
        ["a", "A", "7", "a-b_c", "a" * 63],
        ["", "-a", "_a", "a b", "é", "a\n", "a" * 64, None, True, ["a"]],
    ),
    *(
        (kind, [["a"], ("a", "b"), ["b", "a"]], [[], (), "a", ["a", "a"], ["a b"], [7], None, {}])
        for kind in ("many", "ranked")
    ),
    (
        "parts",
        [{"a": "x"}, {"a": "x", "B-2": "y"}],
        [{}, None, [], "a", {"a": ""}, {"a": 7}, {"a b": "x"}, {7: "x"}, {"a": "x", "b": " "}],
    ),
]


@pytest.mark.parametrize(("answer_type", "good", "bad"), VALUES)
def test_what_is_a_value(answer_type: str, good: list[Any], bad: list[Any]) -> None:
    assert [value for value in good if not is_value(answer_type, value)] == []
    assert [value for value in bad if is_value(answer_type, value)] == []


def test_every_type_is_here() -> None:
    assert {row[0] for row in VALUES} == set(ANSWER_TYPES)


@pytest.mark.parametrize(
    "word",
    [
        "answer", "constructor", "each", "entries", "entry", "missing", "prototype", "record", "score", "today", "value",
    ],
)  # fmt: skip
def test_a_word_that_means_something_else_is_no_name(word: str) -> None:
    made = definition(section("s", question(word)), kind="form")
    assert [problem.code for problem in check(made)] == ["bad_name"]


@pytest.mark.parametrize("word", ["a", "answers", "a" * 40, "a_1", "scores"])
def test_any_other_is_one(word: str) -> None:
    assert check(definition(section("s", question(word)), kind="form")) == ()
