"""The folder of a feed, read so that whoever may write into it reaches nothing else.

Each part of the way is opened from the one before and never through a link; a file is an ordinary one with one name. Nothing here is
trusted to be there a moment later: what is read is what was opened.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

DONE, REFUSED = "done", "refused"
PARTS_AT_MOST: Final = 5
PART: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")  # neither a dot nor a way up
UNFINISHED: Final = (".part", ".filepart", ".tmp", ".swp", "~")
FILES_AT_MOST: Final = 1_000  # looked at in one go
FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


@dataclass(frozen=True, slots=True)
class Found:
    """An ordinary file: its name, which is told to nobody, and what would change if it did."""

    name: str
    size: int
    changed: float
    stamp: str


def is_folder(text: str) -> bool:
    """Whether this may be the name of a feed's folder: letters, digits, dashes, with `/` between folders."""
    parts = text.split("/")
    own = not {DONE, REFUSED} & set(parts)
    return own and len(parts) <= PARTS_AT_MOST and all(map(PART.fullmatch, parts))


@contextmanager
def opened(root: Path, folder: str) -> Iterator[int]:
    """The folder, as a number of an open one. Raises `OSError` where it is not there or a link is on the way."""
    if not is_folder(folder):
        raise NotADirectoryError(folder)
    held = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in folder.split("/"):
            inner = os.open(part, FOLDER, dir_fd=held)
            os.close(held)
            held = inner
        yield held
    finally:
        os.close(held)


def files(folder: int) -> list[Found]:
    """The files that may be lists, by name. Links, folders, pipes, hidden and unfinished ones are none."""
    found = []
    for name in sorted(os.listdir(folder))[:FILES_AT_MOST]:
        if name.startswith(".") or name.lower().endswith(UNFINISHED):
            continue
        with suppress(OSError):
            told = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if _is_ordinary(told):
                found.append(_found(name, told))
    return found


def _is_ordinary(told: os.stat_result) -> bool:
    return stat.S_ISREG(told.st_mode) and told.st_nlink == 1


def _found(name: str, told: os.stat_result) -> Found:
    """What a sender says of a file's time may be of yesterday; when its inode changed, the machine says."""
    named = f"{name}\n{told.st_size}\n{told.st_mtime_ns}\n{told.st_ctime_ns}"
    stamp = hashlib.sha256(named.encode(errors="surrogateescape")).hexdigest()
    return Found(name, told.st_size, max(told.st_mtime, told.st_ctime), stamp)


def read(folder: int, found: Found, most: int) -> bytes | None:
    """What is in it, one byte more than `most` at most; None where it is another one by now, or grows."""
    try:
        held = os.open(found.name, FILE, dir_fd=folder)
    except OSError:
        return None
    with os.fdopen(held, "rb") as file:
        if not _same(found, os.fstat(held)):
            return None
        data = file.read(most + 1)
        return data if _same(found, os.fstat(held)) else None


def _same(found: Found, told: os.stat_result) -> bool:
    return _is_ordinary(told) and _found(found.name, told).stamp == found.stamp


def move(folder: int, found: Found, digest: str, into: str) -> bool:
    """Puts it into `done` or `refused`, with the beginning of its digest before its name; False where it has to stay."""
    try:
        with suppress(FileExistsError):
            os.mkdir(into, 0o770, dir_fd=folder)
        target = os.open(into, FOLDER, dir_fd=folder)
    except OSError:
        return False
    try:
        name = f"{digest[:8]}-{found.name}"[:200]
        os.rename(found.name, name, src_dir_fd=folder, dst_dir_fd=target)
        os.utime(name, dir_fd=target, follow_symlinks=False)  # its days in there begin now
    except OSError:
        return False
    finally:
        os.close(target)
    return True


def tidy(folder: int, before: datetime) -> None:
    """Removes what has lain in `done` and `refused` since then: lists of people are not kept in clear for longer than needed."""
    for kept in (DONE, REFUSED):
        with suppress(OSError):
            held = os.open(kept, FOLDER, dir_fd=folder)
            try:
                for found in files(held):
                    if found.changed < before.timestamp():
                        os.unlink(found.name, dir_fd=held)
            finally:
                os.close(held)
