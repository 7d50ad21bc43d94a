"""Binds what the worker tidies."""

from django.apps import AppConfig


class SelfserviceConfig(AppConfig):
    name = "runtime.selfservice"
    label = "selfservice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.outbox import sweeps as worker
        from runtime.selfservice import sweeps

        worker.bind("selfservice.forgotten", sweeps.forgotten, seconds=3600)
