"""Signatures of webhooks: HMAC-SHA256 over the moment and the body. Pure.

    X-Scriptorium-Timestamp: 1774000000                 seconds since 1970
    X-Scriptorium-Signature: v1=<hex of HMAC-SHA256(key, "1774000000." + body)>

Several signatures may stand there, separated by commas: a provider that changes its key signs with both. What is older or newer
than the window is refused, so that what was overheard is of no use later; within it, a call and its event count once.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable

WINDOW = 300  # seconds that the clocks of both may differ
SCHEME = "v1="
_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


def sign(key: bytes, stamp: int, body: bytes) -> str:
    """The header's value for a body sent at this second."""
    return SCHEME + hmac.new(key, b"%d." % stamp + body, hashlib.sha256).hexdigest()


def refusal(
    keys: Iterable[bytes], stamp: str, signature: str, body: bytes, now: float
) -> str | None:
    """Why a body is refused: `signature` or `clock`; None when it is genuine and fresh. Without a good signature nothing is said
    of the clock."""
    if not _STAMP.fullmatch(stamp):
        return "signature"
    good = False
    for key in keys:
        expected = sign(key, int(stamp), body).encode()
        for one in signature.split(",")[:4]:
            good |= hmac.compare_digest(expected, one.strip().encode())
    if not good:
        return "signature"
    return None if abs(now - int(stamp)) <= WINDOW else "clock"
