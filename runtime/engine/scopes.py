"""Where names live: the root's slots, or those of a repeat's entries; what a compiled expression sees from there."""

from dataclasses import dataclass, field

from runtime.engine.cells import SectionCell
from runtime.engine.reaching import FIRST_OF_ENTRY, FIRST_SLOT, ROOT
from runtime.engine.valued import CalculationCell, QuestionCell

ValueCell = QuestionCell | CalculationCell


@dataclass(slots=True)
class Names:
    """The cells that can be read, by name; of each scope how many slots it has, the one around it, and its repeat."""

    sections: dict[str, SectionCell] = field(default_factory=dict)
    values: dict[str, ValueCell] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=lambda: [FIRST_SLOT])
    around: list[int] = field(default_factory=lambda: [ROOT])
    repeats: list[SectionCell | None] = field(default_factory=lambda: [None])

    def slot(self, scope: int) -> int:
        """A new slot."""
        self.sizes[scope] += 1
        return self.sizes[scope] - 1

    def scope(self, repeat: SectionCell) -> int:
        """A new scope."""
        self.sizes.append(FIRST_OF_ENTRY)
        self.around.append(repeat.scope)
        self.repeats.append(repeat)
        return len(self.sizes) - 1

    def outwards(self, scope: int) -> list[int]:
        """The scope and all around it, the root last."""
        found = [scope]
        while scope:
            scope = self.around[scope]
            found.append(scope)
        return found

    def common(self, one: int, other: int) -> int:
        """The innermost scope around both."""
        around = set(self.outwards(one))
        return next(scope for scope in self.outwards(other) if scope in around)


class Sight:
    """What is seen from one scope: the same entry first, those around it, then the root; a repeat's names from outside as a whole."""

    def __init__(self, names: Names, scope: int) -> None:
        self.names = names
        self.scope = scope

    def way(self, name: str) -> tuple[int, int] | None:
        """To a name of the same entry, of one it lies in, or of the root: the steps out, and the slot."""
        cell = self.names.values.get(name)
        steps = None if cell is None else self._steps(cell.scope)
        return None if cell is None or steps is None else (steps, cell.slot)

    def _steps(self, scope: int) -> int | None:
        if scope == 0:
            return 0 if self.scope == 0 else ROOT
        outwards = self.names.outwards(self.scope)
        return outwards.index(scope) if scope in outwards else None

    def previous(self, name: str) -> int | None:
        """The slot of a name in the entry before."""
        cell = self.names.values.get(name)
        return cell.slot if cell is not None and self.scope and cell.scope == self.scope else None

    def through(self, repeat: str) -> list[SectionCell]:
        """The repeats that are gone through on the way in to a repeat's entries, the outermost first."""
        section = self.names.sections.get(repeat)
        if section is None or section.entries is None:
            return []
        start = self.names.common(section.scope, self.scope)
        inwards = self.names.outwards(section.inside)
        found = [self.names.repeats[scope] for scope in inwards[: inwards.index(start)]]
        return [cell for cell in reversed(found) if cell is not None]

    def entries(self, repeat: str) -> tuple[int, tuple[int, ...]] | None:
        """To the entries of a repeat: the steps out, and the slots of the entries on the way in."""
        through = self.through(repeat)
        slots = tuple(cell.entries.slot for cell in through if cell.entries is not None)
        steps = self._steps(through[0].scope) if through else None
        return None if steps is None else (steps, slots)

    def each(self, repeat: str, name: str) -> int | None:
        """The slot of a name within a repeat's entries."""
        cell, section = self.names.values.get(name), self.names.sections.get(repeat)
        if cell is None or section is None or section.entries is None:
            return None
        return cell.slot if cell.scope == section.inside else None

    def type_of(self, name: str) -> str | None:
        """The answer type of a name, or of `name.part`."""
        name, _dot, part = name.partition(".")
        cell = self.names.values.get(name)
        if not part:
            return None if cell is None else type_of(cell)
        if not isinstance(cell, QuestionCell):
            return None
        found = cell.type.part(part, cell.question.settings)
        return None if found is None else found.answer_type


def type_of(cell: ValueCell) -> str:
    """The type of the values a cell holds."""
    return cell.type if isinstance(cell, CalculationCell) else cell.type.answer_type
