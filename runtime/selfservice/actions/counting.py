"""Counting what is limited, in one statement, so that many at once do not count as one."""

import datetime as dt

from django.db.models import F

from runtime.selfservice.limits import Limit
from runtime.selfservice.models import Counted, Seat
from runtime.selfservice.sealed import hidden

SEATS_KEPT = dt.timedelta(days=2)


def allowed(limit: Limit, who: str, *, now: dt.datetime) -> bool:
    """Counts one more; False once it is too many. `who` is an address, a form, a link or a seat: only its digest is kept."""
    stretch = int(now.timestamp()) // limit.seconds
    key = hidden("limit", limit.name, str(stretch), who)
    until = now + dt.timedelta(seconds=2 * limit.seconds)
    Counted.objects.get_or_create(key=key, defaults={"until": until})
    Counted.objects.filter(key=key).update(n=F("n") + 1)
    return Counted.objects.values_list("n", flat=True).get(key=key) <= limit.most


def forget(*, now: dt.datetime) -> int:
    """Takes away counts of before, and seats that nobody came back to: how many there were."""
    counts, _which = Counted.objects.filter(until__lt=now).delete()
    seats, _which = Seat.objects.filter(seen_at__lt=now - SEATS_KEPT).delete()
    return counts + seats
