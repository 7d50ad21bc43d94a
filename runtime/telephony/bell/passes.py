"""Passes: with what a page of somebody who is signed in may open a line to the bell.

The answer of `/calls/` carries one (`X-Bell-Pass`). It is sealed, so that it gives away neither the login session it belongs to nor whose
it is, and it opens a line within a minute only. The line then ends with the session, or with the person's rights (`looking.ended`).
"""

import json
from datetime import datetime
from typing import NamedTuple

from runtime.telephony import sealed

OPENS = 60  # seconds
LONGEST = 1000
HEADER = "X-Bell-Pass"


class Pass(NamedTuple):
    """Who listens: a person in a login session, with the rights they had."""

    person: int
    epoch: int
    session: str


def issue(who: Pass, now: datetime) -> str:
    told = json.dumps([*who, int(now.timestamp()) + OPENS])
    return sealed.seal_pass(told.encode())


def read(text: str, now: datetime) -> Pass | None:
    """Whose pass this is; None where it is made up, changed, or too old."""
    told = sealed.open_pass(text) if len(text) <= LONGEST else None
    if told is None:
        return None
    person, epoch, session, until = json.loads(told)
    return Pass(person, epoch, session) if now.timestamp() <= until else None
