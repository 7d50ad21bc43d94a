"""Codes that people read, write down and type: no letter that looks like a digit, groups of four.

>>> read("k7m4 p9qr-xw2d"), grouped("K7M4P9QRXW2D")
('K7M4P9QRXW2D', 'K7M4-P9QR-XW2D')
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32 symbols: 5 bits each
CODE, REFERENCE = 12, 8  # 60 bits beside a link that nobody can guess; a reference opens nothing
GROUP = 4
HANDLE_BYTES = SECRET_BYTES = 16
LONGEST = 64
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_WHOLE = re.compile(f"[{ALPHABET}]{{{CODE}}}")


def fresh(length: int = CODE) -> str:
    """A new code, ungrouped."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def fresh_handle() -> str:
    """What stands in the address of a link to come back: 128 bits."""
    return secrets.token_urlsafe(HANDLE_BYTES)


def fresh_secret() -> str:
    """What a seat's cookie holds."""
    return secrets.token_urlsafe(SECRET_BYTES)


def grouped(code: str) -> str:
    """As it is shown."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> str | None:
    """The code that a person typed, or None where it cannot be one."""
    if len(typed) > LONGEST:
        return None
    code = re.sub(r"[\s\-–.]", "", typed).upper().translate(_ALIKE)
    return code if _WHOLE.fullmatch(code) else None
