"""The tree of units: made, moved, put out of use."""

from typing import Any

import pytest

from runtime.people import actions
from runtime.people.models import Person, Unit
from runtime.queues.models import Queue

pytestmark = pytest.mark.django_db


def test_a_unit_that_moves_takes_all_below_it_along(house: Any) -> None:
    north, south, coast = (house.units[code] for code in ("north", "south", "coast"))
    actions.move_unit(by=None, unit=north, parent=south)
    paths = dict(Unit.objects.values_list("code", "path"))
    assert paths["north"] == f"/{south.pk}/{north.pk}/"
    assert paths["coast"] == f"/{south.pk}/{north.pk}/{coast.pk}/"


def test_no_unit_lies_below_itself_or_too_deep(house: Any) -> None:
    with pytest.raises(actions.NotThere):
        actions.move_unit(by=None, unit=house.units["north"], parent=house.units["coast"])
    parent = house.units["coast"]
    for number in range(4):
        parent = actions.create_unit(by=None, code=f"d{number}", title="deep", parent=parent)
    with pytest.raises(actions.NotThere):
        actions.create_unit(by=None, code="deeper", title="deeper", parent=parent)
    with pytest.raises(actions.NotThere):
        actions.move_unit(by=None, unit=house.units["north"], parent=house.units["south"])


def test_a_unit_is_put_out_of_use_with_what_becomes_of_its_queues_and_people(
    house: Any, admin: Any, client_of: Any
) -> None:
    agent = house.person("a", "coast", "agent")
    client, north = client_of(admin), house.units["north"]
    client.post("/unit/coast/out-of-use/", {"to": north.pk})
    assert not Unit.objects.get(code="coast").active
    assert Queue.objects.get(code="q-coast").unit == north
    assert Person.objects.get(pk=agent.pk).unit == north
    told = client.post("/unit/north/out-of-use/", {"to": ""}, follow=True).content.decode()
    assert "Units belong to it" in told  # hills does
    client.post("/unit/coast/in-use/")
    assert Unit.objects.get(code="coast").active


def test_the_tree_shows_to_a_leader_what_is_theirs(house: Any, client_of: Any) -> None:
    page = client_of(house.person("l", "north", "supervisor")).get("/units/").content.decode()
    assert "/unit/north/" in page
    assert "/unit/coast/" in page
    assert "south" not in page


def test_a_leader_makes_units_below_their_own_and_nowhere_else(house: Any, client_of: Any) -> None:
    client = client_of(house.person("l", "north", "supervisor"))
    posted = {"code": "dunes", "title": "Dunes", "kind": "team"}
    for parent in ("", house.units["south"].pk):
        assert client.post("/units/", {**posted, "parent": parent}).status_code == 400
    client.post("/units/", {**posted, "parent": house.units["north"].pk})
    assert Unit.objects.get(code="dunes").parent == house.units["north"]
    top = {"parent": house.units["coast"].pk}
    assert client.post("/unit/north/move/", top).status_code == 403  # their own place


def test_a_supervisor_of_no_unit_looks_after_no_people(supervisor: Any, client_of: Any) -> None:
    assert client_of(supervisor).get("/units/").status_code == 403
    assert client_of(supervisor).get("/accounts-list/").status_code == 403


def test_a_leader_gives_a_new_queue_to_their_own_units_only(house: Any, client_of: Any) -> None:
    client = client_of(house.person("l", "north", "supervisor"))
    policy = house.queues["north"].policy.pk
    posted = {"title": "New", "code": "new", "policy": policy}
    for unit in ("", house.units["south"].pk):
        assert client.post("/queues/new/", {**posted, "unit": unit}).status_code == 400
    client.post("/queues/new/", {**posted, "unit": house.units["coast"].pk})
    assert Queue.objects.get(code="new").unit == house.units["coast"]


def test_an_empty_tree_says_that_everybody_sees_everything(admin: Any, client_of: Any) -> None:
    assert "There are no units yet" in client_of(admin).get("/units/").content.decode()
