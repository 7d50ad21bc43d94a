"""Playing tests on a draft. What was played on the same definition is not played again."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from builder import definition as definitions
from builder import publish as publishing
from builder.definition import Definition
from builder.playing import play
from content.models import ScriptTest
from content.testing.expecting import Difference, differences, found_in
from content.testing.following import command_now, expected_now, follower

KEPT_FOR = 3600


@dataclass(frozen=True)
class Result:
    """How a test went. `refused` has each step that no longer fits: its number, its command and the code of the refusal."""

    differences: tuple[Difference, ...]
    refused: tuple[tuple[int, dict[str, Any], str], ...]

    @property
    def passed(self) -> bool:
        return not (self.differences or self.refused)


def drafted(page: Any) -> Definition | None:
    """What the newest draft of a page means, also while it could not be published."""
    definition = publishing.draft(page.get_latest_revision_as_object(), unpublished=True)
    return definition if definition is not None and definition.sections else None


def family_tests(page: Any) -> list[ScriptTest]:
    """The tests of a page's family."""
    return list(ScriptTest.objects.filter(translation_key=page.translation_key))


def result_of(test: ScriptTest, definition: Definition, sha256: str = "") -> Result:
    """Play a test, unless it was played on this definition before."""
    sha256 = sha256 or definitions.sha256(definition)
    key = f"script-test:{test.pk}:{test.changed_at.timestamp()}:{sha256}"
    known = cache.get(key)
    if isinstance(known, Result):
        return known
    result = played(test, definition)
    cache.set(key, result, KEPT_FOR)
    return result


def played(test: ScriptTest, definition: Definition) -> Result:
    """Play a test on a definition, its names followed."""
    name = follower(test.names, definition)
    commands = [command_now(command, name) for command in test.commands]
    run = play(definition, commands, test.today, test.language)
    found = tuple(differences(expected_now(test.expected, name), run.state, run.view))
    return Result(found, tuple((at, commands[at], code) for at, code in run.refused))


def observed(test: ScriptTest, definition: Definition) -> dict[str, Any]:
    """What the parts that a test expects are now."""
    name = follower(test.names, definition)
    commands = [command_now(command, name) for command in test.commands]
    run = play(definition, commands, test.today, test.language)
    expected = expected_now(test.expected, name)
    return found_in(run.state, run.view, expected)


def counted(page: Any, seconds: float) -> dict[str, int]:
    """How many tests of a page pass on its newest draft, fail, or could not be played in so many seconds; nothing where there is none."""
    tests, definition = family_tests(page), drafted(page)
    if not tests or definition is None:
        return {}
    found = results(tests, definition, seconds).values()
    passed = sum(result.passed for result in found)
    return {
        "passed": passed,
        "failed": len(found) - passed,
        "waiting": len(tests) - len(found),
    }


def results(
    tests: Iterable[ScriptTest], definition: Definition, seconds: float | None = None
) -> dict[int, Result]:
    """The result of each test by its key; of those only that could be played in so many seconds."""
    sha256, began = definitions.sha256(definition), time.monotonic()
    found: dict[int, Result] = {}
    for test in tests:
        if seconds is not None and time.monotonic() - began > seconds:
            break
        found[test.pk] = result_of(test, definition, sha256)
    return found
