"""What a document says: the template's texts with the record's effective answers, the party's and its own facts in them.

Gathered once, when it is issued, and sealed; printing reads nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from builder.definition import Calculation, Definition, Question, TextItem, index
from builder.models import Version, definition_of
from builder.question_types import TYPES
from builder.values import Localized, Missing
from builder.values.showing import show_bool, show_date, show_number
from exports.readings import answers
from exports.table import Node, nodes
from runtime.parties import store as parties
from runtime.parties.facts import FACTS, Facts
from runtime.records import store
from runtime.records.models import Record

NOTHING = "\u2013"  # printed where nothing is known
PRINTED = ("line", "display")  # a cue is for the agent's eyes
DOCUMENT_FACTS = ("document_number", "issued_on", "valid_from", "valid_until")


class DocumentRefused(ValueError):
    """A document that cannot be issued; `code` says why, `name` which placeholder it is about."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(f"{code} {name}".strip())
        self.code, self.name = code, name


@dataclass(frozen=True)
class Issued:
    """What the document knows of itself."""

    number: str
    issued_on: date
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, repr=False)
class Occasion:
    """The record a document is issued from, as it was opened, and the party's facts where the template asks for them."""

    template: Version
    record: Record
    by: Any
    opened: Any
    party: Facts | None


Show = Callable[[str], str]  # a value in a language


def opened(*, template: Version, record: Record, by: Any) -> Occasion:
    """Opens all that a document may say; the party only where the template asks for a fact that the record does not tell."""
    found = store.open_record(record, by=by, purpose="issue_document")
    asked, party = _asked_of_party(definition_of(template), found), None
    if asked and record.party is not None:
        party = parties.open_party(record.party, by=by, purpose="issue_document")
    return Occasion(template, record, by, found, party)


def gather(*, occasion: Occasion, issued: Issued, language: str) -> dict[str, Any]:
    """The facts to seal: `{"languages": [..], "texts": {language: {placeholder: text}}}`.

    Raises DocumentRefused("unknown_placeholder", name) where nobody knows a name.
    """
    definition = definition_of(occasion.template)
    languages = languages_of(definition, language or occasion.opened.state["language"])
    names = holes(definition)
    known = {
        **_answers(occasion.opened),
        **_party_facts(definition, occasion),
        **_own(issued),
    }
    for name in names:
        if name not in known:
            raise DocumentRefused("unknown_placeholder", name)
    texts = {each: {name: known[name](each) for name in names} for each in languages}
    return {"languages": languages, "texts": texts}


def languages_of(definition: Definition, wanted: str) -> list[str]:
    """The wanted languages ("fr", "fr+en") that the template is written in; its own first language if none is."""
    found = [each for each in wanted.split("+")[:2] if each in definition.languages]
    return list(dict.fromkeys(found)) or [definition.source]


def holes(definition: Definition) -> list[str]:
    """The names a template asks for, each once."""
    texts = [definition.title]
    for section in definition.sections:
        texts += [section.title, *printed_texts(section.items)]
    return list(dict.fromkeys(name for text in texts for name in text.holes()))


def printed_texts(items: Iterable[Any]) -> list[Localized]:
    """The texts of a section that go on paper."""
    return [item.text for item in items if isinstance(item, TextItem) and item.kind in PRINTED]


def filled(text: Localized, language: str, source: str, known: Mapping[str, str]) -> str:
    """The text in a language, its holes filled."""
    return "".join(
        part if isinstance(part, str) else known[part.name] for part in text.of(language, source)
    )


def shown(node: Node, value: Any, language: str) -> str:
    """An answer as people of a language write it."""
    if value is Missing:
        return NOTHING
    if isinstance(node, Question):
        return TYPES[node.type].show(value, node.settings, language)
    ways: dict[str, Callable[[Any, str], str]] = {
        "date": show_date,
        "number": show_number,
        "bool": show_bool,
    }
    way = ways.get(node.type)
    return way(value, language) if way else str(value)


def _answers(opened: Any) -> dict[str, Show]:
    values = answers(opened)
    definition: Definition = opened.definition
    found = index(definition)
    return {
        node.name: _way(node, values.get(node.name))
        for section in definition.sections
        if not found.repeats(section)
        for node in nodes(section)
        if isinstance(node, Question | Calculation)
    }


def _way(node: Node, value: Any) -> Show:
    return lambda language: shown(node, value, language)


def _own(issued: Issued) -> dict[str, Show]:
    days = {
        "issued_on": issued.issued_on,
        "valid_from": issued.valid_from,
        "valid_until": issued.valid_until,
    }
    return {
        "document_number": lambda _: issued.number,
        **{name: _day(day) for name, day in days.items()},
    }


def _day(day: date | None) -> Show:
    return lambda language: show_date(day.isoformat(), language) if day else NOTHING


def _asked_of_party(definition: Definition, opened: Any) -> list[str]:
    """The facts that a template asks for and the record does not tell."""
    told = answers(opened)
    return [name for name in holes(definition) if name in FACTS and told.get(name) is Missing]


def _party_facts(definition: Definition, occasion: Occasion) -> dict[str, Show]:
    if occasion.party is None:
        return {}
    asked = _asked_of_party(definition, occasion.opened)
    return {name: _fact(name, getattr(occasion.party, name)) for name in asked}


def _fact(name: str, value: str | None) -> Show:
    if value and name == "birth_date":
        return lambda language: show_date(value, language)
    return lambda _: value or NOTHING
