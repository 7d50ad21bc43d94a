"""Which column means what: guessed from its name, decided by a person.

A mapping is `{column: "fact:phone" | "question:name"}`; a column that is not in it is not read.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from builder.definition import FACTS
from builder.problems import Problem, gettext_noop

LABELS: Mapping[str, str] = {
    "given_name": gettext_noop("First name"),
    "family_name": gettext_noop("Last name"),
    "birth_date": gettext_noop("Birth date"),
    "phone": gettext_noop("Phone"),
    "national_number": gettext_noop("National number"),
    "email": gettext_noop("E-mail"),
    "language": gettext_noop("Language"),
    "address": gettext_noop("Address"),
}
# Names as they stand in lists of offices, without accents and signs, in our four languages.
SYNONYMS: Mapping[str, str] = {
    name: fact
    for fact, names in {
        "given_name": "givenname firstname forename prenom voornaam vorname",
        "family_name": "familyname lastname surname nom nomdefamille familienaam achternaam naam "
        "nachname familienname",
        "birth_date": "birthdate dateofbirth birthday dob datedenaissance naissance geboortedatum "
        "geburtsdatum",
        "phone": "phone phonenumber telephone tel mobile gsm portable telefoon telefoonnummer "
        "telefon telefonnummer handy numerodetelephone",
        "national_number": "nationalnumber nationalregisternumber nrn nn niss inss insz "
        "rijksregisternummer numeronational registrenational nationalregisternummer",
        "email": "email mail emailaddress courriel epost emailadres",
        "language": "language lang langue taal sprache",
        "address": "address adresse adres anschrift street rue straat",
    }.items()
    for name in names.split()
}


def plain(name: str) -> str:
    """A name without case, accents, spaces and signs: `Prénom` and `prenom` are one."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", decomposed)


def guess(
    header: Sequence[str], questions: Iterable[str], known: Mapping[str, str]
) -> dict[str, str]:
    """A mapping for these columns: what was decided before, then facts, then questions by name;
    nothing is given to two columns."""
    names = {plain(name): name for name in questions}
    targets: dict[str, str] = {}
    for column in header:
        target = known.get(column) or _target(plain(column), names)
        if target and target not in targets.values():
            targets[column] = target
    return targets


def _target(column: str, questions: Mapping[str, str]) -> str | None:
    if column in SYNONYMS:
        return f"fact:{SYNONYMS[column]}"
    return f"question:{questions[column]}" if column in questions else None


def check(
    mapping: Mapping[str, str], header: Sequence[str], questions: Iterable[str]
) -> list[Problem]:
    """What keeps a mapping from being used."""
    allowed = {f"fact:{fact}" for fact in FACTS} | {f"question:{name}" for name in questions}
    problems = [
        _problem("target", UNKNOWN, column=column)
        for column, target in mapping.items()
        if column not in header or target not in allowed
    ]
    targets = list(mapping.values())
    problems += [
        _problem("twice", TWICE, name=target.partition(":")[2])
        for target in sorted(set(targets))
        if targets.count(target) > 1
    ]
    return problems + _missing(targets)


def _missing(targets: Sequence[str]) -> list[Problem]:
    missing = [] if "fact:phone" in targets else [_problem("no_phone", NO_PHONE)]
    if not {"fact:given_name", "fact:family_name"} & set(targets):
        missing.append(_problem("no_name", NO_NAME))
    return missing


def _problem(code: str, message: str, **params: object) -> Problem:
    return Problem(code=code, place="mapping", message=message, params=params)


UNKNOWN = gettext_noop("The column “%(column)s” is given to something that does not exist.")
TWICE = gettext_noop("Two columns are given to “%(name)s”.")
NO_PHONE = gettext_noop("No column holds the phone number.")
NO_NAME = gettext_noop("No column holds a first or last name.")
