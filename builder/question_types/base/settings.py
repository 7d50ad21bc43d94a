"""The settings of questions: what types declare, how they are read and written, and what stands in them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar, Final, Protocol

from builder.conditions import Expression, dump, parse, pattern_problem
from builder.problems import Problem, note
from builder.problems import gettext_noop as _
from builder.values import CHOICE_NAME, NAME, Localized, clean, is_number, is_value

MOST_TEXT: Final = 20_000
MOST_CHOICES: Final = 20_000
MOST_ATTRIBUTES: Final = 20
MOST_POINTS: Final = 21
_COUNTRY: Final = re.compile(r"[A-Z]{2}\Z")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers a choice question offers. `attributes` are what a filter may ask of it: pairs of names, sorted."""

    name: str
    label: Localized
    attributes: tuple[tuple[str, str], ...] = ()

    def says(self) -> dict[str, str]:
        """What a filter may ask of it, its own name among it."""
        return {**dict(self.attributes), "name": self.name}


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting a type declares. Kinds: choices, number (which may be an expression), figure (a number that may not), whole, switch, text, pattern,
    condition, country; label, a text for people; option, one of `options` (pairs of word and label)."""

    name: str
    kind: str
    default: Any
    label: str
    options: tuple[tuple[str, str], ...] = ()


class Settings:
    """The settings of one question: read as attributes, equal by value, never changed."""

    __slots__ = ("_values", "names")

    def __init__(self, values: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_values", MappingProxyType(dict(values)))
        #: the names of the choices
        object.__setattr__(self, "names", frozenset(row.name for row in values.get("choices", ())))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and self.items() == other.items()

    def __hash__(self) -> int:
        return hash(tuple(self.items().items()))

    def __repr__(self) -> str:
        return f"Settings({self.items()})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Settings, (self.items(),)

    def items(self) -> dict[str, Any]:
        """The settings by name."""
        return dict(self._values)


def choice_label(settings: Settings, name: str, language: str, source: str = "") -> str:
    """The label of a chosen name; the name itself if there is none."""
    for choice in settings.choices:
        if choice.name == name:
            return choice.label.plain(language, source) or name
    return name


class Declares(Protocol):
    """Whatever declares settings: a question type."""

    settings: ClassVar[tuple[Setting, ...]]


Faulty = Callable[[str], None]
_WRONG: Final = _("A setting has a value that cannot be used.")


def _read_choices(
    data: Any, fault: Faulty, texts: Callable[[Any], Localized]
) -> tuple[Choice, ...]:
    if not isinstance(data, list) or len(data) > MOST_CHOICES:
        fault(_("The list of choices cannot be read."))
        return ()
    choices = []
    for row in data:
        if not isinstance(row, dict) or not set(row) <= {"name", "label", "attributes"}:
            fault(_("A choice cannot be read."))
            continue
        name = row.get("name")
        if not isinstance(name, str) or not CHOICE_NAME.match(name):
            fault(_("A choice has a name that cannot be used."))
            continue
        attributes = row.get("attributes", {})
        if not _are_attributes(attributes):
            fault(_("What a choice says of itself cannot be read."))
            continue
        label = texts(row.get("label", {}))
        choices.append(Choice(name, label, tuple(sorted(attributes.items()))))
    return tuple(choices)


def _are_attributes(data: Any) -> bool:
    return (
        isinstance(data, dict)
        and len(data) <= MOST_ATTRIBUTES
        and all(
            isinstance(key, str) and NAME.match(key) and key != "name" and is_value("one", value)
            for key, value in data.items()
        )
    )


def _plain(valid: Callable[[Any], bool]) -> Callable[[Any, Faulty], Any]:
    def read(data: Any, fault: Faulty) -> Any:
        if valid(data):
            return clean(data) if isinstance(data, str) else data
        fault(_WRONG)
        return None

    return read


def _is_whole(data: Any) -> bool:
    return isinstance(data, int) and not isinstance(data, bool) and 0 <= data <= MOST_TEXT


def _is_pattern(data: Any) -> bool:
    return isinstance(data, str) and (data == "" or pattern_problem(data) is None)


def _one_of(setting: Setting) -> Callable[[Any, Faulty], Any]:
    words = tuple(word for word, _label in setting.options)
    return _plain(words.__contains__)


_KINDS: Final[dict[str, Callable[[Any, Faulty], Any]]] = {
    "figure": _plain(lambda data: data is None or is_number(data)),
    "number": _plain(lambda data: data is None or is_number(data)),
    "whole": _plain(_is_whole),
    "switch": _plain(lambda data: isinstance(data, bool)),
    "text": _plain(lambda data: isinstance(data, str) and len(data) <= MOST_TEXT),
    "pattern": _plain(_is_pattern),
    "country": _plain(lambda data: isinstance(data, str) and _COUNTRY.match(data) is not None),
}


def read_settings(
    question_type: Declares,
    data: Any,
    *,
    place: str,
    texts: Callable[[Any], Localized],
    problems: list[Problem],
) -> Settings:
    """The settings a type declares, from JSON; what is absent has its default, what is wrong is a problem."""

    def fault(message: str) -> None:
        remedy = _("Look at the question's settings.")
        note(problems, Problem("settings", place, message, remedy))

    given = data if isinstance(data, dict) else {}
    if given is not data or not set(given) <= {setting.name for setting in question_type.settings}:
        fault(_("The settings of a question cannot be read."))
    values: dict[str, Any] = {}
    for setting in question_type.settings:
        value = given.get(setting.name, setting.default)
        if setting.kind == "choices":
            values[setting.name] = _read_choices(
                list(value) if value == () else value, fault, texts
            )
        elif setting.kind == "label":
            values[setting.name] = texts(value)
        elif setting.kind == "option":
            values[setting.name] = _one_of(setting)(value, fault)
        elif setting.kind == "condition" or (setting.kind == "number" and isinstance(value, list)):
            values[setting.name] = None if value is None else parse(value, place, problems)
        else:
            values[setting.name] = _KINDS[setting.kind](value, fault)
    return Settings(values)


def dump_settings(settings: Settings, dump_text: Callable[[Localized], Any]) -> dict[str, Any]:
    """The settings as JSON data."""

    def dumped(value: Any) -> Any:
        if isinstance(value, Localized):
            return dump_text(value)
        if isinstance(value, tuple):
            return [_choice(choice, dump_text) for choice in value]
        if value is None or isinstance(value, str | bool | int):
            return value
        return dump(value)

    return {name: dumped(value) for name, value in settings.items().items()}


def _choice(choice: Choice, dump_text: Callable[[Localized], Any]) -> dict[str, Any]:
    row = {"name": choice.name, "label": dump_text(choice.label)}
    return {**row, "attributes": dict(choice.attributes)} if choice.attributes else row


def points(settings: Settings) -> tuple[str, ...]:
    """The whole numbers from the minimum to the maximum; none where these make no scale."""
    ends = (settings.minimum, settings.maximum)
    if any(not isinstance(end, str) or "." in end for end in ends):
        return ()
    first, last = (int(end) for end in ends)
    if not 1 <= last - first < MOST_POINTS:
        return ()
    return tuple(str(point) for point in range(first, last + 1))


def conditions_in(settings: Settings) -> tuple[Expression, ...]:
    """The expressions among the settings: the bounds of numbers and dates."""
    return tuple(
        v
        for v in settings.items().values()
        if v is not None and not isinstance(v, str | bool | int | tuple | Localized)
    )


def with_texts(settings: Settings, text: Callable[[Localized], Localized]) -> Settings:
    """The settings with each text for people made anew: in one language, for one audience."""

    def made(value: Any) -> Any:
        if isinstance(value, Localized):
            return text(value)
        if isinstance(value, tuple):
            return tuple(replace(row, label=text(row.label)) for row in value)
        return value

    return Settings({name: made(value) for name, value in settings.items().items()})


def choice_lists(settings: Settings) -> dict[str, tuple[Choice, ...]]:
    """The settings that are lists of choices, by name."""
    return {name: v for name, v in settings.items().items() if isinstance(v, tuple)}
