"""Patterns that are refused, and those that would take long; `tests/unit/hostile` has the campaign."""

import pytest

from builder.conditions import pattern_problem
from builder.conditions.pattern_steps import is_slow


def test_half_a_letter_is_no_pattern():
    assert pattern_problem("a\ud800") == "The pattern cannot be read."


@pytest.mark.parametrize(
    ("pattern", "slow"),
    [("(a|b)c", False), ("(a?|b)(a?|b)c", False), (".*.*.*x", True), ("[z-a]", False)],
)
def test_which_patterns_take_long(pattern: str, slow: bool) -> None:
    """A set that no machine reads stands for any letter."""
    assert is_slow(pattern, 2_000) is slow
