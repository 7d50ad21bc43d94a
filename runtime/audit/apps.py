from typing import Any

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "runtime.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.outbox import sweeps

        sweeps.bind("audit.seal", _seal, seconds=5)
        sweeps.bind("audit.seal_late", _seal_late, seconds=3600)
        sweeps.bind("audit.checkpoint", _checkpoint, seconds=60)


def _seal(now: Any) -> None:
    from runtime.audit.actions import seal_rows

    seal_rows(now=now)


def _seal_late(now: Any) -> None:
    from runtime.audit.actions import seal_rows

    seal_rows(now=now, everything=True)


def _checkpoint(now: Any) -> None:
    from runtime.audit.checkpoints import keep

    keep(now)
