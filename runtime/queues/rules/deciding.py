"""What becomes of a work item after an attempt."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from runtime.queues.dispositions import Disposition
from runtime.queues.rules.calendar import utc
from runtime.queues.rules.shape import Again, Decision, Ending, Past, Rules
from runtime.queues.rules.spacing import next_time

UNBOUNDED = 1_000_000


def decide(
    rules: Rules,
    ending: Ending,
    past: Sequence[Past],
    now: datetime,
    *,
    zone: ZoneInfo | None = None,
) -> Decision:
    """`past` holds every ended attempt, the one just ended included, oldest first; `zone` is where the person is, when that is known."""
    after = ending.disposition.after
    if after == "resolved":
        return Decision("resolved", "terminal")
    if after == "exhausted":
        return _given_up(rules, "unreachable")
    if after == "callback":
        return _callback(rules, utc(ending.callback_at or now + rules.gap))
    if after == "next_number" and not ending.other_number:
        return _given_up(rules, "number_cap" if ending.capped else "number")
    capped = _capped(rules, ending, past)
    if capped:
        return _given_up(rules, capped)
    if after == "next_number":  # the number is dead; another one is dialled at once
        return Decision("scheduled", "next_number", next_time(rules, past, now, zone=zone))
    return _retry(rules, ending.disposition, past, now, zone)


def standing(rules: Rules, ending: Ending, past: Sequence[Past], now: datetime) -> Decision | None:
    """Asked at the very moment of a claim: what stands in the way of trying an item now; None where nothing does. (The policy may
    have been changed since the item became ready, or its person called by another campaign.)"""
    capped = _capped(rules, ending, past)
    if capped:
        return _given_up(rules, capped)
    soonest = next_time(rules, past, now)
    return None if soonest <= utc(now) else Decision("scheduled", "retry", soonest)


def _callback(rules: Rules, at: datetime) -> Decision:
    """A promise is kept at its time: caps and window do not move it."""
    return Decision("scheduled", "callback", at, at + rules.grace)


def _capped(rules: Rules, ending: Ending, past: Sequence[Past]) -> str:
    """Which cap ends the tries, if one does."""
    if len(past) >= rules.item_cap:
        return "item_cap"
    if rules.lifetime_cap is not None and max(ending.lifetime, len(past)) >= rules.lifetime_cap:
        return "lifetime_cap"
    return "number_cap" if ending.capped else ""


def _retry(
    rules: Rules,
    disposition: Disposition,
    past: Sequence[Past],
    now: datetime,
    zone: ZoneInfo | None,
) -> Decision:
    again = rules.again.get(disposition.name)
    again = again or Again(int(rules.gap.total_seconds() // 60), UNBOUNDED)
    if sum(one.disposition == disposition.name for one in past) >= again.at_most:
        return _given_up(rules, "repeat_cap")
    soonest = utc(now) + max(timedelta(minutes=again.minutes), rules.gap)
    failed = past[-1].at if again.other_daypart and past else None
    return Decision(
        "scheduled", "retry", next_time(rules, past, soonest, zone=zone, not_around=failed)
    )


def _given_up(rules: Rules, reason: str) -> Decision:
    return Decision("exhausted", reason, follow=rules.exhausted)


def may_leave_message(rules: Rules, past: Sequence[Past]) -> bool:
    """Whether a voicemail may be spoken to: once an item, or as often as the policy says. Later ones are only heard."""
    return sum(one.disposition == "voicemail" for one in past) < rules.messages


def skill_for(rules: Rules, language: str) -> str:
    """The code of the skill that a person's language needs; none for a language that everybody speaks."""
    return rules.languages.get(language.lower(), "")
