"""The facts of a campaign as CSV, a row at a time. No names, no numbers that lead to a person: items and agents are pseudonyms.

A pseudonym is the same in all files of a campaign, so that they can be joined, and another one in the next campaign. `billing` alone has the
provider's id of each call, which a provider's bill is held against.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from runtime.queues import figures
from runtime.queues.fact_rows import steps_between
from runtime.queues.facts.lives import Step
from runtime.queues.facts.told import Try, seconds
from runtime.queues.models import Campaign

Row = Sequence[object]
ATTEMPTS = (
    *("item", "number", "agent", "day", "hour", "disposition", "state", "reason"),
    *("seconds_had", "seconds_wrap_up", "seconds_rang", "seconds_connected", "call_known"),
)
BILLING = (
    *("item", "agent", "provider_call", "started", "ended", "disposition"),
    *("seconds_rang", "seconds_connected", "seconds_total"),
)
AGENTS = (
    *("agent", "day", "items", "seconds_here", "seconds_on_items", "seconds_wrap_up"),
    "seconds_idle",
)


def pseudonym(campaign: Campaign, kind: str, number: object) -> str:
    digest = salted_hmac("queues.facts", f"{campaign.code}:{kind}:{number}", algorithm="sha256")
    return digest.hexdigest()[:16]


def attempts(campaign: Campaign, first: date, last: date) -> Iterator[Row]:
    """One row an attempt that ended with a disposition."""
    yield ATTEMPTS
    for step, one in _tries(campaign, first, last):
        if step.event.event != "disposed":
            continue
        began = timezone.localtime(one.started)
        yield (
            pseudonym(campaign, "item", one.item),
            step.before.tries + 1,
            pseudonym(campaign, "agent", one.agent),
            began.date().isoformat(),
            began.hour,
            one.disposition,
            step.event.state,
            step.event.reason,
            seconds(step.before.claimed, step.event.at),
            one.wrap_up_seconds,
            one.rang_seconds,
            one.connected_seconds,
            "yes" if one.call else "no",
        )


def billing(campaign: Campaign, first: date, last: date) -> Iterator[Row]:
    """One row an attempt, also where the item was given back; without the provider's id there is no evidence of a call."""
    yield BILLING
    for _step, one in _tries(campaign, first, last):
        yield (
            pseudonym(campaign, "item", one.item),
            pseudonym(campaign, "agent", one.agent),
            one.call,
            one.started.isoformat(timespec="seconds"),
            one.ended.isoformat(timespec="seconds"),
            one.disposition,
            one.rang_seconds,
            one.connected_seconds,
            seconds(one.rang, one.hung_up),
        )


def agents(campaign: Campaign, first: date, last: date) -> Iterator[Row]:
    """One row an agent and day."""
    yield AGENTS
    for one in figures.of_campaign(campaign, first, last).agents:
        who = pseudonym(campaign, "agent", one.agent)
        spent = (one.here, one.on_items, one.wrap_up, one.idle)
        yield who, one.day.isoformat(), one.items, *spent


FILES: dict[str, Callable[[Campaign, date, date], Iterator[Row]]] = {
    "attempts": attempts,
    "billing": billing,
    "agents": agents,
}


def _tries(campaign: Campaign, first: date, last: date) -> Iterator[tuple[Step, Try]]:
    since, until = _midnight(first), _midnight(last + timedelta(days=1))
    for _campaign, step in steps_between(since, until, campaign.pk):
        if step.attempt is not None:
            yield step, step.attempt


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), timezone.get_default_timezone())
