"""Keeping what supervisors set up: campaigns, queues, policies, skills. Each change is in the history."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from builder.models import App
from builder.problems import Problem, gettext_noop
from runtime.queues import retry
from runtime.queues.actions import owning, recomputing
from runtime.queues.models import Campaign, Policy, Queue, Skill

Kept = TypeVar("Kept", Campaign, Policy, Skill)


class BadPolicy(ValueError):
    """The rules of a policy cannot be read; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("policy")
        self.problems = problems


@transaction.atomic
def save_campaign(*, campaign: Campaign, by: AbstractBaseUser) -> Campaign:
    """With another policy, what waits in it is recomputed."""
    before = Campaign.objects.filter(pk=campaign.pk).values_list("policy", flat=True).first()
    fresh = campaign.pk is None
    _keep(campaign, by)
    if not fresh and before != campaign.policy_id:
        recomputing.order("campaign", campaign.pk)
    return campaign


def save_skill(*, skill: Skill, by: AbstractBaseUser) -> Skill:
    return _keep(skill, by)


@transaction.atomic
def save_policy(*, policy: Policy, by: AbstractBaseUser) -> Policy:
    """With other rules, what waits under it is recomputed. Raises `BadPolicy`."""
    problems = problems_of(policy.rules)
    if problems:
        raise BadPolicy(problems)
    before = Policy.objects.filter(pk=policy.pk).values_list("rules", flat=True).first()
    _keep(policy, by)
    if before is not None and before != policy.rules:
        recomputing.order("policy", policy.pk)
    return policy


def problems_of(rules: Any) -> list[Problem]:
    """Why a policy could not be kept: what cannot be read of it, that it lets nobody be called, codes that lead nowhere."""
    read = retry.read(rules)
    if not isinstance(read, retry.Rules):
        return read
    never = retry.never_calls(read, timezone.now())
    return ([never] if never else []) + _lost_codes(read)


def _lost_codes(rules: retry.Rules) -> list[Problem]:
    """Codes of what is not there."""
    told: list[tuple[str, str, bool]] = [
        ("languages", code, Skill.objects.filter(code=code).exists())
        for code in sorted(set(rules.languages.values()))
    ]
    if rules.exhausted is not None:
        campaign, apps = rules.exhausted.campaign, App.objects.values_list("code", flat=True)
        told += [
            ("exhausted", campaign, Campaign.objects.filter(code=campaign).exists()),
            ("exhausted", rules.exhausted.document, rules.exhausted.document in apps),
            ("exhausted", rules.exhausted.form, rules.exhausted.form in apps),
        ]
    return [
        Problem(
            code="policy_code",
            place=place,
            message=gettext_noop("Nothing here has the code “%(code)s”."),
            remedy=gettext_noop("Write the code of something that is there."),
            params={"code": code},
        )
        for place, code, there in told
        if code and not there
    ]


@transaction.atomic
def save_queue(*, queue: Queue, skills: Iterable[Skill], by: AbstractBaseUser) -> Queue:
    """A queue with the skills it requires. With another policy, what waits in it is recomputed; with another unit, its
    records go along."""
    before = Queue.objects.filter(pk=queue.pk).values_list("policy", "unit").first()
    queue._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    queue.save()
    queue.skills.set(skills)
    if before is not None and before[0] != queue.policy_id:
        recomputing.order("queue", queue.pk)
    if before is not None and before[1] != queue.unit_id:
        owning.order(queue)
    return queue


def _keep(row: Kept, by: AbstractBaseUser) -> Kept:
    row._history_user = by  # noqa: SLF001
    row.save()
    return row
