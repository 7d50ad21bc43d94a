"""The effect `pass_on`: the ends of one script fill another one's campaign, once a person, and never for ever."""

from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox.actions import enqueue
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all
from runtime.queues.actions import claim, close_campaign
from runtime.queues.models import Campaign, Spawned, WorkItem
from runtime.records.models import Record


@pytest.fixture
def other(campaign: Any, queue: Any) -> Campaign:
    return Campaign.objects.create(code="visits", title="Visits", queue=queue, app=campaign.app)


@pytest.fixture
def record(item: Any, queue: Any, agent: Any) -> Record:
    item()
    return Record.objects.get(pk=claim(queue=queue, by=agent, now=timezone.now()).record)


def order(record: Record, campaign: str, key: str) -> Effect:
    enqueue(effect="pass_on", key=key, arguments={"campaign": campaign}, record=record.pk)
    carry_out_all()
    return Effect.objects.get(key=key)


def test_a_person_is_passed_on_once(record: Record, other: Campaign) -> None:
    for key in ("first:0", "second:0"):
        assert order(record, "visits", key).state == "done"
    made = WorkItem.objects.get(campaign=other)
    assert (made.party_id, made.parent.record_id) == (record.party_id, record.pk)
    assert Spawned.objects.get().item_id == made.pk


def test_who_is_passed_on_to_where_they_come_from_gets_no_second_item(
    record: Record, campaign: Campaign
) -> None:
    assert order(record, campaign.code, "back:0").state == "done"
    assert WorkItem.objects.count() == 1


def test_what_cannot_be_done_is_told(record: Record, other: Campaign, admin: Any) -> None:
    close_campaign(campaign=other, by=admin)
    assert order(record, "visits", "closed:0").last_problem == "campaign_closed"
    assert order(record, "nowhere", "nowhere:0").last_problem == "no_campaign"
    Record.objects.update(party=None)
    assert order(record, "visits", "nobody:0").last_problem == "nobody"
