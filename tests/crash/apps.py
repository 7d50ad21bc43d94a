"""What the killed processes do beside their work; `CRASH_MUTANT=early` makes the server acknowledge before it commits."""

import os
import threading
import time
from typing import Any

from django.apps import AppConfig


class CrashConfig(AppConfig):
    name = "tests.crash"
    label = "crash"

    def ready(self) -> None:
        from runtime.outbox import handlers, sweeps

        handlers.bind("notify", _count)
        sweeps.bind("crash.finish", _finish_some, seconds=0.01)
        if os.environ.get("CRASH_MUTANT") == "early":
            _acknowledge_early()


def _count(_arguments: dict[str, Any], effect: Any) -> None:
    """An effect whose doing can be counted, slow enough to be killed in the middle."""
    from runtime.audit.actions import log_access

    time.sleep(0.005)
    log_access(by=None, deed="deliver", purpose="crash", detail=effect.key)
    time.sleep(0.005)


def _finish_some(_now: Any) -> None:
    """Records from their beginning to their end, as people would."""
    from builder.models import Version
    from runtime.records import actions

    version = Version.objects.order_by("pk").first()
    for _ in range(0 if version is None or os.environ.get("CRASH_QUIET") else 5):
        record = actions.start(version=version, by=None, prefill={"given_name": "Anna"})
        actions.finish(record.pk, "done", by=None)


def _acknowledge_early() -> None:
    from runtime.records import append, statement

    real = statement.insert_live

    def early(**arguments: Any) -> dict[Any, int]:
        threading.Timer(0.4, real, kwargs=arguments).start()
        return {client_id: 0 for client_id, _seen, _sealed in arguments["rows"]}

    append.insert_live = early
