"""Codes that people read, write down and type: no letter that looks like a digit, groups of four.

>>> read("k7m4 p9qr-xw2d"), grouped("K7M4P9QRXW2D")
('K7M4P9QRXW2D', 'K7M4-P9QR-XW2D')
"""

import re
import secrets

from runtime.records.references import LETTERS, MEANT

CODE = 12  # 60 bits beside a link that nobody can guess
GROUP = 4
HANDLE_BYTES = SECRET_BYTES = 16
LONGEST = 64
_WHOLE = re.compile(f"[{LETTERS}]{{{CODE}}}")


def fresh() -> str:
    """A new code, ungrouped."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE))


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
    code = re.sub(r"[\s\-–.]", "", typed).upper().translate(MEANT)
    return code if _WHOLE.fullmatch(code) else None
