"""The only writer of effects.

An effect is enqueued in the transaction that causes it, and is carried out later: claimed in a short transaction of its own
(which counts the try and sets the time of the next one), then handled in one transaction together with marking it
done. A worker that dies leaves the effect pending, due again when its lease is over; a handler's writes and `done` are
committed together or not at all, so that the effect happens once.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from runtime.outbox import nudging
from runtime.outbox.backoff import pause
from runtime.outbox.handlers import Handler, Refused, handler_of
from runtime.outbox.models import Effect

MOST_TRIES = 8
MOST_AT_ONCE = 10_000  # that a person may have tried again at once
EVERY = Q()
A_SECOND = 20  # of these are tried, so that what was just mended is not run over
Chance = Callable[[], float]
_chance: Chance = SystemRandom().random


@dataclass(frozen=True)
class Cause:
    """Why an effect is there: a record ended with `outcome` under a version, and its effect number `rule` was due."""

    version: int
    outcome: str
    rule: int


def enqueue(
    *,
    effect: str,
    key: str,
    arguments: dict[str, Any],
    record: uuid.UUID | None = None,
    not_before: dt.datetime | None = None,
    cause: Cause | None = None,
) -> bool:
    """Puts an effect in the outbox, once per `key`, in the caller's transaction; False if it was there. `arguments` are ids
    and codes only: the row lies in clear."""
    now = timezone.now()
    if Effect.objects.filter(key=key).exists():
        return False
    row = Effect(
        effect=effect,
        key=key,
        arguments=arguments,
        record=record,
        not_before=not_before or now,
        created_at=now,
        **(vars(cause) if cause else {}),
    )
    Effect.objects.bulk_create([row], ignore_conflicts=True)
    nudging.nudge()
    return Effect.objects.filter(pk=row.pk).exists()


def carry_out(*, now: dt.datetime | None = None, chance: Chance = _chance) -> bool:
    """Carries out one due effect. False when none is due. A failure is kept with its code; it never raises for one. `chance` says
    when a failed one is tried again."""
    claimed = _claim(now or timezone.now())
    if claimed is None:
        return False
    try:
        _handle(claimed)
    except Refused as refused:
        _failed(claimed, refused.code, final=refused.final, chance=chance)
    except Exception as error:
        _failed(claimed, type(error).__name__, final=False, chance=chance)
    return True


def failed() -> QuerySet[Effect]:
    """What the worker gave up and nobody decided upon yet, newest first."""
    return Effect.objects.filter(state="failed").order_by("-failed_at", "-created_at", "pk")


def waiting() -> int:
    """How many effects have not been carried out yet."""
    return Effect.objects.filter(state="pending").count()


def retry(*, effect: Effect, by: Any) -> bool:
    """Lets a failed effect be tried again, by a person who mended the cause; False when it is not (or no more) a failed one."""
    return _decide(effect, by, state="pending", tries=0, not_before=timezone.now())


def retry_all(*, effect: str, problem: str, until: dt.datetime, by: Any, among: Q = EVERY) -> int:
    """Lets all that failed in the same way until a moment (that of the preview) be tried again, a few each second; how many. At most
    MOST_AT_ONCE at once."""
    if by is None:
        raise ValueError("a person decides this")
    now = timezone.now()
    rows = alike(effect=effect, problem=problem, until=until).filter(among)
    ids = rows.values_list("pk", flat=True)
    return sum(
        Effect.objects.filter(pk__in=some, state="failed").update(
            decided_by=by,
            state="pending",
            tries=0,
            not_before=now + dt.timedelta(seconds=number),
        )
        for number, some in enumerate(_by(A_SECOND, list(ids[:MOST_AT_ONCE])))
    )


def alike(*, effect: str, problem: str, until: dt.datetime) -> QuerySet[Effect]:
    """What failed in the same way until a moment."""
    return failed().filter(effect=effect, last_problem=problem, failed_at__lte=until)


def _by(count: int, ids: list[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    return (ids[start : start + count] for start in range(0, len(ids), count))


def give_up(*, effect: Effect, by: Any) -> bool:
    """Ends a failed effect for good; who decided so stays with it. It is never carried out, nor enqueued again."""
    return _decide(effect, by, state="given_up")


def overtake(*, record: uuid.UUID, keys: str) -> int:
    """Ends the effects of a record whose keys begin so and that were not carried out: the record ended anew. How many. In the caller's
    transaction; one that is being carried out at this moment is left to its end, since its worker may wait for the record."""
    rows = Effect.objects.filter(
        record=record, key__startswith=keys, state__in=("pending", "failed")
    )
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    ids = list(rows.values_list("pk", flat=True))
    return Effect.objects.filter(pk__in=ids).update(state="given_up", last_problem="amended")


def unfinished(*, record: uuid.UUID, effect: str) -> bool:
    """Whether an effect of this name waits, or failed, for a record."""
    rows = Effect.objects.filter(record=record, effect=effect)
    return rows.filter(state__in=("pending", "failed")).exists()


def _decide(effect: Effect, by: Any, **changes: Any) -> bool:
    if by is None:
        raise ValueError("a person decides this")
    rows = Effect.objects.filter(pk=effect.pk, state="failed")
    return bool(rows.update(decided_by=by, **changes))


def _lease() -> dt.timedelta:
    return dt.timedelta(seconds=getattr(settings, "OUTBOX_LEASE_SECONDS", 60))


def _claim(now: dt.datetime) -> Effect | None:
    """One statement: the oldest due effect, its try counted, due again after the lease should this process die."""
    due = Effect.objects.filter(state="pending", not_before__lte=now).order_by(
        "not_before", "created_at"
    )
    if (
        not due.exists()
    ):  # a look without a lock: on SQLite the transaction below stops other writers
        return None
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        effect = due.first()
        if effect is None:
            return None
        if effect.tries >= MOST_TRIES:  # it took the worker down each time
            _close(effect, "failed", effect.last_problem or "worker_died", now)
            return effect
        Effect.objects.filter(pk=effect.pk).update(tries=F("tries") + 1, not_before=now + _lease())
        effect.tries += 1
    return effect


def _handle(claimed: Effect) -> None:
    if claimed.state != "pending":
        return
    handler = handler_of(claimed.effect)
    prepared = handler.prepare(claimed.arguments, claimed) if handler.prepare else None
    with transaction.atomic():
        rows = Effect.objects.filter(pk=claimed.pk, state="pending")
        if connection.features.has_select_for_update:
            rows = rows.select_for_update()
        effect = rows.first()
        if effect is None:  # another worker was faster
            return
        _call(handler, effect, prepared)
        _close(effect, "done", "", timezone.now())


def _call(handler: Handler, effect: Effect, prepared: Any) -> None:
    effect.prepared = prepared
    handler.function(effect.arguments, effect)


def _close(effect: Effect, state: str, problem: str, now: dt.datetime) -> None:
    effect.state = state
    moment = {"done_at" if state == "done" else "failed_at": now}
    Effect.objects.filter(pk=effect.pk).update(state=state, last_problem=problem, **moment)


def _failed(claimed: Effect, code: str, *, final: bool, chance: Chance) -> None:
    now = timezone.now()
    over = final or claimed.tries >= MOST_TRIES
    Effect.objects.filter(Q(pk=claimed.pk), state="pending").update(
        state="failed" if over else "pending",
        last_problem=code[:200],
        failed_at=now,
        not_before=now + pause(claimed.tries, chance()),
    )
