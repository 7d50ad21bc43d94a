"""What a newer definition does to the answers that were given under an older one, said without opening any.

For the report before a release: which questions are gone, which are called otherwise now, which may not admit what was answered, and
which are asked that were not asked before. What really happens to a record is told by the record itself, when it is carried over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from builder.definition.nodes import Calculation, Definition, Question, Section
from builder.definition.walk import Index, answer_type, index
from builder.problems import gettext_noop as _
from builder.question_types.base import choice_lists
from builder.values import Localized

REMOVED: Final = "removed"
RENAMED: Final = "renamed"
TYPE: Final = "type"
CHOICES: Final = "choices"
SHORTER: Final = "shorter"
MOVED: Final = "moved"
CALCULATED: Final = "calculated"

# What happened to a question, as it is said of one; `%(now)s` is what it is called now.
WORDS: Final[Mapping[str, str]] = {
    REMOVED: _("removed: what was answered is no longer part of the record"),
    RENAMED: _("is now “%(now)s”: answers go with it"),
    TYPE: _("asks for another kind of answer: what does not fit is dropped"),
    CHOICES: _("has lost choices: where one of these was given it is dropped"),
    SHORTER: _("admits less text: what is longer is dropped"),
    MOVED: _("stands in another repeat: what was answered is dropped"),
    CALCULATED: _("is calculated now: what was answered is dropped"),
}
LOSSES: Final = frozenset(WORDS) - {RENAMED}


@dataclass(frozen=True, slots=True)
class Touched:
    """A section, question or calculation of the older definition to which something happened; `now` is its new name."""

    name: str
    label: Localized
    code: str
    now: str = ""


def touched(
    before: Definition, after: Definition, renames: Mapping[str, str]
) -> tuple[Touched, ...]:
    """In the older definition's order: whatever may cost an answer, or has another name."""
    return tuple(_Comparison(index(before), index(after), renames).found())


def lossless(before: Definition, after: Definition, renames: Mapping[str, str]) -> bool:
    """Whether no answer can be lost on the way."""
    return not any(one.code in LOSSES for one in touched(before, after, renames))


def newly_asked(
    before: Definition, after: Definition, renames: Mapping[str, str]
) -> list[Question]:
    """Questions that are required now (always or sometimes) and were not, or were not there."""
    known = index(before).questions
    was = {renames.get(name, name): question for name, question in known.items()}
    return [
        question
        for name, question in index(after).questions.items()
        if question.required is not False and (name not in was or was[name].required is False)
    ]


@dataclass(frozen=True)
class _Comparison:
    before: Index
    after: Index
    renames: Mapping[str, str]

    def found(self) -> Iterator[Touched]:
        for name, section in self.before.sections.items():
            code = self.of_section(name, section)
            if code:
                yield self.told(name, section.title, code)
        for name in self.before.section_of:
            cell = self.before.cell(name)
            code = self.of_cell(name, cell) if cell else ""
            if cell and code:
                yield self.told(name, cell.label, code)

    def told(self, name: str, label: Localized, code: str) -> Touched:
        return Touched(name, label, code, self.name(name) if code == RENAMED else "")

    def name(self, name: str) -> str:
        return self.renames.get(name, name)

    def of_section(self, name: str, section: Section) -> str:
        """Only what holds entries holds anything of its own."""
        if section.repeat is None:
            return ""
        now = self.after.sections.get(self.name(name))
        if now is None or now.repeat is None:
            return REMOVED
        return RENAMED if name in self.renames else ""

    def of_cell(self, name: str, cell: Question | Calculation) -> str:
        now = self.after.cell(self.name(name))
        if now is None:
            return REMOVED
        if isinstance(cell, Question):
            lost = self.of_question(cell, now)
            if lost:
                return lost
        return RENAMED if name in self.renames else ""

    def of_question(self, was: Question, now: Question | Calculation) -> str:
        if isinstance(now, Calculation):
            return CALCULATED
        if self.around(self.before, was.name) != self.around(self.after, now.name):
            return MOVED
        if answer_type(was) != answer_type(now):
            return TYPE
        if _fewer_choices(was, now):
            return CHOICES
        return SHORTER if _shorter(was, now) else ""

    def around(self, found: Index, name: str) -> list[str]:
        repeats = (section.name for section in found.repeats(found.section_of.get(name)))
        return [self.name(one) if found is self.before else one for one in repeats]


def _fewer_choices(was: Question, now: Question) -> bool:
    lists = choice_lists(now.settings)
    return any(
        {choice.name for choice in listed} - {choice.name for choice in lists.get(setting, ())}
        for setting, listed in choice_lists(was.settings).items()
    )


def _shorter(was: Question, now: Question) -> bool:
    before, after = (_most(question) for question in (was, now))
    return after is not None and (before is None or after < before)


def _most(question: Question) -> int | None:
    most = getattr(question.settings, "maximum_length", None)
    return most if isinstance(most, int) else None
