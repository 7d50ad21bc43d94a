"""The choices of a question: from the item itself, from a contained value set or code system."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.interchange.fhir.items import Item, extensions_of, objects, text_of
from builder.interchange.names import choice_name
from builder.interchange.notes import Notes

MOST_CHOICES = 2_000
DEEPEST = 20
DETAILS = (
    "ordinalValue",
    "questionnaire-ordinalValue",
    "questionnaire-optionPrefix",
    "itemWeight",
    "questionnaire-optionExclusive",
)
PLAIN = ("valueString", "valueInteger", "valueDate", "valueTime", "valueUri")


@dataclass(frozen=True)
class Option:
    """A choice: its name here, its label, and how the file's conditions speak of it."""

    name: str
    label: str
    code: str
    system: str = ""


Found = tuple[str, str, str]  # code, label, system


class Choices:
    """The value sets and code systems a questionnaire brings along."""

    def __init__(self, questionnaire: Mapping[str, Any], notes: Notes) -> None:
        self.notes = notes
        self._sets: dict[str, Mapping[str, Any]] = {}
        self._systems: dict[str, Mapping[str, Any]] = {}
        for resource in objects(questionnaire.get("contained")):
            kinds = {"ValueSet": self._sets, "CodeSystem": self._systems}
            kept = kinds.get(str(resource.get("resourceType")))
            for key in (resource.get("id"), resource.get("url")):
                if kept is not None and isinstance(key, str):
                    kept.setdefault(key, resource)

    def of(self, item: Item) -> tuple[Option, ...]:
        """The item's choices, () where it has none that can be known."""
        found = [*self._inline(item)] or self._referred(item)
        taken: set[str] = set()
        seen: set[tuple[str, str]] = set()
        options = []
        for code, label, system in found[:MOST_CHOICES]:
            if (code, system) in seen or not code:
                continue
            seen.add((code, system))
            name = choice_name(code, taken)
            if code not in (name, label):
                self.notes.loss("choice_renamed", item.link_id, code=code[:80], name=name)
            options.append(Option(name, " ".join((label or code).split()), code, system))
        return tuple(options)

    def _inline(self, item: Item) -> Iterator[Found]:
        for option in objects(item.raw.get("answerOption")) + objects(item.raw.get("option")):
            if option.get("initialSelected") or any(
                name in DETAILS for name in extensions_of(option)
            ):
                self.notes.loss("option_details", item.link_id)
            coding = option.get("valueCoding")
            if isinstance(coding, dict):
                yield from _coded(coding)
            for key in PLAIN:
                value = option.get(key)
                if (
                    isinstance(value, str | int)
                    and not isinstance(value, bool)
                    and str(value).strip()
                ):
                    yield text_of(str(value)), text_of(str(value)), ""

    def _referred(self, item: Item) -> list[Found]:
        named = item.raw.get("answerValueSet") or item.raw.get("options")
        if isinstance(named, dict):  # STU3: a reference
            named = named.get("reference")
        if not isinstance(named, str):
            return []
        found = self._sets.get(named.removeprefix("#")) or self._sets.get(named.split("|")[0])
        choices = self._of_set(found) if found is not None else []
        if not choices:
            self.notes.loss("value_set", item.link_id, value_set=named[:120])
        return choices

    def _of_set(self, value_set: Mapping[str, Any]) -> list[Found]:
        expansion = value_set.get("expansion")
        if isinstance(expansion, dict) and (
            found := list(_nested(expansion.get("contains"), "contains", ""))
        ):
            return found
        compose = value_set.get("compose")
        parts = objects(compose.get("include")) if isinstance(compose, dict) else []
        return [choice for part in parts for choice in self._included(part)]

    def _included(self, part: Mapping[str, Any]) -> list[Found]:
        system = part.get("system")
        system = system if isinstance(system, str) else ""
        found = list(_nested(part.get("concept"), "concept", system))
        if found or not system or part.get("filter"):
            return found
        known = self._systems.get(system, {})
        return list(_nested(known.get("concept"), "concept", system))


def _coded(coding: Mapping[str, Any], system: str = "") -> Iterator[Found]:
    code, label = text_of(coding.get("code")), text_of(coding.get("display"))
    said = coding.get("system")
    if code or label:
        yield code or label, label or code, said if isinstance(said, str) else system


def _nested(rows: Any, key: str, system: str, depth: int = 1) -> Iterator[Found]:
    for row in objects(rows):
        if not row.get("abstract") and not row.get("inactive"):
            yield from _coded(row, system)
        if depth < DEEPEST:
            yield from _nested(row.get(key), key, system, depth + 1)


def matching(options: tuple[Option, ...], code: str, system: str = "") -> Option | None:
    """The option a condition means: by code and system where both say one, else by code, else by label."""
    for option in options:
        if option.code == code and (not system or not option.system or option.system == system):
            return option
    return next((option for option in options if option.label == code), None)
