"""The key files of one installation: made once, mode 0600, in a folder of their own.

No Django here: the set-up and the tests make keys before any setting can be read.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

NAMES = ("django.key", "ring.json", "index.key")


def needed(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The files an installation needs: what comes from the environment or from a key service has none."""
    elsewhere = set()
    if environment.get("KEY_RING", "files") != "files":
        elsewhere.add("ring.json")
    if environment.get("SCRIPTORIUM_INDEX_KEY"):
        elsewhere.add("index.key")
    return tuple(name for name in NAMES if name not in elsewhere)


def make_keys(folder: Path) -> list[str]:
    """Make the key files that `folder` lacks; the names of those made. What is there is never touched."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring = {"current": 1, "keys": {"1": base64.b64encode(secrets.token_bytes(32)).decode()}}
    texts = {
        "django.key": secrets.token_urlsafe(50),
        "ring.json": json.dumps(ring),
        "index.key": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    return [name for name in needed(os.environ) if _write_once(folder / name, texts[name])]


def transit() -> dict[str, str]:
    """Which key of which key service, and how it lets this installation in, from the environment (`KEY_RING=transit`)."""
    usual = {"URL": "", "MOUNT": "transit", "KEY": "scriptorium", "NAMESPACE": ""}
    usual |= {"TOKEN": "", "TOKEN_FILE": "", "CA": ""}  # a file of certificates: it has its own
    return {name: os.environ.get(f"TRANSIT_{name}", value) for name, value in usual.items()}


def _write_once(file: Path, text: str) -> bool:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
    return True
