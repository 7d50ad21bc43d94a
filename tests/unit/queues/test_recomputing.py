"""A changed policy holds for what waits: in steps that may be broken off, and once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox.models import Effect
from runtime.queues import actions
from runtime.queues.actions import recomputing
from runtime.queues.claimed import Claimed
from runtime.queues.models import Campaign, Policy, Queue, WorkItem
from tests.unit.queues.conftest import NOW


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def tried(queue: Any, item: Any, agent: Any) -> Any:
    """`tried("busy")`: an item that was tried once, and waits."""

    def make(disposition: str = "busy", **more: Any) -> WorkItem:
        made = item()
        assert isinstance(actions.claim(queue=queue, by=agent, now=NOW), Claimed)
        actions.dispose(item=made, disposition=disposition, by=agent, now=NOW, **more)
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def change(policy: Any, supervisor: Any) -> Any:
    """`change(caps={..})`: the policy is kept with other rules, by a supervisor."""

    def keep(**rules: Any) -> None:
        policy.rules = rules
        actions.save_policy(policy=policy, by=supervisor)

    return keep


def work() -> int:
    """The worker until nothing is left; how many steps."""
    steps = 0
    while effect := Effect.objects.filter(effect="recompute", state="pending").first():
        recomputing.recompute(effect.arguments, effect)
        Effect.objects.filter(pk=effect.pk).update(state="done")
        steps += 1
    return steps


def test_what_waits_is_tried_when_the_new_rules_say_so(tried: Any, change: Any) -> None:
    made = tried("busy")
    assert made.not_before == NOW + timedelta(minutes=30)
    change(again={"busy": {"minutes": 90, "at_most": 3}})
    assert work() == 1
    made.refresh_from_db()
    assert made.not_before == NOW + timedelta(minutes=90)
    told = made.events.get(event="recomputed").data
    assert told["was"] == (NOW + timedelta(minutes=30)).isoformat()
    assert told["not_before"] == (NOW + timedelta(minutes=90)).isoformat()
    assert told["revision"] == Policy.history.latest().pk


def test_new_opening_hours_move_what_waits_into_them(tried: Any, change: Any) -> None:
    made = tried("busy")
    hours = {str(day): [["14:00", "15:00"]] for day in range(1, 8)}
    change(calendar={"hours": hours, "holidays": {"03-04": []}})
    work()
    made.refresh_from_db()
    assert timezone.localtime(made.not_before).isoformat() == "2026-03-05T14:00:00+01:00"


def test_a_lower_cap_gives_up_what_was_tried_as_often(tried: Any, change: Any) -> None:
    made = tried("busy")
    change(caps={"item": 1})
    work()
    made.refresh_from_db()
    assert (made.state, made.events.get(event="exhausted").data) == (
        "exhausted",
        {"reason": "item_cap"},
    )


def test_a_promise_stays_at_its_time_and_is_kept_for_its_owner_as_long_as_is_now_said(
    tried: Any, change: Any, agent: Any
) -> None:
    at = NOW + timedelta(days=1)
    made = tried("callback", callback_at=at)
    change(callback={"grace_minutes": 60}, caps={"item": 1})
    work()
    made.refresh_from_db()
    assert (made.state, made.not_before, made.reserved_for, made.reserved_until) == (
        "scheduled",
        at,
        agent,
        at + timedelta(hours=1),
    )


def test_an_item_made_for_a_later_day_keeps_to_its_day(item: Any, change: Any) -> None:
    made = item(not_before=NOW + timedelta(days=2))
    change(calendar={"hours": {"1": [["09:00", "10:00"]]}})
    work()
    change(calendar=None)
    work()
    made.refresh_from_db()
    assert made.not_before == NOW + timedelta(days=2)


def test_it_goes_in_steps_and_goes_on_where_a_worker_stopped(
    tried: Any, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recomputing, "BATCH", 2)
    rows = [tried("busy") for _turn in range(5)]
    change(again={"busy": {"minutes": 90, "at_most": 3}})
    first = Effect.objects.get()
    recomputing.recompute(first.arguments, first)
    assert WorkItem.objects.filter(not_before=NOW + timedelta(minutes=90)).count() == 2
    recomputing.recompute(first.arguments, first)  # it died before it was marked as done
    assert Effect.objects.count() == 2
    work()
    moved = WorkItem.objects.filter(not_before=NOW + timedelta(minutes=90))
    assert moved.count() == len(rows)
    assert all(row.events.filter(event="recomputed").count() == 1 for row in rows)


def test_a_change_that_was_overtaken_stops(tried: Any, change: Any) -> None:
    made = tried("busy")
    change(again={"busy": {"minutes": 90, "at_most": 3}})
    overtaken = Effect.objects.get()
    change(again={"busy": {"minutes": 45, "at_most": 3}})
    recomputing.recompute(overtaken.arguments, overtaken)
    made.refresh_from_db()
    assert made.not_before == NOW + timedelta(minutes=30)
    work()
    made.refresh_from_db()
    assert made.not_before == NOW + timedelta(minutes=45)


def test_the_same_rules_under_another_title_touch_nothing(
    tried: Any, policy: Any, supervisor: Any
) -> None:
    tried("busy")
    policy.title = "As before"
    actions.save_policy(policy=policy, by=supervisor)
    assert not Effect.objects.exists()


def test_ageing_that_is_switched_on_and_off_orders_what_is_ready(
    item: Any, change: Any, queue: Any
) -> None:
    made = item(priority=2)
    change(ageing={"minutes": 30, "at_most": 5})
    work()
    made.refresh_from_db()
    assert made.aged == made.not_before - timedelta(hours=1)
    change(ageing=None)
    work()
    made.refresh_from_db()
    assert made.aged is None


def test_another_policy_for_a_queue_or_a_campaign_recomputes_too(
    tried: Any, queue: Any, campaign: Any, supervisor: Any
) -> None:
    made = tried("busy")
    slow = Policy.objects.create(
        code="slow", title="Slow", rules={"again": {"busy": {"minutes": 90, "at_most": 3}}}
    )
    slower = Policy.objects.create(
        code="slower", title="Slower", rules={"again": {"busy": {"minutes": 120, "at_most": 3}}}
    )
    row = Queue.objects.get(pk=queue.pk)
    row.policy = slow
    actions.save_queue(queue=row, skills=[], by=supervisor)
    work()
    made.refresh_from_db()
    assert made.not_before == NOW + timedelta(minutes=90)
    own = Campaign.objects.get(pk=campaign.pk)
    own.policy = slower
    actions.save_campaign(campaign=own, by=supervisor)
    work()
    made.refresh_from_db()
    assert made.not_before == NOW + timedelta(minutes=120)
