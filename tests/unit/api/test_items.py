"""Work items over the interface: made once, found again, never of a campaign that the token does not come to."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.api.actions import kept
from runtime.api.models import Kept
from runtime.audit.models import AccessLog
from runtime.parties import barring
from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.queues import sealed
from runtime.queues.actions import close_campaign
from runtime.queues.models import Campaign, WorkItem, WorkItemEvent
from tests.unit.api.conftest import PERSON


def wanted(**more: Any) -> dict[str, Any]:
    return {"campaign": "spring", "person": PERSON, **more}


def test_a_person_is_told_and_becomes_an_item(program: Any, campaign: Any) -> None:
    made = program().make("items", wanted(prefill={"met_on": "2026-03-01"}, priority=5))
    assert made.status_code == 201, made.content
    told = made.json()
    row = WorkItem.objects.get()
    assert told["created"] is True
    assert (told["item"]["id"], told["item"]["state"]) == (str(row.pk), "ready")
    assert made["Location"] == f"/api/v1/items/{row.pk}"
    assert row.priority == 5
    facts = open_party(row.party, by=None, purpose="test")
    assert (facts.given_name, facts.phone) == ("Zoë", "+32470123456")
    assert sealed.open_prefill(row.party_id, row.pk, bytes(row.prefill)) == {
        "met_on": "2026-03-01"
    }


def test_the_same_key_and_request_is_answered_the_same(program: Any, campaign: Any) -> None:
    mine = program()
    first = mine.make("items", wanted(), key="one-and-the-same")
    WorkItem.objects.update(state="resolved")
    again = mine.make("items", wanted(), key="one-and-the-same")
    assert (again.status_code, again.json()) == (201, first.json())
    assert (first["Idempotency-Replayed"], again["Idempotency-Replayed"]) == ("false", "true")
    assert again["ETag"] == first["ETag"]
    assert WorkItem.objects.count() == 1


def test_another_request_with_that_key_is_refused(program: Any, campaign: Any) -> None:
    mine, other = program(), program()
    mine.make("items", wanted(), key="one-and-the-same")
    refused = mine.make("items", wanted(priority=1), key="one-and-the-same")
    assert (refused.status_code, refused.json()["type"]) == (422, "/api/v1/#key_reused")
    assert other.make("items", wanted(priority=1), key="one-and-the-same").status_code == 200


def test_what_was_refused_takes_no_key(program: Any, campaign: Any) -> None:
    mine = program()
    assert mine.make("items", wanted(campaign="autumn"), key="used-but-once").status_code == 422
    assert mine.make("items", wanted(), key="used-but-once").status_code == 201


def test_a_key_says_nothing_of_who_it_was_made_for(program: Any, campaign: Any) -> None:
    program().make("items", wanted(), key="85.07.30-033.28")
    row = Kept.objects.values().get()
    assert b"85.07.30" not in bytes(row["key"])
    assert "Peeters" not in str(row)
    kept.forget(now=timezone.now() + kept.KEPT_FOR * 2)
    assert not Kept.objects.exists()


def test_nothing_is_made_without_a_key(program: Any, campaign: Any) -> None:
    refused = program().ask("POST", "items", wanted())
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (
        400,
        "header: Idempotency-Key",
    )
    assert not WorkItem.objects.exists()


def test_a_person_who_is_known_is_found_and_called_once(program: Any, campaign: Any) -> None:
    mine = program(clearance="sensitive")
    first = mine.make("items", wanted()).json()
    again = mine.make("items", wanted(person={**PERSON, "birth_date": "1980-02-29"}))
    assert (again.status_code, again.json()["created"]) == (200, False)
    assert again.json()["item"]["id"] == first["item"]["id"]
    assert Party.objects.count() == 1
    other = mine.make("items", wanted(person={**PERSON, "birth_date": "1981-02-28"}))
    assert other.json()["differing"] == ["birth_date"]


@pytest.mark.parametrize(("days", "state"), [(None, "withdrawn"), (7, "scheduled")])
def test_who_is_not_to_be_contacted_has_an_item_that_is_put_aside(
    program: Any, campaign: Any, supervisor: Any, days: int | None, state: str
) -> None:
    now = timezone.now()
    until = now + timedelta(days=days) if days else None
    grounds = barring.Grounds("their_wish", by=supervisor, until=until)
    barring.bar_way(kind="phone", value="+32470123456", grounds=grounds, now=now)
    made = program().make("items", wanted())
    assert (made.status_code, made.json()["item"]["state"]) == (201, state)
    last = WorkItemEvent.objects.order_by("-pk").first()
    assert last is not None
    assert last.data["reason"] == "do_not_contact"


def test_what_is_known_otherwise_is_told_to_who_may_read_it_only(
    program: Any, campaign: Any
) -> None:
    mine = program(clearance="personal")
    mine.make("items", wanted(person={**PERSON, "birth_date": "1980-02-29"}))
    other = mine.make("items", wanted(person={**PERSON, "birth_date": "1981-02-28"}))
    assert other.json()["differing"] == []


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"person": {"given_name": "Zoë"}}, "/person"),
        ({"person": {**PERSON, "phone": "12"}}, "/person/phone"),
        ({"person": {**PERSON, "birth_date": "1880-01-01"}}, "/person/birth_date"),
        ({"person": {**PERSON, "national_number": "1"}}, "/person/national_number"),
        ({"person": {**PERSON, "shoe_size": "43"}}, "/person/shoe_size"),
        ({"person": {**PERSON, "given_name": "Z\x00"}}, "/person/given_name"),
        ({"person": None}, "/person"),
        ({"person": PERSON, "party": "00000000-0000-0000-0000-000000000001"}, "/person"),
        ({"person": None, "party": "00000000-0000-0000-0000-000000000001"}, "/party"),
        ({"prefill": {"met_on": "yesterday"}}, "/prefill/met_on"),
        ({"prefill": {"unasked/for": "x"}}, "/prefill/unasked~1for"),
        ({"prefill": {"contact_first": "Bo"}}, "/prefill/contact_first"),
        ({"not_before": "2199-01-01T00:00:00Z"}, "/not_before"),
        ({"not_before": "0001-01-01T00:00:00+14:00"}, "/not_before"),
        ({"due": "2026-03-16T10:00:00"}, "/due"),
        ({"lane": 7}, "/lane"),
        ({"campaign": "autumn"}, "/campaign"),
        ({"campaign": 5}, "/campaign"),
        ({"kind": "tracing"}, "/kind"),
    ],
)
def test_what_is_wrong_is_told_by_its_place_and_nothing_is_made(
    more: dict[str, Any], where: str, program: Any, campaign: Any
) -> None:
    refused = program().make("items", {**wanted(), **more})
    assert refused.status_code == 422, refused.content
    assert [error["where"] for error in refused.json()["errors"]] == [where]
    assert "1880" not in refused.content.decode()
    assert not WorkItem.objects.exists()
    assert not Party.objects.exists()
    assert not AccessLog.objects.exists()


def test_a_closed_campaign_takes_nothing(program: Any, campaign: Any, admin: Any) -> None:
    close_campaign(campaign=campaign, by=admin)
    refused = program().make("items", wanted())
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/v1/#campaign_closed")
    assert not Party.objects.exists()


def test_items_come_a_page_at_a_time(program: Any, item: Any) -> None:
    every = sorted(str(item().pk) for _each in range(5))
    mine, seen, cursor = program("items:read"), [], ""
    while True:
        told = mine.get(f"items?limit=2{cursor}").json()
        seen += [one["id"] for one in told["found"]]
        if told["next"] is None:
            break
        cursor = f"&cursor={told['next']}"
    assert seen == every


def test_items_are_filtered(program: Any, item: Any, campaign: Any, queue: Any) -> None:
    other = Campaign.objects.create(code="autumn", title="Autumn", queue=queue, app=campaign.app)
    mine = program("items:read")
    one, two = item(), item(campaign=other)
    before = timezone.now()

    def found(asked: str) -> set[str]:
        return {each["id"] for each in mine.get(f"items?{asked}").json()["found"]}

    assert found("campaign=autumn") == {str(two.pk)}
    assert found("queue=calls&state=ready") == {str(one.pk), str(two.pk)}
    assert found("state=resolved") == set()
    since = before.isoformat().replace("+", "%2B")
    assert found(f"changed_since={since}") == set()
    WorkItemEvent.objects.create(item=one, event="claimed", at=timezone.now())
    assert found(f"changed_since={since}") == {str(one.pk)}
    for wrong in ("campain=autumn", "limit=0", "limit=x", "cursor=!", "cursor=AAAA", "state=odd"):
        assert mine.get(f"items?{wrong}").status_code == 422, wrong
    assert mine.get("items?changed_since=2026-03-16").status_code == 422


def test_one_item_has_a_tag(program: Any, item: Any) -> None:
    mine, row = program(), item()
    read = mine.get(f"items/{row.pk}")
    assert read.json()["campaign"] == "spring"
    assert mine.get(f"items/{row.pk}", if_none_match=read["ETag"]).status_code == 304
    assert mine.get(f"items/{row.pk}", if_none_match='"other"').status_code == 200
    head = mine.ask("HEAD", f"items/{row.pk}")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", read["ETag"])


def test_an_item_is_withdrawn_by_who_saw_how_it_stands(program: Any, item: Any) -> None:
    mine, row = program(), item()
    tag = mine.get(f"items/{row.pk}")["ETag"]
    WorkItem.objects.filter(pk=row.pk).update(priority=3)
    stale = mine.ask("POST", f"items/{row.pk}/withdraw", {"reason": "moved"}, if_match=tag)
    assert (stale.status_code, stale.json()["type"]) == (412, "/api/v1/#changed")
    done = mine.ask(
        "POST", f"items/{row.pk}/withdraw", {"reason": "moved"}, if_match=stale["ETag"]
    )
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn")
    event = WorkItemEvent.objects.get(event="withdrawn")
    assert event.data["reason"] == f"{mine.token.logged_as}:moved"
    again = mine.ask("POST", f"items/{row.pk}/withdraw", {"reason": "moved"})
    assert (again.status_code, again.json()["type"]) == (409, "/api/v1/#ended")


def test_a_token_of_some_campaigns_comes_to_no_others(
    program: Any, item: Any, campaign: Any, queue: Any
) -> None:
    other = Campaign.objects.create(code="autumn", title="Autumn", queue=queue, app=campaign.app)
    mine = program(campaigns=[campaign])
    ours, theirs = item(), item(campaign=other)
    assert [one["id"] for one in mine.get("items").json()["found"]] == [str(ours.pk)]
    assert [one["code"] for one in mine.get("campaigns").json()["found"]] == ["spring"]
    assert mine.get(f"items/{theirs.pk}").status_code == 404
    assert mine.get(f"parties/{theirs.party_id}").status_code == 404
    assert mine.get(f"parties/{ours.party_id}").status_code == 200
    assert mine.ask("POST", f"items/{theirs.pk}/withdraw", {"reason": "mine"}).status_code == 404
    assert mine.make("items", wanted(campaign="autumn")).status_code == 422
    known = {"campaign": "spring", "party": str(theirs.party_id)}
    assert mine.make("items", known).status_code == 422
    assert mine.make("parties", {"person": PERSON}).status_code == 403
    Campaign.objects.filter(pk=campaign.pk).update(code="renamed")
    mine.token.campaigns.clear()
    assert mine.get("items").json()["found"] == []
