"""The cells of one person, read: facts and prefilled answers, or which columns are wrong and why.

Never puts a value in a problem: problems are kept and shown.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from builder.definition import Question
from builder.problems import Problem, gettext_noop
from builder.question_types import TYPES, Settings
from builder.values import Missing
from runtime.parties.facts import COUNTRY
from runtime.queues.lists.writing import unguarded

TEXT_AT_MOST = 200
OLDEST = 130  # years
WHOLE_YEAR = re.compile(r"\b\d{4}\b|^\d{8}$")
SUM = re.compile(r"[1-9]\d{6,14}(?:\.0)?|\d[.,]\d+E\+\d+")
NATIONAL_DIGITS = 11
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{2,}")
LANGUAGES: Mapping[str, str] = {
    name: code
    for code, names in {
        "en": "en eng english anglais engels englisch",
        "fr": "fr fra fre francais french frans franzosisch",
        "nl": "nl nld dut nederlands dutch neerlandais niederlandisch",
        "de": "de deu ger deutsch german duits allemand",
    }.items()
    for name in names.split()
}
REASONS: Mapping[str, str] = {
    "cells": gettext_noop("the number of cells differs from the header (a line break in a cell?)"),
    "phone": gettext_noop("not a phone number that can be dialled"),
    "zeros": gettext_noop(
        "not a number as it is: a spreadsheet that takes it for a sum drops the zeros or the + before it; make the column text and write it in full"
    ),
    "birth_date": gettext_noop("not a birth date (the year has four digits)"),
    "national_number": gettext_noop("not a national number: a digit may be wrong"),
    "email": gettext_noop("not an e-mail address"),
    "language": gettext_noop("not a language that is known"),
    "no_name": gettext_noop("no first or last name"),
    "no_phone": gettext_noop("no phone number"),
    "too_long": gettext_noop("too long"),
    "control": gettext_noop("holds characters that cannot be written"),
    "answer": gettext_noop("not an answer of this question"),
    "party": gettext_noop("the person could not be kept"),
    "do_not_contact": gettext_noop("the person is not to be contacted"),
    "barred": gettext_noop("the number is not to be used"),
}

# What is told of lines that are taken: one says something else than is known, one has the telephone of somebody else.
DIFFERS, HOUSEHOLD = "differs", "household"
NOTES = frozenset({DIFFERS, HOUSEHOLD})


class BadCell(Exception):
    """One column cannot be read; `code` is one of `REASONS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadRow(Exception):
    """One person cannot be taken; `wrong` has every reason: a code (of `REASONS`) and the column's name."""

    def __init__(self, *wrong: tuple[str, str]) -> None:
        super().__init__(wrong)
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Person:
    """What one row says: facts by name, answers by question's name, as canonical values."""

    facts: Mapping[str, str]
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of one list. `questions` are those of the app, by name."""

    header: Sequence[str]
    mapping: Mapping[str, str]
    questions: Mapping[str, Question]
    country: str
    language: str
    today: date

    def read(self, cells: Sequence[str]) -> Person:
        """Raises `BadRow`, with everything that is wrong with it."""
        if len(cells) != len(self.header):
            raise BadRow(("cells", ""))
        person = Person({}, {})
        wrong: list[tuple[str, str]] = []
        for column, cell in zip(self.header, cells, strict=True):
            target = self.mapping.get(column)
            if target and cell:
                try:
                    self._keep(person, target, cell)
                except BadCell as bad:
                    wrong.append((bad.code, column))
        wrong += self._missing(cells)
        if wrong:
            raise BadRow(*wrong)
        return person

    def _missing(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        """What a person has to have and no cell tells; what it tells badly is said already."""
        told = {
            self.mapping.get(column, "")
            for column, cell in zip(self.header, cells, strict=True)
            if cell
        }
        missing = [] if told & {"fact:given_name", "fact:family_name"} else [("no_name", "")]
        return missing if "fact:phone" in told else [*missing, ("no_phone", "")]

    def _keep(self, person: Person, target: str, cell: str) -> None:
        kind, _, name = target.partition(":")
        plain = text(cell)
        if kind == "fact":
            person.facts[name] = FACT_READERS.get(name, _as_it_is)(self, plain)  # type: ignore[index]
        else:
            person.answers[name] = self._answer(name, plain)  # type: ignore[index]

    def _answer(self, name: str, cell: str) -> Any:
        question = self.questions.get(name)
        if question is None:
            raise BadCell("answer")
        return self.typed(question.type, cell, question.settings, "answer")

    def typed(self, name: str, cell: str, settings: Settings, code: str) -> Any:
        """What a question type makes of a cell. Raises `BadCell(code)`."""
        value = TYPES[name].read(cell, settings, self.today.isoformat(), self.language)
        if value is Missing or isinstance(value, Problem):
            raise BadCell(code)
        return list(value) if isinstance(value, tuple) else value


def text(cell: str) -> str:
    """Clean text of a length that a cell may have, without what our own files put before a formula."""
    cell = unguarded(cell)
    if len(cell) > TEXT_AT_MOST:
        raise BadCell("too_long")
    if not cell.isprintable():
        raise BadCell("control")
    return unicodedata.normalize("NFC", cell)


def _as_it_is(_reader: Reader, cell: str) -> str:
    return cell


def _phone(reader: Reader, cell: str) -> str:
    """Spreadsheets put an apostrophe before what begins with `+` or `0`."""
    settings = Settings({"country": reader.country})
    bare = cell.lstrip("'’")
    return str(reader.typed("phone", bare, settings, "zeros" if _as_a_sum(bare) else "phone"))


def _as_a_sum(cell: str) -> bool:
    """Whether it looks as a spreadsheet leaves a number that it took for a sum: bare digits, or a power of ten."""
    return bool(SUM.fullmatch(cell))


def _national_number(reader: Reader, cell: str) -> str:
    settings = Settings({"country": reader.country})
    code = "zeros" if _as_a_sum(cell) and len(cell) < NATIONAL_DIGITS else "national_number"
    return str(reader.typed("national_number", cell, settings, code))


def _birth_date(reader: Reader, cell: str) -> str:
    """As it is written here, with its whole year: what an agent may type ("mon", "3/4") is no birth
    date in a list. Spreadsheets add a time to a day."""
    day = cell.removesuffix(" 00:00:00")
    if not WHOLE_YEAR.search(day):
        raise BadCell("birth_date")
    read = str(
        reader.typed("date", day, Settings({"minimum": None, "maximum": None}), "birth_date")
    )
    if not reader.today.year - OLDEST <= int(read[:4]) or read > reader.today.isoformat():
        raise BadCell("birth_date")
    return read


def _email(_reader: Reader, cell: str) -> str:
    if not EMAIL.fullmatch(cell):
        raise BadCell("email")
    return cell


def _language(_reader: Reader, cell: str) -> str:
    bare = unicodedata.normalize("NFKD", cell.casefold()).encode("ascii", "ignore").decode()
    code = LANGUAGES.get(bare) or LANGUAGES.get(bare[:2] if bare[2:3] in "-_" else bare)
    if code is None:
        raise BadCell("language")
    return code


FACT_READERS: Mapping[str, Callable[[Reader, str], str]] = {
    "phone": _phone,
    "national_number": _national_number,
    "birth_date": _birth_date,
    "email": _email,
    "language": _language,
}


def way(kind: str, written: str, today: date) -> str:
    """A number or mail address as it is kept. Raises `BadCell`."""
    reader = Reader((), {}, {}, COUNTRY, "en", today)
    return FACT_READERS[kind](reader, text(written))
