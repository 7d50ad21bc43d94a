"""The supervisors' board of one unit: its queues, its agents, deeds to its items; nothing of the others."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.outbox.tasks import carry_out_all
from runtime.people import actions as people
from runtime.queues.actions import bulks, save_queue
from runtime.queues.bulks import Bulk
from runtime.queues.deeds import Told
from runtime.queues.models import Queue, WorkItem
from runtime.queues.sieve import Sieve
from runtime.queues.sight import seen_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(house: Any) -> Any:
    return house.person("leader", "north", "supervisor")


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("unit", "seen"),
    [
        ("", "north south coast shared"),
        ("north", "north coast"),
        ("coast", "coast"),
        ("hills", ""),
    ],
)
def test_the_board_has_the_queues_that_one_runs(house: Any, unit: str, seen: str) -> None:
    sight = seen_by(house.person("somebody", unit, "supervisor"))
    assert sight.queues == {house.queues[code].pk for code in seen.split()}
    assert sight.campaigns == {house.campaigns[code].pk for code in seen.split()}
    assert seen_by(house.person("other", unit, "agent")).queues == frozenset()


@pytest.mark.parametrize("name", ["board", "board-live", "board-items", "board-report", "bulks"])
def test_no_page_of_the_board_names_what_is_anothers(
    name: str, house: Any, leader: Any, client_of: Any
) -> None:
    theirs = house.person("their_agent", "south", "agent")
    house.called("south")
    item = house.begun("south", theirs)
    order(house.person("their_leader", "south", "supervisor"), "rank", [item], priority=3)
    answer = client_of(leader).get(reverse(name))
    assert answer.status_code == 200
    page = answer.content.decode()
    words = ("south", "their_agent", "their_leader", str(item.pk)[:8])
    assert [word for word in words if word in page] == []


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("board", "get"), ("board-live", "get"), ("board-report", "get"),
        ("board-pause", "post"), ("board-report-file", "post"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["queue", "campaign"])
def test_a_board_of_anothers_is_not_there(
    name: str, method: str, kind: str, house: Any, leader: Any, client_of: Any
) -> None:
    from runtime.audit.models import AccessLog

    client, letter = client_of(leader), kind[0]
    answers = [
        getattr(client, method)(
            reverse(name), {kind: code, "paused": "yes", "day": timezone.localdate().isoformat()}
        )
        for code in (f"{letter}-south", f"{letter}-shared", "nothing-here")
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not Queue.objects.filter(paused=True).exists()
    assert not AccessLog.objects.filter(by=leader).exists()


def test_a_filter_knows_neither_queues_nor_agents_of_another_unit(
    house: Any, leader: Any, client_of: Any
) -> None:
    client = client_of(leader)
    house.person("their_agent", "south", "agent")
    house.person("own_agent", "coast", "agent")
    for told in ({"queue": "q-south"}, {"campaign": "c-south"}, {"person": "their_agent"}):
        assert client.get(reverse("board-items"), told).status_code == 400
    page = client.get(reverse("board-items"), {"person": "own_agent"})
    assert page.status_code == 200
    assert "own_agent" in page.content.decode()


def order(by: Any, deed: str, which: Any, **told: Any) -> Any:
    """A deed that was looked at."""
    through = which if isinstance(which, Sieve) else None
    ids = None if through else [one.pk for one in which]
    return bulks.order(by=by, deed=deed, told=Told(**told), items=ids, through=through)


def test_a_deed_is_done_to_ones_own_items_only(house: Any, leader: Any) -> None:
    rows = {where: house.called(where) for where in house.queues}
    ticked = order(leader, "rank", rows.values(), priority=5)
    assert (ticked.wanted, ticked.hindered) == (2, {"gone": 2})
    everything = order(leader, "rank", Sieve(), priority=5)
    assert (everything.wanted, everything.hindered) == (2, {})
    bulks.go(bulk=everything, by=leader)
    carry_out_all()
    assert {where for where, row in rows.items() if fresh(row).priority == 5} == {"north", "coast"}


def test_who_went_elsewhere_does_nothing_further(house: Any, leader: Any) -> None:
    row = house.called("north")
    bulk = order(leader, "rank", [row], priority=5)
    people.set_unit(by=None, person=leader.person, unit=house.units["south"])
    bulks.go(bulk=fresh(bulk), by=leader)
    carry_out_all()
    assert (fresh(bulk).done, fresh(bulk).skipped) == (0, {"gone": 1})


def test_what_went_to_another_unit_is_not_taken_back(house: Any, leader: Any) -> None:
    row = house.called("north")
    bulk = order(leader, "rank", [row], priority=5)
    bulks.go(bulk=bulk, by=leader)
    carry_out_all()
    queue = house.queues["north"]
    queue.unit = house.units["south"]
    save_queue(queue=queue, skills=[], by=None)  # type: ignore[arg-type]
    bulks.undo(bulk=fresh(bulk), by=fresh(leader))
    carry_out_all()
    assert (fresh(bulk).undone, fresh(bulk).kept) == (0, {"gone": 1})
    assert fresh(row).priority == 5


def test_items_are_moved_within_their_unit(house: Any) -> None:
    """Their records, and whose they are, stay as they are."""
    both = house.person("both", "", "supervisor")
    beside = Queue.objects.create(
        code="q-beside", title="Beside", policy=house.queues["north"].policy, unit=house.units["north"]
    )  # fmt: skip
    campaign = house.campaigns["north"]
    rows = {where: house.called(where) for where in ("north", "south", "shared")}
    type(campaign).objects.filter(pk=campaign.pk).update(queue=beside)  # it has an open campaign
    bulk = order(both, "move", rows.values(), queue=beside.pk)
    assert (bulk.wanted, bulk.hindered) == (1, {"other_unit": 2})
    bulks.go(bulk=bulk, by=both)
    carry_out_all()
    assert [where for where, row in rows.items() if fresh(row).queue_id == beside.pk] == ["north"]


def test_items_are_reserved_for_those_who_work_there(house: Any, leader: Any) -> None:
    agent = house.person("hills_agent", "hills", "agent")
    rows = [house.called("north"), house.called("coast")]
    until = timezone.now() + timezone.timedelta(hours=1)  # type: ignore[attr-defined]
    bulk = order(leader, "reserve", rows, agent=agent.pk, until=until)
    assert (bulk.wanted, bulk.hindered) == (1, {"other_unit": 1})
    bulks.go(bulk=bulk, by=leader)
    carry_out_all()
    assert list(WorkItem.objects.filter(reserved_for=agent)) == [rows[0]]


def test_a_deed_that_found_nothing_is_its_makers(house: Any, leader: Any, client_of: Any) -> None:
    bulk = order(house.person("theirs", "south", "supervisor"), "rank", [house.called("north")], priority=1)  # fmt: skip
    assert bulk.queues == []
    assert client_of(leader).get(reverse("bulk", args=[bulk.pk])).status_code == 404
    assert client_of(bulk.by).get(reverse("bulk", args=[bulk.pk])).status_code == 200


def test_ones_own_deeds_are_found_behind_those_of_others(
    house: Any, leader: Any, client_of: Any
) -> None:
    mine = order(leader, "rank", [house.called("north")], priority=1)
    theirs, row = house.person("theirs", "south", "supervisor"), house.called("south")
    many = order(theirs, "rank", [row], priority=1)
    Bulk.objects.bulk_create(
        Bulk(by=theirs, deed="rank", queues=many.queues, created_at=timezone.now())
        for _each in range(410)
    )
    page = client_of(leader).get(reverse("bulks")).content.decode()
    assert str(mine.pk) in page
    assert "theirs" not in page
