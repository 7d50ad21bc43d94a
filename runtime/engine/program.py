"""A definition compiled: its cells, in an order in which each comes after what it reads.

One program per definition, kept as long as the definition lives. A repeat's cells are templates: they are carried out for
each entry at their turn. What only the screen reads (verdicts, texts, items, outcomes) comes after all that is computed.
"""

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from builder.definition import Definition
from runtime.engine.cells import Cell, SectionCell
from runtime.engine.compiling import Compiler
from runtime.engine.painted import OutcomeCell
from runtime.engine.scopes import Names, ValueCell

# An entry on the way to a place: its repeat, the repeat's place, and the entry.
Step = tuple[SectionCell, str, str]


class Found(NamedTuple):
    """What a place names: the cell, the entries that one goes through, and what leads its name."""

    cell: ValueCell
    entries: tuple[Step, ...]
    prefix: str


@dataclass(slots=True)
class Program:
    """All cells of a definition, `cells` in order of evaluation; `within` has those of each scope, `painted` those that only the
    screen reads."""

    languages: tuple[str, ...]
    names: Names
    outcomes: list[OutcomeCell]
    cells: list[Cell]
    within: list[list[Cell]]
    painted: list[Cell]
    sections: dict[str, SectionCell]
    found: dict[str, Found]  # places that were looked up


def _program(definition: Definition) -> Program:
    compiler = Compiler(definition)
    outcomes = compiler.compile()
    cells = compiler.cells()
    names = compiler.names
    within: list[list[Cell]] = [[] for _ in names.sizes]
    for cell in cells:
        cell.at = len(within[cell.scope])
        within[cell.scope].append(cell)
    return Program(
        definition.languages,
        names,
        outcomes,
        cells,
        within,
        compiler.painted,
        names.sections,
        {name: Found(cell, (), "") for name, cell in names.values.items() if not cell.scope},
    )


_programs: dict[int, tuple[weakref.ref[Definition], Program]] = {}


def program_of(definition: Definition) -> Program:
    """The definition's program, compiled at first use. Kept by identity: comparing whole definitions would cost more."""
    key = id(definition)
    kept = _programs.get(key)
    if kept is not None and kept[0]() is definition:
        return kept[1]
    program = _program(definition)
    _programs[key] = (weakref.ref(definition, _forget(key)), program)
    return program


def _forget(key: int) -> Callable[[Any], object]:
    programs = _programs  # when the interpreter ends, the module's names may be gone before the definitions

    return lambda _gone: programs.pop(key, None)  # its number is nobody else's yet
