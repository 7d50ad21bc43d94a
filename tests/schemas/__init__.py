"""JSON Schemas (2020-12) of definitions, commands, events and states, made of the code: `python -m tests.schemas` writes
docs/schemas. Question types, settings, operators, members of nodes and limits are read where they are said, so that a new one is in
the schemas without another touch; what only a table can say (what a member that is a plain text looks like) stands here, and a
member without a row is an error.
"""

import json
from typing import Any

from tests.environment import ROOT
from tests.schemas.definitions import definition
from tests.schemas.plays import command, event, state

FOLDER = ROOT / "docs" / "schemas"
SCHEMAS = {"definition": definition, "command": command, "event": event, "state": state}


def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by its name."""
    return {name: {**_head(name), **make()} for name, make in SCHEMAS.items()}


def pages() -> dict[str, str]:
    """Each schema as the text of its file."""
    return {
        f"{name}.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


def _head(name: str) -> dict[str, str]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:scriptorium:{name}:1",
    }
