"""Shared sections that a script includes: each is put in the place of its inclusion before anything else is compiled.

What a version holds are plain sections: no engine knows of shared ones, and a section that changes changes no version.
An inclusion keeps `intake` (it follows the section) or `intake@3` (it keeps to the third edition). The section in the script
has the inclusion's id; each block in it one made of the inclusion's and its own, the same at every publishing, so that
conditions, translations and open records find it again. Where a section was made a shared one its inclusion has the section's
own id, and all in it keeps its own.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from builder.compile.index import named_blocks, value_of
from builder.compile.lists import code_and_number
from builder.compile.mentions import HOLE, WORD, is_formula
from builder.compile.names import assign
from builder.compile.source import Block, Body, SharedSection, Source
from builder.problems import Problem, gettext_noop, quoted

INCLUSION = "shared_section"
SPACE = uuid.UUID("0f6f3a58-7f3b-4d55-9f0c-53f4e3a3a1a7")
LONGEST = 63
FAULTS = {
    "missing": (
        gettext_noop("There is no shared section “%(section)s”."),
        gettext_noop("Pick another section, or write it here."),
    ),
    "closed": (
        gettext_noop("The shared section “%(section)s” is not published."),
        gettext_noop("Publish the section, or pick another one."),
    ),
    "edition": (
        gettext_noop("The shared section “%(section)s” has no edition %(number)s."),
        gettext_noop("Pick one of its editions, or follow the section."),
    ),
    "none": (
        gettext_noop("No shared section is picked here."),
        gettext_noop("Pick one, or remove this row."),
    ),
}
CLASH = (
    gettext_noop(
        "The shared section “%(section)s” brings the name “%(name)s”, which this page has already."
    ),
    gettext_noop("Write a prefix for its names here, or rename the other one."),
)


def inclusions_in(body: list[Block]) -> Iterator[tuple[Block, str]]:
    """(block, reference) of each inclusion of a shared section; the reference is empty where none is picked."""
    for block in body:
        if block["type"] == INCLUSION:
            reference = value_of(block).get("section")
            yield block, reference if isinstance(reference, str) else ""


def with_sections(source: Source) -> tuple[Source, list[Problem]]:
    """The source with plain sections in all languages in place of its inclusions, and what is wrong with these."""
    found = list(inclusions_in(source.first.body))
    if not found:
        return source, []
    problems: list[Problem] = []
    taken = _names(Body("", _own(source.first), source.first.outcomes))
    included: dict[str, dict[str, Block]] = {}
    for block, reference in found:
        shared = source.sections.get(reference) or SharedSection(
            "", fault="missing" if reference else "none"
        )
        if shared.fault:
            problems.append(_fault(block, reference, shared))
            continue
        names = _renamed(block, shared, taken, problems)
        included[block["id"]] = included_section(block, shared, names)
    first = next(iter(source.languages))
    bodies = {
        code: replace(body, body=_put(body, included, code, first=code == first))
        for code, body in source.languages.items()
    }
    return replace(source, languages=bodies), problems


def _own(body: Body) -> list[Block]:
    return [block for block in body.body if block["type"] != INCLUSION]


def _names(body: Body) -> set[str]:
    return {
        name
        for _kind, block, _repeat in named_blocks(body)
        if (name := value_of(block).get("name"))
    }


def _put(
    body: Body, included: Mapping[str, Mapping[str, Block]], code: str, *, first: bool
) -> list[Block]:
    """Only the structure of the first language counts; of the others the texts are found by id, wherever they stand."""
    if not first:
        return [*_own(body), *(each[code] for each in included.values() if code in each)]
    put = []
    for block in body.body:
        if block["type"] != INCLUSION:
            put.append(block)
        elif block["id"] in included:
            put.append(_structure(included[block["id"]], code))
    return put


def _structure(languages: Mapping[str, Block], code: str) -> Block:
    """The section in the script's own language where it is whole in it, else as it was written."""
    written = next(iter(languages.values()))
    spoken = languages.get(code, written)
    return spoken if list(ids_in(spoken)) == list(ids_in(written)) else written


def _fault(block: Block, reference: str, shared: SharedSection) -> Problem:
    code, number = code_and_number(reference)
    message, remedy = FAULTS[shared.fault]
    params = {"section": shared.title or quoted(code), "number": number}
    return Problem("shared_section", block["id"], message, remedy, params)


def _renamed(
    block: Block, shared: SharedSection, taken: set[str], problems: list[Problem]
) -> dict[str, str]:
    """The names that the section's own get in the script. One that is taken is told, and made free meanwhile."""
    names = {}
    message, remedy = CLASH
    for name in sorted(_names(Body("", [shared.section]))):
        wanted = free = prefixed(block, name)
        number = 1
        while free in taken:
            number += 1
            free = f"{wanted}_{number}"
        if free != wanted:
            params = {"section": shared.title, "name": wanted}
            problems.append(Problem("shared_section", block["id"], message, remedy, params))
        taken.add(free)
        names[name] = free
    return names


def names_of_section(body: list[Block], before: Block | None) -> dict[str, str]:
    """The name of each block of a shared section by its id; those that it had in the edition before are kept."""
    earlier = {}
    for _kind, block, _repeat in named_blocks(Body("", [before] if before else [])):
        earlier[block["id"]] = value_of(block).get("name") or ""
    return assign(Body("", body), earlier)


def prefixed(inclusion: Block, name: str) -> str:
    """The name of a block of a shared section in the script that includes it."""
    prefix = str(value_of(inclusion).get("prefix") or "").strip()
    return f"{prefix}_{name}"[:LONGEST] if prefix else name


# ---- one section, put in


def included_section(
    inclusion: Block, shared: SharedSection, names: Mapping[str, str] | None = None
) -> dict[str, Block]:
    """The section by language as it stands in the script, the language it was written in first."""
    if names is None:
        own = _names(Body("", [shared.section]))
        names = {name: prefixed(inclusion, name) for name in own}
    ids = _new_ids(inclusion["id"], shared.section)
    codes = [shared.language, *(code for code in shared.bodies if code != shared.language)]
    return {code: _included(inclusion, shared.bodies[code], _Writer(ids, names)) for code in codes}


def _included(inclusion: Block, section: Block, writer: "_Writer") -> Block:
    made = writer.block(section)
    both = [made["value"].get("relevance"), value_of(inclusion).get("relevance")]
    asked = [
        one for one in both if isinstance(one, dict) and (one.get("rows") or one.get("formula"))
    ]
    relevance = {"join": "all", "rows": asked} if len(asked) > 1 else next(iter(asked), None)
    return {**made, "type": "section", "value": {**made["value"], "relevance": relevance}}


def ids_in(part: Any) -> Iterator[str]:
    """The ids of a block and of all that lies in it."""
    if isinstance(part, dict):
        if isinstance(part.get("id"), str):
            yield part["id"]
        for inner in part.values():
            yield from ids_in(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from ids_in(inner)


def _new_ids(inclusion: str, section: Block) -> dict[str, str]:
    if inclusion == section["id"]:
        return {each: each for each in ids_in(section)}
    made = {each: str(uuid.uuid5(SPACE, f"{inclusion}/{each}")) for each in ids_in(section)}
    return {**made, section["id"]: inclusion}


@dataclass(frozen=True)
class _Writer:
    """Says of the new ids and names what was said of the old ones."""

    ids: Mapping[str, str]
    names: Mapping[str, str]

    def block(self, block: Block) -> Block:
        value = {key: self._part(key, part, block) for key, part in value_of(block).items()}
        if value.get("name"):
            value["name"] = self.names.get(value["name"], value["name"])
        if isinstance(value.get("items"), list):
            value["items"] = [self.block(item) for item in value_of(block)["items"]]
        return {**block, "id": self.ids.get(block["id"], block["id"]), "value": value}

    def _part(self, key: str, part: Any, block: Block) -> Any:
        if isinstance(part, dict):
            return {name: self._part(name, inner, block) for name, inner in part.items()}
        if isinstance(part, list):
            return [self._part(key, inner, block) for inner in part]
        return self._text(key, part, block) if isinstance(part, str) else part

    def _text(self, key: str, text: str, block: Block) -> str:
        head, dot, rest = text.partition(".")
        if head in self.ids:
            return f"{self.ids[head]}{dot}{rest}"
        if is_formula(block["type"], key):
            kept = _choices(block) if key == "default" else frozenset()
            return WORD.sub(lambda found: self._word(found, kept), text)
        return HOLE.sub(lambda found: "{" + self.names.get(found["name"], found["name"]), text)

    def _word(self, found: re.Match[str], kept: frozenset[str]) -> str:
        name = found["name"]
        if name is None or name in kept or name not in self.names:
            return found[0]
        return self.names[name] + found[0][len(name) :]


def _choices(block: Block) -> frozenset[str]:
    """What a default may name beside answers: the question's own choices."""
    listed = value_of(block).get("choices")
    return frozenset(each["name"] for each in listed) if isinstance(listed, list) else frozenset()
