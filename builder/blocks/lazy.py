"""A StructBlock whose fields exist in the browser only once its panel is opened.

A script of hundreds of questions would otherwise be tens of thousands of inputs. Until it is opened, a block travels as
one hidden input, `PREFIX-lazystate`: the JSON of its form state. Storage, cleaning, comparison and translation are those
of a plain StructBlock, and migrations freeze it as one.

What is posted there is as untrusted as any field: JSON that has not the block's shape becomes a problem at that block.
"""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructBlockAdapter

SUFFIX = "-lazystate"
# The scripts of the editor page, in the order in which they know each other; texts come from `builder.views.editor_texts`.
SCRIPTS = (
    "adapter",
    "page",
    "shared",
    "included",
    "rows",
    "mentions",
    "names",
    "copies",
    "uses",
    "deletion",
    "moving",
    "waiting",
    "clipboard",
    "find",
    "formula",
    "lazy",
    "pasting",
)
SCALARS = (str, int, float, bool, type(None))


class MalformedStateError(ValueError):
    """The posted state has not the shape of its block."""


def value_from_state(block: blocks.Block, state: Any) -> Any:
    """The inverse of `block.get_form_state`, through each leaf's own reader, so that its cleaning still happens."""
    if isinstance(block, blocks.StructBlock):
        return _struct(block, _shaped(state, dict))
    if isinstance(block, blocks.ListBlock):
        items = [_item(item) for item in _shaped(state, list)]
        return ListValue(block, bound_blocks=[_list_child(block, item) for item in items])
    if isinstance(block, blocks.StreamBlock):
        items = [_item(item) for item in _shaped(state, list)]
        return StreamValue(block, [_stream_child(block, item) for item in items])
    return _leaf(block, state)


def _shaped(state: Any, shape: type) -> Any:
    if state is None:
        return shape()
    if not isinstance(state, shape):
        raise MalformedStateError
    return state


def _item(item: Any) -> dict[str, Any]:
    item = _shaped(item, dict)
    if not isinstance(item.get("id"), str | None):
        raise MalformedStateError
    return item


def _struct(block: blocks.StructBlock, state: dict[str, Any]) -> blocks.StructValue:
    return block._to_struct_value(  # noqa: SLF001 the one way Wagtail makes its value
        [
            (name, value_from_state(child, state.get(name)))
            for name, child in block.child_blocks.items()
        ]
    )


def _list_child(block: blocks.ListBlock, item: dict[str, Any]) -> ListValue.ListChild:
    value = value_from_state(block.child_block, item.get("value"))
    return ListValue.ListChild(block.child_block, value, id=item.get("id"))


def _stream_child(block: blocks.StreamBlock, item: dict[str, Any]) -> tuple[str, Any, str | None]:
    kind = item.get("type")
    if not isinstance(kind, str) or kind not in block.child_blocks:
        raise MalformedStateError
    return kind, value_from_state(block.child_blocks[kind], item.get("value")), item.get("id")


def _leaf(block: blocks.Block, state: Any) -> Any:
    if isinstance(state, list):
        if not all(isinstance(each, str) for each in state):
            raise MalformedStateError
        if not getattr(block.field.widget, "allow_multiple_selected", False):
            state = state[0] if state else ""
    if not isinstance(state, (*SCALARS, list)):
        raise MalformedStateError
    data = {} if state is None or state is False else {"x": state}
    return block.value_from_datadict(data, {}, "x")


class MalformedValue(blocks.StructValue):
    """Stands for a posted state that could not be read; never valid."""


class LazyStructBlock(blocks.StructBlock):
    """See the head of this file. `summary` names the fields that a closed row shows, `folded` those of a folded group, which
    are made when that is opened."""

    summary: tuple[str, ...] = ("label", "name")
    folded: tuple[str, ...] = ()

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        key = prefix + SUFFIX
        if key not in data:
            return super().value_from_datadict(data, files, prefix)
        try:
            return value_from_state(self, json.loads(data[key]))
        except (ValueError, TypeError, RecursionError):
            return MalformedValue(self, self.get_default())

    def value_omitted_from_data(self, data: Any, files: Any, prefix: str) -> bool:
        return prefix + SUFFIX not in data and super().value_omitted_from_data(data, files, prefix)

    def clean(self, value: Any) -> Any:
        if isinstance(value, MalformedValue):
            message = _(
                "This block reached the server damaged. Reload the page and write it again."
            )
            raise blocks.StructBlockValidationError(non_block_errors=[ValidationError(message)])
        return super().clean(value)


class LazyStructBlockAdapter(StructBlockAdapter):
    js_constructor = "builder.LazyStruct"

    def js_args(self, block: LazyStructBlock) -> list[Any]:
        name, children, meta = super().js_args(block)
        return [
            name,
            children,
            {**meta, "summary": list(block.summary), "folded": list(block.folded)},
        ]

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(
            js=[versioned_static(f"builder/{file}.js") for file in SCRIPTS],
            css={"all": [versioned_static("builder/editor.css")]},
        )


register(LazyStructBlockAdapter(), LazyStructBlock)
