"""A forecast from what the house knows: the campaign's open items, its policy, what was measured. Played by the worker, a course at a time."""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.queues import retry
from runtime.queues.actions import simulations
from runtime.queues.facts import counts, presence
from runtime.queues.kept import KeptDay, Simulation
from runtime.queues.models import Attempt, Campaign, WorkItem
from runtime.queues.simulating import asked as wishes
from runtime.queues.simulating import bands
from runtime.queues.simulating.hours import Shifts
from runtime.queues.simulating.playing import Open, Plan, play
from runtime.queues.simulating.rates import measure
from runtime.queues.states import ACTIVE, READY, SCHEDULED

COMING = (READY, SCHEDULED, ACTIVE)  # what waits for others comes when they say
MEASURED = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a campaign's last weeks say: counts, the pause between two items, minutes away in a day, agents on a usual day."""

    counts: counts.Counts
    pause: float | None
    away: float | None
    agents: int


def measured(campaign: Campaign, until: datetime) -> Measured:
    """Of the last four weeks before a moment."""
    first = timezone.localdate(until - MEASURED)
    rows = KeptDay.objects.filter(day__gte=first, until__lte=until)
    own = [counts.load(facts) for facts in _facts(rows.filter(campaign=campaign))]
    house = [presence.load(facts) for facts in _facts(rows.filter(campaign=None))]
    days = [_of(campaign.pk, agents) for agents in house]
    days = [agents for agents in days if agents]
    usual = sorted(len(agents) for agents in days)
    return Measured(
        counts.plus(*own),
        presence.pause_seconds(days),
        presence.away_minutes(days),
        usual[len(usual) // 2] if usual else 0,
    )


def _facts(rows: Any) -> Any:
    return rows.order_by("day").values_list("facts", flat=True)


def _of(campaign: int, agents: presence.Agents) -> presence.Agents:
    """Those who worked in a campaign on a day."""
    return {agent: one for agent, one in agents.items() if one.busy.get(campaign)}


def rules_of(campaign: Campaign, asked: wishes.Asked) -> tuple[retry.Rules, retry.Rules] | None:
    """(how items go on, when the queue hands out) with what would be otherwise; None where that cannot be read."""
    own = campaign.policy or campaign.queue.policy
    read = [retry.read(asked.rules(policy.rules)) for policy in (own, campaign.queue.policy)]
    first, second = read
    if isinstance(first, retry.Rules) and isinstance(second, retry.Rules):
        return first, second
    return None


def plan_of(simulation: Simulation) -> Plan | None:
    """Everything but the items."""
    asked = wishes.load(simulation.asked)
    rules = rules_of(simulation.campaign, asked)
    if rules is None:
        return None
    own, of_queue = rules
    told = measured(simulation.campaign, simulation.begins)

    def is_open(moment: datetime) -> bool:
        return retry.in_window(of_queue, moment)

    shifts = Shifts(simulation.begins, own.zone, asked.shift, is_open)
    return Plan(asked.agents, own, measure(told.counts, told.pause), shifts)


def open_items(campaign: Campaign) -> list[Open]:
    """What is still to be called, in memory: a place in the order, a time, attempts so far. No names, no numbers."""
    rows = WorkItem.objects.filter(campaign=campaign, state__in=COMING)
    past = _past(campaign)
    told = rows.order_by("pk").values_list("pk", "lane", "priority", "not_before")
    return [
        Open(lane, priority, not_before, tuple(past.get(pk, ())))
        for pk, lane, priority, not_before in told.iterator(chunk_size=5000)
    ]


def _past(campaign: Campaign) -> dict[UUID, list[retry.Past]]:
    rows = Attempt.objects.filter(item__campaign=campaign, item__state__in=COMING)
    ended = rows.filter(ended_at__isnull=False).exclude(disposition="")
    told = ended.order_by("item_id", "pk").values_list("item_id", "started_at", "disposition")
    found: dict[UUID, list[retry.Past]] = defaultdict(list)
    for item, at, disposition in told.iterator(chunk_size=5000):
        found[item].append(retry.Past(at, disposition))
    return found


def play_course(arguments: dict[str, Any], effect: Effect) -> dict[str, Any] | None:
    """One course, before the transaction that keeps it; None where it is not wanted any more."""
    rows = Simulation.objects.select_related("campaign__policy", "campaign__queue__policy")
    simulation = rows.filter(pk=arguments["simulation"], ended_at=None).first()
    if simulation is None or len(simulation.runs) >= arguments["course"]:
        return None
    plan = plan_of(simulation)
    if plan is None:
        raise Refused("policy", final=True)
    chance = random.Random(arguments["course"]).random  # noqa: S311 - the same chance for each what-if
    items = open_items(simulation.campaign)
    return {**bands.dump(play(plan, items, chance)), "items": len(items), "seen": plan.rates.seen}


def keep_course(arguments: dict[str, Any], effect: Effect) -> None:
    """Keeps what was played, and orders the next course."""
    if effect.prepared is not None:
        simulations.keep_course(
            simulation_id=UUID(arguments["simulation"]),
            course=arguments["course"],
            played=effect.prepared,
        )
