"""The record of a version as a JSON Schema (2020-12), made of its definition: an answer by the name of its question, a repeat as a list
of its entries. What each answer may be, its type says (`QuestionType.schema`)."""

from typing import Any, Final

from builder.definition import Calculation, Definition, Question, Section
from builder.question_types import TYPES
from builder.values.schemas import VALUE_SCHEMAS, Schema

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
LEVELS: Final = "x-clearance"


def schema_of(definition: Definition, *, code: str, number: int, sha256: str) -> Schema:
    """The schema of that version; nothing is required, for a record may be on its way."""
    source = definition.source
    return {
        "$schema": DIALECT,
        "$id": f"urn:scriptorium:app:{code}:{number}",
        "title": definition.title.plain(source) or code,
        "$comment": f"sha256 {sha256}",
        **_members(definition, None, source),
    }


def _members(definition: Definition, repeat: str | None, language: str) -> Schema:
    """All answers of the record, or of an entry of a repeat: those of the sections within it that are no repeats themselves too."""
    found: dict[str, Any] = {}
    for section in definition.sections:
        around = _repeat_around(definition, section)
        if section.repeat is not None and around == repeat:
            found[section.name] = _entries(definition, section, language)
        elif section.repeat is None and around == repeat:
            found.update(_asked(section, language))
    if repeat is not None:
        own = next(one for one in definition.sections if one.name == repeat)
        found = {**_asked(own, language), **found}
    return {"type": "object", "properties": found, "additionalProperties": False}


def _repeat_around(definition: Definition, section: Section) -> str | None:
    """The repeat that a section lies in, itself left out."""
    by_name = {one.name: one for one in definition.sections}
    outer = by_name.get(section.within or "")
    while outer is not None and outer.repeat is None:
        outer = by_name.get(outer.within or "")
    return None if outer is None else outer.name


def _entries(definition: Definition, section: Section, language: str) -> Schema:
    return {
        "title": section.title.plain(language) or section.name,
        "type": "array",
        "items": _members(definition, section.name, language),
        "maxItems": section.repeat.maximum if section.repeat else 0,
    }


def _asked(section: Section, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in section.items:
        if isinstance(item, Question):
            found[item.name] = _question(item, language)
        elif isinstance(item, Calculation):
            title = item.label.plain(language) or item.name
            value = VALUE_SCHEMAS[item.type]  # type: ignore[index]  # a definition that was read
            found[item.name] = {"title": title, "readOnly": True, **value}
    return found


def _question(item: Question, language: str) -> Schema:
    read_only = {"readOnly": True} if item.read_only is True else {}
    return {
        "title": item.label.plain(language) or item.name,
        LEVELS: item.clearance,
        **read_only,
        **TYPES[item.type].schema(item.settings),
    }
