from datetime import datetime

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "runtime.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.outbox import sweeps

        sweeps.bind("accounts.lists", _clear_away, seconds=3600)


def _clear_away(now: datetime) -> None:
    from runtime.accounts.actions import clear_away

    clear_away(now=now)
