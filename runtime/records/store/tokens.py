"""Run tokens: what the hot path needs to know of a session, sealed under a key of the day.

The header `X-Run-Token` carries one AES-GCM blob: key number in the ring, day, nonce, ciphertext. Nobody but the server can read
or make one. It names record, session, fence, epoch, user and version, carries the subkey of the record's events, and
expires. Whether session, fence and epoch still hold is asked by the append statement, each time.
"""

import base64
import binascii
import datetime as dt
import json
import os
import struct
import uuid
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from builder.models import Version
from runtime.records.models import Session
from runtime.vault.keys import process_key, subkey

LIFE = dt.timedelta(hours=12)
LONGEST = 2048
_HEAD = struct.Struct(">BHI")
_FORMAT = 1
_NONCE = 12


class TokenUnknown(Exception):
    """Not a token of this installation: made up, cut, or of another one."""


@dataclass(frozen=True, repr=False)
class RunToken:
    kind: str
    record: uuid.UUID
    session: uuid.UUID
    fence: int
    epoch: int
    user: int | None
    version: int
    sha256: str
    events_key: bytes
    expires: dt.datetime

    def __repr__(self) -> str:
        return f"<RunToken {self.session}>"


def issue(session: Session, version: Version, events_key: bytes, now: dt.datetime) -> str:
    """The token of a session that was just opened."""
    number, _key = process_key("run token root")
    day = now.astimezone(dt.UTC).date().toordinal()
    body = {
        "k": session.kind,
        "r": session.record_id.hex,
        "s": session.id.hex,
        "f": session.fence,
        "e": session.epoch,
        "u": session.agent_id,
        "v": version.pk,
        "d": version.sha256,
        "x": int((now + LIFE).timestamp()),
        "y": base64.b64encode(events_key).decode(),
    }
    head = _HEAD.pack(_FORMAT, number, day)
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_day_key(number, day)).encrypt(nonce, json.dumps(body).encode(), head)
    return _text(head + nonce + sealed)


def read(text: str) -> RunToken:
    """The token in a header, expired or not; `TokenUnknown` when it is none of ours."""
    try:
        return _read(text)
    except (binascii.Error, ValueError, TypeError, LookupError, struct.error, InvalidTag):
        raise TokenUnknown from None


def _read(text: str) -> RunToken:
    if not text or len(text) > LONGEST:
        raise ValueError("no token")
    raw = base64.b64decode(
        text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
    )
    if _text(raw) != text:
        raise ValueError("not how it was issued: the last letter has bits that decode to nothing")
    head, nonce, sealed = (
        raw[: _HEAD.size],
        raw[_HEAD.size : _HEAD.size + _NONCE],
        raw[_HEAD.size + _NONCE :],
    )
    version, number, day = _HEAD.unpack(head)
    if version != _FORMAT:
        raise ValueError("unknown format")
    body = json.loads(AESGCM(_day_key(number, day)).decrypt(nonce, sealed, head))
    return RunToken(
        kind=body["k"],
        record=uuid.UUID(body["r"]),
        session=uuid.UUID(body["s"]),
        fence=body["f"],
        epoch=body["e"],
        user=body["u"],
        version=body["v"],
        sha256=body["d"],
        events_key=base64.b64decode(body["y"]),
        expires=dt.datetime.fromtimestamp(body["x"], dt.UTC),
    )


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _day_key(number: int, day: int) -> bytes:
    _number, root = process_key("run token root", number)
    return _derived(root, day)


@lru_cache(maxsize=16)
def _derived(root: bytes, day: int) -> bytes:
    return subkey(root, f"run token {day}")
