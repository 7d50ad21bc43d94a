"""What is said of a formula that means nothing: the code, the place, and what to do instead."""

from typing import Any

import pytest

from builder.conditions import Known, names_in, parse_formula, write_formula
from builder.problems import Problem, say

NAMES = {
    **{name: Known("number") for name in ("n1", "n2")},
    **{name: Known("text") for name in ("t1", "t2")},
    **{name: Known("date") for name in ("d1", "d2")},
    **{name: Known("bool") for name in ("b1", "b2")},
    "c1": Known("one", ("red", "green")),
    "c2": Known("one", tuple(f"zz{at}" for at in range(25))),
    "c3": Known("one"),
    "m1": Known("many", ("red", "green", "blue")),
    "r": Known("repeat"),
    "en": Known("number", repeat="r"),
    "ec": Known("one", ("red", "green"), repeat="r"),
    "someday": Known(),
}
LONG = "x" * 90


def problem(formula: str, wanted: str = "") -> Problem:
    problems = parse_formula(formula, NAMES, wanted) if wanted else parse_formula(formula, NAMES)
    assert isinstance(problems, tuple)
    return problems[0]


@pytest.mark.parametrize(
    ("formula", "wanted", "code", "place"),
    [
        ("n1 +", "", "formula", "1:5"),
        ("n1 ==", "", "formula", "1:4"),
        ("\n n1 and\n  n1 ==", "", "formula", "3:6"),
        ("\n n1 =\n  t1", "", "type_mismatch", "2:5"),
        ("n3", "", "unknown_reference", "1:1"),
        ("sum of en in rr", "", "unknown_reference", "1:8"),
        ("c1 = blue", "", "unknown_choice", "1:6"),
        ('time "25:00"', "", "formula", "1:1"),
        ("n1", "bool", "type_mismatch", "1:1"),
        ("b1 and", "", "formula", "1:7"),
    ],
)
def test_a_problem_has_a_code_and_a_place(
    formula: str, wanted: str, code: str, place: str
) -> None:
    found = problem(formula, wanted)
    assert (found.code, found.place) == (code, place)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (f"{LONG} > 1", f"There is no question “{LONG[:80]}”. Write the name of a question of this page."),
        (f'c1 = "{LONG}"', f"“{LONG[:80]}” cannot be the name of a choice. Write its name, not its label."),
        (f'd1 = time "{LONG}"', f"“{LONG[:80]}” is not a time. Change the formula."),
        ("c1 = blue", "“c1” has no choice “blue”. Its choices are: red, green."),
        ("c2 = blue", "“c2” has no choice “blue”. Its choices are: " + ", ".join(f"zz{at}" for at in range(20)) + "."),
        ("n1 + d1", "“+” needs a number here, not a date. Days are added with their unit: “+ 3 days”."),
        ("n1 - d1", "“-” needs a number here, not a date. Days are added with their unit: “+ 3 days”."),
        ("n1 + today", "“+” needs a number here, not a date. Days are added with their unit: “+ 3 days”."),
        ("n1 + 2026-03-16", "“+” needs a number here, not a date. Days are added with their unit: “+ 3 days”."),
        ("n1 * d1", "“*” needs a number here, not a date. Change this part of the formula."),
        ("n1 2", "An operator is missing before “2”. Write what joins the two, for example “and”, “+” or “=”."),
        ("minn of en in r", "An operator is missing before “of”. Did you mean “min of”?"),
        ("maxx of en in r", "An operator is missing before “of”. Did you mean “max of”?"),
        ("avgg of en in r", "An operator is missing before “of”. Did you mean “avg of”?"),
        ("countt of r", "An operator is missing before “of”. Did you mean “count of”?"),
        ("agge of d1", "An operator is missing before “of”. Did you mean “age of”?"),
        ("oone of (1, 2)", "An operator is missing before “of”. Did you mean “one of”?"),
        ("qqqq of en in r", "An operator is missing before “of”. Write what joins the two, for example “and”, “+” or “=”."),
        ("n1 pluss 2", "An operator is missing before “pluss”. Did you mean “plus”?"),
        ("n1 minuss 2", "An operator is missing before “minuss”. Did you mean “minus”?"),
        ("if b1 then 1 elsee 2", "An operator is missing before “elsee”. Did you mean “else”?"),
        ("t1 matchess t2", "An operator is missing before “matchess”. Did you mean “matches”?"),
        ("d1 + 1 dayss", "An operator is missing before “dayss”. Did you mean “days”?"),
        ("d1 + 1 weekss", "An operator is missing before “weekss”. Did you mean “weeks”?"),
        ("d1 + 1 monthss", "An operator is missing before “monthss”. Did you mean “months”?"),
        ("d1 + 1 yearss", "An operator is missing before “yearss”. Did you mean “years”?"),
        ("d1 + 1 score", "An operator is missing before “score”. Write what joins the two, for example “and”, “+” or “=”."),
        (f"n1 {'y' * 50}", f"An operator is missing before “{'y' * 40}”. Write what joins the two, for example “and”, “+” or “=”."),
        ("sum of r", "What shall be added up of each entry is not said. Write: sum of a in r"),
        ("avg of r", "What shall be added up of each entry is not said. Write: avg of a in r"),
    ],
)  # fmt: skip
def test_what_is_said(formula: str, said: str) -> None:
    assert say(problem(formula)) == said


@pytest.mark.parametrize(
    ("written", "meant"),
    [("n1 := 2", "="), ("n1 : 2", "="), ("n1 === 2", "="), ("n1 => 2", ">="), ("n1 =< 2", "<="), ("!b1", "not"), ("b1 & b2", "and"),
     ("b1 | b2", "or"), ("b1 || b2", "or"), ("collect (n1; n2)", ","), ("n1 one of [1, 2)", "("), ("n1 one of (1, 2]", ")")],
)  # fmt: skip
def test_what_other_languages_write_is_understood(written: str, meant: str) -> None:
    assert problem(written).params["near"] == meant
    assert f"Did you mean “{meant}”?" in say(problem(written))


def test_no_more_problems_are_told_than_twenty() -> None:
    problems = parse_formula(" + ".join(f"qq{at}" for at in range(30)), NAMES)
    assert isinstance(problems, tuple)
    assert len(problems) == 20


# What a word or a text means is told by what stands beside it, on whichever side; read, it is written so that it reads the same.
ANCHORED: list[tuple[str, str]] = [
    ("red = c1", '"red" = c1'),
    ("green != c1", '"green" != c1'),
    ("red one of (c1, green)", '"red" is one of (c1, "green")'),
    ("(red or else c1) = green", '"red" or else c1 = "green"'),
    ("if b1 then red else c1", 'if b1 then "red" else c1'),
    ("c1 = if b1 then red else green", 'c1 = (if b1 then "red" else "green")'),
    ("c1 = (if b1 then red)", 'c1 = (if b1 then "red")'),
    ("m1 contains (if b1 then red)", 'm1 contains (if b1 then "red")'),
    ("count of ec in r equal to red", 'count of ec in r equal to "red"'),
    ("c1 = choice red", 'c1 = "red"'),
    ("choice red = choice green", 'choice "red" = "green"'),
    ("c1 or else red", 'c1 or else "red"'),
    ("c3 = anything", 'c3 = "anything"'),
    ("b1 = yes", "b1 = yes"),
    ("yes = b1", "yes = b1"),
    ('"x" = t1', '"x" = t1'),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "written"), ANCHORED)
def test_what_stands_beside_a_word_tells_what_it_means(formula: str, written: str) -> None:
    read = parse_formula(formula, NAMES)
    assert not isinstance(read, tuple), [say(each) for each in read]
    assert write_formula(read) == written
    assert parse_formula(written, NAMES) == read


def test_words_that_may_be_names() -> None:
    assert names_in("a.b + {c d} > 1") == {"a.b", "a", "c d"}


def params(formula: str) -> dict[str, Any]:
    return dict(problem(formula).params)


def test_what_is_unknown_is_named_with_what_is_near() -> None:
    assert params("c1 = rad") | {"line": 0, "column": 0} == {
        "question": "c1", "name": "rad", "near": "red", "choices": "red, green", "line": 0, "column": 0,
    }  # fmt: skip
    assert params("nn1 > 1")["near"] == "n1"
    found = params("b1\n  and nn1 > 1")
    assert (found["line"], found["column"]) == (2, 7)
