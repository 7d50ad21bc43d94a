"""Binds what telephony listens to and what the worker does for it."""

from django.apps import AppConfig


class TelephonyConfig(AppConfig):
    name = "runtime.telephony"
    label = "telephony"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.outbox import sweeps as worker
        from runtime.parties.signals import party_erased
        from runtime.telephony import listeners, sweeps

        party_erased.connect(listeners.party_erased, dispatch_uid="telephony.party_erased")
        worker.bind("telephony.missed", sweeps.missed, seconds=5)
        worker.bind("telephony.forgotten", sweeps.forgotten, seconds=3600)
