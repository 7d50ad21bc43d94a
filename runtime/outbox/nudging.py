"""Telling workers elsewhere that something is due, once the transaction that ordered it is kept.

What is ordered lies in the database, and workers look there by themselves. A nudge says nothing but "look now": one that is lost costs a
moment, and never the work.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.dispatch import receiver
from django_tasks.signals import task_enqueued

_send: Callable[[], None] | None = None


def bind(send: Callable[[], None] | None) -> None:
    """`send()` tells them; it neither waits for long nor raises. None: nobody is told."""
    global _send  # noqa: PLW0603 - one broker for a process
    _send = send


def nudge() -> None:
    """Once for a transaction, however much it orders."""
    if _send is None or any(waiting[1] is _tell for waiting in connection.run_on_commit):
        return
    transaction.on_commit(_tell)


@receiver(task_enqueued)
def _task(**_told: Any) -> None:
    nudge()


def _tell() -> None:
    if _send is not None:
        _send()
