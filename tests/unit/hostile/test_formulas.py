"""Formulas and texts as somebody hostile types them: a problem with its line, soon."""

import time

import pytest

from builder.conditions import Known, dump, parse, parse_formula, write_formula
from builder.problems import say
from builder.values import Hole, piped

NAMES = {
    "n": Known("number"),
    "b": Known("bool"),
    "d": Known("date"),
    "t": Known("text"),
    "c": Known("one", ("a", "b")),
    "r": Known("repeat"),
    "x": Known("number", None, "r"),
}
HOSTILE = [
    "(" * 2_400 + "1" + ")" * 2_400,
    "(" * 5_000,
    "not " * 1_200 + "b",
    "n" + "-n" * 2_400,
    "-" * 4_000 + "1",
    "n" + "+n" * 2_400,
    "b" + " and b or b" * 400,
    "n" + " or else n" * 450,
    "if b then n else " * 250 + "n",
    "d" + " + 1 days" * 500,
    "n" + " < n" * 1_000,
    "c is one of (" + "a, " * 1_500 + "b)",
    "sum of " * 600 + "x in r",
    "days between " * 300 + "d and d",
    't matches "(a+)+$"',
    't matches "' + "(" * 1_500 + '"',
    '"' + "x" * 4_900 + '"',
    "{" * 5_000,
    "{" + "n" * 4_900 + "}",
    "n + " * 250_000,
    "x" * 1_000_000,
    *["{__class__}", "__proto__ = 1", "constructor = 1", "__class__.__mro__", "a.b > 1", "n__gt = 1"],
    *["\ud800", 't = "\ud800"', "{\ud800}", "\x00", "nan", "infinity = n", "1e999999", "9" * 4_000],
    *["0." + "1" * 4_000, "٣ + 1", "d = 2026-02-30", "d = 0000-00-00", " " * 5_000, "\n" * 4_000 + "("],
    *["foo(1)", "n = NaN", "n >", "= n", "😀", "n\u2028+", "'n'", "n; drop", "{{n}}", "%(n)s", "%s"],
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:16]))
def test_a_hostile_formula_is_told_at_its_line(text: str) -> None:
    begun = time.monotonic()
    read = parse_formula(text, NAMES)
    assert time.monotonic() - begun < 3  # less than 0.2 s on an idle machine
    assert isinstance(read, tuple)
    assert read
    for problem in read:
        assert problem.code
        assert problem.remedy
        assert all(part.isdecimal() for part in problem.place.split(":"))
        assert len(say(problem).encode()) < 12_000


@pytest.mark.parametrize(
    "text", ["n" + "+n" * 190, "b" + " and b" * 190, "(" * 20 + "n" + ")" * 20]
)
def test_a_long_formula_can_be_kept_and_written_back(text: str) -> None:  # fmt: skip
    read = parse_formula(text, NAMES)
    assert not isinstance(read, tuple)
    assert parse(dump(read), "", []) == read
    assert parse_formula(write_formula(read), NAMES) == read


@pytest.mark.parametrize(
    "text",
    ["{" * 1_000_000, "{a" * 500_000, "{a}" * 300_000, "}" * 1_000_000, "{" + "a" * 1_000_000],
)
def test_a_megabyte_of_braces_is_split_at_once(text: str) -> None:  # fmt: skip
    begun = time.monotonic()
    parts = piped(text)
    assert (
        time.monotonic() - begun < 15
    )  # at most 1 s on an idle machine; splitting again and again took minutes
    assert parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("{{a}}", ("{a}",)),
        ("{{{a}}}", ("{", Hole("a"), "}")),
        ("{a{b}", ("{a", Hole("b"))),
        ("{a", ("{a",)),
        ("a}}b}", ("a}b}",)),
        ("{ a }{b}", (Hole("a"), Hole("b"))),
        ("{}", (Hole(""),)),
    ],
)
def test_braces_are_read_as_written(text: str, parts: tuple[object, ...]) -> None:
    assert piped(text) == parts
