"""The file of checkpoints, outside the database: how large the tree was when, and its root, signed.

One JSON object on a line, appended, each minute in which something came. Who changes the log's past and has only the
database cannot change what stands here; who has this file, too, cannot sign. Beside it (`.pub`) lie the public keys, a line
`number base64` for each: with both files the log is verified without the key ring.
"""

import base64
import binascii
import datetime as dt
import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from runtime.audit import keys
from runtime.audit.models import Seal
from runtime.audit.tree import Tree

HEAD = "scriptorium access log 1"

logger = logging.getLogger("scriptorium.audit")


class Unreadable(Exception):
    """A line that is no checkpoint; the text says which and what to do."""


class Contradicted(Exception):
    """The last checkpoint tells another log than the database holds."""


@dataclass(frozen=True)
class Checkpoint:
    line: int  # in the file, from 1
    size: int
    root: bytes
    at: str
    key: int  # its number in the ring
    signature: bytes

    def signed(self) -> bytes:
        return f"{HEAD}\n{self.key}\n{self.size}\n{self.root.hex()}\n{self.at}\n".encode()

    def signed_by(self, public: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, self.signed())
        except (InvalidSignature, ValueError):
            return False
        return True

    def text(self) -> str:
        return json.dumps(
            {
                "size": self.size,
                "root": self.root.hex(),
                "at": self.at,
                "key": self.key,
                "signature": base64.b64encode(self.signature).decode(),
            }
        )


def read(file: Path) -> Iterator[Checkpoint]:
    """The checkpoints of a file, in its order; none where there is no file yet."""
    if not file.exists():
        return
    with file.open("rb") as stream:
        for line, text in enumerate(stream, start=1):
            if text.strip():
                yield _read(line, text)


def last(file: Path) -> Checkpoint | None:
    """The newest one, without reading the whole file."""
    if not file.exists():
        return None
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - 4096))
        lines = [text for text in stream.read().split(b"\n") if text.strip()]
    return _read(0, lines[-1]) if lines else None


def _read(line: int, text: bytes) -> Checkpoint:
    try:
        data = json.loads(text)
        return Checkpoint(
            line=line,
            size=int(data["size"]),
            root=bytes.fromhex(data["root"]),
            at=str(data["at"]),
            key=int(data["key"]),
            signature=base64.b64decode(data["signature"], validate=True),
        )
    except (ValueError, KeyError, TypeError, binascii.Error):
        where = f"Line {line}" if line else "The last line"
        raise Unreadable(
            f"{where} of the file of checkpoints cannot be read. Take it out if a power cut tore it, else put a copy of the file back."
        ) from None


def write(now: dt.datetime) -> Checkpoint | None:
    """Appends the tree as it is; None where nothing came since the last one. `Contradicted`, and nothing is written, where the
    database does not hold what the last one says: an old copy was put back, or somebody was at it."""
    file: Path = settings.LOG_CHECKPOINTS
    with _alone(file):
        before = last(file)
        seal = Seal.objects.order_by("-size").first()
        if seal is None or not goes_on(before):
            raise Contradicted(
                "The database does not hold the access log of the last checkpoint. No other is written: see manage.py verify_log."
            )
        if seal.size == (before.size if before else 0):
            return None
        made = _signed(seal, now)
        _append(file, made.text())
        _publish(file, made.key)
    return made


def _signed(seal: Seal, now: dt.datetime) -> Checkpoint:
    number = keys.signing_number()
    root = Tree(seal.size, bytes(seal.peaks)).root()
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    bare = Checkpoint(0, seal.size, root, at, number, b"")
    return replace(bare, signature=keys.sign(number, bare.signed()))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One worker at a time: else the slower one would append a smaller tree behind a larger."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file.with_name(file.name + ".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def keep(now: dt.datetime) -> None:
    """What the worker does each minute. That no checkpoint could be written stands in the log, in words."""
    try:
        write(now)
    except (Contradicted, Unreadable) as problem:
        logger.error("%s", problem)


def goes_on(before: Checkpoint | None) -> bool:
    """Whether the tree in the database is the one of this checkpoint, or has grown from it."""
    if before is None:
        return True
    seal = Seal.objects.filter(size=before.size).first()
    return seal is not None and Tree(seal.size, bytes(seal.peaks)).root() == before.root


def public_keys(file: Path) -> dict[int, bytes]:
    """`number base64` on each line. `Unreadable` where it is something else."""
    found = {}
    try:
        for line in file.read_text(encoding="ascii").splitlines():
            if line.strip():
                number, text = line.split()
                found[int(number)] = base64.b64decode(text, validate=True)
    except (OSError, ValueError, binascii.Error):
        raise Unreadable(f"The file of public keys {file} is missing or cannot be read.") from None
    return found


def keys_beside(file: Path) -> Path:
    return file.with_name(file.name + ".pub")


def _publish(file: Path, number: int) -> None:
    beside, public = keys_beside(file), keys.public_key(number)
    if public is None:
        return
    if not beside.exists() or number not in public_keys(beside):
        _append(beside, f"{number} {base64.b64encode(public).decode()}")


def _append(file: Path, text: str) -> None:
    """On the disk when this returns."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, text.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
