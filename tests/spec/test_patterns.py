"""Patterns: a small part of regular expressions that takes linear time, matched against the whole value, the same in both engines."""

import pytest

from builder.conditions import pattern_problem
from builder.conditions.patterns import matches
from tests.definitions import definition, question, section
from tests.spec.book import Book, given

TOO_LONG = "The pattern is too long."
NOT_HERE = "The pattern uses something that cannot be used here."
UNREADABLE = "The pattern cannot be read."


@pytest.mark.parametrize(
    ("pattern", "fits", "not_"),
    [
        ("abc", ["abc"], ["ab", "abcd", "xabc", "ABC"]),
        ("^abc$", ["abc"], ["^abc$", "abcd"]),
        ("abc$", ["abc"], ["abc$"]),
        (r"abc\$", ["abc$"], ["abc", "abc\\"]),
        (r"abc\\$", ["abc\\"], ["abc", "abc$"]),
        (r"\^abc", ["^abc"], ["abc"]),
        ("aX$", ["aX"], ["aX$", "a"]),
        ("^$", [], ["^$", "a"]),
        ("a.c", ["abc", "a\u2028c", "a😀c", "a\rc"], ["a\nc", "ac"]),
        (r"a\.c", ["a.c"], ["abc"]),
        ("[ab]", ["a", "b"], ["c", "ab"]),
        ("[^ab]", ["c", "\n", "é"], ["a", "b"]),
        ("[a-c]", ["b"], ["-", "d"]),
        ("[a.]", ["a", "."], ["b"]),
        (r"[\]\\]", ["]", "\\"], ["a"]),
        (r"[\s-]", [" ", "\t", "-"], ["\u00a0", "s"]),
        (r"[\d\w]", ["7", "_", "Z"], ["-", "٣", "é"]),
        (r"\d\D", ["7x"], ["77", "xx"]),
        (r"\w\W", ["a-", "aé"], ["aa", "--"]),
        (r"a\sb", ["a b", "a\tb", "a\nb", "a\vb", "a\fb", "a\rb"], ["a\u00a0b", "ab", "asb"]),
        (r"a\Sb", ["axb", "a\u00a0b"], ["a b", "a\nb"]),
        (r"a\-b", ["a-b"], ["ab"]),
        (r"a\/b", ["a/b"], ["ab"]),
        (r"\[\]\{\}\(\)\*\+\?\|", ["[]{}()*+?|"], ["[]"]),
        ("ab?", ["a", "ab"], ["abb"]),
        ("ab*", ["a", "ab", "abb"], ["b"]),
        ("ab+", ["ab", "abb"], ["a"]),
        ("a{2}", ["aa"], ["a", "aaa"]),
        ("a{2,}", ["aa", "aaaa"], ["a"]),
        ("a{1,2}", ["a", "aa"], ["b", "aaa"]),
        ("a{200}", ["a" * 200], ["a" * 199]),
        ("(ab)+", ["ab", "abab"], ["aba"]),
        ("(?:ab)?c", ["c", "abc"], ["ab"]),
        ("(a|b)c", ["ac", "bc"], ["abc", "c"]),
        ("a|bc", ["a", "bc"], ["ac", "abc"]),
        ("(ab?)?", ["a", "ab"], ["abab"]),
        ("((a)(b))+", ["ab", "abab"], ["a"]),
    ],
)
def test_a_pattern_fits_the_whole_value(
    book: Book, pattern: str, fits: list[str], not_: list[str]
) -> None:
    assert pattern_problem(pattern) is None
    form = definition(section("s", question("t", pattern=pattern)), kind="form")
    for text in (*fits, *not_):
        if text.strip():
            played = book.play(form, given(t=text))
            assert (text, played.codes("t")) == (text, [] if text in fits else ["constraint"])
        assert matches(text, pattern) is (text in fits)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("a" * 500, None),
        ("a" * 501, TOO_LONG),
        ("", None),
        ("^", None),
        ("$", None),
        ("a^", NOT_HERE),
        ("a$b", NOT_HERE),
        ("(", NOT_HERE),
        (")", NOT_HERE),
        ("a)b", NOT_HERE),
        ("(a", NOT_HERE),
        ("((a)", NOT_HERE),
        ("[", NOT_HERE),
        ("[]", NOT_HERE),
        ("[[]", NOT_HERE),
        ("a]", NOT_HERE),
        ("a}", NOT_HERE),
        ("a{", NOT_HERE),
        ("a{,2}", NOT_HERE),
        ("a{1000}", NOT_HERE),
        ("a{201}", NOT_HERE),
        ("a{1,201}", NOT_HERE),
        ("a{2,1}", UNREADABLE),
        ("[b-a]", UNREADABLE),
        ("*", NOT_HERE),
        ("a|*", NOT_HERE),
        ("(*)", NOT_HERE),
        ("(+a)", NOT_HERE),
        ("a**", NOT_HERE),
        ("a+?", NOT_HERE),
        ("a?+", NOT_HERE),
        ("(a+)+", NOT_HERE),
        ("(a+){2}", NOT_HERE),
        ("(a+){2,}", NOT_HERE),
        ("(a{2})*", NOT_HERE),
        ("(a?)*", NOT_HERE),
        ("(a|b)*", NOT_HERE),
        ("((a+)b)*", NOT_HERE),
        ("((a|b))+", NOT_HERE),
        ("(a+)?", None),
        ("(a|b)?", None),
        ("(a+)(b)+", None),
        ("(a+)b+", None),
        ("(a+)b*c", None),
        (r"\1", NOT_HERE),
        (r"\b", NOT_HERE),
        (r"\n", NOT_HERE),
        (r"\p{L}", NOT_HERE),
        ("a\\", NOT_HERE),
        (r"[\b]", NOT_HERE),
        ("(?=a)b", NOT_HERE),
        ("(?i)a", NOT_HERE),
        ("(?P<n>a)", NOT_HERE),
    ],
)
def test_what_takes_too_long_or_is_read_differently_is_refused(
    pattern: str, why: str | None
) -> None:
    assert pattern_problem(pattern) == why
    if why:
        assert not matches("a", pattern)
        assert not matches(pattern, pattern)
