"""Binds what the worker tidies."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "runtime.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.api.actions import kept, spending
        from runtime.outbox import sweeps as worker

        worker.bind("api.answers", lambda now: kept.forget(now=now), seconds=3600)
        worker.bind("api.counts", lambda now: spending.forget(now=now), seconds=3600)
