from typing import Any

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "runtime.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.outbox import sweeps

        sweeps.bind("records.settle", _settle, seconds=5)


def _settle(now: Any) -> None:
    from runtime.records.sweeps import settle_unsettled

    settle_unsettled(now)
