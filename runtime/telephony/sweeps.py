"""What the worker does for telephony every so often."""

from datetime import datetime, timedelta

from runtime.telephony.actions import forget, weigh
from runtime.telephony.models import Call

GRACE = timedelta(seconds=10)  # an answer may come after the hangup
KEPT = timedelta(days=30)
AT_ONCE = 200


def missed(now: datetime) -> None:
    """Which of the calls that ended reached nobody: their items are called back."""
    waiting = Call.objects.filter(weighed_at=None, hung_up_at__lte=now - GRACE)
    for call in waiting.order_by("hung_up_at")[:AT_ONCE]:
        weigh(call=call, now=now)


def forgotten(now: datetime) -> None:
    """After a month the number of a call cannot be opened any more; that there was one stays."""
    old = Call.objects.filter(rang_at__lt=now - KEPT, sealed__isnull=False)
    while rows := list(old.order_by("rang_at")[:AT_ONCE]):
        for call in rows:
            forget(call=call)
