"""Who is not to be contacted. The only writer of bars.

A bar holds for a person, or for a number or mail address whoever has it. What the rest of the house looks at are the marks it leaves:
`Party.do_not_contact` and `ContactPoint.do_not_contact`; whoever is made later and has a key that is barred gets them, too.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from builder.problems import gettext_noop
from runtime.parties.matching import Key, by_field
from runtime.parties.models import Bar, BarKey, ContactPoint, Party
from runtime.parties.signals import parties_barred
from runtime.parties.store import contact_blind

REASONS = {
    "their_wish": gettext_noop("they asked for it"),
    "objection": gettext_noop("they objected to the use of their data"),
    "complaint": gettext_noop("there is a complaint"),
    "deceased": gettext_noop("the person has died"),
    "institution": gettext_noop("the number belongs to an institution"),
    "other": gettext_noop("for another reason"),
}
WAYS = ("phone", "email")
SOURCES = ("hand", "list", "outcome")


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why, until when (None: for good), who says so and how it came about."""

    reason: str
    by: Any
    source: str = "hand"
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.reason not in REASONS or self.source not in SOURCES:
            raise ValueError("unknown reason, or source")


@transaction.atomic
def bar_party(*, party: Party, grounds: Grounds, now: datetime) -> Bar:
    """A person is not contacted any more, wherever they are met again. Where they are barred so already, that bar."""
    row = Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    there = row.bars.filter(lifted_at=None, reason=grounds.reason, until=grounds.until).first()
    if there is not None:
        return there
    bar = Bar.objects.create(kind="party", party=row, created_at=now, **_told(grounds))
    BarKey.objects.bulk_create(
        BarKey(bar=bar, field=field, blind=value)
        for field, value in row.keys.values_list("field", "blind")
    )
    Party.objects.filter(pk=row.pk).update(do_not_contact=True)
    party.do_not_contact = True
    parties_barred.send(sender=Bar, bar=bar, parties=[row.pk])
    return bar


@transaction.atomic
def bar_way(*, kind: str, value: str, grounds: Grounds, now: datetime) -> tuple[Bar, bool]:
    """A number, or mail address, as it is normalised, is not used any more, whoever has it: (bar, made); made once."""
    if kind not in WAYS:
        raise ValueError("not a way that can be barred")
    blind = contact_blind(kind, value)
    there = _holding().filter(keys__field=kind, keys__blind=blind, until=grounds.until).first()
    if there is not None:
        return there, False
    bar = Bar.objects.create(kind=kind, created_at=now, **_told(grounds))
    BarKey.objects.create(bar=bar, field=kind, blind=blind)
    points = ContactPoint.objects.filter(kind=kind, blind=blind)
    if points.update(do_not_contact=True):
        whose = points.order_by().values_list("party", flat=True).distinct()
        parties_barred.send(sender=Bar, bar=bar, parties=list(whose))
    return bar, True


def _told(grounds: Grounds) -> dict[str, Any]:
    return {
        "reason": grounds.reason,
        "source": grounds.source,
        "until": grounds.until,
        "by": grounds.by,
    }


@transaction.atomic
def lift(*, bar: Bar, by: Any, now: datetime) -> bool:
    """It holds no more; False where it did not. `by` is None where its time is over."""
    if not Bar.objects.filter(pk=bar.pk, lifted_at=None).update(lifted_at=now, lifted_by=by):
        return False
    for field, blind in bar.keys.values_list("field", "blind"):
        if field in WAYS and not barred([(field, bytes(blind))]):
            ContactPoint.objects.filter(kind=field, blind=blind).update(do_not_contact=False)
    if bar.party_id and not Bar.objects.filter(party=bar.party_id, lifted_at=None).exists():
        Party.objects.filter(pk=bar.party_id).update(do_not_contact=False)
    return True


def lift_over(*, now: datetime) -> None:
    """Lifts those whose time is over."""
    for bar in Bar.objects.filter(lifted_at=None, until__lte=now)[:1000]:
        lift(bar=bar, by=None, now=now)


def barred(keys: Collection[Key]) -> set[Key]:
    """Those of these keys that are barred."""
    found: set[Key] = set()
    for field, blinds in by_field(keys):
        rows = BarKey.objects.filter(field=field, blind__in=blinds, bar__lifted_at=None)
        found |= {(field, bytes(blind)) for blind in rows.values_list("blind", flat=True)}
    return found


def until(party: Party, points: Iterable[ContactPoint] = ()) -> datetime | None:
    """When a person, or one of these ways to reach them, may be contacted again; None: never, as it is now."""
    keys = {(point.kind, bytes(point.blind)) for point in points}
    bars = _holding().filter(party=party) if not keys else _of_ways(keys)
    ends = list(bars.values_list("until", flat=True))
    known = [end for end in ends if end is not None]
    if keys:
        return min(known, default=None)
    return max(known) if known and len(known) == len(ends) else None


def _of_ways(keys: Collection[Key]) -> QuerySet[Bar]:
    blinds = [blind for _field, blind in keys]
    return _holding().filter(keys__field__in=WAYS, keys__blind__in=blinds)


def _holding() -> QuerySet[Bar]:
    return Bar.objects.filter(lifted_at=None)
