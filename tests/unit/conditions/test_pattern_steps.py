"""In how many ways a text of ten letters may be tried against a pattern: those that multiply are what takes long."""

import pytest

from builder.conditions.pattern_steps import ENOUGH, MOST_STEPS, is_slow, ways

# pattern, ways for 10 letters
ROWS = [
    ("abc", 1),
    ("a*b", 1),
    ("a?b", 1),
    ("(a|b)c", 1),
    ("a*b*c*", 1),
    # a repetition that shares a letter with what follows is tried at each length it may have
    ("a?a", 2),
    ("a*a", 11),
    ("a+a", 10),
    ("a{3}a", 1),
    ("a{2,5}a", 4),
    ("a{2,}a", 9),
    ("a{2,}b", 1),
    ("^a*a$", 11),
    # and two of them at each pair
    ("a*a*b", 11),
    ("a*a*a*b", 121),
    (".*.*.*", 121),
    # what may be empty lets what is behind it be seen
    ("a*b?a", 11),
    ("a*b?c", 1),
    ("a*(b|c)?a", 11),
    ("a*(b*)a", 11),
    ("(a*)a", 11),
    ("(a*b*)a", 11),
    ("(a*b*)c", 1),
    ("x*(x|y)", 11),
    ("(a*b)?a", 2),
    ("(a*)?a", 22),
    # alternatives that begin alike are all tried
    ("(a|a)b", 2),
    ("(ab|ac)d", 2),
    ("(ab|ac|bd)e", 3),
    ("a|a", 2),
    ("(a|)a", 2),
    ("(a|)b", 1),
    ("(a?|b)a", 2),
    ("(a*|b)a", 11),
    ("(?:a|é)?a", 2),
    # classes share the letters that are in both
    ("[a-c]*[c-e]", 11),
    ("[a-c]*[d-f]", 1),
    ("[b-y]*z", 1),
    ("a*[b-z]", 1),
    ("\\d*1", 11),
    ("\\d*a", 1),
    ("\\w*_", 11),
    ("\\s*\\n", 11),
    (".*x", 11),
    (".*\\n", 1),
    ("[^a]*a", 1),
    ("[^a]*b", 11),
    ("\\.*\\.", 11),
    ("é*é", 11),
    ("😀*😀", 11),
]


@pytest.mark.parametrize(("pattern", "count"), ROWS)
def test_ways_are_counted(pattern: str, count: int) -> None:
    assert ways(pattern, 10) == count


def test_ways_are_counted_no_further_than_needed() -> None:
    assert ways(".*" * 40, 2_000) == ENOUGH == ways("(a|a)" * 40, 10)


@pytest.mark.parametrize(("pattern", "longest"), [("a*a", 4_471), ("a*a*a", 270)])
def test_the_longest_text_that_is_matched_soon(pattern: str, longest: int) -> None:
    assert ways(pattern, longest) * longest <= MOST_STEPS
    assert not is_slow(pattern, longest)
    assert is_slow(pattern, longest + 1)
