"""A list of choices as an editor writes it, one a line, and as it is stored.

    ghent = Ghent [province=east, coast=no]

What stands in the brackets is what a filter may ask of the choice: its attributes. Without them they may be left out.
What is pasted from a text processor or a spreadsheet loses its bullets; its columns are name, label and attributes.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from anyascii import anyascii

from builder.problems import Problem, gettext_noop, quoted

WRITTEN = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9_-]{0,62})\s*=\s*(\S.*)\Z")
ATTRIBUTE = re.compile(r"\s*([a-z][a-z0-9_]{0,62})\s*=\s*([A-Za-z0-9][A-Za-z0-9_-]{0,62})\s*\Z")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}\Z")
UNWANTED = re.compile(r"[^a-z0-9]+")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# A bullet of Word's, or a dash, an o or a number with the tab behind it that Word puts there.
BULLET = re.compile(
    "(?:[\u2022\u00b7\u25aa\u25e6\u2023\u25cf\u25cb\u25a0\u25a1\uf0b7\uf0a7\uf0d8]\\s+|(?:[-\u2013\u2014*o\u00a7]|\\d{1,4}[.)])\\s*\t\\s*)"
)


@dataclass(frozen=True)
class Written:
    """One line of a list: its number, the name (empty where it is to be made of the label), the label, the attributes."""

    number: int
    name: str
    label: str
    attributes: dict[str, str] = field(default_factory=dict)
    unread: bool = False  # it ends in brackets as if they held attributes, and they cannot be read


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


def written_in(text: str | None) -> Iterator[Written]:
    """The lines of a list that hold a choice."""
    for number, raw in enumerate((text or "").splitlines(), start=1):
        line = _tidied(raw)
        if not line:
            continue
        before, attributes = _apart(line)
        match = WRITTEN.match(before)
        unread = before == line and "=" in _bracketed(line)[1]
        name, label = (match[1], match[2].strip()) if match else ("", before)
        yield Written(number, name, label, attributes, unread)


def choices_of_text(text: str | None) -> list[dict[str, Any]]:
    """`name = Label` a line, or the label alone, of which a name is made; attributes in brackets at its end."""
    found = list(written_in(text))
    taken = {row.name for row in found if row.name}
    last: dict[str, int] = {}
    choices = []
    for row in found:
        name = row.name or free_name(row.label, taken, last)
        taken.add(name)
        choice = {"name": name, "label": row.label}
        choices.append({**choice, "attributes": row.attributes} if row.attributes else choice)
    return choices


def free_name(label: str, taken: Collection[str], last: dict[str, int]) -> str:
    """As `name_of_label`; thousands of lines with the same label are not counted from the start each time."""
    word = name_of_label(label)
    number = last.get(word, 1)
    free = word if number == 1 else f"{word}_{number}"
    while free in taken:
        number += 1
        free = f"{word}_{number}"
    last[word] = number
    return free


def text_of_choices(choices: list[dict[str, Any]]) -> str:
    return "\n".join(_line(choice) for choice in choices)


def _line(choice: dict[str, Any]) -> str:
    """One choice as it is written; empty brackets say that those before them belong to the label."""
    line = f"{choice['name']} = {choice['label']}"
    pairs = ", ".join(
        f"{name}={value}" for name, value in (choice.get("attributes") or {}).items()
    )
    return f"{line} [{pairs}]" if pairs or _apart(line)[0] != line else line


def faults_in(text: str | None) -> Iterator[Problem]:
    """What is wrong with the lines of a list; the place of a problem is the number of its line."""
    first: dict[str, int] = {}
    for row in written_in(text):
        if row.unread:
            message = gettext_noop(
                "Line %(line)s: what stands in brackets at the end of “%(text)s” cannot be read."
            )
            remedy = gettext_noop(
                "Write [province=east, coast=no]: names and values without blanks. If it belongs to the label, write [] behind it."
            )
            params = {"line": row.number, "text": quoted(row.label)}
            yield Problem("attributes", str(row.number), message, remedy, params)
        if row.name and first.setdefault(row.name, row.number) != row.number:
            message = gettext_noop("Line %(line)s: line %(first)s has the name %(name)s already.")
            remedy = gettext_noop("Give one of the two another name, or take it away.")
            params = {"line": row.number, "first": first[row.name], "name": row.name}
            yield Problem("double", str(row.number), message, remedy, params)


def _tidied(raw: str) -> str:
    """A line without what a text processor puts before it; of two or three columns the name, the label and the attributes."""
    line = UNSEEN.sub("", raw).replace("\u00a0", " ").strip(" ")
    bullet = BULLET.match(line)
    cells = [cell.strip() for cell in line[bullet.end() if bullet else 0 :].split("\t")]
    if len(cells) == 1 or not NAME.match(cells[0]) or not cells[1]:
        return " ".join(filter(None, cells))
    said = " ".join(filter(None, cells[2:])).strip("[] ")
    return f"{cells[0]} = {cells[1]}" + (f" [{said}]" if said else "")


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
