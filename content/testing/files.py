"""Tests as a JSON file: commands as `docs/schemas` has them, so that they can be kept and played elsewhere."""

import json
from collections.abc import Iterable
from typing import Any, Final

from content.models import ScriptTest
from content.testing.written import Written, parsed, written

FORMAT: Final = 1
KIND: Final = "tests"


def as_file(code: str, tests: Iterable[ScriptTest]) -> str:
    """A file of these tests."""
    rows = [
        {
            "name": test.name,
            "today": test.today,
            "language": test.language,
            "commands": test.commands,
            "expected": test.expected,
            "names": test.names,
        }
        for test in tests
    ]
    data = {"format": FORMAT, "kind": KIND, "app": code, "tests": rows}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)


def in_file(content: bytes) -> list[Written] | int | None:
    """The tests of a file; the number of the first one that cannot be read; None for a file of something else."""
    data: Any = parsed(content)
    if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("kind") != KIND:
        return None
    rows = data.get("tests")
    if not isinstance(rows, list):
        return None
    found: list[Written] = []
    for number, row in enumerate(rows, 1):
        test = written(row)
        if test is None:
            return number
        found.append(test)
    return found
