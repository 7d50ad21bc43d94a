"""Patterns that take a browser too long are told before they are published; what is published is matched at once, alike in both engines."""

import time

import pytest

from builder.conditions import pattern_problem
from builder.conditions.pattern_steps import is_slow
from builder.definition import Definition, check, dump
from runtime.engine import canonical, start, view
from tests.definitions import TODAY, calculation, definition, line, question, section
from tests.node import Twin

LONG = 20_000

# Refused wherever they stand: the subset has no such repetitions.
REFUSED = ["(a+)+$", "(a|a)*b", "(.*)*x", "(a*)*", "(a|b)+", "((a?){9}){9}", "(a{1,9}){1,9}", "(?=a)", "(a)\\1", "a*?", "a{201}"]  # fmt: skip
# May be read, and never published: one way of matching after the other is tried.
SLOW = [
    ".*.*x",
    ".*.*.*x",
    ".*a.*b.*c",
    "a*a*a*b",
    "a?" * 25 + "b",
    "(a|a)" * 25 + "b",
    "(ab|ac)" * 20 + "b",
    "(a|)" * 30,
    "(a*)?(a*)?(a*)?b",
    "(a*|b)(a*|c)(a*|d)z",
    "[a-z]{0,200}[a-z]{0,200}[a-z]{0,200}1",
    "[a-m]*[g-z]*[a-g]*[0-9a]*!",
    "\\w*\\d*_*\\w*!",
]
# A pattern, and the text that takes longest.
FAST = [
    (".*", "x" * 2_000 + "\n"),
    (".*x.*", "x" * 1_999 + "\n"),
    (".*[0-9].*", "1" * 1_999 + "\n"),
    ("\\d*\\d*x", "1" * 2_000),
    ("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", "x@" + "." * 1_990 + "@"),
    ("[A-Za-z' -]+ [A-Za-z' -]+", " " * 1_999 + "!"),
    ("\\w+\\s*\\w+", "a" * 1_999 + "!"),
    ("(a|b)" * 25, "ab" * 12 + "c"),
    ("a?" * 13 + "b", "a" * 13),
    ("[a-z]{0,200}[a-z]{0,200}1", "a" * 400),
    ("\\+?[0-9]{1,3}[ -]?[0-9]{2,3}[ -]?[0-9]{2}[ -]?[0-9]{2}", "+" + "1" * 100),
    ("[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}-[0-9]{3}\\.[0-9]{2}", "85.07.30-033.2"),
    ("(foo|bar|baz)?(?: [A-Z][a-z]*)?", "foo " + "A" + "b" * 1_900 + "!"),
    ("(" * 200 + "a" + ")" * 200, "b"),
    ("x{200}" * 9, "x" * 1_799),
    ("[€-😀é]*!?", "😀" * 1_999 + "x"),
]


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_the_subset_lacks_is_refused(pattern: str) -> None:
    assert pattern_problem(pattern) is not None


@pytest.mark.parametrize("pattern", SLOW)
def test_what_is_tried_in_too_many_ways_is_not_published(pattern: str) -> None:
    assert pattern_problem(pattern) is None
    for made in (asked(pattern), matched(pattern, 2_000)):
        assert [problem.code for problem in check(made)] == ["slow_pattern"]


@pytest.mark.parametrize(("pattern", "text"), FAST)
def test_what_is_published_is_matched_at_once_and_alike(
    twin: Twin, pattern: str, text: str
) -> None:
    made = asked(pattern)
    assert check(made) == ()
    state = {**start(made, "en"), "answers": {"t": text}}
    twin.ask("look", definition=dump(made), state=start(made, "en"), events=[], today=TODAY)
    begun = time.monotonic()
    seen = twin.ask("look", definition=dump(made), state=state, events=[], today=TODAY)
    assert time.monotonic() - begun < 1  # 5 to 20 ms; two looks, on a machine that may be busy
    assert seen[1] == canonical(view(made, state, TODAY))


def test_how_long_a_text_may_be_decides() -> None:
    assert not is_slow(".*x.*", 2_000)
    assert is_slow(".*x.*", LONG)
    for longest, codes in ((2_000, []), (LONG, ["slow_pattern"])):
        assert [problem.code for problem in check(matched(".*x.*", longest))] == codes
    # Of what is calculated nobody knows the length.
    tests = ["matches", ["answer", "said"], ["value", "text", ".*x.*"]]
    made = definition(
        section(
            "s",
            question("t"),
            calculation("said", "text", ["answer", "t"]),
            line("l", "x", tests),
        ),
        kind="form",
    )
    assert [problem.code for problem in check(made)] == ["slow_pattern"]


@pytest.mark.parametrize(
    "pattern", ["a" * 501, "\ud800", "(" * 250 + ")" * 250, "[" * 400, "\\" * 401, "x{200}" * 83]
)
def test_reading_a_pattern_never_raises(pattern: str) -> None:  # fmt: skip
    problem = pattern_problem(pattern)
    assert problem is None or problem.endswith(".")


def asked(pattern: str) -> Definition:
    return definition(section("s", question("t", pattern=pattern)), kind="form")


def matched(pattern: str, longest: int) -> Definition:
    tests = ["matches", ["answer", "t"], ["value", "text", pattern]]
    return definition(
        section("s", question("t", "long_text", maximum_length=longest), line("l", "x", tests)),
        kind="form",
    )
