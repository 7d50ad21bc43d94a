from typing import Any

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "runtime.retention"
    label = "retention"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.outbox import sweeps
        from runtime.parties.signals import party_erasing
        from runtime.retention import holds

        party_erasing.connect(holds.refuse_held, dispatch_uid="retention.party_erasing")
        sweeps.bind("retention", _erase_due, seconds=600)


def _erase_due(now: Any) -> None:
    from runtime.retention.actions import erase_due

    erase_due(now=now)
