"""Claiming: one item to one agent, in order, with the reason where there is none."""

from datetime import timedelta
from typing import Any

import pytest

from runtime.queues import actions
from runtime.queues.claimed import Claimed, NotHolder, Refused
from runtime.queues.models import Campaign, Queue, Skill, WorkItem, WorkItemEvent
from runtime.queues.priority import order_by
from runtime.records.models import Record
from tests.unit.queues.conftest import NOW, call_script, publish


@pytest.fixture(autouse=True)
def _late_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Items are made a moment before NOW, so that they are ready then."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOW - timedelta(minutes=1))


def take(queue: Queue, by: Any, at: Any = NOW) -> Claimed:
    answer = actions.claim(queue=queue, by=by, now=at)
    assert isinstance(answer, Claimed), answer
    return answer


def beat(item: WorkItem, by: Any, at: Any) -> Any:
    item.refresh_from_db()
    assert item.record_id is not None
    return actions.heartbeat(item=item.pk, record=item.record_id, by=by.pk, now=at)


def events(item: WorkItem) -> list[str]:
    return list(item.events.order_by("pk").values_list("event", flat=True))


def test_a_claim_gives_the_item_its_record_a_lease_and_a_fence(
    queue: Any, item: Any, agent: Any
) -> None:
    from runtime.records.models import Session

    made = item()
    claimed = take(queue, agent)
    made.refresh_from_db()
    assert (made.state, made.assignee, made.fence) == ("active", agent, 1)
    assert claimed.record == made.record_id
    assert made.lease_until == NOW + timedelta(minutes=15)
    assert made.record.party == made.party
    session = Session.objects.get(record=made.record)
    assert (session.fence, session.agent, session.ended_at) == (1, agent, None)
    assert events(made) == ["created", "claimed"]


def test_what_is_known_of_the_person_is_in_the_record(
    queue: Any, campaign: Any, person: Any, item: Any, agent: Any
) -> None:
    from runtime.records.models import Event
    from runtime.records.store.sealing import RecordKeys, open_event

    made = item(party=person(given_name="Zoë"), prefill={"met_on": "2026-03-01"})
    assert b"2026" not in bytes(made.prefill)
    take(queue, agent)
    made.refresh_from_db()
    keys = RecordKeys.of(made.record)
    told = [open_event(keys, row) for row in Event.objects.filter(record=made.record)]
    answers = {event["place"]: event["value"] for event in told if event["event"] == "answered"}
    assert answers == {"first_name": "Zoë", "last_name": "Peeters", "met_on": "2026-03-01"}
    assert made.prefill is None


def test_items_come_by_lane_priority_due_and_age(queue: Any, item: Any, agent: Any) -> None:
    last = item()
    due = item(due=NOW + timedelta(days=1))
    sooner = item(due=NOW + timedelta(hours=1))
    high = item(priority=5)
    first = item(lane=0)
    got = []
    for _turn in range(5):
        claimed = take(queue, agent)
        got.append(claimed.item)
        actions.dispose(item=WorkItem(pk=claimed.item), disposition="refused", by=agent, now=NOW)
    assert got == [one.pk for one in (first, high, sooner, due, last)]


def test_an_agent_gets_their_own_item_again(queue: Any, item: Any, agent: Any) -> None:
    item(), item()
    first = take(queue, agent)
    again = take(queue, agent, NOW + timedelta(minutes=5))
    assert (again.item, again.resumed, again.fence) == (first.item, True, first.fence)
    assert again.record == first.record
    assert again.lease_until == NOW + timedelta(minutes=20)


def test_a_person_in_two_campaigns_is_not_called_by_two_at_once(
    queue: Any, campaign: Any, item: Any, person: Any, agent: Any, second_agent: Any
) -> None:
    other = Campaign.objects.create(code="autumn", title="Autumn", queue=queue, app=campaign.app)
    party = person()
    item(party=party), item(party=party, campaign=other)
    take(queue, agent)
    assert actions.claim(queue=queue, by=second_agent, now=NOW) == Refused("empty")


def test_a_lapsed_lease_goes_to_the_next_who_gets_the_same_record(
    queue: Any, item: Any, agent: Any, second_agent: Any
) -> None:
    from runtime.records.models import Session

    made = item()
    first = take(queue, agent)
    later = NOW + timedelta(minutes=16)
    second = take(queue, second_agent, later)
    assert (second.item, second.record, second.fence) == (first.item, first.record, 2)
    assert events(made) == ["created", "claimed", "expired", "claimed"]
    ended = Session.objects.get(agent=agent)
    assert ended.end_reason == "lease"
    with pytest.raises(NotHolder):
        actions.dispose(item=made, disposition="busy", by=agent, now=later)
    assert beat(made, agent, later) is None


def test_a_heartbeat_keeps_the_item(queue: Any, item: Any, agent: Any) -> None:
    made = item()
    take(queue, agent)
    beat(made, agent, NOW + timedelta(minutes=14))
    assert actions.expire_leases(now=NOW + timedelta(minutes=20)) == 0
    assert actions.expire_leases(now=NOW + timedelta(minutes=30)) == 1


def test_a_released_item_is_ready_again(
    queue: Any, item: Any, agent: Any, second_agent: Any
) -> None:
    made = item()
    take(queue, agent)
    with pytest.raises(NotHolder):
        actions.release(item=made, by=second_agent, now=NOW)
    actions.release(item=made, by=agent, now=NOW)
    assert take(queue, second_agent).item == made.pk


def test_a_scheduled_item_waits_for_its_time(queue: Any, item: Any, agent: Any) -> None:
    soon = NOW + timedelta(hours=1)
    made = item(not_before=soon)
    assert actions.claim(queue=queue, by=agent, now=NOW) == Refused("empty", at=soon)
    assert take(queue, agent, soon).item == made.pk


def test_a_closed_window_refuses_with_the_time_it_opens(
    queue: Any, policy: Any, item: Any, agent: Any
) -> None:
    item()
    policy.rules = {"window": {"days": [4], "from": "09:00", "until": "12:00"}}
    policy.save()
    refused = actions.claim(queue=queue, by=agent, now=NOW)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.at and refused.at.isoformat()) == (
        "closed",
        "2026-03-05T09:00:00+01:00",
    )


def test_a_missing_skill_refuses_with_its_lesson_and_a_grant_opens_the_queue(
    queue: Any, version: Any, item: Any, agent: Any
) -> None:
    item()
    skill = Skill.objects.create(code="tracing", title="Tracing", lesson_app=version.app)
    queue.skills.add(skill)
    refused = actions.claim(queue=queue, by=agent, now=NOW)
    assert refused == Refused("skill", skill="Tracing", lesson="call")
    actions.grant_skill(person=agent, skill=skill, days=30)
    assert actions.has_skill(person=agent, skill=skill)
    take(queue, agent)


def test_an_expired_skill_refuses(
    queue: Any, item: Any, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    item()
    skill = Skill.objects.create(code="tracing", title="Tracing")
    queue.skills.add(skill)
    actions.grant_skill(person=agent, skill=skill, days=1)
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=2))
    refused = actions.claim(queue=queue, by=agent, now=NOW + timedelta(days=2))
    assert refused == Refused("skill_expired", skill="Tracing", lesson=None)


def test_a_closed_campaign_gives_nothing_and_takes_nothing(
    queue: Any, campaign: Any, item: Any, person: Any, agent: Any, supervisor: Any
) -> None:
    one, other = item(priority=1), item()
    held = take(queue, agent)
    assert held.item == one.pk
    assert actions.close_campaign(campaign=campaign, by=supervisor) == 1
    other.refresh_from_db()
    assert (other.state, events(other)[-1]) == ("withdrawn", "withdrawn")
    disposed = actions.dispose(item=one, disposition="busy", by=agent, now=NOW)
    assert (disposed.state, disposed.reason) == ("withdrawn", "campaign_closed")
    with pytest.raises(actions.CampaignClosed):
        actions.create_item(campaign=campaign, party=person(), by=supervisor)


def test_a_person_who_was_erased_stops_nobody(
    queue: Any, item: Any, person: Any, agent: Any
) -> None:
    from runtime.vault.keys import destroy_subject

    gone = item(priority=5)
    there = item()
    destroy_subject(gone.party_id)  # as if a restored backup had brought the item back
    assert take(queue, agent).item == there.pk
    gone.refresh_from_db()
    assert gone.state == "withdrawn"


def test_erasing_a_party_withdraws_its_items(item: Any, supervisor: Any) -> None:
    from runtime.parties.actions import erase

    made = item()
    erase(party=made.party, by=supervisor, purpose="request")
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_an_app_without_a_version_refuses_and_keeps_the_item_ready(
    queue: Any, campaign: Any, item: Any, agent: Any
) -> None:
    made = item()
    campaign.app.open = False
    campaign.app.save()
    assert actions.claim(queue=queue, by=agent, now=NOW) == Refused("no_version")
    made.refresh_from_db()
    assert (made.state, made.fence, events(made)) == ("ready", 0, ["created"])


def test_an_app_that_is_not_published_stops_no_other_campaign_of_the_queue(
    queue: Any, campaign: Any, item: Any, agent: Any
) -> None:
    other = publish(call_script(), code="other").app
    autumn = Campaign.objects.create(code="autumn", title="Autumn", queue=queue, app=other)
    item(priority=5)
    callable_item = item(campaign=autumn)
    campaign.app.open = False
    campaign.app.save()
    assert take(queue, agent).item == callable_item.pk


def test_a_record_that_was_begun_goes_on_when_its_app_takes_no_new_ones(
    queue: Any, campaign: Any, item: Any, agent: Any
) -> None:
    made = item()
    begun = take(queue, agent)
    actions.release(item=made, by=agent, now=NOW)
    campaign.app.open = False
    campaign.app.save()
    again = take(queue, agent)
    assert (again.item, again.record) == (made.pk, begun.record)
    WorkItem.objects.filter(pk=made.pk).update(state="ready", assignee=None)
    Record.objects.update(closed_at=NOW)
    assert actions.claim(queue=queue, by=agent, now=NOW) == Refused("no_version")


def test_a_person_has_one_item_a_campaign(campaign: Any, person: Any) -> None:
    party = person()
    first, created = actions.create_item(campaign=campaign, party=party, by=None)
    again, created_again = actions.create_item(campaign=campaign, party=party, by=None)
    assert (first.pk, created, created_again) == (again.pk, True, False)


def test_the_history_only_grows(item: Any) -> None:
    from django.db import DatabaseError, transaction

    made = item()
    for deed in ("update", "delete"):
        rows = WorkItemEvent.objects.filter(item=made)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(event="x") if deed == "update" else rows._raw_delete("default")
    assert events(made) == ["created"]


def test_a_claim_reads_its_indexes(queue: Any) -> None:
    """At a million items it must neither scan nor sort them."""
    from django.db import connection

    from runtime.queues.actions import taking

    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite: PostgreSQL plans by statistics, and here the table is empty")
    values = {"by": 1, "queue": queue.pk, "now": "2026-03-04", "until": "2026-03-04"}
    values |= {"closed": ""}
    looks = {
        "item_reserved": taking.statement(taking.MINE, taking.PROMISED),
        "item_ready": taking.statement(taking.ANYONES, order_by("sqlite")),
    }
    for index, statement in looks.items():
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plan = " ".join(str(row[3]) for row in cursor.fetchall())
        assert f"SEARCH i USING INDEX {index} (" in plan
        sorted_apart = 1 if index == "item_ready" else 0  # the first of each skill, a handful
        assert plan.count("TEMP B-TREE FOR ORDER BY") == sorted_apart, plan
