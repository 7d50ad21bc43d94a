"""A page's fields as merging reads them, and back: streams as lists of blocks, their leaves as they are stored.

A leaf of several parts (a condition, a long list of choices) is a `Whole`: joining half a condition with half of another would
make one that nobody meant.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Field
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from builder.blocks.lazy import MalformedStateError, value_from_state
from content.joining.trees import NAMED, Whole, stored

SIMPLE = (str, int, float, bool, type(None))


def joinable(page: Page, names: Iterable[str]) -> dict[str, Field[Any, Any]]:
    """Of these fields of a form those that are the page's own, and no relation."""
    own = {field.name: field for field in page._meta.concrete_fields if not field.is_relation}  # noqa: SLF001 -- the documented door
    return {name: own[name] for name in names if name in own}


def values_in(page: Page) -> list[str]:
    """The names of what a page keeps."""
    return [field.name for field in page._meta.concrete_fields]  # noqa: SLF001


def plain(fields: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What merging reads, of the values of a page or of its form."""
    return {name: _plain(field, values[name]) for name, field in fields.items()}


def values_of(page: Page, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(page, name) for name in fields}


def _plain(field: Any, value: Any) -> Any:
    if isinstance(field, StreamField):
        return _of_block(field.stream_block, _as_posted(field.stream_block, value))
    return _leaf(field.to_python(value))


def _as_posted(block: Block, value: Any) -> Any:
    """What a browser that changed nothing would post: a draft of long ago is not an edit for being written differently."""
    try:
        return value_from_state(block, block.get_form_state(value))
    except MalformedStateError:
        return value


def _leaf(value: Any) -> Any:
    if isinstance(value, SIMPLE):
        return value
    names = (
        [one.get("name") if isinstance(one, dict) else None for one in value]
        if isinstance(value, list)
        else []
    )
    if names and all(names) and len(set(names)) == len(names):
        return [_named(one) for one in value]
    return Whole(value)


def _named(one: dict[str, Any]) -> dict[str, Any]:
    """A choice is known by its name, so that two may add some to one question."""
    return {
        "type": NAMED,
        "id": one["name"],
        "value": {name: _leaf(part) for name, part in one.items()},
    }


def _of_block(block: Block, value: Any) -> Any:
    if isinstance(block, StructBlock):
        return {
            name: _of_block(child, value.get(name)) for name, child in block.child_blocks.items()
        }
    if isinstance(block, StreamBlock):
        return [_row(child.block, child.block_type, child) for child in value or ()]
    if isinstance(block, ListBlock):
        return [_row(block.child_block, "item", child) for child in _rows_of(value)]
    return _leaf(block.get_prep_value(value))


def _rows_of(value: Any) -> Any:
    return value.bound_blocks if value else ()


def _row(block: Block, kind: str, child: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "id": child.id or child.get_prep_value()["id"],
        "value": _of_block(block, child.value),
    }


def written(field: Any, value: Any) -> Any:
    """A field's value for the page, of what merging gave or of what was kept as JSON."""
    if isinstance(field, StreamField):
        return field.stream_block.to_python(stored(value))
    return field.to_python(stored(value))
