"""Conditions as XPath: what a person would write, and a guard where XPath means something else by a blank."""

import pytest

from tests.peers.xpath import Speech, quoted

TYPES = {"n": "number", "m": "number", "t": "text", "b": "bool", "s": "many", "d": "date"}
SPEECH = Speech(
    TYPES,
    lambda name: f"/data/{name}",
    lambda repeat, name: f"../{repeat}/{name}[. != '']",
    "/data/_today",
)
FIVE, A = ["value", "number", "5"], ["value", "text", "a"]


def name(each):
    return ["answer", each]


@pytest.mark.parametrize(
    ("condition", "holds", "fails"),
    [
        (["lt", name("n"), FIVE], "/data/n < 5", "/data/n >= 5"),
        (["eq", name("t"), A], "/data/t = 'a'", "(/data/t != '' and /data/t != 'a')"),
        (["not", name("b")], "/data/b = 'false'", "/data/b = 'true'"),
        (["answered", name("t")], "/data/t != ''", "not(/data/t != '')"),
        (
            ["and", name("b"), ["lt", name("n"), FIVE]],
            "(/data/b = 'true' and /data/n < 5)",
            "(/data/b = 'false' or /data/n >= 5)",
        ),
    ],
)
def test_a_condition_says_when_it_holds_and_when_it_fails(condition, holds, fails):
    assert SPEECH.holds(condition) == holds
    assert SPEECH.fails(condition) == fails
    assert SPEECH.holds(["not", condition]) == fails


def test_two_blanks_are_not_equal():
    assert SPEECH.holds(["eq", name("t"), name("t")]) == "(/data/t != '' and /data/t = /data/t)"
    assert SPEECH.holds(["eq", name("n"), name("m")]) == "number(/data/n) = number(/data/m)"


def test_a_division_is_known_when_it_is_not_by_zero():
    assert SPEECH.known(["div", name("n"), FIVE]) == "/data/n != ''"
    by_answer = SPEECH.known(["div", name("n"), name("m")])
    assert by_answer == "(/data/n != '' and /data/m != '' and /data/m != 0)"


def test_a_sum_over_nothing_is_zero():
    each = "../r/n[. != '']"
    assert SPEECH.value(["sum", ["each", "r", "n"]]) == f"if(count({each}) > 0, sum({each}), 0)"


def test_a_text_with_both_quotes_is_put_together():
    assert quoted("it's") == '"it\'s"'
    assert quoted("""it's "so".""") == """concat("it's ", '"', "so", '"', ".")"""


def test_inside_a_predicate_what_is_near_is_reached_from_where_it_stands():
    found = SPEECH.value(["occurs", ["each", "r", "t"], ["max", ["each", "r", "t"]]])
    assert "../r/t[. != ''][. = if(count(current()/../r/t[. != '']) > 0, " in found


def test_entries_are_counted_by_a_node_that_is_blank_while_they_are_hidden():
    assert SPEECH.value(["count", ["entries", "r"]]) == "count(../r/_there[. != ''])"
