"""A difference in words: names as their labels, values as people read them."""

from collections.abc import Callable, Mapping
from typing import Any

from builder.definition import Calculation, Definition, Question
from builder.definition.walk import Index, index, label_of
from builder.problems import Problem, Words, gettext_noop
from builder.question_types import TYPES
from builder.values.showing import SHOWN
from content.testing.expecting import Difference
from content.testing.running import Result

REMEDY = gettext_noop(
    "Correct the script, or accept on its page “Tests” what is found as what is expected."
)
FAILED = gettext_noop("The test “%(test)s” fails: %(difference)s")
NOTHING = gettext_noop("nothing")
SENTENCES: Mapping[str, str] = {
    "outcome": gettext_noop("expected outcome “%(expected)s”, found “%(found)s”."),
    "ready": gettext_noop("expected these outcomes to be offered: “%(expected)s”; found “%(found)s”."),
    "path": gettext_noop("expected path “%(expected)s”, found “%(found)s”."),
    "problems": gettext_noop("“%(place)s”: expected as wrong “%(expected)s”, found “%(found)s”."),
    "values": gettext_noop("“%(place)s”: expected “%(expected)s”, found “%(found)s”."),
}  # fmt: skip
ASKED = gettext_noop("“%(place)s” is asked now.")
NOT_ASKED = gettext_noop("“%(place)s” is no longer asked.")
REFUSED = gettext_noop("step %(number)s no longer fits: “%(place)s”.")


class Reader:
    """Reads a definition aloud in one language."""

    def __init__(self, definition: Definition, language: str) -> None:
        self.index: Index = index(definition)
        self.source = definition.source
        self.language = language if language in definition.languages else self.source

    def problems(self, name: str, result: Result) -> list[Problem]:
        """What is wrong with a test of that name, each at a block."""
        said = [
            (self._id(command), self._refused(number, command))
            for number, command, _code in result.refused
        ]
        said += [(self._place(one), self.words(one)) for one in result.differences]
        return [
            Problem("test_failed", place, FAILED, REMEDY, {"test": name, "difference": words})
            for place, words in said
        ]

    def lines(self, result: Result, say: Callable[[str], str]) -> list[tuple[str, str]]:
        """The same for the table of tests: the id of a block, and a line."""
        return [
            (problem.place, say(words.text) % _said(words.params, say))
            for problem in self.problems("", result)
            for words in (problem.params["difference"],)
            if isinstance(words, Words)
        ]

    def words(self, one: Difference) -> Words:
        """One difference."""
        place = self._label(one.place.rpartition("/")[2])
        if one.part == "asked":
            return Words(ASKED if one.found else NOT_ASKED, {"place": place})
        expected, found = (self._value(one, side) for side in (one.expected, one.found))
        return Words(SENTENCES[one.part], {"place": place, "expected": expected, "found": found})

    def label(self, place: str) -> str:
        """What people call the block that a name or place is of."""
        return self._label(place.rpartition("/")[2])

    def about(self, command: Mapping[str, Any]) -> str:
        """What people call the block that a command is about."""
        return self._label(_about(command))

    def value(self, place: str, value: Any) -> str:
        """A value of the question at a place, as people read it."""
        return self._shown(place, value)

    def _value(self, one: Difference, value: Any) -> Any:
        if value is None or value == []:
            return Words(NOTHING)
        if one.part in {"path", "ready"}:
            return ", ".join(map(self._label, value))
        if one.part == "outcome":
            return self._label(value)
        return ", ".join(value) if one.part == "problems" else self._shown(one.place, value)

    def _shown(self, place: str, value: Any) -> str:
        node = self.index.cell(place.rpartition("/")[2])
        try:
            if isinstance(node, Question):
                shown = tuple(value) if isinstance(value, list) else value
                return TYPES[node.type].show(shown, node.settings, self.language)
            if isinstance(node, Calculation) and node.type in SHOWN:
                return SHOWN[node.type](value, self.language)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass  # an answer of another type: the question's type was changed since
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    def _node(self, name: str) -> Any:
        found = self.index
        return found.cell(name) or found.sections.get(name) or found.outcomes.get(name)

    def _label(self, name: str) -> str:
        node = self._node(name)
        if node is None:
            return name
        parts = label_of(node).of(self.language, self.source)
        return "".join(part for part in parts if isinstance(part, str)) or name

    def _place(self, one: Difference) -> str:
        name = one.place.rpartition("/")[2]
        if one.part in {"outcome", "ready"}:
            name = str(one.expected or one.found) if one.part == "outcome" else _odd(one)
        if one.part == "path":
            name = _odd(one)
        node = self._node(name)
        return "" if node is None else node.id

    def _refused(self, number: int, command: Mapping[str, Any]) -> Words:
        return Words(REFUSED, {"number": number + 1, "place": self._label(_about(command))})

    def _id(self, command: Mapping[str, Any]) -> str:
        node = self._node(_about(command))
        return "" if node is None else node.id


def _odd(one: Difference) -> str:
    """The first name that stands on one side only."""
    sides = (list(one.expected or ()), list(one.found or ()))
    return next((name for name in (*sides[0], *sides[1]) if (name in sides[0]) != (name in sides[1])), "")  # fmt: skip


def _about(command: Mapping[str, Any]) -> str:
    """The name that a command is about; the command itself where it is about none."""
    for key in ("place", "repeat", "section", "outcome"):
        if key in command:
            return str(command[key]).rpartition("/")[2]
    return str(command.get("command", ""))


def _said(params: Mapping[str, object], say: Callable[[str], str]) -> dict[str, object]:
    return {
        key: say(value.text) if isinstance(value, Words) else value
        for key, value in params.items()
    }
