"""The ring in a key service (HashiCorp Vault's transit engine, OpenBao, or what speaks like them): its keys never come here.

Each wrapping and unwrapping of subject keys is a call over the line, in batches; what was unwrapped is remembered for seconds. That cannot
outlive an erasure: a subject's row is read from the keys database each time, and a destroyed one has nothing to be looked up with.

What must be at hand in every request (run tokens, second factors) hangs on a *root* a number: 32 random bytes, wrapped by the key of that
number, in the keys database (`RingKey`); unwrapped once a process. The index key stays in its file or variable.
"""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from runtime.vault.envelope import aad
from runtime.vault.errors import NO_KEY, SERVICE_ODD, KeyMissing, Service
from runtime.vault.models import KeyCheck, RingKey
from runtime.vault.places.base import Bound, KeyPlace
from runtime.vault.places.transit_service import Refused, TransitService
from runtime.vault.reach import keys_database
from runtime.vault.ring import SIZE

ELSEWHERE = gettext_noop(
    "The data were sealed with keys that do not lie in the key service %(file)s. Nothing was written. Set KEY_RING to where they lie; "
    "or move them while everybody works: KEY_RING=files,transit and python manage.py move_keys --to transit"
)
FRESH = 5.0  # seconds for which the numbers are believed
REMEMBERED_FOR = 20.0
REMEMBERED = 4096


@dataclass
class Remembered:
    """Keys that were unwrapped a moment ago: a bounded number, for seconds."""

    most: int = REMEMBERED
    seconds: float = REMEMBERED_FOR
    rows: OrderedDict[Bound, tuple[float, bytes]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, bound: Bound) -> bytes | None:
        with self.lock:
            until, key = self.rows.get(bound, (0.0, b""))
            if until > time.monotonic():
                return key
            self.rows.pop(bound, None)
            return None

    def put(self, bound: Bound, key: bytes) -> None:
        now = time.monotonic()
        with self.lock:
            self.rows[bound] = (now + self.seconds, key)
            self.rows.move_to_end(bound)
            while len(self.rows) > self.most or next(iter(self.rows.values()))[0] <= now:
                self.rows.popitem(last=False)


class TransitRing(KeyPlace):
    """`TRANSIT_URL`, `TRANSIT_KEY` and a token say which key of which service."""

    in_order = True

    def __init__(self) -> None:
        self.service = TransitService()
        self.remembered = Remembered()
        self.roots: dict[int, bytes] = {}
        self.known: tuple[float, dict[int, bool]] = (0.0, {})  # number -> whether it was used

    @property
    def where(self) -> Service:
        return self.service.name

    def current(self) -> int:
        return self.used() or self._first()

    def used(self) -> int | None:
        """The newest key that was ever used; None where these data are under none of the service."""
        return max((number for number, used in self._rows().items() if used), default=None)

    def numbers(self) -> frozenset[int]:
        self.current()
        return self.kept()

    def kept(self) -> frozenset[int]:
        """The numbers that have a root here; none before the first is used."""
        return frozenset(self._rows())

    def knows(self, number: int) -> bool:
        """Whether a key of this number is one of these data's; certain at once, also of one that was added a moment ago."""
        if number in self.roots:
            return True
        with keys_database():
            return RingKey.objects.filter(number=number, root__isnull=False).exists()

    def has(self, number: int) -> bool:
        """A made-up number in a token costs a look into the database once a second at most."""
        if number not in self.numbers() and self.known[0] < time.monotonic() + FRESH - 1:
            self.known = (0.0, {})
        return number in self.numbers()

    def root(self, number: int) -> bytes:
        if number not in self.roots:
            with keys_database():
                row = RingKey.objects.filter(number=number, root__isnull=False).first()
            if row is None:
                raise KeyMissing.at(self.where, NO_KEY, number=number)
            (self.roots[number],) = self._opened([(bytes(row.root or b""), _root_aad(number))])
        return self.roots[number]

    def wrap(self, number: int, keys: Sequence[Bound]) -> list[bytes]:
        try:
            wrapped = self.service.encrypt(number, list(keys))
        except Refused:
            raise KeyMissing.at(self.where, NO_KEY, number=number) from None
        for sealed, (key, bound_to) in zip(wrapped, keys, strict=True):
            self.remembered.put((sealed, bound_to), key)
        return wrapped

    def unwrap(self, number: int, wrapped: Sequence[Bound]) -> list[bytes]:
        at_hand = {bound: key for bound in wrapped if (key := self.remembered.get(bound))}
        asked = [bound for bound in wrapped if bound not in at_hand]
        for bound, key in zip(asked, self._opened(asked), strict=True):
            at_hand[bound] = key
            self.remembered.put(bound, key)
        return [at_hand[bound] for bound in wrapped]

    def add(self, above: int = 0) -> int:
        """A key that the service made and nobody used is taken: a former try ended there, or somebody rotated it by hand. While keys move here
        the service is rotated until its number is the highest of the ring: a number never means two keys."""
        least, latest = max(self.used() or 0, above), self.service.latest()
        for _ in range(least + 1 - latest):
            self.service.rotate()
        latest = self.service.latest()
        if latest <= least:
            raise self.service.problem(SERVICE_ODD)
        self._keep_root(latest, used=False)
        return latest

    def use(self, number: int) -> None:
        with keys_database():
            RingKey.objects.filter(number=number, used_from=None).update(used_from=Now())
        self.known = (0.0, {})

    def retire(self, number: int) -> None:
        """The service gives its keys up in their order: this one and those before it."""
        self.service.forget_below(number + 1)
        with keys_database():
            RingKey.objects.filter(number__lte=number).update(root=None)
        self.known = (0.0, {})

    def _opened(self, wrapped: Sequence[Bound]) -> list[bytes]:
        if not wrapped:
            return []
        try:
            return self.service.decrypt(list(wrapped))
        except Refused:
            raise self.foreign() from None

    def _rows(self) -> dict[int, bool]:
        until, known = self.known
        if until <= time.monotonic():
            with keys_database():
                rows = RingKey.objects.filter(root__isnull=False)
                known = {row.number: row.used_from is not None for row in rows}
            self.known = (time.monotonic() + FRESH, known)
        return known

    def _first(self) -> int:
        """A new installation begins with the newest key there is. One whose data are under keys elsewhere does not begin here."""
        with keys_database():
            if KeyCheck.objects.filter(name__startswith="ring ").exists():
                raise KeyMissing(ELSEWHERE, file=self.where)
        latest = self.service.latest()
        self._keep_root(latest, used=True)
        return latest

    def _keep_root(self, number: int, *, used: bool) -> None:
        (wrapped,) = self.wrap(number, [(os.urandom(SIZE), _root_aad(number))])
        try:
            with keys_database(), transaction.atomic(using="keys"):
                RingKey.objects.create(
                    number=number, root=wrapped, used_from=Now() if used else None
                )
        except IntegrityError:
            pass  # another process made it just now
        self.known = (0.0, {})


def _root_aad(number: int) -> bytes:
    return aad("vault.ringkey", number, "root")
