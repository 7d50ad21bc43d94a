"""Who sees what: one's own unit, what lies below and above it, what is everybody's; nothing of the others."""

from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox.tasks import carry_out_all
from runtime.parties.models import Party
from runtime.people import actions as people
from runtime.people.reach import reach_of
from runtime.queues import scope
from runtime.queues.actions import claim, save_queue
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import WorkItem
from runtime.queues.overview import queues_for
from runtime.records.models import Record
from runtime.search.index import find
from tests.people import make_person

pytestmark = pytest.mark.django_db


def codes(rows: Any) -> set[str]:
    return set(rows.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("unit", "sees", "runs"),
    [
        ("", "north south coast shared", "north south coast shared"),
        ("north", "north coast shared", "north coast"),
        ("coast", "north coast shared", "coast"),
        ("hills", "north shared", ""),
        ("south", "south shared", "south"),
    ],
)
def test_the_queues_of_each_place_in_the_tree(house: Any, unit: str, sees: str, runs: str) -> None:
    user = house.person("somebody", unit, "supervisor")
    assert codes(scope.queues(user)) == {f"q-{code}" for code in sees.split()}
    assert codes(scope.queues(user, to_run=True)) == {f"q-{code}" for code in runs.split()}
    assert codes(scope.campaigns(user)) == {f"c-{code}" for code in sees.split()}
    assert set(scope.owners(user)) >= ({house.units[unit]} if unit else set())


def test_who_leads_a_second_unit_sees_both(house: Any) -> None:
    user = house.person("leader", "coast", "supervisor")
    people.set_unit(
        by=None, person=user.person, unit=house.units["coast"], also=[house.units["south"]]
    )
    assert codes(scope.queues(user, to_run=True)) == {"q-coast", "q-south"}


def test_nobody_who_is_signed_in_as_nobody_sees_more_than_is_everybodys(house: Any) -> None:
    from django.contrib.auth.models import AnonymousUser

    assert codes(scope.queues(AnonymousUser())) == {"q-shared"}
    assert codes(scope.queues(None)) == {"q-north", "q-south", "q-coast", "q-shared"}  # the worker


def test_an_agent_is_handed_the_work_of_their_unit_only(house: Any) -> None:
    agent = house.person("a", "coast", "agent")
    for where in house.queues:
        house.called(where)
    faces = {face.code for face in queues_for(agent, timezone.now())}
    assert faces == {"q-north", "q-coast", "q-shared"}
    refused = claim(queue=house.queues["south"], by=agent, now=timezone.now())
    assert refused == Refused("empty")  # as where there is nothing
    assert isinstance(claim(queue=house.queues["north"], by=agent, now=timezone.now()), Claimed)


def test_what_an_agent_holds_goes_back_when_they_go_elsewhere(house: Any) -> None:
    agent = house.person("a", "south", "agent")
    house.called("south")
    item, epoch = house.begun("south", agent), agent.person.epoch
    people.set_unit(by=None, person=agent.person, unit=house.units["north"])
    agent.person.refresh_from_db()
    assert agent.person.epoch > epoch  # the run token ends with the place
    assert claim(queue=house.queues["north"], by=agent, now=timezone.now()).reason == "empty"  # type: ignore[union-attr]
    item.refresh_from_db()
    assert (item.state, item.assignee) == ("ready", None)


def test_a_record_belongs_to_the_unit_of_its_queue_and_goes_with_it(house: Any) -> None:
    agent = house.person("a", "south", "agent")
    house.called("south")
    record = house.begun("south", agent).record
    assert record.unit == house.units["south"]
    queue = house.queues["south"]
    queue.unit = house.units["north"]
    save_queue(queue=queue, skills=[], by=None)  # type: ignore[arg-type]
    carry_out_all()
    record.refresh_from_db()
    assert record.unit == house.units["north"]
    assert not scope.records(agent).exists()


def test_a_record_begun_without_a_queue_stays_where_it_was_begun(
    house: Any, client_of: Any
) -> None:
    agent = house.person("a", "south", "agent")
    client_of(agent).post("/app/call/start/")
    people.set_unit(by=None, person=agent.person, unit=house.units["north"])
    assert Record.objects.get().unit == house.units["south"]


def test_somebody_two_units_call_is_known_to_both_and_each_sees_its_own_work(house: Any) -> None:
    from runtime.queues.actions import create_item

    north = house.called("north")
    south = create_item(campaign=house.campaigns["south"], party=north.party, by=None)[0]
    here, there = house.person("n", "north", "agent"), house.person("s", "south", "agent")
    hills = house.person("h", "hills", "agent")
    assert [set(scope.parties(one)) for one in (here, there)] == [{north.party}] * 2
    assert [list(scope.items(one)) for one in (here, there, hills)] == [[north], [south], [north]]


def test_of_whom_there_is_nothing_yet_everybody_knows(house: Any) -> None:
    from runtime.parties.actions import find_or_create

    party, _new = find_or_create(
        facts={"family_name": "New", "phone": "+32470999999"}, by=None, purpose="test"
    )
    assert list(scope.parties(house.person("s", "south", "agent"))) == [party]


def test_the_search_finds_ones_own_however_many_others_fit_as_well(house: Any) -> None:
    for _each in range(12):
        house.called("south", "Vandenberghe")
    mine = house.called("north", "Vandenberghe").party
    agent = house.person("a", "north", "agent")
    hits = find("Vandenberghe", agent, "call", 5, within=scope.within(agent))
    assert [hit.party_id for hit in hits] == [mine.pk]
    assert find("Vandenberghe", agent, "call", 5, within=scope.within(agent), typing=True) != []
    other = house.person("h", "south", "agent")
    assert mine.pk not in {
        hit.party_id for hit in find("Vandenberghe", other, "c", 50, within=scope.within(other))
    }


def test_the_condition_of_the_search_says_what_the_others_say(house: Any) -> None:
    """SQL that is written out, held against the query that says the same."""
    from django.db import connection

    for where in house.queues:
        house.called(where)
    agents = [house.person(unit, unit, "agent") for unit in house.units]
    for one in [*agents]:
        within = scope.within(one)
        assert within is not None
        with connection.cursor() as cursor:
            condition = within.of_party("p.id")
            cursor.execute(f"SELECT count(*) FROM parties_party p WHERE {condition}")
            assert cursor.fetchone()[0] == scope.parties(one).count() != Party.objects.count()
            condition = within.of_record("e.id")
            cursor.execute(f"SELECT count(*) FROM records_record e WHERE {condition}")
            assert cursor.fetchone()[0] == scope.records(one).count()


def test_an_installation_without_units_notices_nothing(agent: Any) -> None:
    assert reach_of(agent).whole
    assert scope.within(agent) is None
    assert str(scope.items(agent).query) == str(WorkItem.objects.all().query)


def test_a_leader_looks_after_their_own_people(house: Any) -> None:
    leader, one = house.person("l", "north", "supervisor"), house.person("c", "coast", "agent")
    house.person("s", "south", "agent")
    assert set(scope.people(leader)) == {leader, one}
    assert not scope.people(house.person("w", "", "supervisor")).exists()
    assert scope.people(make_person("boss", "admin")).count() == 5


def test_a_shared_policy_is_changed_by_those_who_alone_use_it(house: Any) -> None:
    leader = house.person("l", "north", "supervisor")
    assert codes(scope.policies(leader)) == {"p-north", "p-coast", "p-shared"}
    assert codes(scope.policies(leader, to_run=True)) == {"p-north", "p-coast"}
