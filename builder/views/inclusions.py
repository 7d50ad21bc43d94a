"""Where the blocks of included sections are met in a script: at the inclusion, with their place in the section in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.compile import INCLUSION, ids_in
from builder.shared import included_in


def inner_places(stream: Any) -> dict[str, tuple[str, str]]:
    """By the id of each block of a shared section that this stream includes: its way in words, and the inclusion's id."""
    raw = [
        {"type": child.block_type, "id": child.id, "value": dict(child.value)}
        for child in stream or []
        if child.block_type == INCLUSION
    ]
    return {
        place: (words, block["id"])
        for block, shared, section in included_in(raw)
        for place, words in _ways(section, shared.title)
    }


def _ways(section: Mapping[str, Any], title: str) -> Iterator[tuple[str, str]]:
    yield section["id"], title
    for item in section["value"].get("items") or []:
        value = item["value"]
        own = str(value.get("label") or value.get("text") or value.get("name") or "?")[:60]
        for place in ids_in(item):
            yield place, f"{title} › {own}"
