"""A failing test stops the release."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop

from builder.definition import Definition
from builder.gates import Gate
from builder.problems import Problem
from content.testing.running import family_tests, results
from content.testing.saying import Reader

MOST_TOLD = 20


def failing(page: Any, definition: Definition) -> Iterator[Problem]:
    """What the failing tests say, one line a difference, so many of them."""
    tests = family_tests(page)
    found = results(tests, definition)
    told = 0
    for test in tests:
        reader = Reader(definition, test.language)
        for problem in reader.problems(test.name, found[test.pk]):
            if told < MOST_TOLD:
                told += 1
                yield problem


def evidence(page: Any, definition: Definition) -> dict[str, int]:
    """How many tests there were, and how they went."""
    found = results(family_tests(page), definition).values()
    passed = sum(result.passed for result in found)
    return {"passed": passed, "failed": len(found) - passed} if found else {}


TESTS = Gate("tests", gettext_noop("Tests"), failing, "builder.override_tests", evidence)
