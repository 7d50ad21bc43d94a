"""Where a feed's files lie: below DELIVERIES_DIR, and never half a file."""

import contextlib
import os
import re
import secrets
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}(/[A-Za-z0-9][A-Za-z0-9_-]{0,62}){0,3}")


class FolderRefused(ValueError):
    """The folder's name leads elsewhere, or it cannot be written."""


def folder_of(name: str) -> Path:
    """The folder, made if need be. FolderRefused where the name (or a link in it) leads out of DELIVERIES_DIR."""
    if not FOLDER.fullmatch(name):
        raise FolderRefused(
            "A folder's name has letters, digits, - and _; a stroke goes one folder deeper."
        )
    root = Path(settings.DELIVERIES_DIR).resolve()
    folder = (root / name).resolve()
    if root not in folder.parents:
        raise FolderRefused("The folder leads out of the deliveries.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    except OSError as error:
        raise FolderRefused(f"The folder cannot be made: {error.strerror}.") from None
    return folder


@contextlib.contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it is written to its last byte and on the disk."""
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
        _sync_folder(file.parent)
    finally:
        part.unlink(missing_ok=True)


def remove_all(stems: Collection[str]) -> None:
    """Removes the files of these batches wherever they lie, envelopes and files that were never whole included."""
    for file in list(Path(settings.DELIVERIES_DIR).rglob("*")):
        if file.name.lstrip(".").split(".")[0] in stems and file.is_file():
            file.unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
