"""Two at once: tries are counted each, a new item is made once, and one of two agents gets the caller."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from runtime.parties.verifying import Said
from runtime.queues import actions as queues
from runtime.queues.actions import verifications
from runtime.queues.claimed import Claimed
from runtime.queues.models import Verification, WorkItem
from runtime.queues.proving import Verification as Asked
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
SAID = Said("en", "2026-11-26")
WRONG = {"birth_date": "1985-07-31", "postcode": "9031"}


def at_once(deed: Any, arguments: list[Any]) -> list[Any]:
    def one(argument: Any) -> Any:
        try:
            return deed(argument)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(arguments)) as crowd:
        return list(crowd.map(one, arguments))


def test_wrong_tries_at_once_are_counted_each(bo: Any) -> None:
    agent, party = make_person("anna", "agent"), bo()
    line = verifications.Line(party, occasion=party.pk)
    row = verifications.begin(
        line=line, asked=Asked(), by=agent, today="2026-11-26", now=timezone.now()
    )

    def guess(_turn: int) -> str:
        return verifications.answer(
            verification=row, typed=WRONG, said=SAID, now=timezone.now()
        ).verdict

    verdicts = at_once(guess, [*range(8)])
    assert sorted(verdicts) == ["failed"] * 6 + ["wrong"] * 2
    assert Verification.objects.get().wrong == 3


def test_an_asking_begun_twice_at_once_is_one(bo: Any) -> None:
    agent, party = make_person("anna", "agent"), bo()
    line = verifications.Line(party, occasion=party.pk)

    def begin(_turn: int) -> Any:
        return verifications.begin(
            line=line, asked=Asked(), by=agent, today="2026-11-26", now=timezone.now()
        ).pk

    assert len(set(at_once(begin, [*range(6)]))) == 1


def test_two_agents_with_one_caller_make_one_item_and_one_of_them_gets_it(
    campaign: Any, bo: Any
) -> None:
    party = bo()
    agents = [make_person(name, "agent") for name in ("anna", "bert", "cato", "dirk")]

    def begin(agent: Any) -> Any:
        item = queues.item_for_caller(campaign=campaign, party=party, by=agent)
        return queues.take_up(item=item, by=agent, now=timezone.now())

    taken = at_once(begin, agents)
    assert sum(isinstance(one, Claimed) for one in taken) == 1
    assert WorkItem.objects.count() == 1
