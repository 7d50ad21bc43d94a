"""The secrets of second factors hang on the ring by number, and outlive any rotation: they are sealed anew with it."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection, transaction

from config.adapters import SealedMFAAdapter


def on_key(number: int) -> int:
    """How many of them lie sealed under a key of the ring."""
    rows = Authenticator.objects.values_list("data", flat=True)
    return sum(number in map(_number, data.values()) for data in rows.iterator())


def seal_anew(number: int) -> None:
    """Puts every one under the key `number`, which is the current one."""
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            _seal_one(pk, number)


def _seal_one(pk: int, number: int) -> None:
    rows = Authenticator.objects.filter(pk=pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    row = rows.first()
    if row is None:
        return
    adapter = SealedMFAAdapter()
    data = {
        name: value
        if _number(value) in (None, number)
        else adapter.encrypt(adapter.decrypt(value))
        for name, value in row.data.items()
    }
    if data != row.data:
        rows.update(data=data)


def _number(value: Any) -> int | None:
    """The number of the key that something was sealed under; None when it is nothing sealed."""
    number = value.partition(".")[0] if isinstance(value, str) else ""
    return int(number) if number.isdecimal() else None
