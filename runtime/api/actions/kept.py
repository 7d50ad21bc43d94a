"""Once for each key: a request that comes again is answered as the first time, and nothing is done twice."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from runtime.api.models import Kept, Token

KEPT_FOR: Final = dt.timedelta(hours=48)
SALT: Final = "scriptorium api idempotency"


class KeyReused(Exception):
    """The key came before, with another request."""


@dataclass(frozen=True)
class Asked:
    """A request: by whom, under which key, what exactly."""

    token: Token
    key: str
    what: bytes


@dataclass(frozen=True)
class Answer:
    """What it is answered; `again` when it was answered before."""

    status: int
    body: dict[str, Any]
    again: bool = False


@transaction.atomic
def once(*, asked: Asked, now: dt.datetime, do: Callable[[], Answer]) -> Answer:
    """What `do` gives, kept in the transaction of what it did; what was kept, where the key came before. Raises `KeyReused`.

    Two that come at once wait for each other at the key's row. What `do` raises leaves nothing behind, the key neither."""
    key, what = _hidden(asked.key.encode()), _hidden(asked.what)
    try:
        with transaction.atomic():
            row = Kept.objects.create(token=asked.token, key=key, asked=what, at=now)
    except IntegrityError:
        row = Kept.objects.get(token=asked.token, key=key)
        if not constant_time_compare(bytes(row.asked), what):
            raise KeyReused from None
        return Answer(row.status, row.answer, again=True)
    answer = do()
    row.status, row.answer = answer.status, answer.body
    row.save(update_fields=["status", "answer"])
    return answer


def forget(*, now: dt.datetime) -> int:
    """Takes away answers whose time is over."""
    return Kept.objects.filter(at__lt=now - KEPT_FOR).delete()[0]


def _hidden(told: bytes) -> bytes:
    """A digest under the installation's key: nobody finds out by trying which person was named."""
    return salted_hmac(SALT, told, algorithm="sha256").digest()
