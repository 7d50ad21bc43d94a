"""The editor page tells the browser what its blocks are; that is packed once, and again when what it picks from has changed."""

import json
from typing import Any

from django.utils.translation import get_language
from wagtail.admin.telepath import JSContext
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField

from builder.blocks.fields import CodeBlock

# By block and language: the codes that could be picked, and what was packed of the blocks with them. Packing a script's
# blocks takes most of the time of an editor page; one language of one kind of page is some 300 KB.
_packed: dict[tuple[int, str | None], tuple[Any, JSContext, str]] = {}


class PackedWidget(BlockWidget):
    """Wagtail's own, that packs the definition of its blocks no oftener than it must.

    What is packed depends on the language and on the codes that are read when a form is shown (`CodeBlock`), and on nothing else.
    """

    def _build_block_json(self) -> None:
        key = (id(self.block_def), get_language())  # a stream's block lives as long as its model
        codes = CodeBlock.pickable()
        kept = _packed.get(key)
        if kept is None or kept[0] != codes:
            context = JSContext()
            kept = codes, context, json.dumps(context.pack(self.block_def))
            _packed[key] = kept
        _codes, self._js_context, self._block_json = kept


class PackedStreamField(StreamField):
    """A stream whose form does not pack its blocks anew for each page. To a migration it is Wagtail's own."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": PackedWidget(self.stream_block), **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", args, kwargs
