"""Formulas: what people write, the expression it means, and what that gives. From loose to tight: `if then else`, `or`, `and`,
`not`, comparisons, `or else`, `+ -`, `* /`, `+ 3 days`. A name that is a word of the language stands in braces: `{today}`.
"""

from typing import Any

import pytest

from builder.conditions import Known, dump, parse_formula, write_formula
from builder.problems import say
from tests.environment import ROOT
from tests.spec.book import Book

NAMES = {
    **{name: Known("number") for name in ("n1", "n2")},
    **{name: Known("text") for name in ("t1", "t2")},
    **{name: Known("date") for name in ("d1", "d2")},
    **{name: Known("bool") for name in ("b1", "b2")},
    "c1": Known("one", ("red", "green")),
    "m1": Known("many", ("red", "green", "blue")),
    "r": Known("repeat"),
    "en": Known("number", repeat="r"),
    "ed": Known("date", repeat="r"),
    "et": Known("text", repeat="r"),
    "is": Known("number"),
}
n1, n2, t1 = ["answer", "n1"], ["answer", "n2"], ["answer", "t1"]
d1, d2, b1, b2 = (["answer", name] for name in ("d1", "d2", "b1", "b2"))
c1, m1 = ["answer", "c1"], ["answer", "m1"]
TODAY, EN = ["today"], ["each", "r", "en"]
RED, GREEN = ["value", "one", "red"], ["value", "one", "green"]
T, F, M = True, False, None
Answers = dict[str, Any]


def n(value: str) -> Any:
    return ["value", "number", value]


def text(value: str) -> Any:
    return ["value", "text", value]


# formula, expression, answers, value
ROWS: list[tuple[str, Any, Answers, Any]] = [
    # values
    ("007.50", n("7.5"), {}, "7.5"),
    ("-3", n("-3"), {}, "-3"),
    ('"say ""hello"""', text('say "hello"'), {}, 'say "hello"'),
    ("“curled”", text("curled"), {}, "curled"),
    ("2026-03-16", ["value", "date", "2026-03-16"], {}, "2026-03-16"),
    ("yes", ["value", "bool", True], {}, T),
    ("No", ["value", "bool", False], {}, F),
    ("today", TODAY, {}, "2026-03-16"),
    ("score", ["score"], {}, M),
    ("{ n1 }", n1, {"n1": "2"}, "2"),
    # arithmetic: one sum of three, a difference of a sum
    ("n1 + n2 + 3", ["add", n1, n2, n("3")], {"n1": "1", "n2": "2"}, "6"),
    ("n1 + n2 - 3", ["sub", ["add", n1, n2], n("3")], {"n1": "1", "n2": "2"}, "0"),
    ("n1 - n2 - 3", ["sub", ["sub", n1, n2], n("3")], {"n1": "9", "n2": "2"}, "4"),
    ("n1 - (n2 - 3)", ["sub", n1, ["sub", n2, n("3")]], {"n1": "9", "n2": "2"}, "10"),
    ("n1 plus n2 minus 1", ["sub", ["add", n1, n2], n("1")], {"n1": "1", "n2": "2"}, "2"),
    ("1 + n1 * n2", ["add", n("1"), ["mul", n1, n2]], {"n1": "2", "n2": "3"}, "7"),
    ("n1 / n2 × 2", ["mul", ["div", n1, n2], n("2")], {"n1": "1", "n2": "4"}, "0.5"),
    ("-n1", ["sub", n("0"), n1], {"n1": "4"}, "-4"),
    ("n1+n2", ["add", n1, n2], {"n1": "1"}, M),
    # comparisons, in signs and in words
    ("n1 = 2", ["eq", n1, n("2")], {"n1": "2"}, T),
    ("n1 is 2", ["eq", n1, n("2")], {"n1": "2"}, T),
    ("n1 != 2", ["ne", n1, n("2")], {}, M),
    ("n1 is not 2", ["ne", n1, n("2")], {"n1": "3"}, T),
    ("n1 ≤ n2", ["le", n1, n2], {"n1": "2", "n2": "2"}, T),
    ("n1 is less than 2", ["lt", n1, n("2")], {"n1": "2"}, F),
    ("n1 is more than 2", ["gt", n1, n("2")], {"n1": "3"}, T),
    ("n1 is at most 2", ["le", n1, n("2")], {"n1": "2"}, T),
    ("n1 is at least 2", ["ge", n1, n("2")], {"n1": "1"}, F),
    ("n1 one of (1, n2)", ["one_of", n1, n("1"), n2], {"n1": "3", "n2": "3"}, T),
    ("n1 is none of (1, 2)", ["not", ["one_of", n1, n("1"), n("2")]], {"n1": "3"}, T),
    ("b1 is answered", ["answered", b1], {"b1": F}, T),
    ("b1 is not answered", ["not", ["answered", b1]], {}, T),
    ('t1 matches "[A-Z]\\d"', ["matches", t1, text("[A-Z]\\d")], {"t1": "A1"}, T),
    ('t1 does not match "a"', ["not", ["matches", t1, text("a")]], {"t1": "b"}, T),
    # choices: beside a choice question a word or a text is a choice
    ("c1 = red", ["eq", c1, RED], {"c1": "red"}, T),
    ('c1 = "red"', ["eq", c1, RED], {"c1": "green"}, F),
    ('t1 = "red"', ["eq", t1, text("red")], {"t1": "red"}, T),
    ("c1 is one of (red, green)", ["one_of", c1, RED, GREEN], {"c1": "green"}, T),
    ("m1 contains red", ["contains", m1, RED], {"m1": ["red"]}, T),
    ("m1 contains c1", ["contains", m1, c1], {"m1": ["red"], "c1": "green"}, F),
    ("m1 does not contain red", ["not", ["contains", m1, RED]], {"m1": ["blue"]}, T),
    ("choice red", RED, {}, "red"),
    ("choices (red, green)", ["value", "many", ["red", "green"]], {}, ["red", "green"]),
    ("if b1 then c1 else red", ["if", b1, c1, RED], {"b1": F}, "red"),
    # logic
    ("b1 and b2 or b1", ["or", ["and", b1, b2], b1], {"b1": T}, T),
    ("b1 and (b2 or b1)", ["and", b1, ["or", b2, b1]], {"b1": T}, T),
    ("not b1 and b2", ["and", ["not", b1], b2], {"b1": F, "b2": T}, T),
    ("not (b1 and b2)", ["not", ["and", b1, b2]], {"b1": F}, T),
    ("NOT n1 = 1 AND b1", ["and", ["not", ["eq", n1, n("1")]], b1], {"b1": F}, F),
    # what stands in for what is missing
    ("n1 or else n2 or else 0", ["or_else", n1, n2, n("0")], {}, "0"),
    ("n1 or else 0 >= 18", ["ge", ["or_else", n1, n("0")], n("18")], {}, F),
    ("b1 or else n1 > 1", ["gt", ["or_else", b1, n1], n("1")], {}, "ill typed"),
    ("if b1 then n1 else n2", ["if", b1, n1, n2], {"b1": F, "n2": "2"}, "2"),
    ("if b1 then n1", ["when", b1, n1], {"b1": F, "n1": "1"}, M),
    (
        "if b1 then 1 else if b2 then 2 else 3",
        ["if", b1, n("1"), ["if", b2, n("2"), n("3")]],
        {"b1": F, "b2": F},
        "3",
    ),
    (
        "collect (if b1 then red, if b2 then green)",
        ["collect", ["when", b1, RED], ["when", b2, GREEN]],
        {"b1": T, "b2": T},
        ["red", "green"],
    ),
    # dates
    (
        "days between d1 and today <= 10",
        ["le", ["days_between", d1, TODAY], n("10")],
        {"d1": "2026-03-06"},
        T,
    ),
    ("d1 + 3 days", ["add_days", d1, n("3")], {"d1": "2026-02-27"}, "2026-03-02"),
    ("d1 plus 1 day", ["add_days", d1, n("1")], {"d1": "2026-02-28"}, "2026-03-01"),
    ("d1 + 2 weeks", ["add_days", d1, n("14")], {"d1": "2026-03-01"}, "2026-03-15"),
    ("d1 - 2 months", ["add_months", d1, n("-2")], {"d1": "2026-03-31"}, "2026-01-31"),
    ("d1 - 1 year", ["add_months", d1, n("-12")], {"d1": "2024-02-29"}, "2023-02-28"),
    ("d1 + n1 days", ["add_days", d1, n1], {"d1": "2026-03-01", "n1": "4"}, "2026-03-05"),
    (
        "d1 - (n1 + 1) weeks",
        ["add_days", d1, ["sub", n("0"), ["mul", ["add", n1, n("1")], n("7")]]],
        {"d1": "2026-03-15", "n1": "1"},
        "2026-03-01",
    ),
    (
        "today - 14 days <= d1",
        ["le", ["add_days", TODAY, n("-14")], d1],
        {"d1": "2026-03-02"},
        T,
    ),
    (
        "days between d1 + 1 day and d2 - 1",
        ["sub", ["days_between", ["add_days", d1, n("1")], d2], n("1")],
        {"d1": "2026-03-01", "d2": "2026-03-05"},
        "2",
    ),
    ("age of d1", ["age", d1, TODAY], {"d1": "1985-04-03"}, "40"),
    ("age of d1 on d2 < 18", ["lt", ["age", d1, d2], n("18")], {"d1": "2010-01-01"}, M),
]
IN_REPEATS: list[tuple[str, Any, list[Answers], Any]] = [
    ("sum of en in r", ["sum", EN], [{"en": "1"}, {"en": "2"}], "3"),
    ("average of en in r", ["avg", EN], [{"en": "1"}, {"en": "2"}], "1.5"),
    ("min of ed in r", ["min", ["each", "r", "ed"]], [{"ed": "2026-01-02"}], "2026-01-02"),
    ("largest of en in r + 1", ["add", ["max", EN], n("1")], [{"en": "5"}], "6"),
    ("count of r > 1", ["gt", ["count", ["entries", "r"]], n("1")], [{}, {}], T),
    ("number of en in r", ["count", EN], [{}, {"en": "1"}], "1"),
]
# formula, where, which problem, and what is offered instead
WRONG = [
    ("n3 > 1", "1:1", "There is no question “n3”", ""),
    ("nn1 > 1", "1:1", "There is no question “nn1”", "n1"),
    ("b1\nand n11 > 1", "2:5", "There is no question “n11”", "n1"),
    ("c1 = rad", "1:6", "“c1” has no choice “rad”", "red"),
    ('m1 contains "gren"', "1:13", "“m1” has no choice “gren”", "green"),
    ("c1 = 'red'", "1:6", "“'” means nothing", '"'),
    ("n1 == 2", "1:4", "“==” means nothing", "="),
    ("b1 && b2", "1:4", "“&&” means nothing", "and"),
    ("n1 <> 2", "1:4", "“<>” means nothing", "!="),
    ("b1 adn b2", "1:4", "An operator is missing before “adn”", "and"),
    ("m1 contians red", "1:4", "An operator is missing before “contians”", "contains"),
    ("summ of en in r", "1:6", "An operator is missing before “of”", "sum of"),
    ("dais between d1 and d2", "1:6", "An operator is missing", "days between"),
    ("n1 2", "1:4", "An operator is missing before “2”", ""),
    ("sum of en in rr", "1:8", "There is no repeated section “rr”", "r"),
    ("sum of n1 in r", "1:8", "“n1” is not asked in that repeated section", ""),
    ("sum of r", "1:8", "What shall be added up", ""),
    ("r > 1", "1:1", "“r” has several entries", ""),
    ("d1 + 3 > today", "1:4", "“+” needs a number here, not a date. Days are added", ""),
    ("n1 = t1", "1:4", "“=” needs a number here, not a text", ""),
    ("m1 = c1", "1:4", "“=” does not work with several choices", ""),
    ('t1 matches "(a+)+"', "1:4", "The pattern uses something", ""),
    ("n1 < n2 < 3", "1:9", "A comparison cannot be compared again", ""),
    ("(n1", "1:4", "A parenthesis is not closed", ""),
    ("n1)", "1:3", "This parenthesis closes none", ""),
    ("n1 +", "1:5", "The formula ends where a value is missing", ""),
    ("n1 + * 2", "1:6", "A value is missing before “*”", ""),
    ("if b1 n1", "1:7", "“then” is missing here", ""),
    ("days between d1 or d2", "1:17", "“and” is missing here", ""),
    ("n1 one of 1", "1:11", "“(” is missing here", ""),
    ("d1 + if days", "1:13", "“then” is missing here", ""),
    ("choice +", "1:8", "The name of a choice is missing", ""),
    ('t1 = "x', "1:6", "A text begins here and never ends", ""),
    ('t1 = " "', "1:6", "An empty text is no answer", ""),
    ("d1 = 2026-02-30", "1:6", "There is no date “2026-02-30”", ""),
    ("n1 = 1234567890123456", "1:6", "“1234567890123456” has too many digits", ""),
    (" ", "1:1", "The formula is empty", ""),
    ('c1 = "two words"', "1:6", "“two words” cannot be the name of a choice", ""),
    ("choices (red, 2.5)", "1:15", "The name of a choice is missing", ""),
    ("sum of 3 in r", "1:8", "A value is missing before “3”", ""),
    ("min of et in r", "1:1", "“min of” does not work with a text", ""),
    ("t1 matches t2", "1:4", "A pattern must be written out", ""),
]
HOSTILE = [
    "x" * 100_000,
    "(" * 10_000,
    "(" * 4_000,
    "not " * 1_000,
    "-" * 4_000 + "1",
    "if " * 1_000,
    "1 - " * 1_000 + "1",
    "1 + " * 1_000 + "1",
    '"' * 4_999,
    "{" * 4_000,
    "\ud800",
    "b1 is " * 800,
    "d1 + (" * 800,
    "d1 + 1 days " * 400,
    "n1 or else " * 400,
    " ".join(f"x{number}" for number in range(900)),
    "+".join(f"nn{number}" for number in range(150)),
    "𝟙 + 𝟚",
    "collect (" * 600,
    "days between " * 300,
    "age of " * 600,
    "d1 + choice days",
]


def read(formula: str) -> Any:
    read = parse_formula(formula, NAMES)
    assert not isinstance(read, tuple), [say(problem) for problem in read]
    return read


@pytest.mark.parametrize(
    ("formula", "expression", "answers", "value"), [row for row in ROWS if row[3] != "ill typed"]
)
def test_a_formula_means(
    book: Book, formula: str, expression: Any, answers: Answers, value: Any
) -> None:
    assert dump(read(formula)) == expression
    assert read(write_formula(read(formula))) == read(formula)
    assert book.evaluate(expression, answers).value("x") == value


@pytest.mark.parametrize(("formula", "expression", "entries", "value"), IN_REPEATS)
def test_a_formula_over_a_repeat_means(
    book: Book, formula: str, expression: Any, entries: list[Answers], value: Any
) -> None:
    assert dump(read(formula)) == expression
    assert read(write_formula(read(formula))) == read(formula)
    assert book.evaluate(expression, {}, entries).value("x") == value


@pytest.mark.parametrize(("formula", "place", "message", "near"), WRONG)
def test_what_is_wrong_is_said_at_its_place(
    formula: str, place: str, message: str, near: str
) -> None:
    problems = parse_formula(formula, NAMES)
    assert isinstance(problems, tuple)
    assert problems[0].place == place
    assert message in say(problems[0])
    assert (f"Did you mean “{near}”?" in say(problems[0])) == bool(near)


def test_each_unknown_name_is_told() -> None:
    problems = parse_formula("nn1 > 1 and (dd1 = today or c1 = blue)", NAMES)
    assert isinstance(problems, tuple)
    assert [problem.place for problem in problems] == ["1:1", "1:14", "1:34"]


def test_what_a_place_needs_is_checked_and_understood() -> None:
    assert dump(parse_formula("red", NAMES, "one")) == RED  # type: ignore[arg-type]
    problems = parse_formula("n1", NAMES, "bool")
    assert isinstance(problems, tuple)
    assert (
        say(problems[0])
        == "The formula gives a number, but yes or no is needed. Change the formula."
    )


def test_the_examples_of_the_manual_can_be_read() -> None:
    names = {
        **{name: Known("number") for name in ("age", "temperature", "weight")},
        "fever": Known("bool"),
        "onset": Known("date"),
        "risks": Known("many", ("asthma",)),
        "contacts": Known("repeat"),
    }
    manual = (ROOT / "docs" / "formulas.md").read_text()
    examples = [line.strip() for line in manual.splitlines() if line.startswith("    ")]
    assert len(examples) > 3
    assert [each for each in examples if isinstance(parse_formula(each, names), tuple)] == []


@pytest.mark.parametrize("formula", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_formula_is_a_problem(formula: str) -> None:
    problems = parse_formula(formula, NAMES)
    assert isinstance(problems, tuple)
    assert all(say(problem) for problem in problems)


@pytest.mark.parametrize(
    "formula",
    [
        "n1 + n2 * 3 - 1 >= 10 and not b1",
        "(n1 + n2) * 3 / (n1 - n2)",
        "{is} > 3 or b1 is not answered",
        "age of d1 on d2 + 3 days >= 18",
        "if n1 > 3 then d1 - 2 months else today + n1 days",
        'c1 is not one of ("red", "green")',
        "count of en in r + n1 or else n2 > 1",
    ],
)
def test_a_formula_is_written_with_the_fewest_parentheses(formula: str) -> None:
    assert write_formula(read(formula)) == formula
