"""A list of choices as an editor writes it, one a line, and as it is stored.

    ghent = Ghent [province=east, coast=no]

What stands in the brackets is what a filter may ask of the choice: its attributes. Without them they may be left out.
"""

import re
from typing import Any

from anyascii import anyascii

WRITTEN = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9_-]{0,62})\s*=\s*(\S.*)\Z")
ATTRIBUTE = re.compile(r"\s*([a-z][a-z0-9_]{0,62})\s*=\s*([A-Za-z0-9][A-Za-z0-9_-]{0,62})\s*\Z")
UNWANTED = re.compile(r"[^a-z0-9]+")


def name_of_label(
    label: str, taken: set[str] | frozenset[str] = frozenset(), limit: int = 40
) -> str:
    """A machine word made of a label: `Très chaud!` gives `tres_chaud`; `_2` where it is taken."""
    word = UNWANTED.sub("_", anyascii(label).lower()).strip("_")[:limit].strip("_") or "choice"
    if not word[0].isalpha():
        word = f"c_{word}"
    free, number = word, 1
    while free in taken:
        number += 1
        free = f"{word}_{number}"
    return free


def choices_of_text(text: str | None) -> list[dict[str, Any]]:
    """`name = Label` a line, or the label alone, of which a name is made; attributes in brackets at its end."""
    lines = [_apart(line.strip()) for line in (text or "").splitlines() if line.strip()]
    found = [(WRITTEN.match(line), line, attributes) for line, attributes in lines]
    taken = {match[1] for match, _line, _attributes in found if match}
    choices = []
    for match, line, attributes in found:
        name = match[1] if match else name_of_label(line, taken)
        taken.add(name)
        choice = {"name": name, "label": match[2].strip() if match else line}
        choices.append({**choice, "attributes": attributes} if attributes else choice)
    return choices


def text_of_choices(choices: list[dict[str, Any]]) -> str:
    return "\n".join(_line(choice) for choice in choices)


def _line(choice: dict[str, Any]) -> str:
    """One choice as it is written; empty brackets say that those before them belong to the label."""
    line = f"{choice['name']} = {choice['label']}"
    pairs = ", ".join(
        f"{name}={value}" for name, value in (choice.get("attributes") or {}).items()
    )
    return f"{line} [{pairs}]" if pairs or _apart(line)[0] != line else line


def misread(text: str | None) -> str:
    """The first line that ends in brackets as if they held attributes, which cannot be read; an empty text if there is none."""
    lines = (line.strip() for line in (text or "").splitlines())
    return next(
        (line for line in lines if _apart(line)[0] == line and "=" in _bracketed(line)[1]), ""
    )


def _bracketed(line: str) -> tuple[str, str]:
    """What stands before the brackets at the end of a line, and what in them."""
    before, _bracket, inside = line[:-1].rpartition("[")
    return (before.strip(), inside) if line.endswith("]") else ("", "")


def _apart(line: str) -> tuple[str, dict[str, str]]:
    """A line without its attributes, and these."""
    before, inside = _bracketed(line)
    pairs = [ATTRIBUTE.match(pair) for pair in inside.split(",")] if inside.strip() else []
    if not before or before.endswith("=") or None in pairs:
        return line, {}
    return before, {pair[1]: pair[2] for pair in pairs if pair}
