"""From what an author writes, pastes or loads to the choices of a shared list; what cannot be read is told by its line.

The first language that has lines gives names, order and attributes; the others give labels by name. A table (CSV, or
columns pasted from a spreadsheet) has the columns name, label, attributes, label_fr, .., and any other as an attribute.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.blocks.choices import (
    ATTRIBUTE,
    NAME,
    choices_of_text,
    faults_in,
    free_name,
    text_of_choices,
    written_in,
)
from builder.problems import Problem, gettext_noop, quoted

MOST_CHOICES = 20_000
LONGEST_LABEL = 500
Choices = list[dict[str, Any]]


@dataclass
class Read:
    """Choices with a label for each language, and what is wrong; the place of a problem is the number of its line."""

    choices: Choices = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _problem(line: int, message: str, remedy: str, **params: object) -> Problem:
    return Problem("line", str(line), message, remedy, {"line": line, **params})


# ---- lines, a text for each language


def read_lines(texts: Mapping[str, str]) -> dict[str, Read]:
    """What each language's lines come to; the choices stand in that of the first one that has any."""
    found = {code: Read() for code in texts}
    first = next((code for code, text in texts.items() if text.strip()), None)
    if first is None:
        return found
    read = found[first]
    read.problems += [*faults_in(texts[first]), *_beyond(texts[first])]
    read.choices = [
        {**choice, "label": {first: choice["label"]}} for choice in choices_of_text(texts[first])
    ]
    known = {choice["name"]: choice for choice in read.choices}
    for code, text in texts.items():
        if code != first:
            found[code].problems += _add_labels(known, code, text)
    return found


def _beyond(text: str) -> Iterator[Problem]:
    """Labels that are too long, and lines beyond the most that a list has."""
    for count, row in enumerate(written_in(text), start=1):
        if count > MOST_CHOICES:
            yield _too_many(row.number)
            return
        if len(row.label) > LONGEST_LABEL:
            yield _too_long(row.number, row.label)


def _too_many(line: int) -> Problem:
    message = gettext_noop("Line %(line)s: a list has no more than %(most)s choices.")
    remedy = gettext_noop("Make two lists of it, or let a question ask for a part first.")
    return _problem(line, message, remedy, most=MOST_CHOICES)


def _too_long(line: int, label: str) -> Problem:
    message = gettext_noop("Line %(line)s: the label “%(text)s…” is longer than %(most)s letters.")
    return _problem(
        line, message, gettext_noop("Shorten it."), text=quoted(label), most=LONGEST_LABEL
    )


def _add_labels(known: Mapping[str, dict[str, Any]], code: str, text: str) -> Iterator[Problem]:
    """The labels of a further language, put to the choices of their names."""
    for row in written_in(text):
        choice = known.get(row.name)
        if choice is None:
            message = gettext_noop("Line %(line)s: “%(text)s” belongs to no choice.")
            remedy = gettext_noop("Write name = Label, with a name of the first language's lines.")
            yield _problem(row.number, message, remedy, text=quoted(row.name or row.label))
        elif code in choice["label"]:
            message = gettext_noop("Line %(line)s: the choice %(name)s has a label already.")
            yield _problem(
                row.number, message, gettext_noop("Take one of the two away."), name=row.name
            )
        else:
            choice["label"][code] = row.label


# ---- tables


COLUMNS = ("name", "label", "attributes")


@dataclass
class Table:
    """A table while it is read: its heads, the line of each name, what has been read."""

    language: str
    heads: list[str] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    read: Read = field(default_factory=Read)


def read_table(text: str, languages: Sequence[str]) -> Read:
    """A table with or without a row of heads; plain labels are in the first of these languages."""
    table = Table(languages[0])
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=_delimiter(text))
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells):
                _row(table, cells, rows.line_num, languages)
    except csv.Error as error:
        message = gettext_noop("Line %(line)s: this is no table that can be read (%(why)s).")
        remedy = gettext_noop("Save it as CSV in UTF-8, or paste the columns.")
        table.read.problems.append(_problem(rows.line_num, message, remedy, why=str(error)))
    return table.read


def _row(table: Table, cells: list[str], line: int, languages: Sequence[str]) -> None:
    is_head = False
    if not table.heads:
        table.heads, is_head = _heads(cells, languages)
        table.read.problems += _head_problems(table.heads, line)
    if not is_head:
        _take(table, dict(zip(table.heads, cells, strict=False)), line)


def _delimiter(text: str) -> str:
    """What stands between the cells of the first line: a tab, a semicolon or a comma."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return "\t" if "\t" in first else max(",;", key=first.count)


def _heads(cells: list[str], languages: Sequence[str]) -> tuple[list[str], bool]:
    """What each column is, and whether the first row says so."""
    words = [cell.lower().replace(" ", "_").replace(":", "_") for cell in cells]
    labels = {"label", *(f"label_{code}" for code in languages)}
    if labels & set(words):
        return words, True
    return list(COLUMNS) if len(cells) > 1 else ["label"], False


def _head_problems(heads: list[str], line: int) -> Iterator[Problem]:
    for head in heads:
        if heads.count(head) > 1:
            message = gettext_noop("Line %(line)s: two columns are called “%(text)s”.")
            yield _problem(
                line, message, gettext_noop("Take one of the two away."), text=quoted(head)
            )
            return


def _take(table: Table, row: Mapping[str, str], line: int) -> None:
    """One row: a choice, or what is wrong with it."""
    label = {
        head.partition("_")[2] or table.language: words
        for head, words in row.items()
        if words and (head == "label" or head.startswith("label_"))
    }
    problems = list(_row_problems(row, label, line))
    name = row.get("name") or free_name(next(iter(label.values()), ""), table.lines, table.made)
    if name in table.lines:
        problems.append(_double(line, table.lines[name], name))
    elif len(table.lines) == MOST_CHOICES:
        problems.append(_too_many(line))
    attributes = _attributes(row, line, problems)
    table.read.problems += problems
    if not problems:
        table.lines[name] = line
        choice = {"name": name, "label": label}
        table.read.choices.append({**choice, "attributes": attributes} if attributes else choice)


def _double(line: int, first: int, name: str) -> Problem:
    message = gettext_noop("Line %(line)s: line %(first)s has the name %(name)s already.")
    remedy = gettext_noop("Give one of the two another name, or take it away.")
    return _problem(line, message, remedy, first=first, name=name)


def _row_problems(
    row: Mapping[str, str], label: Mapping[str, str], line: int
) -> Iterator[Problem]:
    name = row.get("name", "")
    if not label:
        message = gettext_noop("Line %(line)s: there is no label.")
        yield _problem(
            line, message, gettext_noop("Write what people read, or take the row away.")
        )
    if name and not NAME.match(name):
        message = gettext_noop("Line %(line)s: “%(text)s” cannot be a name.")
        remedy = gettext_noop(
            "A name has letters without accents, digits, _ and - only, and no blank; left empty, it is made of the label."
        )
        yield _problem(line, message, remedy, text=quoted(name))
    for words in label.values():
        if len(words) > LONGEST_LABEL:
            yield _too_long(line, words)


def _attributes(row: Mapping[str, str], line: int, problems: list[Problem]) -> dict[str, str]:
    """The attributes of a row: of the column that lists them, and each other column by its head."""
    pairs = [pair for pair in row.get("attributes", "").strip("[]").split(",") if pair.strip()]
    pairs += [
        f"{head}={value}"
        for head, value in row.items()
        if value and head not in COLUMNS and not head.startswith("label_")
    ]
    found = {}
    for pair in pairs:
        match = ATTRIBUTE.match(pair)
        if match is None:
            message = gettext_noop("Line %(line)s: “%(text)s” is no attribute.")
            remedy = gettext_noop(
                "Write province=east: a name in small letters and a value, without blanks."
            )
            problems.append(_problem(line, message, remedy, text=quoted(pair.strip())))
        else:
            found[match[1]] = match[2]
    return found


def merged(before: Choices, read: Choices) -> Choices:
    """What is there with what was loaded: a name that is there gets the new labels and attributes, a new one comes behind."""
    found = {choice["name"]: choice for choice in before}
    for choice in read:
        old = found.get(choice["name"], {})
        labels = {**old.get("label", {}), **choice["label"]}
        found[choice["name"]] = {**old, **choice, "label": labels}
    return list(found.values())


def lines_of(choices: Choices, code: str, *, first: bool) -> str:
    """The lines of one language, as they are written; those of the first one have the attributes."""
    return text_of_choices(
        [
            {
                "name": choice["name"],
                "label": choice["label"][code],
                **({"attributes": choice.get("attributes")} if first else {}),
            }
            for choice in choices
            if code in choice["label"]
        ]
    )


def first_language(choices: Choices, languages: Sequence[str]) -> str:
    """The language that gives names and order: the first that every choice has a label in; else the first of all."""
    return next(
        (code for code in languages if choices and all(code in c["label"] for c in choices)),
        languages[0],
    )
