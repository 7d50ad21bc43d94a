"""Bodies written by programs (imports, the demo, tests): blocks get ids, and names may stand for ids."""

import uuid
from typing import Any

from builder.compile.source import Block

REFERENCES = frozenset(
    {"question", "second", "repeat", "within", "valid_from", "valid_until", "answer"}
)
OF_SECTIONS = frozenset({"repeat", "within"})
CONDITIONS = frozenset({"relevance", "test", "required_when", "read_only_when", "choice_filter"})
LISTS = frozenset({"constraints", "cases"})  # of items that have a test
FIXED = frozenset({"this", "score", "offered"})
SPACE = uuid.UUID("5c9a4f6e-3f0e-4f7c-9d35-1d2b8f5a6c01")


def with_ids(
    body: list[Block], outcomes: list[Block], seed: str
) -> tuple[list[Block], list[Block]]:
    """The same blocks, each with an id, and with names in conditions and references replaced by ids.

    Ids that are missing are made of `seed` and the place in the page, so that writing the same page twice gives the
    same ids. A name that no block has is kept: compiling tells it at its block.
    """
    streams = [
        _identified(stream, f"{seed}/{kind}")
        for kind, stream in (("body", body), ("outcomes", outcomes))
    ]
    ids = _ids_by_name(streams[0])
    done = [[_referring(block, ids) for block in stream] for stream in streams]
    return done[0], done[1]


def repaired(stream: Any) -> list[Block]:
    """A stream as it is stored, without what is no block at all: drafts may hold the oddest things."""
    found = []
    for block in stream if isinstance(stream, list) else []:
        if (
            isinstance(block, dict)
            and isinstance(block.get("type"), str)
            and isinstance(block.get("value"), dict)
        ):
            items = (
                {"items": repaired(block["value"]["items"])} if "items" in block["value"] else {}
            )
            found.append(
                {
                    **block,
                    "id": str(block.get("id") or uuid.uuid4()),
                    "value": {**block["value"], **items},
                }
            )
    return found


def _identified(stream: list[Block], path: str) -> list[Block]:
    done = []
    for number, block in enumerate(stream):
        value, place = block["value"], f"{path}/{_name(block) or number}"
        nested = {
            key: _identified(value[key], f"{place}/{key}")
            for key in ("items", "effects")
            if value.get(key)
        }
        for key in LISTS & value.keys():
            nested[key] = [
                _entry(entry, f"{place}/{index}") for index, entry in enumerate(value[key] or [])
            ]
        done.append({**block, "id": block.get("id") or _id(place), "value": {**value, **nested}})
    return done


def _entry(entry: dict[str, Any], place: str) -> dict[str, Any]:
    return {
        "type": "item",
        "id": entry.get("id") or _id(place),
        "value": entry.get("value", entry),
    }


def _id(place: str) -> str:
    return str(uuid.uuid5(SPACE, place))


def _name(block: Block) -> str:
    return block["value"].get("name") or ""


Ids = tuple[
    dict[str, str], dict[str, str]
]  # questions before sections of the same name, and the other way round


def _ids_by_name(body: list[Block]) -> Ids:
    sections = {_name(block): block["id"] for block in body if _name(block)}
    items = {
        _name(item): item["id"]
        for block in body
        for item in block["value"].get("items") or []
        if _name(item)
    }
    return {**sections, **items}, {**items, **sections}


def _referring(block: Block, ids: Ids) -> Block:
    return {
        **block,
        "value": {key: _referred(key, part, ids) for key, part in block["value"].items()},
    }


def _referred(key: str, part: Any, ids: Ids) -> Any:
    if key in CONDITIONS and isinstance(part, dict) and "formula" not in part:
        return {**part, "rows": [_row(row, ids[0]) for row in part.get("rows") or []]}
    if key in REFERENCES and isinstance(part, str):
        return ids[1 if key in OF_SECTIONS else 0].get(part, part)
    if key in {"items", "effects"}:
        return [_referring(each, ids) for each in part or []]
    if key in LISTS:
        return [{**entry, "value": _tested(entry["value"], ids)} for entry in part or []]
    return part


def _tested(value: dict[str, Any], ids: Ids) -> dict[str, Any]:
    return {**value, "test": _referred("test", value.get("test"), ids)}


def _row(row: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    if "rows" in row:
        return {**row, "rows": [_row(each, ids) for each in row["rows"] or []]}
    asked, value = row["question"], row.get("value")
    if isinstance(value, dict) and "answer" in value:
        value = {"answer": _of_part(str(value["answer"]), ids)}
    return {**row, "question": _of_part(str(asked), ids), "value": value}


def _of_part(asked: str, ids: dict[str, str]) -> str:
    """The id of what is asked about; the name of its part (`home.city`) stays."""
    name, dot, part = asked.partition(".")
    return f"{name if name in FIXED else ids.get(name, name)}{dot}{part}"
