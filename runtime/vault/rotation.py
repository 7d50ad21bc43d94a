"""Turning the ring: a new key, every subject key wrapped anew under it, and the old one given up when nothing needs it.

It goes on where it stopped, whoever stopped it: what is left to do is every row under a former key, and a row is changed only
if it is still what was read, so that two may do it at once and an erasure meanwhile stays one. What is sealed under the installation's own
keys hangs on the ring by number; each kind that outlives `KEPT` is bound here, and sealed anew with the rest.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.db.models import Min, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from runtime.vault.checks import is_known
from runtime.vault.errors import CannotRotate
from runtime.vault.keys import checked, subject_aad, unwrapped
from runtime.vault.models import RingKey, SubjectKey
from runtime.vault.places import KeyPlace, place
from runtime.vault.places.base import HeldRing
from runtime.vault.places.transit import TransitRing
from runtime.vault.reach import keys_database

AT_ONCE = 250
MOST = 32_768  # a number is less
A_SWEEP = 20 * AT_ONCE
# Longer than a run token is read (60 hours) and an unsent answer waits (3 days): what hangs on a former key for that long needs it no more.
KEPT = dt.timedelta(days=4)

CURRENT = gettext_noop(
    "Key %(number)s is the one in use. Add another first: python manage.py rotate_keys"
)
UNKNOWN = gettext_noop("The ring holds no key %(number)s.")
NEEDED = gettext_noop(
    "Key %(number)s is still needed by %(count)s %(what)s. Nothing was changed. Run this until it is done: "
    "python manage.py rotate_keys"
)
TOO_SOON = gettext_noop(
    "Key %(number)s was in use until a moment ago: run tokens and answers that wait in a browser still need it. Nothing was changed. "
    "Try again after %(day)s (or, if the key was stolen: --at-once, which loses what waits)."
)
OLDER = gettext_noop("The key service gives up its keys in order: first key %(number)s.")


@dataclass(frozen=True)
class Hanging:
    """What hangs on the ring by number beside subject keys: how many on a key, and sealing all anew under the current one."""

    count: Callable[[int], int]
    seal_anew: Callable[[int], object]


_hanging: dict[str, Hanging] = {}


def bind(name: str, hanging: Hanging) -> None:
    """`name` is what an administrator reads."""
    _hanging[name] = hanging


def begin() -> int:
    """The number under which everything is to be: of a turn that is not done yet, else of a new key, which is used from now on."""
    ring = place()
    current = checked(ring.current())
    refuse_lost()
    _note(current)
    if left(current) or _hangs_behind(current):
        return current
    return _take_into_use(ring.add())


def move(target: KeyPlace) -> int:
    """The same for a key that lies in `target`, one of the two places of the ring: a turn that changes the place. The number under which
    everything is to be."""
    ring = place()
    current = checked(ring.current())
    refuse_lost()
    _note(current)
    if ring.at(current) is target:
        return current
    _refuse_strange(target, current)
    return _take_into_use(target.add(current))


def left(number: int) -> int:
    """How many subject keys are under a former key of the ring."""
    with keys_database():
        return sum(_under(former).count() for former in _former(number))


def seal_anew(number: int) -> None:
    """Everything beside the subject keys."""
    for hanging in _hanging.values():
        hanging.seal_anew(number)


def rewrap_some(number: int) -> int:
    """Wraps some of the subject keys that are left under `number`; how many were found. 0: it is done."""
    with keys_database():
        found = (list(_under(former).order_by("subject")[:AT_ONCE]) for former in _former(number))
        rows = next(filter(None, found), [])
    keys = unwrapped(rows)
    bound = [(keys[row.subject], subject_aad(row.subject)) for row in rows]
    anew = place().wrap(checked(number), bound) if rows else []
    with keys_database(), transaction.atomic(using="keys"):
        for row, wrapped in zip(rows, anew, strict=True):
            same = SubjectKey.objects.filter(subject=row.subject, wrapped=row.wrapped)
            same.update(wrapped=wrapped, ring_version=number)
    return len(rows)


def go_on(_now: dt.datetime) -> None:
    """A turn that was begun is ended by the worker, some thousands of rows at a time."""
    number = place().current()
    done = 0
    while done < A_SWEEP and (some := rewrap_some(number)):
        done += some
    if not left(number) and _hangs_behind(number):
        seal_anew(number)


def retire(number: int, *, now: dt.datetime, at_once: bool = False) -> None:
    """Gives a former key up for good. `CannotRotate` while anything needs it."""
    ring = place()
    if number not in ring.numbers():
        raise CannotRotate(UNKNOWN, number=number)
    if number == ring.current():
        raise CannotRotate(CURRENT, number=number)
    _refuse_while_needed(number)
    until = _used_until(number) or now
    if now < until + KEPT and not at_once:
        raise CannotRotate(TOO_SOON, number=number, day=f"{until + KEPT:%Y-%m-%d %H:%M} UTC")
    at = ring.at(number)
    oldest = min(number for number in ring.numbers() if ring.at(number) is at)
    if at.in_order and number != oldest:
        raise CannotRotate(OLDER, number=oldest)
    ring.retire(number)


def free_from(number: int) -> dt.datetime | None:
    """From when on no former key is needed for what was made under it; None while subject keys or second factors need one."""
    if left(number) or _hangs_behind(number):
        return None
    with keys_database():
        used = RingKey.objects.filter(number=number).values_list("used_from", flat=True).first()
    return used + KEPT if used else None


def _take_into_use(number: int) -> int:
    """Its check is written before anything is wrapped under it."""
    place().use(checked(number))
    _note(number)
    return number


def _refuse_strange(target: KeyPlace, current: int) -> None:
    """What lies in the other place already is of an earlier stay of these data there, or left by a try that was killed: else it belongs to
    others, and is not mixed with this ring."""
    there = target.kept() if isinstance(target, TransitRing) else _held_by(target)
    for number in there:
        if number <= current and not is_known(f"ring {number}", target.root(number)):
            raise target.foreign()


def _held_by(target: KeyPlace) -> frozenset[int]:
    return target.numbers() if isinstance(target, HeldRing) and target.there() else frozenset()


def _hangs_behind(current: int) -> bool:
    former = _former(current)
    return any(each.count(number) for each in _hanging.values() for number in former)


def refuse_lost() -> None:
    """A ring from an older backup lacks keys, one that was left half-way has them elsewhere: to turn it would hide that, to start with it
    would open some people and not others. Asked between the numbers there are, so that it costs little with a million subjects."""
    there = [0, *sorted(place().numbers()), MOST]
    for before, after in pairwise(there):
        between = _alive().filter(ring_version__gt=before, ring_version__lt=after)
        if after - before > 1 and (lost := _first_of(between)):
            raise place().lacks(lost)


def _first_of(rows: QuerySet[SubjectKey]) -> int | None:
    with keys_database():
        return rows.order_by("ring_version").values_list("ring_version", flat=True).first()


def _refuse_while_needed(number: int) -> None:
    with keys_database():
        subjects = _under(number).count()
    needed = {"subjects": subjects} | {name: each.count(number) for name, each in _hanging.items()}
    for what, count in needed.items():
        if count:
            raise CannotRotate(NEEDED, number=number, count=count, what=what)


def _used_until(number: int) -> dt.datetime | None:
    with keys_database():
        rows = RingKey.objects.filter(number__gt=number)
        return rows.aggregate(first=Min("used_from"))["first"]


def _note(number: int) -> None:
    """Since when a key is used, as far as this installation knows."""
    with keys_database():
        RingKey.objects.get_or_create(number=number, defaults={"used_from": Now()})
        RingKey.objects.filter(number=number, used_from=None).update(used_from=Now())


def _former(number: int) -> list[int]:
    return sorted(place().numbers() - {number})


def _under(number: int) -> QuerySet[SubjectKey]:
    return _alive().filter(ring_version=number)


def _alive() -> QuerySet[SubjectKey]:
    return SubjectKey.objects.filter(wrapped__isnull=False)
