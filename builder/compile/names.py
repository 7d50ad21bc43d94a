"""Names: the author's own, else the one that the block was published under, else one made of the label."""

from collections.abc import Mapping

from anyascii import anyascii

from builder.compile.index import named_blocks, value_of
from builder.compile.source import Block, Body
from builder.values import RESERVED

FALLBACKS = {
    "section": "section",
    "question": "answer",
    "calculation": "answer",
    "outcome": "outcome",
}
LONGEST = 40


def assign(body: Body, earlier: Mapping[str, str]) -> dict[str, str]:
    """The name of each block by its id. Names given twice are kept: `check` tells them at their block."""
    blocks = [(FALLBACKS[kind], block) for kind, block, _repeat in named_blocks(body)]
    names = {block["id"]: _own(block) for _fallback, block in blocks if _own(block)}
    taken = {*RESERVED, *names.values()}
    for _fallback, block in blocks:
        before = earlier.get(block["id"], "")
        if block["id"] not in names and before and before not in taken:
            names[block["id"]] = before
            taken.add(before)
    for fallback, block in blocks:
        if block["id"] not in names:
            names[block["id"]] = name_of(_label(block), fallback, taken)
            taken.add(names[block["id"]])
    return names


def name_of(label: str, fallback: str, taken: set[str]) -> str:
    """`First day, °C` gives `first_day_c`; `_2` and so on where that is taken."""
    kept = [
        letter if letter.isascii() and letter.isalnum() else "_"
        for letter in anyascii(label).lower()
    ]
    word = "_".join("".join(kept).split("_")).strip("_")
    while "__" in word:
        word = word.replace("__", "_")
    word = word[:LONGEST].strip("_") or fallback
    word = word if word[0].isalpha() else f"{fallback}_{word}"
    free, number = word, 1
    while free in taken:
        number += 1
        free = f"{word}_{number}"
    return free


def _own(block: Block) -> str:
    return value_of(block).get("name") or ""


def _label(block: Block) -> str:
    value = value_of(block)
    return value.get("label") or value.get("title") or ""
