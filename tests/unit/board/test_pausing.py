"""A paused queue or campaign hands out nothing, whatever its claimers read before; who has an item goes on."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from runtime.queues import actions
from runtime.queues.actions.pausing import pause
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import Campaign, Queue, WorkItem


def soon() -> Any:
    return timezone.now() + timedelta(seconds=1)


def test_a_paused_queue_hands_out_nothing_even_to_who_read_it_before(
    queue: Any, item: Any, agent: Any, supervisor: Any
) -> None:
    item()
    read_before = Queue.objects.get(pk=queue.pk)
    assert pause(of=queue, paused=True, by=supervisor)
    assert not pause(of=queue, paused=True, by=supervisor)
    assert isinstance(actions.claim(queue=read_before, by=agent, now=soon()), Refused)
    told = actions.claim(queue=Queue.objects.get(pk=queue.pk), by=agent, now=soon())
    assert isinstance(told, Refused)
    assert told.reason == "paused"
    pause(of=queue, paused=False, by=supervisor)
    assert isinstance(actions.claim(queue=queue, by=agent, now=soon()), Claimed)
    changes = queue.history.order_by("history_id").values_list("paused", "history_user")
    assert list(changes)[-2:] == [(True, supervisor.pk), (False, supervisor.pk)]


def test_a_paused_campaign_is_passed_over_and_others_go_on(
    queue: Any, campaign: Any, item: Any, agent: Any, supervisor: Any, version: Any
) -> None:
    item(priority=9)
    pause(of=campaign, paused=True, by=supervisor)
    told = actions.claim(queue=queue, by=agent, now=soon())
    assert isinstance(told, Refused)
    assert told.reason == "paused"
    other = Campaign.objects.create(code="autumn", title="Autumn", queue=queue, app=version.app)
    row = item(campaign=other)
    claimed = actions.claim(queue=queue, by=agent, now=soon())
    assert isinstance(claimed, Claimed)
    assert claimed.item == row.pk


def test_a_promise_waits_too_while_its_campaign_is_paused(
    queue: Any, campaign: Any, item: Any, agent: Any, supervisor: Any
) -> None:
    row = item()
    until = soon() + timedelta(hours=1)
    WorkItem.objects.filter(pk=row.pk).update(reserved_for=agent, reserved_until=until)
    pause(of=campaign, paused=True, by=supervisor)
    assert isinstance(actions.claim(queue=queue, by=agent, now=soon()), Refused)
    pause(of=campaign, paused=False, by=supervisor)
    assert isinstance(actions.claim(queue=queue, by=agent, now=soon()), Claimed)


def test_who_has_an_item_ends_it_as_usual(
    queue: Any, item: Any, agent: Any, supervisor: Any
) -> None:
    row, now = item(), soon()
    assert isinstance(actions.claim(queue=queue, by=agent, now=now), Claimed)
    pause(of=queue, paused=True, by=supervisor)
    again = actions.claim(queue=queue, by=agent, now=now)
    assert isinstance(again, Claimed)
    assert again.resumed
    assert actions.dispose(item=row, disposition="reached", by=agent, now=now).state == "resolved"
