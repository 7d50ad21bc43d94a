"""People as they are told over the interface: read by the rules that lists are read by, found by the keys that are theirs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from builder.definition import Question
from builder.problems import Problem
from builder.question_types import TYPES
from builder.values import Missing
from runtime.api import shapes
from runtime.api.invalid import OTHER, pointer
from runtime.api.models import Token
from runtime.api.problems import Fault, Refused
from runtime.api.reach import facts as readable
from runtime.parties.actions import add_facts, find_or_create
from runtime.parties.facts import COUNTRY
from runtime.parties.models import Party
from runtime.queues.lists.cells import REASONS, BadRow, Reader

PLACES: Final = {"no_name": "/person", "no_phone": "/person"}


def read_facts(told: shapes.Facts, *, language: str, today: dt.date) -> dict[str, str]:
    """Facts in the form they are kept in. Raises `Refused` with each member that cannot be read."""
    said = {name: text for name, text in told.model_dump().items() if text is not None}
    reader = Reader(
        header=list(said),
        mapping={name: f"fact:{name}" for name in said},
        questions={},
        country=COUNTRY,
        language=language,
        today=today,
    )
    try:
        return dict(reader.read([text.strip() for text in said.values()]).facts)
    except BadRow as bad:
        faults = [
            Fault(PLACES.get(code) or pointer("person", column), code, REASONS[code])
            for code, column in bad.wrong
        ]
        raise Refused("invalid", faults) from None


def matched(facts: Mapping[str, str], *, token: Token) -> tuple[Party, bool, list[str]]:
    """The person with these facts, found or made; whether it was made; and which facts are known otherwise, as far as the token may
    know: they stay as they were. Every look and opening is logged first."""
    purpose = token.logged_as
    party, new = find_or_create(facts=facts, by=None, purpose=purpose)
    if new:
        return party, True, []
    differing = add_facts(party=party, facts=facts, by=None, purpose=purpose)
    return party, False, sorted(differing & readable(token))


def read_answers(
    told: Mapping[str, Any], questions: Mapping[str, Question], *, language: str
) -> dict[str, Any]:
    """Answers in the form they are kept in. Raises `Refused` with each that is none."""
    read = {name: _answer(questions.get(name), value, language) for name, value in told.items()}
    faults = [
        Fault(pointer("prefill", name), "answer", REASONS["answer"])
        for name, value in read.items()
        if value is Missing
    ]
    if faults:
        raise Refused("invalid", faults)
    return read


def _answer(question: Question | None, value: Any, language: str) -> Any:
    """As the door of its type admits it; Missing for what is no answer."""
    if question is None:
        return Missing
    kind = TYPES[question.type]
    admitted = kind.admit(value, question.settings)
    if admitted.code or admitted.value is Missing:
        return Missing
    read = kind.at_the_door(admitted.value, question.settings, language)
    return Missing if isinstance(read, Problem) else read


def choose(told: shapes.NewItem) -> None:
    """Either a person, or the id of one."""
    if (told.person is None) == (told.party is None):
        raise Refused("invalid", [Fault("/person", "choice", OTHER[1])])
