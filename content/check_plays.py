"""From a finding into the preview: what the check shows of a draft, as runs that the preview plays.

A run has a key of what it plays and where it leads, so that its address means the same as long as the check says the same.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext

from builder.checks.panel import Panel
from builder.definition import Definition
from builder.definition.walk import nodes

LENGTH: Final = 16
WAY: Final = "way"  # the code of how a block is reached


def key_of(code: str, place: str, shown: Mapping[str, Any] | None) -> str:
    """The key of a witness; nothing where there is none."""
    if shown is None:
        return ""
    played = json.dumps([code, place, shown["language"], shown["commands"]], sort_keys=True)
    return hashlib.sha256(played.encode()).hexdigest()[:LENGTH]


def run_of(found: Panel, key: str) -> dict[str, Any] | None:
    """The run of a key, as `screen/rehearsal.mjs` keeps one; None where the check does not say it (any more)."""
    for code, place, shown, words in _shown(found):
        if found.definition is not None and key_of(code, place, shown) == key:
            return {
                "commands": shown["commands"],
                "names": _names(found.definition),
                "today": found.day,
                "language": shown["language"],
                "shows": {"ids": [place], "words": words},
            }
    return None


def _shown(found: Panel) -> Iterator[tuple[str, str, Mapping[str, Any], str]]:
    for line in found.lines:
        if line.shown is not None:
            words = gettext("From the check: %(finding)s") % {"finding": line.words}
            yield line.code, line.place, line.shown, words
    for place, block in found.blocks.items():
        if "shown" in block:
            yield (
                WAY,
                place,
                block["shown"],
                gettext("From the check: this is one way to get here."),
            )


def _names(definition: Definition) -> dict[str, str]:
    """The id of each block that has a name."""
    named = ((getattr(node, "name", ""), node.id) for node in nodes(definition))
    return {name: id for name, id in named if name}
