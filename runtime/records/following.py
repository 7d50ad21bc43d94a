"""The records of an app follow to a version: begun when it is published, done by the worker record by record, undone for a day.

Each record is a transaction of its own, and what is left to do is asked of the rows each time: a worker that dies leaves nothing half
done, and two of them do nothing twice.
"""

import datetime as dt
import logging
import uuid
from typing import Any

from django.db import DatabaseError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from builder.models import Version
from builder.releases import FOLLOWING, NOW, when_of
from runtime.records import carrying
from runtime.records.hands import sittings
from runtime.records.models import Carried, CarryOver, Record
from runtime.vault.errors import KeyMissing, SubjectDestroyed, say

logger = logging.getLogger("scriptorium.records")

UNDONE_WITHIN = dt.timedelta(days=1)
MOST = 100  # records at one go of the worker


def begin(version: Version) -> CarryOver | None:
    """A version was published: its open records follow as it was said there. In the transaction that made it."""
    if version.app.kind not in FOLLOWING or version.number == 1:
        return None
    return CarryOver.objects.create(
        version=version,
        when=when_of(version),
        begun_at=version.created_at,
        begun_by=version.created_by,
    )


def follow_now(*, carry: CarryOver, by: Any) -> bool:
    """Have the open records follow in the background, whatever was said at the release; False when it was undone."""
    rows = CarryOver.objects.filter(pk=carry.pk, undone_at=None)
    return bool(rows.update(when=NOW, begun_at=timezone.now(), begun_by=by, ended_at=None))


def undo(*, carry: CarryOver, by: Any) -> bool:
    """All open records that followed return; False when the day is over, or somebody was faster. Nobody follows to it any more."""
    now = timezone.now()
    rows = CarryOver.objects.filter(pk=carry.pk, undone_at=None, begun_at__gt=now - UNDONE_WITHIN)
    return bool(rows.update(undone_at=now, undone_by=by, ended_at=None))


def may_undo(carry: CarryOver, now: dt.datetime) -> bool:
    """Whether its day is not over."""
    return carry.undone_at is None and carry.begun_at > now - UNDONE_WITHIN


def waiting(carry: CarryOver) -> QuerySet[Record]:
    """The records that are to follow to this version, or to return from it."""
    version = carry.version
    tried = Carried.objects.filter(carry=carry, record=OuterRef("pk"))
    if carry.undone_at is not None:
        came = tried.filter(problem="", undone_at=None)
        return Record.objects.filter(carrying.FOLLOWS, Exists(came), version=version)
    older = Version.objects.filter(app=version.app_id, number__lt=version.number)
    rows = Record.objects.filter(carrying.FOLLOWS, version__in=older.values("pk"))
    return rows.exclude(Exists(tried.exclude(problem="")))


def free(rows: QuerySet[Record], now: dt.datetime) -> QuerySet[Record]:
    """Those of them at which nobody sits."""
    return rows.exclude(Exists(sittings(now).filter(record=OuterRef("pk"))))


def carry_on(now: dt.datetime) -> int:
    """Some records of each carry over that is under way; how many. Harmless when two workers run it at once."""
    under_way = CarryOver.objects.filter(ended_at=None).filter(
        Q(when=NOW) | Q(undone_at__isnull=False)
    )
    rows = under_way.select_related("version").defer("version__definition", "version__bodies")
    return sum(_some(carry, now) for carry in rows.order_by("-version_id"))


def _some(carry: CarryOver, now: dt.datetime) -> int:
    ids = list(free(waiting(carry), now).order_by("pk").values_list("pk", flat=True)[:MOST])
    if not ids and not waiting(carry).exists():
        CarryOver.objects.filter(pk=carry.pk, undone_at=carry.undone_at).update(ended_at=now)
    return sum(_one(record_id, carry, now) for record_id in ids)


def _one(record_id: uuid.UUID, carry: CarryOver, now: dt.datetime) -> bool:
    """One record; what cannot follow (its person was erased) stays, and stops no other."""
    try:
        return carrying.carry(record_id, carry, now=now)
    except Exception as error:
        if isinstance(error, DatabaseError | KeyMissing) and not isinstance(
            error, SubjectDestroyed
        ):
            raise  # none of them can follow now; the worker tries again
        logger.error("record %s was not carried over: %s", record_id, say(error))
        _failed(record_id, carry, (type(error).__name__, now))
    return False


def _failed(record_id: uuid.UUID, carry: CarryOver, why: tuple[str, dt.datetime]) -> None:
    record, (problem, now) = Record.objects.get(pk=record_id), why
    told = {"problem": problem[:63], "at": now}
    Carried.objects.update_or_create(
        carry=carry,
        record=record,
        defaults=told,
        create_defaults={**told, "former": record.version},
    )


def counts(carry: CarryOver, now: dt.datetime) -> dict[str, int]:
    """How far it has come, without opening anything."""
    rows = Carried.objects.filter(carry=carry)
    told = rows.aggregate(
        followed=Count("pk", filter=Q(problem="")),
        failed=Count("pk", filter=~Q(problem="")),
        returned=Count("pk", filter=Q(undone_at__isnull=False)),
    )
    left = waiting(carry)
    free_now = free(left, now).count()
    return {**told, "waiting": free_now, "in_hands": left.count() - free_now}
