"""Problems as people meet them: as Wagtail's form errors at the block concerned, and as lines that say where."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError, ListValue

from builder.problems import Problem, say
from builder.views.inclusions import inner_places

Messages = dict[str, list[ValidationError]]


def stream_error(stream: Any, problems: Iterable[Problem]) -> StreamBlockValidationError | None:
    """The form error of a stream: Wagtail opens the path and marks each block that has a problem; a block of a shared section is
    not on the page, and the inclusion is marked for it."""
    messages: Messages = {}
    inner = inner_places(stream)
    for problem in problems:
        words, place = inner.get(problem.place, ("", problem.place))
        said = (
            say(problem, gettext)
            if place == problem.place
            else f"{words}: {say(problem, gettext)}"
        )
        messages.setdefault(place, []).append(ValidationError(said.replace("%", "%%")))
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
        nested = _row_errors(block.value, messages)
        if inner:
            nested["items"] = StreamBlockValidationError(block_errors=inner)
        if nested or block.id in messages:
            found[index] = StructBlockValidationError(nested or None, messages.get(block.id))
    return found


def _row_errors(value: Any, messages: Messages) -> dict[str, Any]:
    """Problems at the rows of a block's lists, by the name of the list."""
    found: dict[str, dict[int, StructBlockValidationError]] = {}
    for name, number, row in _rows(value):
        if row.id in messages:
            error = StructBlockValidationError(None, messages[row.id])
            found.setdefault(name, {})[number] = error
    return {name: ListBlockValidationError(block_errors=rows) for name, rows in found.items()}


def _rows(value: Any) -> Iterator[tuple[str, int, Any]]:
    """(name of the list, place in it, row) of each row that has an identity."""
    for name, inner in value.items():
        if isinstance(inner, ListValue):
            for number, row in enumerate(inner.bound_blocks):
                yield name, number, row


def lines_of(
    page: Any, problems: Iterable[Problem], translate: Callable[[str], str]
) -> Iterator[str]:
    """`Section › question: what is wrong`, one a problem."""
    places = places_of(page)
    for problem in problems:
        where, _block = places.get(problem.place, ("", ""))
        yield f"{where}: {say(problem, translate)}" if where else say(problem, translate)


def places_of(page: Any) -> dict[str, tuple[str, str]]:
    """Of each place of a page its way in words, and the block that opens it: a row of a list is opened with its block."""
    own = dict((*_places(page.body, ""), *_places(page.outcomes, "")))
    return own | inner_places(page.body)


def _places(stream: Any, above: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for block in stream or []:
        value = block.value
        own = str(
            value.get("title") or value.get("label") or value.get("text") or block.block.label
        )[:60]
        path = f"{above} › {own}" if above else own
        yield block.id, (path, block.id)
        for _name, _number, row in _rows(value):
            yield row.id, (path, block.id)
        yield from _places(value.get("items"), path)
