"""How the tree of the access log stands, for who watches over it: sealed up to where, the last checkpoint, when it was verified."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from runtime.audit import checkpoints
from runtime.audit.checkpoints import Checkpoint, Unreadable
from runtime.audit.models import AccessLog, Seal, SealedRow, Verification

LATE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Standing:
    """`file` is `good`, `none` (no checkpoint here yet), `unreadable` or `other` (it tells another log than the database holds)."""

    size: int
    sealed_at: dt.datetime | None
    late: bool  # a row waits for its place since long: no worker runs
    file: str
    checkpoint: Checkpoint | None
    checkpoint_at: dt.datetime | None
    verified: Verification | None


def standing(now: dt.datetime) -> Standing:
    seal = Seal.objects.order_by("-size").first()
    file, last = _last()
    return Standing(
        size=seal.size if seal else 0,
        sealed_at=seal.at if seal and seal.size else None,
        late=_late(now),
        file=file,
        checkpoint=last,
        checkpoint_at=_moment(last.at) if last else None,
        verified=Verification.objects.order_by("-pk").first(),
    )


def _last() -> tuple[str, Checkpoint | None]:
    try:
        last = checkpoints.last(settings.LOG_CHECKPOINTS)
    except (OSError, Unreadable):
        return "unreadable", None
    if last is None:
        return "none", None
    return ("good" if checkpoints.goes_on(last) else "other"), last


def _late(now: dt.datetime) -> bool:
    rows = AccessLog.objects.filter(at__lt=now - LATE).order_by("-at")
    number = rows.values_list("pk", flat=True).first()
    return number is not None and not SealedRow.objects.filter(log=number).exists()


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None
