"""The only writer of tests. Keyword-only; the actor is `by`, and the history keeps who changed what."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from builder.definition import Definition
from content.models import ScriptTest
from content.testing.following import command_now, follower, names_of
from content.testing.running import observed, played
from content.testing.written import LONGEST_NAME, Written

MOST_TESTS: Final = 300  # a release waits for all of them


class TooManyTests(Exception):
    """A page family has as many tests as it may have."""


@transaction.atomic
def keep(*, page: Any, written: Written, by: Any) -> ScriptTest:
    """A new test of a page's family. Raises TooManyTests."""
    if ScriptTest.objects.filter(translation_key=page.translation_key).count() >= MOST_TESTS:
        raise TooManyTests
    return _save(ScriptTest(translation_key=page.translation_key), written, by)


@transaction.atomic
def change(*, test: ScriptTest, written: Written, by: Any) -> ScriptTest:
    """Another name, day, language, other steps or expectations."""
    return _save(test, written, by)


@transaction.atomic
def duplicate(*, page: Any, test: ScriptTest, by: Any) -> ScriptTest:
    """The same once more, under another name. Raises TooManyTests."""
    name = gettext("%(name)s (copy)") % {"name": test.name}
    return keep(page=page, written=_written(test, name=name[:LONGEST_NAME]), by=by)


@transaction.atomic
def accept(*, test: ScriptTest, definition: Definition, by: Any) -> ScriptTest:
    """What is found is what is expected from now on; steps that no longer fit are left out, and names are those of now."""
    name = follower(test.names, definition)
    refused = {number for number, _command, _code in played(test, definition).refused}
    commands = [
        command_now(command, name)
        for number, command in enumerate(test.commands)
        if number not in refused
    ]
    written = Written(
        test.name,
        test.today,
        test.language,
        commands,
        observed(test, definition),
        names_of(definition),
    )
    return _save(test, written, by)


@transaction.atomic
def delete(*, test: ScriptTest, by: Any) -> None:
    """It is gone; its history stays."""
    test._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    test.delete()


@transaction.atomic
def take_in(*, page: Any, tests: Iterable[Written], by: Any) -> tuple[int, int]:
    """Tests from a file: one that has the name of another replaces it. How many are new, and how many replaced. Raises TooManyTests."""
    known = {
        test.name: test for test in ScriptTest.objects.filter(translation_key=page.translation_key)
    }
    new = replaced = 0
    for written in tests:
        if written.name in known:
            change(test=known[written.name], written=written, by=by)
            replaced += 1
        else:
            known[written.name] = keep(page=page, written=written, by=by)
            new += 1
    return new, replaced


def _written(test: ScriptTest, *, name: str) -> Written:
    return Written(name, test.today, test.language, test.commands, test.expected, test.names)


def _save(test: ScriptTest, written: Written, by: Any) -> ScriptTest:
    test.name, test.today, test.language = written.name, written.today, written.language
    test.commands, test.expected, test.names = written.commands, written.expected, written.names
    test.changed_at = timezone.now()
    test._history_user = by  # noqa: SLF001
    test.save()
    return test
