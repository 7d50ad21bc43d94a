"""A token of one unit: reads what its people see, changes what they may, reaches no further than who made it."""

from typing import Any

import pytest

from runtime.api.actions.tokens import Grant, find_token, make_token
from runtime.api.models import Token
from runtime.api.scopes import SCOPES
from runtime.people import actions as people
from runtime.queues.models import WorkItem
from tests.unit.api.conftest import PERSON, Program

pytestmark = pytest.mark.django_db
WANTED = {
    "title": "CRM",
    "purpose": "crm",
    "scopes": ["items:read"],
    "clearance": "open",
    "everywhere": "on",
    "days": "30",
    "rate": "60",
}


@pytest.fixture
def program(house: Any, admin: Any) -> Any:
    """`program("coast", campaigns=..)`: one with a token of a unit ("": of the whole organisation)."""

    def make(unit: str, **more: Any) -> Program:
        grant = Grant(
            title="CRM", purpose="crm", scopes=tuple(SCOPES), unit=house.units.get(unit), **more
        )
        token, text = make_token(grant=grant, days=30, by=admin)
        return Program(text, token)

    return make


def found(answer: Any, name: str) -> set[str]:
    assert answer.status_code == 200, answer.content
    return {row[name] for row in answer.json()["found"]}


@pytest.mark.parametrize(
    ("unit", "sees"),
    [
        ("", "north south coast shared"),
        ("north", "north coast shared"),
        ("hills", "north shared"),
        ("south", "south shared"),
    ],
)
def test_a_token_comes_to_what_the_people_of_its_unit_see(
    unit: str, sees: str, house: Any, program: Any
) -> None:
    rows = {where: house.called(where) for where in house.queues}
    mine = program(unit)
    assert found(mine.get("campaigns"), "code") == {f"c-{code}" for code in sees.split()}
    assert found(mine.get("queues"), "code") == {f"q-{code}" for code in sees.split()}
    assert found(mine.get("items"), "id") == {str(rows[code].pk) for code in sees.split()}


@pytest.fixture
def south(house: Any) -> WorkItem:
    """An item of the South that was tried and came to an end."""
    from django.utils import timezone

    from runtime.queues import actions

    agent = house.person("their_agent", "south", "agent")
    house.called("south")
    item, now = house.begun("south", agent), timezone.now()
    actions.start_attempt(item=item, by=agent, now=now)
    actions.dispose(item=item, disposition="reached", by=agent, now=now)
    return WorkItem.objects.get(pk=item.pk)


OF_THINGS = {"items/{item}", "items/{item}/withdraw", "parties/{party}"}
LISTS = {"campaigns", "queues", "items", "attempts", "outcomes"}
SHARED = {
    "apps",
    "apps/{code}/versions/{number}/schema.json",
    "parties",
}  # parties: making one known


def test_every_operation_is_looked_at_here(client: Any) -> None:
    told = client.get("/api/v1/openapi.json").json()
    paths = {path.removeprefix("/api/v1/") for path in told["paths"]}
    assert paths == OF_THINGS | LISTS | SHARED


@pytest.mark.parametrize("bound", [False, True])
def test_what_is_anothers_is_not_there(
    bound: bool, house: Any, south: WorkItem, program: Any
) -> None:
    """Also where the token was bound to a campaign that went to another unit since."""
    campaign = house.campaigns["south"]
    mine = program("north", **({"campaigns": [campaign]} if bound else {}))
    for path in (f"items/{south.pk}", f"parties/{south.party_id}"):
        nothing = mine.get(path.split("/")[0] + "/00000000-0000-4000-8000-000000000000")
        theirs = mine.get(path)
        assert (theirs.status_code, theirs.json()) == (404, nothing.json())
    for path in ("attempts", "outcomes", "items", f"attempts?item={south.pk}"):
        assert found(mine.get(path), "item" if path == "outcomes" else "id") == set()
    refused = mine.ask("POST", f"items/{south.pk}/withdraw", {"reason": "x"})
    assert refused.status_code == 404
    theirs, none = (
        mine.make("items", {"campaign": code, "person": PERSON})
        for code in (campaign.code, "nothing-here")
    )
    assert (theirs.status_code, theirs.json()) == (422, none.json())
    told = {"campaign": "c-north", "party": str(south.party_id)}
    assert mine.make("items", told).status_code == 422


def test_the_whole_organisation_has_them(south: WorkItem, program: Any) -> None:
    """So that the test before this one tells something."""
    mine = program("")
    assert mine.get(f"items/{south.pk}").status_code == 200
    assert mine.get(f"parties/{south.party_id}").status_code == 200
    for path in ("attempts", "outcomes", "items"):
        assert len(mine.get(path).json()["found"]) == 1, path


def test_a_token_changes_what_its_people_may_and_reads_what_they_see(
    house: Any, program: Any
) -> None:
    row, mine = house.called("north"), program("coast")
    assert mine.get(f"items/{row.pk}").status_code == 200
    assert mine.ask("POST", f"items/{row.pk}/withdraw", {"reason": "x"}).status_code == 404
    assert mine.make("items", {"campaign": "c-north", "person": PERSON}).status_code == 422
    made = mine.make("items", {"campaign": "c-coast", "person": PERSON})
    assert made.status_code == 201, made.content
    withdrawn = mine.ask("POST", f"items/{made.json()['item']['id']}/withdraw", {"reason": "x"})
    assert withdrawn.status_code == 200


def test_an_item_of_ones_campaign_that_lies_in_anothers_queue_is_not_there(
    house: Any, program: Any
) -> None:
    row = house.called("north")
    mine = program("north", campaigns=[house.campaigns["north"]])
    assert mine.get(f"items/{row.pk}").status_code == 200
    WorkItem.objects.filter(pk=row.pk).update(queue=house.queues["south"])
    assert mine.get(f"items/{row.pk}").status_code == 404


def test_nobody_makes_a_token_that_reaches_further_than_they_do(
    house: Any, client_of: Any
) -> None:
    boss = house.person("boss", "north", "admin")
    for unit in (None, house.units["south"]):
        grant = Grant(title="x", purpose="x", scopes=("items:read",), unit=unit)
        with pytest.raises(ValueError, match="unit"):
            make_token(grant=grant, days=1, by=boss)
    client = client_of(boss)
    assert "Campaign south" not in client.get("/tokens/new/").content.decode()
    for wrong in (
        {},
        {"unit": house.units["south"].pk},
        {"unit": house.units["north"].pk, "everywhere": "", "campaigns": [house.campaigns["south"].pk]},
        {"unit": house.units["hills"].pk, "everywhere": "", "campaigns": [house.campaigns["coast"].pk]},
    ):  # fmt: skip
        assert client.post("/tokens/new/", {**WANTED, **wrong}).status_code == 400, wrong
    assert not Token.objects.exists()
    assert (
        client.post("/tokens/new/", {**WANTED, "unit": house.units["coast"].pk}).status_code == 200
    )
    assert Token.objects.get().unit == house.units["coast"]


def test_tokens_of_another_unit_are_not_there(house: Any, program: Any, client_of: Any) -> None:
    client = client_of(house.person("boss", "north", "admin"))
    theirs, all_units, mine = program("south").token, program("").token, program("coast").token
    page = client.get("/tokens/").content.decode()
    assert [one.prefix in page for one in (theirs, all_units, mine)] == [False, False, True]
    for one, status in ((theirs, 404), (all_units, 404), (mine, 302)):
        assert client.post(f"/tokens/{one.pk}/revoke/").status_code == status


def test_a_token_of_a_unit_that_is_out_of_use_is_refused(house: Any, program: Any) -> None:
    from django.utils import timezone

    mine = program("hills")
    assert mine.get("items").status_code == 200
    people.deactivate_unit(by=None, unit=house.units["hills"])
    assert find_token(mine.text, now=timezone.now()) is None
    assert mine.get("items").status_code == 401


def test_a_token_goes_where_its_unit_goes(house: Any, program: Any) -> None:
    mine = program("coast")
    people.move_unit(by=None, unit=house.units["coast"], parent=house.units["south"])
    assert found(mine.get("queues"), "code") == {"q-coast", "q-south", "q-shared"}
