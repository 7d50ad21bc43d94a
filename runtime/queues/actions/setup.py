"""Keeping what supervisors set up: campaigns, queues, policies, skills. Each change is in the history."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from builder.problems import Problem
from runtime.queues import retry
from runtime.queues.models import Campaign, Policy, Queue, Skill

Kept = TypeVar("Kept", Campaign, Policy, Skill)


class BadPolicy(ValueError):
    """The rules of a policy cannot be read; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("policy")
        self.problems = problems


def save_campaign(*, campaign: Campaign, by: AbstractBaseUser) -> Campaign:
    return _keep(campaign, by)


def save_skill(*, skill: Skill, by: AbstractBaseUser) -> Skill:
    return _keep(skill, by)


def save_policy(*, policy: Policy, by: AbstractBaseUser) -> Policy:
    """Raises `BadPolicy`."""
    rules = retry.read(policy.rules)
    if not isinstance(rules, retry.Rules):
        raise BadPolicy(rules)
    return _keep(policy, by)


@transaction.atomic
def save_queue(*, queue: Queue, skills: Iterable[Skill], by: AbstractBaseUser) -> Queue:
    """A queue with the skills it requires."""
    queue._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    queue.save()
    queue.skills.set(skills)
    return queue


def _keep(row: Kept, by: AbstractBaseUser) -> Kept:
    row._history_user = by  # noqa: SLF001
    row.save()
    return row
