"""What agents see of their queues and supervisors of a campaign; what the worker does every so often."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.queues import actions, overview, policies, sweeps
from runtime.queues.models import Policy, Queue, Skill, WorkItem
from runtime.queues.retry import DEFAULT_RULES, read


def test_a_queue_counts_what_this_agent_could_claim(
    queue: Any, item: Any, agent: Any, second_agent: Any
) -> None:
    now = timezone.now() + timedelta(seconds=1)
    item(), item(not_before=now + timedelta(days=1))
    mine, theirs = item(), item()
    until = now + timedelta(minutes=5)
    WorkItem.objects.filter(pk=mine.pk).update(reserved_for=agent, reserved_until=until)
    WorkItem.objects.filter(pk=theirs.pk).update(reserved_for=second_agent, reserved_until=until)
    (shown,) = overview.queues_for(agent, now)
    assert (shown.code, shown.claimable, shown.promised, shown.refused) == ("calls", 2, 1, None)


def test_a_queue_that_asks_for_a_skill_says_so(queue: Any, campaign: Any, agent: Any) -> None:
    queue.skills.add(Skill.objects.create(code="tracing", title="Tracing"))
    (shown,) = overview.queues_for(agent, timezone.now())
    assert shown.refused is not None
    assert (shown.refused.reason, shown.refused.skill) == ("skill", "Tracing")


def test_a_queue_without_an_open_campaign_is_not_shown(
    queue: Any, campaign: Any, policy: Any, agent: Any
) -> None:
    Queue.objects.create(code="idle", title="Idle", policy=policy)
    campaign.open = False
    campaign.save()
    assert overview.queues_for(agent, timezone.now()) == []


def test_an_agents_own_item_is_known(queue: Any, item: Any, agent: Any, second_agent: Any) -> None:
    item()
    claimed = actions.claim(queue=queue, by=agent, now=timezone.now())
    own = overview.own_item(agent)
    assert own == overview.OwnItem(claimed.item, claimed.record, "Calls", "Spring")
    assert overview.own_item(second_agent) is None


def test_a_campaign_in_figures(
    queue: Any, campaign: Any, item: Any, agent: Any, second_agent: Any
) -> None:
    now = timezone.now()
    for _number in range(4):
        item()
    first = actions.claim(queue=queue, by=agent, now=timezone.now())
    actions.dispose(item=WorkItem(pk=first.item), disposition="refused", by=agent, now=now)
    actions.claim(queue=queue, by=agent, now=timezone.now())
    actions.claim(queue=queue, by=second_agent, now=timezone.now())
    counted = overview.figures(campaign, now)
    assert counted == overview.Figures(
        states={"ready": 1, "active": 2, "resolved": 1},
        dispositions={"refused": 1},
        attempts_today=1,
        agents=2,
    )
    assert overview.figures(campaign, now + timedelta(days=1)).attempts_today == 0


def test_the_sweep_takes_back_what_lapsed(queue: Any, item: Any, agent: Any) -> None:
    made = item()
    actions.claim(queue=queue, by=agent, now=timezone.now())
    sweeps.leases(timezone.now())
    made.refresh_from_db()
    assert made.state == "active"
    sweeps.leases(timezone.now() + timedelta(hours=1))
    made.refresh_from_db()
    assert (made.state, made.assignee) == ("ready", None)


@pytest.mark.django_db
def test_a_policy_that_was_spoilt_falls_back_to_the_usual_rules() -> None:
    assert policies.of_policy(Policy(rules={"caps": {"item": "many"}})) == read(DEFAULT_RULES)


def test_a_campaigns_own_policy_wins(campaign: Any, item: Any) -> None:
    campaign.policy = Policy.objects.create(code="own", title="Own", rules={"lease_minutes": 3})
    campaign.save()
    assert policies.rules_of(item()).lease == timedelta(minutes=3)
