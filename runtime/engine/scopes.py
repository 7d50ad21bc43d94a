"""Where names live: the root's slots, or those of a repeat's entries; what a compiled expression sees from there."""

from dataclasses import dataclass, field

from builder.question_types import Settings
from runtime.engine.cells import CalculationCell, QuestionCell, SectionCell
from runtime.engine.evaluate import FIRST_SLOT

ValueCell = QuestionCell | CalculationCell


@dataclass(slots=True)
class Names:
    """The cells that can be read, by name. `sizes` counts the slots of each scope."""

    sections: dict[str, SectionCell] = field(default_factory=dict)
    values: dict[str, ValueCell] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=lambda: [FIRST_SLOT])

    def slot(self, scope: int) -> int:
        """A new slot."""
        self.sizes[scope] += 1
        return self.sizes[scope] - 1

    def scope(self) -> int:
        """A new scope."""
        self.sizes.append(0)
        return len(self.sizes) - 1


class Sight:
    """What is seen from one scope: the same entry first, then the root; a repeat's names from outside as a whole."""

    def __init__(self, names: Names, scope: int) -> None:
        self.names = names
        self.scope = scope

    def root(self, name: str) -> int | None:
        """The slot of a name outside repeats."""
        cell = self.names.values.get(name)
        return cell.slot if cell is not None and cell.scope == 0 else None

    def own(self, name: str) -> int | None:
        """The slot of a name of the same entry."""
        cell = self.names.values.get(name)
        inside = cell is not None and self.scope and cell.scope == self.scope
        return cell.slot if cell is not None and inside else None

    def each(self, repeat: str, name: str) -> int | None:
        """The slot of a name within a repeat's entries."""
        cell, section = self.names.values.get(name), self.names.sections.get(repeat)
        return cell.slot if cell is not None and cell.section is section else None

    def entries(self, repeat: str) -> int | None:
        """The root slot that holds a repeat's entries."""
        section = self.names.sections.get(repeat)
        return None if section is None or section.entries is None else section.entries.slot

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


def settings_of(cell: ValueCell) -> Settings | None:
    """A question's settings."""
    return cell.question.settings if isinstance(cell, QuestionCell) else None
