"""Many agents at once: no item goes to two, none is left, and no person is called by two."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from runtime.queues import actions
from runtime.queues.claimed import Claimed
from runtime.queues.models import Campaign, WorkItem, WorkItemEvent
from tests.people import make_person
from tests.unit.queues.conftest import campaign, item, person, policy, queue, version

__all__ = ["campaign", "item", "person", "policy", "queue", "version"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

AGENTS = 16
ITEMS = 96


def at_once(work: Callable[[Any], list[Any]], people: list[Any]) -> list[Any]:
    """Runs `work(person)` for everybody in threads of their own that start together."""
    barrier = threading.Barrier(len(people))

    def one(person: Any) -> list[Any]:
        try:
            barrier.wait()
            return work(person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return [answer for answers in pool.map(one, people) for answer in answers]


def agents() -> list[Any]:
    return [make_person(f"agent{number}", "agent") for number in range(AGENTS)]


def test_sixteen_agents_empty_a_queue_and_none_gets_what_another_has(
    queue: Any, item: Any
) -> None:
    made = {item().pk for _number in range(ITEMS)}

    def until_empty(person: Any) -> list[Any]:
        got = []
        while isinstance(
            answer := actions.claim(queue=queue, by=person, now=timezone.now()), Claimed
        ):
            got.append(answer.item)
            actions.dispose(
                item=WorkItem(pk=answer.item), disposition="refused", by=person, now=timezone.now()
            )
        return got

    got = at_once(until_empty, agents())
    assert Counter(got) == Counter(made)
    claimed = WorkItemEvent.objects.filter(event="claimed").values_list("item", flat=True)
    assert Counter(claimed) == Counter(made)
    assert set(WorkItem.objects.values_list("state", "fence", "attempts")) == {("resolved", 1, 1)}


def test_two_campaigns_never_call_the_same_person_at_once(
    queue: Any, campaign: Any, person: Any
) -> None:
    other = Campaign.objects.create(code="autumn", title="Autumn", queue=queue, app=campaign.app)
    parties = [person() for _number in range(4)]
    for party in parties:
        for where in (campaign, other):
            actions.create_item(campaign=where, party=party, by=None)

    def once(person: Any) -> list[Any]:
        answer = actions.claim(queue=queue, by=person, now=timezone.now())
        return [answer.item] if isinstance(answer, Claimed) else []

    got = at_once(once, agents())
    called = list(WorkItem.objects.filter(pk__in=got).values_list("party", flat=True))
    assert sorted(called) == sorted(party.pk for party in parties)


def test_one_agent_who_clicks_sixteen_times_has_one_item(queue: Any, item: Any) -> None:
    for _number in range(AGENTS):
        item()
    agent = make_person("hasty", "agent")

    def once(person: Any) -> list[Any]:
        answer = actions.claim(queue=queue, by=person, now=timezone.now())
        return [answer.item] if isinstance(answer, Claimed) else []

    got = at_once(once, [agent] * AGENTS)
    assert len(set(got)) == 1
    assert len(got) == AGENTS
    assert WorkItem.objects.filter(state="active").count() == 1


def test_the_same_person_loaded_by_sixteen_at_once_gets_one_item(
    campaign: Any, person: Any
) -> None:
    party = person()

    def once(_person: Any) -> list[Any]:
        made, created = actions.create_item(campaign=campaign, party=party, by=None)
        return [(made.pk, created)]

    answers = at_once(once, agents())
    assert len({pk for pk, _created in answers}) == 1
    assert sum(created for _pk, created in answers) == 1


def test_lapsed_leases_taken_back_by_many_are_taken_back_once(queue: Any, item: Any) -> None:
    people = agents()
    for agent in people:
        item()
        actions.claim(queue=queue, by=agent, now=timezone.now())
    WorkItem.objects.update(lease_until=timezone.now())

    at_once(lambda _person: [actions.expire_leases(now=timezone.now())], people)
    expired = WorkItemEvent.objects.filter(event="expired").values_list("item", flat=True)
    assert Counter(expired) == Counter(WorkItem.objects.values_list("pk", flat=True))
