"""The code a document is verified by: random, 80 bits, sixteen letters and digits that people can read aloud."""

import base64
import re
import secrets

BYTES = 10  # 80 bits: sixteen letters of base32
LENGTH = 16
CODE = re.compile(r"[A-Z2-7]{16}")
MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})  # digits that base32 does not have


def fresh() -> str:
    """A new code, ungrouped."""
    return base64.b32encode(secrets.token_bytes(BYTES)).decode()


def read(typed: str) -> str | None:
    """The code a person typed (with blanks, dashes, small letters, 0 for O), or None where it cannot be one.

    >>> read("abcd-efgh ijkl-mn0p")
    'ABCDEFGHIJKLMNOP'
    """
    if len(typed) > 4 * LENGTH:
        return None
    code = re.sub(r"[\s\-]", "", typed).upper().translate(MISREAD)
    return code if CODE.fullmatch(code) else None
