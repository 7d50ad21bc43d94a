"""Somebody who is kept, and a record about nobody known that names them, or somebody alike."""

import copy
from typing import Any

from runtime.records import actions as records
from runtime.records.models import Record
from tests.unit.records.scenes import CALL, Sitting, make_version, question

KEPT = {
    "given_name": "Hélène",
    "family_name": "Van den Berghe",
    "birth_date": "1985-07-30",
    "phone": "0470123456",
}


def hotline(by: Any, **facts: str) -> Record:
    """A record about nobody known, with these answers."""
    definition = copy.deepcopy(CALL)
    definition["sections"][0]["items"] += [
        question("surname", fact="family_name"),
        question("born", "date", fact="birth_date"),
    ]
    record = records.start(version=make_version(definition), by=by)
    sitting = Sitting(record, by)
    names = {"family_name": "surname", "birth_date": "born", "phone": "mobile"}
    for fact, value in facts.items():
        assert sitting.answer(names.get(fact, fact), value).acknowledged
    return record
