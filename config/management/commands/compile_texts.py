"""Compiles the message files, with no other tool than Python: a fresh machine need not have gettext."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compiles config/locale/*/LC_MESSAGES/*.po whose .mo is missing or older."
    requires_system_checks: list = []

    def handle(self, **options) -> None:
        compiled = [
            po
            for folder in settings.LOCALE_PATHS
            for po in Path(folder).rglob("*.po")
            if _compile(po)
        ]
        self.stdout.write(f"Message files compiled: {len(compiled)}")


def _compile(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return False
    polib.pofile(str(po)).save_as_mofile(str(mo))
    return True
