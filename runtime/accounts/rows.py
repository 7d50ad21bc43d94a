"""What a row of a list says, read from its cells. Pure: whether that can be is for `planning`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# What a column may be called, in the languages of the house.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "mail", "courriel", "e-mailadres", "e-mail-adresse"),
    "first_name": ("first name", "first_name", "prénom", "prenom", "voornaam", "vorname"),
    "last_name": ("last name", "last_name", "nom", "achternaam", "familienaam", "nachname"),
    "name": ("name", "full name", "naam", "nom complet"),
    "roles": ("role", "roles", "rôle", "rôles", "rol", "rollen", "rolle"),
    "unit": ("unit", "unité", "eenheid", "einheit", "team"),
    "languages": ("language", "languages", "langue", "langues", "taal", "talen", "sprachen"),
    "skills": ("skill", "skills", "compétences", "competences", "vaardigheden", "fähigkeiten"),
}
NEEDED = ("email",)
EVERYWHERE = "*"  # as a unit: the whole organisation
SEVERAL = re.compile(r"[;,|/\s]+")
LONGEST_NAME, LONGEST_EMAIL = 150, 150  # a user name is no longer


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a row: in which column, and the code of why."""

    column: str
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """What a row asks for. What its file has no column for, or leaves empty, is left as it is."""

    line: int
    email: str
    first_name: str = ""
    last_name: str = ""
    roles: frozenset[str] = frozenset()
    unit: str = ""
    languages: tuple[str, ...] = ()
    skills: tuple[tuple[str, date | None], ...] = ()
    flaws: tuple[Flaw, ...] = ()


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Which column is what; one that means nothing here is passed over."""
    found: dict[str, int] = {}
    for number, cell in enumerate(header):
        called = " ".join(cell.casefold().split())
        for name, words in COLUMNS.items():
            if called in words:
                found.setdefault(name, number)
    return found


def read(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> Wanted:
    """The row as it is meant, with what cannot be read of it."""
    flaws: list[Flaw] = []
    told = {name: _cell(cells, columns.get(name)) for name in COLUMNS}
    first, last = _names(told)
    if max(len(first), len(last)) > LONGEST_NAME:
        flaws.append(Flaw("name", "long"))
    skills = []
    for word in _words(told["skills"]):
        code, _sign, until = word.replace("=", ":").partition(":")
        day = _day(until)
        if until and day is None:
            flaws.append(Flaw("skills", "day"))
        skills.append((code.casefold(), day))
    return Wanted(
        line=line,
        email=folded(told["email"]),
        first_name=first[:LONGEST_NAME],
        last_name=last[:LONGEST_NAME],
        roles=frozenset(word.casefold().replace("-", "_") for word in _words(told["roles"])),
        unit=told["unit"],
        languages=tuple(word.casefold() for word in _words(told["languages"])),
        skills=tuple(skills),
        flaws=tuple(flaws),
    )


def folded(email: str) -> str:
    """An address as it is compared: letters that only look different are the same."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def _cell(cells: Sequence[str], number: int | None) -> str:
    return "" if number is None or number >= len(cells) else cells[number].strip()


def _words(text: str) -> list[str]:
    return [word for word in SEVERAL.split(text) if word]


def _names(told: Mapping[str, str]) -> tuple[str, str]:
    if told["first_name"] or told["last_name"] or not told["name"]:
        return told["first_name"], told["last_name"]
    if "," in told["name"]:
        last, _comma, first = told["name"].partition(",")
        return first.strip(), last.strip()
    first, _blank, last = told["name"].partition(" ")
    return first, last.strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
