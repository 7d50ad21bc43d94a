"""The path: the relevant sections in order, and where next and back lead."""

from typing import Any

from runtime.engine.program import Program
from runtime.engine.reaching import Values
from runtime.engine.state import State


def path_of(program: Program, state: State, root: Values) -> dict[str, Any]:
    """The path, with the section after and the one before the current one. From a side section both lead back to where it was
    opened."""
    sections, shown, left = program.sections, state["section"], state["left"]
    on = {
        name: section
        for name, section in sections.items()
        if not (section.scope or section.section.side) and root[section.slot]
    }
    if left is not None:
        return {"path": list(on), "next": left, "previous": left}
    here = sections[shown].number if shown in sections else -1
    after = (name for name, section in on.items() if section.number > here)
    before = (name for name in reversed(on) if on[name].number < here)
    return {"path": list(on), "next": next(after, None), "previous": next(before, None)}
