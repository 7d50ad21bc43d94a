"""A list of choices as an editor writes it, one a line, and as it is stored."""

import re

from anyascii import anyascii

WRITTEN = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9_-]{0,62})\s*=\s*(\S.*)\Z")
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


def choices_of_text(text: str | None) -> list[dict[str, str]]:
    """`name = Label` a line, or the label alone, of which a name is made."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    found = [WRITTEN.match(line) for line in lines]
    taken = {match[1] for match in found if match}
    choices = []
    for line, match in zip(lines, found, strict=True):
        name = match[1] if match else name_of_label(line, taken)
        taken.add(name)
        choices.append({"name": name, "label": match[2].strip() if match else line})
    return choices


def text_of_choices(choices: list[dict[str, str]]) -> str:
    return "\n".join(f"{choice['name']} = {choice['label']}" for choice in choices)
