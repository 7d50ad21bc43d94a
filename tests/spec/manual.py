"""`python -m tests.spec.manual` writes docs/manual: the spec's chapters as pages, so that the tables that bind both engines are what
people read. A chapter is a file's docstring, a paragraph a test's name, a table the rows that it is called with.
"""

import importlib
import inspect
import json
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from tests.environment import ROOT

MANUAL = ROOT / "docs" / "manual"
CHAPTERS = ROOT / "tests" / "spec"
LONGEST_CELL = 400


def pages() -> dict[str, str]:
    """Each page of the manual by the name of its file."""
    found = {}
    for file in sorted(CHAPTERS.glob("test_*.py")):
        module = importlib.import_module(f"tests.spec.{file.stem}")
        found[f"{file.stem.removeprefix('test_').replace('_', '-')}.md"] = page(module)
    return {"README.md": index(found), **found}


def index(chapters: dict[str, str]) -> str:
    """The first page."""
    rows = (
        f"- [{text.splitlines()[0].removeprefix('# ')}]({name})" for name, text in chapters.items()
    )
    about = (
        "What definitions mean, as tables that both engines are held to. Written by `python -m tests.spec.manual` from `tests/spec`;"
        " expressions are JSON as [the architecture](../architecture.md) has them, `null` is Missing."
    )
    return "\n".join(["# The language of scripts and forms", "", about, "", *rows, ""])


def page(module: ModuleType) -> str:
    """One chapter."""
    title, rest = [*re.split(r"[:.]\s", inspect.getdoc(module) or "", maxsplit=1), ""][:2]
    lines = [f"# {title.strip().rstrip('.')}", ""]
    if rest:
        lines += [_sentence(rest), ""]
    for name, test in vars(module).items():
        if (
            name.startswith("test_")
            and inspect.isfunction(test)
            and test.__module__ == module.__name__
        ):
            lines += paragraph(name, test)
    return "\n".join(lines)


def paragraph(name: str, test: Any) -> Iterator[str]:
    """A test as a sentence, what it adds, and its table."""
    yield f"## {_sentence(name.removeprefix('test_').replace('_', ' '))}"
    yield ""
    said = inspect.getdoc(test)
    if said:
        yield from (said, "")
    for mark in getattr(test, "pytestmark", ()):
        if mark.name == "parametrize":
            yield from table(*mark.args[:2])


def table(names: Any, rows: Any) -> Iterator[str]:
    """The rows that a test is called with."""
    heads = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    yield f"| {' | '.join(head.replace('_', ' ') for head in heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(cell, _cells(row, len(heads))))} |"
    yield ""


def _cells(row: Any, count: int) -> list[Any]:
    if hasattr(row, "marks"):  # a row with a name of its own
        return list(row.values)
    return list(row) if count > 1 else [row]


def cell(value: Any) -> str:
    """A value as JSON; what has none says what it is called."""
    text = json.dumps(value, ensure_ascii=False, default=_called)
    text = text.encode(
        "utf-8", "backslashreplace"
    ).decode()  # half a letter is an answer that is refused
    text = text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]} …"
    return f"`{text.replace('|', chr(92) + '|').replace('`', '’')}`"


def _called(value: Any) -> str:
    return str(
        getattr(value, "__name__", None) or getattr(value, "name", None) or type(value).__name__
    )


def _sentence(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip()
    return words[:1].upper() + words[1:]


def main() -> int:
    """Write the pages, and take away those of chapters that are gone."""
    written = pages()
    MANUAL.mkdir(exist_ok=True)
    for file in MANUAL.glob("*.md"):
        if file.name not in written:
            file.unlink()
    for name, text in written.items():
        (MANUAL / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
