"""A section of a script made a shared one, as it stands in the editor; and what stands in the way of that.

The section keeps its id and its blocks keep theirs, and names with them (`builder.compile.sections`), so that nothing else in the
script, no translation and no open record notices. Its condition stays with the script, at the inclusion.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from builder.blocks.lazy import MalformedStateError, value_from_state
from builder.compile import Body, assign, ids_in, mentioned, repaired
from builder.problems import say
from builder.publish import family, names_of_page
from builder.shared import problems_of_section
from content.models import AppPage
from content.models.sections import SharedSection
from content.sections.actions import make_section

BLOCK = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


@dataclass
class Asked:
    """What the author asks for: the section as the editor holds it, and the names that the rest of the page has."""

    page: AppPage
    title: str
    code: str
    block: str
    state: Any
    names: list[str]
    by: Any


@dataclass
class Refused(Exception):
    """Why not: by field of the question (`title`, `code`), and by block; "" is the whole."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    places: list[tuple[str, str]] = field(default_factory=list)


def share(asked: Asked) -> SharedSection:
    """The shared section, published. Raises Refused."""
    stream, section = _read(asked)
    wrong = [*_outside(section), *_amiss(stream)]
    fields = _fields(asked)
    if wrong or fields:
        raise Refused(fields, wrong)
    return make_section(
        title=asked.title,
        code=asked.code,
        section=section,
        by=asked.by,
        locale=asked.page.locale.language_code,
        spoken=dict(_spoken(asked.page, section)),
    )


def _read(asked: Asked) -> tuple[Any, dict[str, Any]]:
    """The section as a stream of its own and as plain data, without its condition, and with a name wherever one belongs."""
    stream_block = SharedSection.body.field.stream_block  # type: ignore[attr-defined]
    posted = [{"type": "section", "id": asked.block, "value": asked.state}]
    try:
        stream = value_from_state(stream_block, posted)
        stream.stream_block.clean(stream)
    except MalformedStateError:
        raise Refused(
            {"": [gettext("The section could not be read. Save the page, then try again.")]}
        ) from None
    except ValidationError:
        said = gettext(
            "Something in the section is not filled in as it must be. Save the page to see what."
        )
        raise Refused({"": [said]}) from None
    section = repaired(stream.get_prep_value())[0]
    section["value"]["relevance"] = None
    _name(section, names_of_page(asked.page), set(asked.names))
    return stream_block.to_python([section]), section


def _name(section: dict[str, Any], earlier: dict[str, str], taken: set[str]) -> None:
    """What has no name keeps the one it was published under, else gets one that the script does not have."""
    others = [
        {"type": "section", "id": f"-{name}", "value": {"name": name}} for name in sorted(taken)
    ]
    names = assign(Body("", [section, *others]), earlier)
    for block in (section, *section["value"].get("items", [])):
        if block["id"] in names:
            block["value"]["name"] = block["value"].get("name") or names[block["id"]]


def _fields(asked: Asked) -> dict[str, list[str]]:
    """What is wrong with the title and the code."""
    made = SharedSection(title=asked.title, code=asked.code, locale=asked.page.locale)
    found: dict[str, list[str]] = {}
    try:
        made.full_clean(exclude=["body", "translation_key"])
    except ValidationError as error:
        found = {
            name if name in {"title", "code"} else "code": said
            for name, said in error.message_dict.items()
        }
    if not found and SharedSection.objects.filter(code=asked.code).exists():
        found["code"] = [gettext("Another shared section has this code.")]
    return found


def _outside(section: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The blocks that pick something of the script outside the section: other scripts have no such block."""
    own = set(ids_in(section))
    said = gettext(
        "It picks something outside this section, which other scripts do not have. Write its condition as a formula with names, or take it out of the section first."
    )
    for block in (section, *section["value"].get("items", [])):
        if any(BLOCK.match(word) and word not in own for word in mentioned(block)):
            yield block["id"], said


def _amiss(stream: Any) -> Iterator[tuple[str, str]]:
    for problem in problems_of_section(stream)[0]:
        if problem.code != "unknown_reference":
            yield problem.place, say(problem, gettext)


def _spoken(page: AppPage, section: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The section in the languages in which the script speaks, where it is whole there."""
    for member in family(page)[1:]:
        for block in repaired(member.body.get_prep_value()) if member.live else ():
            if list(ids_in(block)) == list(ids_in(section)):
                value = {**block["value"], "relevance": None}
                yield member.locale.language_code, {**block, "value": value}
