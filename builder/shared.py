"""What several scripts share is authored upstairs: here is who is asked for it. Bound once, in `config.binding`.

`LISTS.bind(function)`, `SECTIONS.bind(function)`: `function(code, number)` gives what stands under a code, as it is published
now (number None) or as its numbered edition was.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Generic, TypeVar

from builder import definition as definitions
from builder.compile import (
    Body,
    SharedList,
    SharedSection,
    Source,
    code_and_number,
    compile_source,
    ids_in,
    included_section,
    inclusions_in,
    references_in,
    repaired,
    with_sections,
)
from builder.compile.source import Block
from builder.definition import DefinitionUnreadable
from builder.problems import Problem

Found = TypeVar("Found")


class Shared(Generic[Found]):
    """One kind of what is shared, and the one who knows it."""

    def __init__(self) -> None:
        self._resolvers: list[Callable[[str, int | None], Found]] = []

    def bind(self, function: Callable[[str, int | None], Found]) -> None:
        """The one that is asked from now on."""
        self._resolvers[:] = [function]

    def of(self, references: Iterable[str]) -> dict[str, Found]:
        """What these references mean, each asked for once; a reference that is none is one to what is missing."""
        return {
            reference: resolver(*code_and_number(reference))
            for resolver in self._resolvers
            for reference in dict.fromkeys(references)
            if reference
        }


LISTS: Shared[SharedList] = Shared()
SECTIONS: Shared[SharedSection] = Shared()


def with_shared(source: Source) -> Source:
    """The source with the shared sections that it names, and the shared lists that it and they name."""
    named = (reference for _block, reference in inclusions_in(source.first.body))
    source = replace(source, sections=SECTIONS.of(named))
    whole = with_sections(source)[0].first.body
    lists = LISTS.of(reference for _block, _setting, reference in references_in(whole))
    return replace(source, lists=lists)


# What is wrong with a section alone, whatever it reads from outside turns out to be.
SURE = frozenset(
    {"shared_list", "condition_value", "unknown_reference", "duplicate_name", "bad_name"}
    | {"duplicate_choice", "no_choices", "flag_and_condition", "empty_table", "no_result"}
)


def problems_of_section(stream: Any) -> tuple[list[Problem], list[str]]:
    """What is wrong with a section that stands alone, and the names that it reads from the script that will include it."""
    body = repaired(list(stream.get_prep_value()))
    compiled = compile_source(with_shared(Source("script", "section", {"en": Body("", body)})))
    problems = list(compiled.problems)
    try:
        problems += definitions.check(definitions.load(compiled.data))
    except DefinitionUnreadable as unreadable:
        problems += unreadable.problems
    outside = {str(problem.params["name"]) for problem in problems if _reads_outside(problem)}
    places = set(ids_in(body))
    found = [one for one in problems if one.place in places and not one.warning]
    found = [one for one in found if not _reads_outside(one)]
    if outside:
        found = [one for one in found if one.code in SURE]
    return found, sorted(outside)


def _reads_outside(problem: Problem) -> bool:
    return problem.code == "unknown_reference" and "name" in problem.params


def included_in(body: list[Block]) -> Iterator[tuple[Block, SharedSection, Block]]:
    """(inclusion, what it names, the section as it stands in the script) of each inclusion that can be resolved."""
    found = list(inclusions_in(body))
    sections = SECTIONS.of(reference for _block, reference in found)
    for block, reference in found:
        shared = sections.get(reference)
        if shared is not None and not shared.fault:
            yield block, shared, next(iter(included_section(block, shared).values()))
