"""Makes the local key files that are not there yet (mode 0600)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.keyfiles import make_keys


class Command(BaseCommand):
    help = "Makes the key files in KEY_DIR that are not there yet."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        made = make_keys(settings.KEY_DIR)
        told = f"made {', '.join(made)}" if made else "all there"
        self.stdout.write(f"Keys in {settings.KEY_DIR}: {told}")
