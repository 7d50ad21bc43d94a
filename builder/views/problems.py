"""Problems as people meet them: as Wagtail's form errors at the block concerned, and as lines that say where."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from builder.problems import Problem, say

Messages = dict[str, list[ValidationError]]


def stream_error(stream: Any, problems: Iterable[Problem]) -> StreamBlockValidationError | None:
    """The form error of a stream: Wagtail opens the path and marks each block that has a problem."""
    messages: Messages = {}
    for problem in problems:
        messages.setdefault(problem.place, []).append(
            ValidationError(say(problem, gettext).replace("%", "%%"))
        )
    errors = _errors(stream or [], messages)
    if not errors:
        return None
    error = StreamBlockValidationError(block_errors=errors)
    error.message = gettext(
        "There are problems at the marked blocks."
    )  # in the list above the form
    return error


def _errors(stream: Any, messages: Messages) -> dict[int, StructBlockValidationError]:
    found = {}
    for index, block in enumerate(stream):
        inner = (
            _errors(block.value["items"], messages) if "items" in block.block.child_blocks else {}
        )
        nested = {"items": StreamBlockValidationError(block_errors=inner)} if inner else None
        if nested or block.id in messages:
            found[index] = StructBlockValidationError(nested, messages.get(block.id))
    return found


def lines_of(
    page: Any, problems: Iterable[Problem], translate: Callable[[str], str]
) -> Iterator[str]:
    """`Section › question: what is wrong`, one a problem."""
    places = dict(_places(page.body, "")) | dict(_places(page.outcomes, ""))
    for problem in problems:
        where = places.get(problem.place, "")
        yield f"{where}: {say(problem, translate)}" if where else say(problem, translate)


def _places(stream: Any, above: str) -> Iterator[tuple[str, str]]:
    for block in stream or []:
        value = block.value
        own = str(
            value.get("title") or value.get("label") or value.get("text") or block.block.label
        )[:60]
        path = f"{above} › {own}" if above else own
        yield block.id, path
        yield from _places(value.get("items"), path)
