"""The effect `follow_up`: the person is called again on each of the next days, until a call ends for good. Bound in `config/binding.py`.

All items are made at once, each with its day: the queue's own rules say at what hour, and how often it is tried. What is left is
withdrawn when one of them ends with the outcome that was asked for, or somebody refuses or cannot be reached.
"""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from runtime.effects.models import Series
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.queues import policies
from runtime.queues.actions import spawned, withdraw
from runtime.queues.actions.items import CampaignClosed, Wanted, create_item
from runtime.queues.dispositions import DISPOSITIONS
from runtime.queues.models import Campaign, WorkItem
from runtime.queues.states import TERMINAL, WITHDRAWN
from runtime.records.models import Record

MOST_DAYS = 60
MORNING = time(8)
# How a call may end so that nobody is to be called again; `reached` asks for the outcome.
FINAL = frozenset(
    row.name for row in DISPOSITIONS.values() if row.terminal and row.name != "reached"
)


def days_of(arguments: dict[str, Any], _effect: Effect) -> int:
    """How many items it makes; refused where that is no number of days."""
    told = str(arguments.get("days", ""))
    if not told.isdecimal() or not 1 <= int(told) <= MOST_DAYS:
        raise Refused("days", final=True)
    return int(told)


def follow_up(arguments: dict[str, Any], effect: Effect) -> None:
    """One item a day; carried out twice, or by an amended record again, the same ones are meant."""
    days = days_of(arguments, effect)
    record = Record.objects.filter(pk=effect.record).select_related("party").first()
    campaign = Campaign.objects.filter(code=arguments.get("campaign", "")).first()
    if record is None or campaign is None:
        raise Refused("no_record" if record is None else "no_campaign", final=record is None)
    if record.party is None:
        raise Refused("nobody", final=True)
    now = timezone.now()
    series, _new = Series.objects.get_or_create(
        record=record.pk,
        campaign=campaign,
        defaults={"party": record.party.pk, "days": days, "created_at": now},
    )
    series.until, series.days, series.state = arguments.get("until", ""), days, "running"
    series.reason, series.ended_at, series.by = "", None, None
    series.save()
    parent = WorkItem.objects.filter(record=record).order_by("created_at").first()
    for number, at in enumerate(mornings(campaign, now, days), 1):
        _call(record, series, (number, at), parent, int(effect.key.rpartition(":")[2]))


def mornings(campaign: Campaign, now: datetime, days: int) -> list[datetime]:
    """When the queue begins its day on each of the next days, in its own time zone."""
    rules = policies.of_policy(campaign.policy or campaign.queue.policy)
    start = rules.window.start if rules.window else MORNING
    today = now.astimezone(rules.zone).date()
    return [
        datetime.combine(today + timedelta(days=day), start, tzinfo=rules.zone)
        for day in range(1, days + 1)
    ]


def _call(
    record: Record,
    series: Series,
    day: tuple[int, datetime],
    parent: WorkItem | None,
    revision: int,
) -> None:
    number, at = day
    try:
        item, made = create_item(
            campaign=series.campaign,
            party=record.party,
            by=None,
            dedupe_key=f"{key_of(series.pk)}{number}",
            wanted=Wanted(parent=parent, not_before=at),
        )
    except CampaignClosed:
        raise Refused("campaign_closed") from None
    spawned.note(record=record, item=item, made=made, revision=revision)


def key_of(series: UUID) -> str:
    return f"series:{series}:"


def items_of(series: Series) -> QuerySet[WorkItem]:
    """The calls of a series."""
    return WorkItem.objects.filter(
        campaign=series.campaign_id, dedupe_key__startswith=key_of(series.pk)
    )


def left_of(series: Series) -> int:
    """How many of its calls are still to be made."""
    return items_of(series).exclude(state__in=TERMINAL).count()


def record_finished(*, record: Record, outcome: str, **_signal: Any) -> None:
    """A call of a series ended with an outcome: perhaps the one that ends it."""
    keys = WorkItem.objects.filter(record=record, dedupe_key__startswith="series:")
    for key in keys.values_list("dedupe_key", flat=True):
        series = Series.objects.filter(pk=key.split(":")[1], state="running").first()
        if series is not None and series.until == outcome:
            end(series=series, reason=outcome)


def look_after(now: datetime) -> None:
    """A sweep: series of which a call ended for good, or of which every call has ended."""
    for series in Series.objects.filter(state="running").select_related("campaign").iterator():
        items = items_of(series)
        final = items.filter(outcome__in=FINAL, state__in=TERMINAL).values_list(
            "outcome", flat=True
        )
        if reason := final.first():
            end(series=series, reason=reason)
        elif not items.exclude(state__in=TERMINAL).exists():
            over = "over" if items.exclude(state=WITHDRAWN).exists() else "withdrawn"
            end(series=series, reason=over)


@transaction.atomic
def end(*, series: Series, reason: str, by: Any = None) -> int:
    """Ends a series; what is left of it is withdrawn. How many calls that were."""
    changed = Series.objects.filter(pk=series.pk, state="running").update(
        state="withdrawn" if by else "ended", reason=reason, by=by, ended_at=timezone.now()
    )
    if not changed:
        return 0
    # Whoever is on the line at this moment ends their call.
    left = items_of(series).exclude(state__in=[*TERMINAL, "active"]).order_by("pk")
    return sum(withdraw(item=item, by=by, reason="series") for item in left)
