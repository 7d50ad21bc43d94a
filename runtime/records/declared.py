"""What a version declares, as the hot path needs it: questions by name, sections, repeats, languages. Kept per version for
the life of the process (versions never change), so that appending asks no table of definitions.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from builder.definition import Definition, Question, Section, index
from builder.definition.typed import read_typed
from builder.models import Version, load
from builder.problems import Problem
from builder.question_types import TYPES
from builder.question_types.base import admit_text
from runtime import engine
from runtime.records.models import Record


@dataclass(frozen=True)
class Admitted:
    """A value as it will be kept (None: blank), or the code of why not; `unreadable`: a text kept as it was typed."""

    value: Any
    code: str | None = None
    unreadable: bool = False


@dataclass(frozen=True)
class Declared:
    definition: Definition
    questions: dict[
        str, tuple[Question, tuple[str, ...]]
    ]  # with the repeats around, outermost first
    calculations: frozenset[str]
    sections: frozenset[str]
    repeats: dict[str, tuple[str, ...]]  # with the repeats around
    counted: frozenset[str]  # repeats whose entries follow a count
    languages: tuple[str, ...]
    stored: frozenset[str]  # questions whose answers name files
    facts: dict[str, str]  # fact -> name of the question at the root that tells it

    @classmethod
    def of(cls, definition: Definition) -> "Declared":
        found = index(definition)

        def around(section: Section | None) -> tuple[str, ...]:
            return tuple(repeat.name for repeat in reversed(found.repeats(section)))

        questions = {
            name: (item, around(found.section_of[name])) for name, item in found.questions.items()
        }
        repeats = [section for section in definition.sections if section.repeat]
        return cls(
            definition=definition,
            questions=questions,
            calculations=frozenset(found.calculations),
            sections=frozenset(found.sections),
            repeats={section.name: around(section)[:-1] for section in repeats},
            counted=frozenset(
                section.name for section in repeats if section.repeat and section.repeat.count
            ),
            languages=tuple(definition.languages),
            stored=frozenset(
                name for name, (question, _) in questions.items() if TYPES[question.type].stored
            ),
            facts={
                question.fact: name
                for name, (question, repeats) in questions.items()
                if question.fact and not repeats
            },
        )

    def problem(self, name: str, repeats: tuple[str, ...]) -> str | None:
        """Why a name may not be answered at this place, or None."""
        if name in self.calculations:
            return "calculated"
        if name not in self.questions:
            return "unknown"
        question, around = self.questions[name]
        if around != repeats:
            return "unknown"
        return "read_only" if question.read_only is True else None

    def admit(self, name: str, value: Any) -> Admitted:
        """A sent value at the door. Types that the browser cannot read are read here; what they cannot read is kept as text."""
        question, _repeats = self.questions[name]
        kind = TYPES[question.type]
        door = kind.admit(value, question.settings)
        if door.code is not None or door.value is None:
            return Admitted(None, door.code)
        read = kind.at_the_door(door.value, question.settings, self.languages[0])
        if isinstance(read, Problem):
            return Admitted(_plain(door.value), None, unreadable=True)
        return Admitted(_plain(read))

    def keep_typed(self, name: str, text: Any) -> Admitted:
        """A typed text that the sender could not read: kept as it was typed. Only for what is typed and can be misread; a server's
        own reading wins where it has one."""
        question, _repeats = self.questions[name]
        kind = TYPES[question.type]
        if kind.door or not kind.is_typed:
            return self.admit(name, text)
        admitted = admit_text(text, engine.LONGEST_UNREADABLE)
        return Admitted(admitted.value, admitted.code, unreadable=admitted.value is not None)

    def read(self, name: str, text: str, today: str, language: str) -> Admitted:
        """A typed text, or a cell of a list."""
        question, _repeats = self.questions[name]
        read = read_typed(question, text, today, language)
        if isinstance(read, Problem):
            return Admitted(text, None, unreadable=True)
        return Admitted(_plain(read))


def declared(version_id: int, sha256: str | None = None) -> Declared:
    """What a version declares; the hot path gives its sha256, so that no table is asked."""
    if sha256 is None:
        sha256 = Version.objects.values_list("sha256", flat=True).get(pk=version_id)
    return _kept(version_id, sha256)


def declared_of(record: Record) -> Declared:
    """What the version of a record declares; asks no table where the record was read together with its version."""
    known = Record.version.is_cached(record)
    return declared(record.version_id, record.version.sha256 if known else None)


@lru_cache(maxsize=256)
def _kept(version_id: int, _sha256: str) -> Declared:
    return Declared.of(load(version_id))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
