"""Cases: rows of the spec's tables (and of the pure unit tests), called without pytest; and random plays that were drawn once.

A test that asks for another fixture than the engines or a folder of its own is left out: it would need pytest, and the mutants must
be quick.
"""

import importlib
import inspect
import itertools
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.environment import ROOT
from tests.mutants.recorded import Recorded
from tests.pure import TESTS

PLAYS = "plays"
GIVEN = ("book", "twin", "tmp_path")


@dataclass(frozen=True, order=True)
class Case:
    """One row of one test."""

    module: str
    test: str
    row: int


@dataclass
class Drawn:
    """Random plays: definitions as JSON data, with commands."""

    plays: list[tuple[dict[str, Any], list[Any]]]


def modules() -> list[str]:
    """All modules that have cases."""
    return [
        f"{folder}/{file.stem}".replace("/", ".")
        for folder in TESTS
        for file in sorted((ROOT / folder).glob("test_*.py"))
    ]


def cases_of(module: str) -> list[Case]:
    """The cases of a module, which is imported."""
    found = []
    loaded = importlib.import_module(module)
    for name, test in vars(loaded).items():
        if name.startswith("test_") and getattr(test, "__module__", "") == module:
            rows = _rows(test)
            wanted = set(inspect.signature(test).parameters) - set(GIVEN)
            if all(set(row) == wanted for row in rows):
                found += [Case(module, name, at) for at in range(len(rows))]
    return found


def _rows(test: Any) -> list[dict[str, Any]]:
    """The arguments of each call that pytest would make."""
    tables = [
        list(_table(*mark.args[:2]))
        for mark in getattr(test, "pytestmark", ())
        if mark.name == "parametrize"
    ]
    return [
        {name: value for part in parts for name, value in part.items()}
        for parts in itertools.product(*tables)
    ]


def _table(names: Any, rows: Any) -> Iterator[dict[str, Any]]:
    heads = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    for row in rows:
        values = row.values if hasattr(row, "marks") else row if len(heads) > 1 else (row,)
        yield dict(zip(heads, values, strict=True))


def words_of(case: Case) -> str:
    """What a row says, as far as one may look for words in it."""
    if case.module == PLAYS:
        return ""
    return repr(_rows(getattr(importlib.import_module(case.module), case.test))[case.row])[:2_000]


def call(case: Case, twin: Recorded, drawn: Drawn) -> None:
    """Play one case; an exception if it does not hold."""
    if case.module == PLAYS:
        from tests.properties.twins import play_both

        play_both(twin, *drawn.plays[case.row])  # type: ignore[arg-type]
        return
    from tests.spec.book import Book

    test = getattr(importlib.import_module(case.module), case.test)
    asked = inspect.signature(test).parameters
    with TemporaryDirectory() if "tmp_path" in asked else nullcontext("") as folder:
        given = {"book": Book(twin), "twin": twin, "tmp_path": Path(folder)}  # type: ignore[arg-type]
        fixtures = {name: given[name] for name in asked if name in given}
        test(**fixtures, **_rows(test)[case.row])


def draw(count: int, seed: int) -> Drawn:
    """Random definitions that pass the checks, with commands; the same ones for the same seed."""
    import hypothesis
    from hypothesis import strategies as st

    from tests.properties.arbitrary import definitions
    from tests.properties.asked import commands

    plays: list[tuple[dict[str, Any], list[Any]]] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(made=definitions(), more=st.data())
    def drawn(made: dict[str, Any], more: st.DataObject) -> None:
        plays.append((made, more.draw(commands(made))))

    drawn()
    return Drawn(plays)
