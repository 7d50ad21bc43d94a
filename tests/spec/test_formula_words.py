"""Formulas, word by word: times and dates that lack something, orders, parts of answers, the entry before, what a choice says of
itself; what each operator is called; and where a word is taken for a choice.
"""

from typing import Any

import pytest

from builder.conditions import (
    Known,
    Names,
    dump,
    names_in,
    parse,
    parse_formula,
    write_formula,
)
from builder.problems import say
from tests.spec.book import Book
from tests.spec.test_formulas import NAMES as PLAIN
from tests.spec.test_formulas import n, n1, n2, t1, text

NAMES: Names = {
    **PLAIN,
    **{name: Known("time") for name in ("h1", "h2")},
    "w1": Known("moment"),
    "p1": Known("partial"),
    "k1": Known("ranked", ("red", "green", "blue")),
    "q1.unit": Known("one", ("kg", "g")),
    "q1.number": Known("number"),
    "a1.city": Known("text"),
    "d": Known(""),
    "red": Known("bool"),
    "ec": Known("one", ("red", "green"), repeat="r"),
    "t1": Known("text"),
    "pink": Known("number"),
}
h1, k1, p1, w1, c1, m1 = (["answer", name] for name in ("h1", "k1", "p1", "w1", "c1", "m1"))
b1, d1, d2 = (["answer", name] for name in ("b1", "d1", "d2"))
UNIT = ["part", "q1", "unit"]
EN, EC = ["each", "r", "en"], ["each", "r", "ec"]
RED, GREEN = ["value", "one", "red"], ["value", "one", "green"]

# formula, expression, how it is written again
ROWS: list[tuple[str, Any, str]] = [
    ('time "08:00"', ["value", "time", "08:00"], 'time "08:00"'),
    ('h1 < Time "08:00"', ["lt", h1, ["value", "time", "08:00"]], 'h1 < time "08:00"'),
    (
        'w1 >= moment "2026-03-16T08:00"',
        ["ge", w1, ["value", "moment", "2026-03-16T08:00"]],
        'w1 >= moment "2026-03-16T08:00"',
    ),
    (
        'p1 = partial "2026-03"',
        ["eq", p1, ["value", "partial", "2026-03"]],
        'p1 = partial "2026-03"',
    ),
    ("first day of p1", ["first_day", p1], "first day of p1"),
    ("LAST day of p1", ["last_day", p1], "last day of p1"),
    (
        "last day of p1 + 1 day",
        ["add_days", ["last_day", p1], n("1")],
        "last day of p1 + 1 day",
    ),
    (
        'last day of (p1 or else partial "2026")',
        ["last_day", ["or_else", p1, ["value", "partial", "2026"]]],
        'last day of (p1 or else partial "2026")',
    ),
    (
        'k1 or else ranked ("red", blue)',
        ["or_else", k1, ["value", "ranked", ["red", "blue"]]],
        'k1 or else ranked ("red", "blue")',
    ),
    ("k1 contains red", ["contains", k1, RED], 'k1 contains "red"'),
    ("q1.unit = kg", ["eq", UNIT, ["value", "one", "kg"]], 'q1.unit = "kg"'),
    ("q1.number + 1", ["add", ["part", "q1", "number"], n("1")], "q1.number + 1"),
    ('a1.city matches "G"', ["matches", ["part", "a1", "city"], text("G")], 'a1.city matches "G"'),
    ("previous n1", ["previous", "n1"], "previous n1"),
    ("previous {is} + 1", ["add", ["previous", "is"], n("1")], "previous {is} + 1"),
    ("previous c1 = green", ["eq", ["previous", "c1"], GREEN], 'previous c1 = "green"'),
    ("offered kin", ["offered", "kin"], "offered kin"),
    ("offered name = c1", ["eq", ["offered", "name"], c1], "offered name = c1"),
    ("offered kin = green", ["eq", ["offered", "kin"], GREEN], 'offered kin = "green"'),
    ("count of en in r equal to 2", ["occurs", EN, n("2")], "count of en in r equal to 2"),
    ("number of en in r equal to n1", ["occurs", EN, n1], "count of en in r equal to n1"),
    ("count of ec in r equal to red", ["occurs", EC, RED], 'count of ec in r equal to "red"'),
    (
        "count of en in r equal to (n1 + 1) > 1",
        ["gt", ["occurs", EN, ["add", n1, n("1")]], n("1")],
        "count of en in r equal to (n1 + 1) > 1",
    ),
    (
        "max of ed in r > d1",
        ["gt", ["max", ["each", "r", "ed"]], d1],
        "max of ed in r > d1",
    ),
    ("total of en in r", ["sum", EN], "sum of en in r"),
    ("smallest of en in r", ["min", EN], "min of en in r"),
    ("avg of en in r", ["avg", EN], "avg of en in r"),
    ("max of {en} in {r}", ["max", EN], "max of en in r"),
    ("number of r", ["count", ["entries", "r"]], "count of r"),
    # where a word is taken for a choice, and where for a name
    ('c1 = "red"', ["eq", c1, RED], 'c1 = "red"'),
    ("red = b1", ["eq", ["answer", "red"], b1], "red = b1"),
    ("green = c1", ["eq", GREEN, c1], '"green" = c1'),
    ("c1 = c1", ["eq", c1, c1], "c1 = c1"),
    ("c1 or else red", ["or_else", c1, RED], 'c1 or else "red"'),
    ("if b1 then green else c1", ["if", b1, GREEN, c1], 'if b1 then "green" else c1'),
    ("(if b1 then c1) = red", ["eq", ["when", b1, c1], RED], '(if b1 then c1) = "red"'),
    ("choice 7", ["value", "one", "7"], 'choice "7"'),
    ("choices (red, red, blue)", ["value", "many", ["red", "blue"]], 'choices ("red", "blue")'),
    ("m1 contains choice red", ["contains", m1, RED], 'm1 contains "red"'),
    ("collect (choice red, c1)", ["collect", RED, c1], 'collect ("red", c1)'),
    # one word for many: days, weeks, months, years
    ("d1 + 1 day", ["add_days", d1, n("1")], "d1 + 1 day"),
    ("d1 - 1 day", ["add_days", d1, n("-1")], "d1 - 1 day"),
    ("d1 + 1 week", ["add_days", d1, n("7")], "d1 + 7 days"),
    ("d1 minus 3 weeks", ["add_days", d1, n("-21")], "d1 - 21 days"),
    ("d1 + 1 month", ["add_months", d1, n("1")], "d1 + 1 month"),
    ("d1 + 2 years", ["add_months", d1, n("24")], "d1 + 24 months"),
    ("d1 + n1 months", ["add_months", d1, n1], "d1 + n1 months"),
    ("d1 + n1 years", ["add_months", d1, ["mul", n1, n("12")]], "d1 + (n1 * 12) months"),
    ("d1 - n1 days", ["add_days", d1, ["sub", n("0"), n1]], "d1 + (0 - n1) days"),
    ("d1 + {n1} days", ["add_days", d1, n1], "d1 + n1 days"),
    ("d1 + ((n1)) days", ["add_days", d1, n1], "d1 + n1 days"),
    (
        "d1 + 1 month - 1 day",
        ["add_days", ["add_months", d1, n("1")], n("-1")],
        "d1 + 1 month - 1 day",
    ),
    (
        "days between d1 and d2 + 1 day",
        ["days_between", d1, ["add_days", d2, n("1")]],
        "days between d1 and d2 + 1 day",
    ),
    ("age of d1 on today", ["age", d1, ["today"]], "age of d1"),
    (
        "age of (d1 or else d2) on d2",
        ["age", ["or_else", d1, d2], d2],
        "age of (d1 or else d2) on d2",
    ),
    # signs
    ("n1÷n2×2−1", ["sub", ["mul", ["div", n1, n2], n("2")], n("1")], "n1 / n2 * 2 - 1"),
    ("n1 – 1", ["sub", n1, n("1")], "n1 - 1"),
    ("n1 ≥ 1", ["ge", n1, n("1")], "n1 >= 1"),
    ("n1 ≠ 1", ["ne", n1, n("1")], "n1 != 1"),
    ("- 5", n("-5"), "-5"),
    ("--5", ["sub", n("0"), n("-5")], "0 - -5"),
    ("-(n1)", ["sub", n("0"), n1], "0 - n1"),
    ("n1 - -n2", ["sub", n1, ["sub", n("0"), n2]], "n1 - (0 - n2)"),
    ("n1 * n2 * 2", ["mul", n1, n2, n("2")], "n1 * n2 * 2"),
    ("n1 / n2 / 2", ["div", ["div", n1, n2], n("2")], "n1 / n2 / 2"),
    ("n1 / (n2 * 2)", ["div", n1, ["mul", n2, n("2")]], "n1 / (n2 * 2)"),
    ("n1 * (n2 / 2)", ["mul", n1, ["div", n2, n("2")]], "n1 * (n2 / 2)"),
    ("(n1 - n2) + 1", ["add", ["sub", n1, n2], n("1")], "n1 - n2 + 1"),
    ("(n1 + n2) + 1", ["add", ["add", n1, n2], n("1")], "(n1 + n2) + 1"),
    ("n1 + (n2 + 1)", ["add", n1, ["add", n2, n("1")]], "n1 + (n2 + 1)"),
    ('t1 = "a ""b"""', ["eq", t1, text('a "b"')], 't1 = "a ""b"""'),
    # not
    ("not not b1", ["not", ["not", b1]], "not not b1"),
    ("not b1 = red", ["not", ["eq", b1, ["answer", "red"]]], "not b1 = red"),
    ("not (n1 is answered)", ["not", ["answered", n1]], "n1 is not answered"),
    ("not c1 one of (red)", ["not", ["one_of", c1, RED]], 'c1 is not one of ("red")'),
    ('t1 does not match "a"', ["not", ["matches", t1, text("a")]], 't1 does not match "a"'),
    ("(b1 = red) = b1", ["eq", ["eq", b1, ["answer", "red"]], b1], "(b1 = red) = b1"),
    (
        "(b1 or red) and b1",
        ["and", ["or", b1, ["answer", "red"]], b1],
        "(b1 or red) and b1",
    ),
    ("(b1 or red) or b1", ["or", ["or", b1, ["answer", "red"]], b1], "(b1 or red) or b1"),
    (
        "if (if b1 then red) then (if b1 then 1) else if red then 2 else 3",
        [
            "if",
            ["when", b1, ["answer", "red"]],
            ["when", b1, n("1")],
            ["if", ["answer", "red"], n("2"), n("3")],
        ],
        "if (if b1 then red) then (if b1 then 1) else if red then 2 else 3",
    ),
]
# formula, where, what is said
WRONG: list[tuple[str, str, str]] = [
    ('time "25:00"', "1:1", "“25:00” is not a time. Change the formula."),
    ('h1 = moment "soon"', "1:6", "“soon” is not a date and time."),
    ('partial "2026-13"', "1:1", "“2026-13” is not a date that may lack its day or month."),
    (
        "previous n3",
        "1:1",
        "There is no question “n3”. Write the name of a question of this page.",
    ),
    ("previous r", "1:1", "“r” has several entries. Write “count of r” for their number."),
    ("q1.unt = kg", "1:1", "There is no question “q1.unt”. Did you mean “q1.unit”?"),
    ("q1.unit = lb", "1:11", "“q1.unit” has no choice “lb”. Its choices are: kg, g."),
    ("count of en in rr equal to 1", "1:10", "There is no repeated section “rr”."),
    ("count of ec in r equal to blue", "1:27", "“ec” has no choice “blue”."),
    ("sum of zz in r", "1:8", "“zz” is not asked in that repeated section."),
    ("sum of r", "1:8", "Write: sum of a in r"),
    ("count of en in r equal to t1", "1:1", "“count of” needs a number here, not a text."),
    ("c1 is one of red", "1:14", "“(” is missing here. Write: one of (a, b)"),
    ("c1 is one of (red", "1:18", "“)” is missing here. Write: one of (a, b)"),
    ("collect (c1", "1:12", "“)” is missing here. Write: collect (a, b)"),
    ("choices red", "1:9", '“(” is missing here. Write: choices ("a", "b")'),
    ("ranked (red", "1:12", '“)” is missing here. Write: choices ("a", "b")'),
    ("days between d1", "1:16", "“and” is missing here. Write: days between a and b"),
    ("if b1", "1:6", "“then” is missing here. Write: if a then b else c"),
    ("d1 + n1 days days", "1:14", "An operator is missing before “days”."),
    (
        "previous 3",
        "1:10",
        "A value is missing before “3”. Write a name, a number, a date or a text.",
    ),
    ("then", "1:1", "A value is missing before “then”."),
    ("n1 = ", "1:6", "The formula ends where a value is missing."),
    ("n1 ? 2", "1:4", "“?” means nothing in a formula. Take it out."),
    ("n1 || 2", "1:4", "“||” means nothing in a formula. Did you mean “or”?"),
    ("n1 > 1 > 2", "1:8", "Join two comparisons with “and”: a < b and b < c"),
    ("n1 = 1 = 2", "1:8", "A comparison cannot be compared again."),
    ("n1 = 0.1234567890123", "1:6", "“0.1234567890123” has too many digits."),
    ('t1 = "' + "x" * 2001 + '"', "1:6", "This text cannot be kept. Write it anew, and shorter."),
    ('t1 = "a\x00"', "1:6", "This text cannot be kept."),
    ('c1 = "a b"', "1:6", "“a b” cannot be the name of a choice. Write its name, not its label."),
    ("n1\n + n2\n + zz1", "3:4", "There is no question “zz1”."),
    ("x" * 5001, "1:1", "The formula is too long. Divide it into several calculations."),
    ("b1 oder b1", "1:4", "An operator is missing before “oder”. Did you mean “or”?"),
    ("mun of en in r", "1:5", "An operator is missing before “of”."),
    ("b1 b1", "1:4", "Write what joins the two, for example “and”, “+” or “=”."),
    ("collect (" + "c1, " * 200 + "c1)", "1:813", "The formula is nested too deeply."),
    ("d1 - 3", "1:4", "Days are added with their unit: “+ 3 days”."),
    ("n1 - d1", "1:4", "Days are added with their unit: “+ 3 days”."),
    ("n1 * d1", "1:4", "“*” needs a number here, not a date. Change this part of the formula."),
]


def read(formula: str) -> Any:
    found = parse_formula(formula, NAMES)
    assert not isinstance(found, tuple), [say(problem) for problem in found]
    return found


@pytest.mark.parametrize(("formula", "expression", "again"), ROWS)
def test_a_formula_means_and_is_written_again(formula: str, expression: Any, again: str) -> None:
    assert dump(read(formula)) == expression
    assert write_formula(read(formula)) == again
    assert dump(read(again)) == expression


@pytest.mark.parametrize(("formula", "place", "said"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_said(formula: str, place: str, said: str) -> None:
    problems = parse_formula(formula, NAMES)
    assert isinstance(problems, tuple)
    assert (problems[0].place, said in say(problems[0])) == (place, True), say(problems[0])


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        (["today"], "today"),
        (["score"], "score"),
        (["answer", "today"], "{today}"),
        (["answer", "is"], "{is}"),
        (["part", "q1", "B-2"], "{q1.B-2}"),
        (["entries", "or"], "{or}"),
        (["offered", "if"], "offered {if}"),
        (["value", "bool", False], "no"),
        (["value", "bool", True], "yes"),
        (["value", "number", "-1.5"], "-1.5"),
        (["value", "date", "2026-03-16"], "2026-03-16"),
    ],
)
def test_a_word_of_the_language_stands_in_braces(expression: Any, written: str) -> None:
    node = parse(expression, "", [])
    assert node is not None
    assert write_formula(node) == written


@pytest.mark.parametrize(
    ("wanted", "formula", "expression"),
    [
        ("one", "red", RED),
        ("one", '"red"', RED),
        ("one", "zzz", ["value", "one", "zzz"]),
        ("one", "if b1 then zzz", ["when", b1, ["value", "one", "zzz"]]),
        ("bool", "red", ["answer", "red"]),
        ("text", '"red"', text("red")),
        ("number", "n1 or else 0", ["or_else", n1, n("0")]),
    ],
)
def test_its_place_tells_what_a_word_means(wanted: str, formula: str, expression: Any) -> None:
    names = {name: known for name, known in NAMES.items() if name != "red" or wanted == "bool"}
    found = parse_formula(formula, names, wanted)
    assert not isinstance(found, tuple), [say(problem) for problem in found]
    assert dump(found) == expression


def test_a_name_whose_type_nobody_can_say_yet_is_taken_as_it_comes() -> None:
    assert dump(read("d + 1")) == ["add", ["answer", "d"], n("1")]
    assert dump(read("c1 = d")) == ["eq", c1, ["answer", "d"]]


def test_no_more_is_told_than_anybody_reads() -> None:
    problems = parse_formula(" + ".join(f"zz{at}" for at in range(30)), NAMES)
    assert isinstance(problems, tuple)
    assert len(problems) == 20
    assert [problem.place for problem in problems[:2]] == ["1:1", "1:7"]


def test_the_words_that_may_be_names() -> None:
    assert names_in("q1.unit = kg and {is} > 1") == {"q1.unit", "q1", "kg", "and", "is"}
    assert names_in("") == frozenset()


def test_a_time_is_compared_in_both_engines(book: Book) -> None:
    expression = dump(read('h1 < time "08:00"'))
    assert book.evaluate(expression, {"h1": "07:59"}).value("x") is True
