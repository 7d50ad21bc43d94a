"""How a token is written, and what is kept of it. `scr_` says to whoever finds one what it is; the beginning names the row; the rest
is 256 bits of chance, so that a plain digest of it tells nothing."""

import re
import secrets
import string
from hashlib import sha256
from typing import Final

LETTERS: Final = string.ascii_lowercase + string.digits
SHAPE: Final = re.compile(r"scr_([a-z0-9]{10})_[A-Za-z0-9_-]{43}", re.ASCII)


def fresh() -> tuple[str, str]:
    """A new token and its beginning."""
    prefix = "".join(secrets.choice(LETTERS) for _each in range(10))
    return f"scr_{prefix}_{secrets.token_urlsafe(32)}", prefix


def digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def prefix_of(text: str) -> str:
    """Its beginning; nothing where it is no token."""
    found = SHAPE.fullmatch(text)
    return found[1] if found else ""
