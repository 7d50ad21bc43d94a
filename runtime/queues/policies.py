"""Which rules hold for an item or a queue: the campaign's policy, else the queue's."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from builder.problems import Problem
from runtime.queues.models import Campaign, Policy, Queue, WorkItem
from runtime.queues.proving import Verification, read_verification
from runtime.queues.retry import DEFAULT_RULES, Rules, in_window, read
from runtime.records.models import Record


def of_policy(policy: Policy) -> Rules:
    """A policy's rules; the default rules where its own can no longer be read, so that a slip in
    the administration never stops the calls (the policy's page shows the problems). Who is on the line is asked all the same."""
    rules = _read(json.dumps(policy.rules, sort_keys=True))
    if isinstance(rules, Rules):
        return rules
    default = read(DEFAULT_RULES)
    if not isinstance(default, Rules):
        raise TypeError("the default rules are broken")
    return replace(default, verification=_asked(policy.rules))


@lru_cache(maxsize=256)
def _read(written: str) -> Rules | list[Problem]:
    """A policy is read once a text of it, not once a claim."""
    rules = json.loads(written)
    return read(rules if isinstance(rules, Mapping) else {})


def _asked(rules: Any) -> Verification | None:
    """What is asked by rules that cannot be read: what can be read of it, else the usual; nothing only where nothing was asked."""
    told = rules.get("verification") if isinstance(rules, dict) else None
    return None if told is None else read_verification(told, []) or Verification()


def rules_of(item: WorkItem) -> Rules:
    own = item.campaign.policy if item.campaign is not None else None
    return of_policy(own or item.queue.policy)


def rules_of_queue(queue: Queue) -> Rules:
    return of_policy(queue.policy)


def calling_in(queue: Queue) -> Q:
    """The campaigns with items in a queue: its own, and those of which items were moved there."""
    through = Campaign.visited.through.objects.filter(queue=queue)
    return Q(queue=queue) | Q(pk__in=through.values("campaign"))


def closed_campaigns(queue: Queue, now: datetime) -> list[int]:
    """The open campaigns with items in a queue whose own policy lets nobody be called now."""
    own = Campaign.objects.filter(calling_in(queue), open=True, policy__isnull=False)
    return [
        row.pk
        for row in own.select_related("policy")
        if row.policy is not None and not in_window(of_policy(row.policy), now)
    ]


def verification_of_record(record: Record) -> Verification | None:
    """What is asked of who is on the line about a record: by the newest of its items, else by the newest campaign of its app."""
    item = record.items.select_related("campaign__policy", "queue__policy").order_by("-created_at")
    found = item.first()
    if found is not None:
        return rules_of(found).verification
    campaigns = Campaign.objects.filter(app=record.version.app_id).order_by("-pk")
    newest = campaigns.select_related("policy", "queue__policy").first()
    if newest is None:
        return None
    return of_policy(newest.policy or newest.queue.policy).verification


def verification_of_house() -> Verification | None:
    """What is asked of somebody nothing was ever begun for: the most that any queue asks."""
    asked = [
        rules.verification
        for policy in Policy.objects.all()
        if (rules := of_policy(policy)).verification is not None
    ]
    return max(asked, key=lambda one: one.needed if one else 0, default=None)
