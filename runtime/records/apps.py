from typing import Any

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "runtime.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from builder.signals import published
        from runtime.outbox import sweeps
        from runtime.parties.signals import party_erased

        sweeps.bind("records.settle", _settle, seconds=5)
        sweeps.bind("records.carry_over", _carry_on, seconds=1)
        sweeps.bind("records.files", _forget_unnamed, seconds=600)
        published.connect(_begin_carry_over, dispatch_uid="records.published")
        party_erased.connect(_end_sessions, dispatch_uid="records.party_erased")
        party_erased.connect(_forget_files, dispatch_uid="records.files_erased")


def _settle(now: Any) -> None:
    from runtime.records.sweeps import settle_unsettled

    settle_unsettled(now)


def _carry_on(now: Any) -> None:
    from runtime.records.following import carry_on

    carry_on(now)


def _begin_carry_over(version: Any, **_: Any) -> None:
    from runtime.records.following import begin

    begin(version)


def _forget_unnamed(now: Any) -> None:
    from runtime.records.files import forget_unnamed

    forget_unnamed(now)


def _forget_files(party: Any, **_: Any) -> tuple[str, int]:
    from runtime.records.files import forget_files_of

    return "files", forget_files_of(party)


def _end_sessions(party: Any, **_: Any) -> None:
    """Nobody goes on writing about somebody who was erased."""
    from runtime.records.actions import end_sessions_of
    from runtime.records.models import Record

    for record in Record.objects.filter(party=party):
        end_sessions_of(record=record, reason="erased")
