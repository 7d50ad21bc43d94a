"""The text of a signed link: which invitation, until when, and a signature that is bound to its form. Pure.

    base64url( id (16) | until, seconds (5) | HMAC-SHA256 over audience, form, id and until (16 of 32) )

Whoever changes a letter, or takes it to another form, has a text that was never signed.
"""

import base64
import binascii
import hashlib
import hmac
import uuid
from dataclasses import dataclass

AUDIENCE = b"scriptorium public form 1"
ID, UNTIL, MAC = 16, 5, 16
LENGTH = -(-(ID + UNTIL + MAC) * 4 // 3)  # of the text


@dataclass(frozen=True)
class Link:
    """What a signed link says."""

    invitation: uuid.UUID
    until: int  # seconds since 1970


def write(key: bytes, code: str, link: Link) -> str:
    """The text for the address of a link to the form of this code."""
    body = link.invitation.bytes + link.until.to_bytes(UNTIL, "big")
    return base64.urlsafe_b64encode(body + _mac(key, code, body)).rstrip(b"=").decode()


def read(key: bytes, code: str, text: str) -> Link | None:
    """What a text says, expired or not; None for one that was not signed for this form."""
    if len(text) != LENGTH or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    link = Link(uuid.UUID(bytes=raw[:ID]), int.from_bytes(raw[ID : ID + UNTIL], "big"))
    # The text itself: the last letter has bits that no byte hangs on.
    return link if hmac.compare_digest(write(key, code, link), text) else None


def _mac(key: bytes, code: str, body: bytes) -> bytes:
    said = AUDIENCE + b"\x00" + code.encode() + b"\x00" + body
    return hmac.new(key, said, hashlib.sha256).digest()[:MAC]
