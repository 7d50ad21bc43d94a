from typing import Any

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "runtime.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.outbox import sweeps
        from runtime.parties.signals import party_erased

        sweeps.bind("records.settle", _settle, seconds=5)
        party_erased.connect(_end_sessions, dispatch_uid="records.party_erased")


def _settle(now: Any) -> None:
    from runtime.records.sweeps import settle_unsettled

    settle_unsettled(now)


def _end_sessions(party: Any, **_: Any) -> None:
    """Nobody goes on writing about somebody who was erased."""
    from runtime.records.actions import end_sessions_of
    from runtime.records.models import Record

    for record in Record.objects.filter(party=party):
        end_sessions_of(record=record, reason="erased")
