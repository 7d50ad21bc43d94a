"""Makes the local key files that are not there yet (mode 0600)."""
import base64
import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand


def _write_once(file: Path, text: str) -> bool:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
    return True


class Command(BaseCommand):
    help = "Makes the key files in KEY_DIR that are not there yet."
    requires_system_checks = []

    def handle(self, **options):
        folder = settings.KEY_DIR
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        ring = {"current": 1, "keys": {"1": base64.b64encode(secrets.token_bytes(32)).decode()}}
        files = {
            "django.key": secrets.token_urlsafe(50),
            "ring.json": json.dumps(ring),
            "index.key": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        made = [name for name, text in files.items() if _write_once(folder / name, text)]
        self.stdout.write(f"Keys in {folder}: " + (f"made {', '.join(made)}" if made else "all there"))
