"""What a supervisor's board shows of queues or campaigns, as it stands: counts by state and age, the oldest, who is at work.

Cheap however many items there are. Up to `LIVE` items of a queue (or campaign) are counted while somebody looks, by an index and no
further; what is more was counted by the worker (`KeptCount`). Who is at work is read from the items in their hands, and they are never
more than there are people; attempts come from the facts, which are a minute behind.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Min, Q, Value, When
from django.utils import timezone

from runtime.queues.facts import counts, readings
from runtime.queues.kept import KeptCount, KeptDay
from runtime.queues.models import Campaign, WorkItem
from runtime.queues.sight import Sight
from runtime.queues.states import READY, TERMINAL

LIVE = 5_000  # items of one queue that are counted while somebody looks
Rows = Iterable[tuple[str, str, int]]  # state, age, how many


@dataclass(frozen=True, slots=True)
class Scope:
    """What a board is about: one campaign, or some queues with the campaigns that may be seen of them."""

    queues: tuple[int, ...] = ()
    campaigns: tuple[int, ...] = ()
    campaign: int | None = None

    @property
    def items(self) -> Q:
        if self.campaign is not None:
            return Q(campaign=self.campaign, queue__in=self.queues)
        return Q(queue__in=self.queues)


@dataclass(frozen=True, slots=True)
class Standing:
    """`states` and `ages` count items; `at_least` tells that some could not be counted to their end, `at` since when the oldest of the
    counts stands (None: now). `oldest` is when the item was made that is ready the longest."""

    states: Mapping[str, int]
    ages: Mapping[str, int]
    at: datetime | None = None
    at_least: bool = False
    oldest: datetime | None = None

    @property
    def total(self) -> int:
        return sum(self.states.values())


@dataclass(slots=True)
class _Sum:
    states: Counter[str] = field(default_factory=Counter)
    ages: Counter[str] = field(default_factory=Counter)
    at: datetime | None = None
    at_least: bool = False

    def add(self, rows: Rows) -> None:
        for state, age, many in rows:
            self.states[state] += many
            if age:
                self.ages[age] += many


def scope_of(sight: Sight, queue: int | None = None, campaign: int | None = None) -> Scope:
    """What may be seen of a queue, a campaign, or of everything."""
    if campaign is not None:
        return Scope(tuple(sorted(sight.queues)), (campaign,), campaign)
    queues = tuple(sorted(sight.queues)) if queue is None else (queue,)
    rows = Campaign.objects.filter(pk__in=sight.campaigns, queue__in=queues)
    return Scope(queues, tuple(rows.order_by("pk").values_list("pk", flat=True)))


def ages(now: datetime) -> list[tuple[str, datetime]]:
    """The ages of `readings.AGES` by the moment from which on an item has at most this one, the youngest first."""
    today = timezone.localtime(now).date()
    zone = timezone.get_current_timezone()
    return [
        (name, datetime.combine(today - timedelta(days=days), time(0), zone))
        for name, days in readings.AGES[:-1]
    ]


OLDEST_AGE = readings.AGES[-1][0]


def aged(now: datetime) -> Case:
    """The age of an open item, for a query that counts."""
    whens = [When(created_at__gte=since, then=Value(name)) for name, since in ages(now)]
    ended = When(state__in=TERMINAL, then=Value(""))
    return Case(ended, *whens, default=Value(OLDEST_AGE), output_field=CharField())


def standing(scope: Scope, now: datetime) -> Standing:
    """How many items there are, by state and age."""
    found = _Sum()
    column, several = (
        ("campaign", [scope.campaign]) if scope.campaign is not None else ("queue", scope.queues)
    )
    kept = {
        getattr(row, f"{column}_id"): row
        for row in KeptCount.objects.filter(**{f"{column}__in": several})
    }
    for one in several:
        row = kept.get(one)
        if row is None or sum(many for _state, _age, many in row.counts) <= LIVE:
            live = _live(column, one, now)
            if live is not None:
                found.add(live)
                continue
        found.at_least |= row is None
        found.at = min(filter(None, [found.at, row.at if row else None]), default=None)
        found.add(row.counts if row else [(READY, "", LIVE)])
    return Standing(found.states, found.ages, found.at, found.at_least, _oldest(scope))


def _live(column: str, one: Any, now: datetime) -> list[tuple[str, str, int]] | None:
    """The counts of one queue or campaign, from its index; None where they are too many."""
    values: list[Any] = []
    cases = ""
    for name, since in ages(now):
        cases += f" WHEN created_at >= %s THEN '{name}'"
        values.append(connection.ops.adapt_datetimefield_value(since))
    ended = ", ".join(f"'{state}'" for state in sorted(TERMINAL))
    sql = (
        f"SELECT state, CASE WHEN state IN ({ended}) THEN ''{cases} ELSE '{OLDEST_AGE}' END AS age, COUNT(*) "  # noqa: S608
        f"FROM (SELECT state, created_at FROM queues_workitem WHERE {column}_id = %s LIMIT {LIVE + 1}) seen GROUP BY 1, 2"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, one])
        rows = [(str(state), str(age), int(many)) for state, age, many in cursor.fetchall()]
    return rows if sum(many for _state, _age, many in rows) <= LIVE else None


def _oldest(scope: Scope) -> datetime | None:
    """When the item was made that is ready and the oldest; the first of an index."""
    if scope.campaign is not None:
        rows = WorkItem.objects.filter(campaign=scope.campaign, state=READY)
        return rows.aggregate(first=Min("created_at"))["first"]
    firsts = [
        WorkItem.objects.filter(queue=queue, state=READY)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
        for queue in scope.queues
    ]
    return min((one for one in firsts if one), default=None)


def hours_today(scope: Scope, now: datetime) -> list[tuple[int, int, int]]:
    """(hour, attempts, reached) of today, as the facts have it."""
    rows = KeptDay.objects.filter(campaign__in=scope.campaigns, day=timezone.localdate(now))
    told = [counts.load(facts) for facts in rows.values_list("facts", flat=True)]
    return readings.attempts_by_hour(counts.plus(*told))
