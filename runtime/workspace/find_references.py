"""Whom a reference means: a record's, or what other packages add (the number of a document).

    bind("document", person_of)     # in config.binding

The function takes what was typed and gives the party, or None. It opens nothing; who tells a reference is not the person yet.
"""

import re
from collections.abc import Callable
from typing import Any

from runtime.parties.models import Party
from runtime.queues import scope
from runtime.records.references import record_of

Finder = Callable[[str], Party | None]
WITHIN = re.compile(r"(?<!\w)\w{4}-\w{4}-\w(?!\w)")
_bound: dict[str, Finder] = {}


def bind(code: str, finder: Finder) -> None:
    """Adds a kind of reference; its code is the reason that is told (`find_words.REASONS`)."""
    _bound[code] = finder


def person_of(text: str, user: Any) -> tuple[Party, str] | None:
    """Who is meant, and by what; None where nothing in the text is a reference of somebody this person may see."""
    found = _person_of(text)
    if found is None or not scope.parties(user).filter(pk=found[0].pk).exists():
        return None
    return found


def _person_of(text: str) -> tuple[Party, str] | None:
    party = _of_record(text)
    if party is not None:
        return party, "reference"
    for code, finder in _bound.items():
        party = finder(text)
        if party is not None:
            return party, code
    return None


def _of_record(text: str) -> Party | None:
    within = WITHIN.search(text)
    record = record_of(within[0] if within else text)
    if record is None or record.version.app.kind == "lesson":
        return None
    return record.party
