"""What the killed processes do beside their work, and what is wrong with them on purpose.

`CRASH_MUTANT=early,twice`: the server acknowledges before it commits; the worker commits what an effect did before it marks
the effect as done.
"""

import os
import sys
import threading
import time
from typing import Any

from django.apps import AppConfig

HALF_DONE = "half-done"  # the file that tells when the faulty worker is best killed


class CrashConfig(AppConfig):
    name = "tests.crash"
    label = "crash"

    def ready(self) -> None:
        from runtime.outbox import handlers, sweeps

        if os.environ.get("CRASH_TURNING"):
            _turn_in_seconds()
            return
        if os.environ.get("CRASH_EFFECTS"):  # the real ones, whose receivers count
            if "fresh" in os.environ.get("CRASH_MUTANT", ""):
                _refer_anew()
            return
        handlers.bind("notify", _slowly(_count))
        for name in ("issue_document", "spawn_items"):
            real = handlers.handler_of(name)
            handlers.bind(name, _slowly(real.function), prepare=real.prepare)
        sweeps.bind("crash.finish", _finish_some, seconds=0.01)
        mutants = {"early": _acknowledge_early, "twice": _mark_late}
        for name in filter(None, os.environ.get("CRASH_MUTANT", "").split(",")):
            mutants[name]()


def _turn_in_seconds() -> None:
    """Processes believe what they read for half a second; a step waits six times as long, for none of them sleeps longer here. Small batches, so that
    a kill falls between them and in them."""
    from datetime import timedelta

    from runtime.outbox import sweeps
    from runtime.search import generations, rewriting, turning, weights

    generations.LOOK_AGAIN = weights.LOOK_AGAIN = 0.5
    turning.AGREED = weights.AGREED = timedelta(seconds=3)
    rewriting.AT_ONCE, rewriting.A_SWEEP = 10, 40
    sweeps.bind("search.rewriting", rewriting.go_on, seconds=0.3)
    sweeps.bind("search.turning", turning.go_on, seconds=0.3)


def _slowly(function: Any) -> Any:
    """The effect itself, in a transaction that lasts long enough to be killed in the middle."""

    def carried_out(arguments: dict[str, Any], effect: Any) -> None:
        time.sleep(0.02)
        function(arguments, effect)
        time.sleep(0.04)

    return carried_out


def _count(_arguments: dict[str, Any], effect: Any) -> None:
    """An effect whose doing can be counted."""
    from runtime.audit.actions import log_access

    log_access(by=None, deed="deliver", purpose="crash", detail=effect.key)


def _finish_some(_now: Any) -> None:
    """Calls from their beginning to their end, as people would."""
    from django.contrib.auth import get_user_model

    from builder.models import Version
    from tests.crash.story import tell

    version = Version.objects.order_by("pk").first()
    if version is not None and not os.environ.get("CRASH_QUIET"):
        for _call in range(2):  # few at a time: most of the worker's time is for effects
            tell(version, get_user_model().objects.get())


def _acknowledge_early() -> None:
    from runtime.records import append, statement

    real = statement.insert_live

    def early(**arguments: Any) -> dict[Any, int]:
        threading.Timer(0.4, real, kwargs=arguments).start()
        return {client_id: 0 for client_id, _seen, _sealed in arguments["rows"]}

    if "worker" not in sys.argv:  # what the worker writes itself is not under this attack
        append.insert_live = early


def _refer_anew() -> None:
    """Each try sends under a reference of its own: nobody could tell the second from the first."""
    import uuid

    from runtime.effects import sending

    sending.reference = lambda _key: uuid.uuid4().hex


def _mark_late() -> None:
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from runtime.outbox import actions

    def handle(claimed: Any) -> None:
        handler = actions.handler_of(claimed.effect)
        claimed.prepared = handler.prepare and handler.prepare(claimed.arguments, claimed)
        with transaction.atomic():
            handler.function(claimed.arguments, claimed)
        if claimed.effect == "notify" and not os.environ.get("CRASH_QUIET"):
            (settings.DATA_DIR / HALF_DONE).touch()
            time.sleep(1)
        actions._close(claimed, "done", "", timezone.now())

    actions._handle = handle
