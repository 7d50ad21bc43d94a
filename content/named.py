"""Names that publishing made, written into the blocks that had none."""

from collections.abc import Mapping
from typing import Any

from builder.compile import INCLUSION, repaired


def with_names(stream: Any, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The plain data of a stream, each nameless block with its name of `names` (by block id)."""
    return [_named(block, names) for block in repaired(list(stream.get_prep_value()))]


def _named(block: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    value = dict(block["value"])
    if block["id"] in names and not value.get("name") and block["type"] != INCLUSION:
        value["name"] = names[block["id"]]
    if "items" in value:
        value["items"] = [_named(item, names) for item in value["items"]]
    return {**block, "value": _plain(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
