"""Compiling: from the plain data of a page's blocks, in all its languages, to a definition's JSON.

The door is `compile_source(source) -> Compiled`. It reads no database and never raises on what an author wrote: what
cannot be compiled is a problem at its block. `builder.publish` loads the JSON into frozen nodes and checks them.
"""

from typing import Any

from builder.compile.bodies import repaired, with_ids
from builder.compile.checking import problems_of_formula
from builder.compile.conditions import number
from builder.compile.desk import Desk
from builder.compile.formulas import known
from builder.compile.index import index
from builder.compile.items import section
from builder.compile.lists import FROM, code_and_number, references_in, with_lists
from builder.compile.mentions import mentioned
from builder.compile.names import assign
from builder.compile.outcomes import lesson_outcomes, outcome
from builder.compile.sections import (
    INCLUSION,
    ids_in,
    included_section,
    inclusions_in,
    names_of_section,
    with_sections,
)
from builder.compile.source import Body, Compiled, SharedList, SharedSection, Source
from builder.compile.texts import Texts, plain
from builder.compile.types import typed

__all__ = [
    "FROM",
    "INCLUSION",
    "Body",
    "Compiled",
    "SharedList",
    "SharedSection",
    "Source",
    "code_and_number",
    "compile_source",
    "ids_in",
    "included_section",
    "inclusions_in",
    "mentioned",
    "names_of_section",
    "problems_of_formula",
    "references_in",
    "repaired",
    "with_ids",
    "with_sections",
]

FORMAT = 1


def compile_source(source: Source) -> Compiled:
    """The definition that this page family gives, with everything that is wrong in its structure."""
    source, amiss = with_sections(source)
    source, problems = with_lists(source)
    names = assign(source.first, source.earlier)
    things = typed(index(source.first, names))
    desk = Desk(things, Texts(source), known(things.values()))
    data = {
        "format": FORMAT,
        "kind": source.kind,
        "name": source.code,
        "languages": list(source.languages),
        "title": plain({code: body.title for code, body in source.languages.items()}),
        "sections": [section(desk, block) for block in source.first.body],
        "outcomes": _outcomes(desk, source),
        "pass_percent": _percent(source),
        "subject_app": (source.settings.get("subject_app") or None)
        if source.kind == "document"
        else None,
    }
    return Compiled(data, (*amiss, *problems, *desk.problems), names)


def _outcomes(desk: Desk, source: Source) -> list[dict[str, Any]]:
    written = [outcome(desk, block) for block in source.first.outcomes]
    return lesson_outcomes(source) if source.kind == "lesson" and not written else written


def _percent(source: Source) -> str | None:
    return number(source.settings.get("pass_percent") or "80") if source.kind == "lesson" else None
