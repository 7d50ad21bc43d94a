"""Text as it is kept: NFC, without control characters, and without half characters (lone surrogates)."""

import re
import unicodedata
from typing import Final

# Spelled out: what Python and JavaScript call white space is not the same.
BLANKS: Final = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_UNWANTED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def is_text(value: object) -> bool:
    """Whether this is a string that can be kept: no control character but tab and line ends, no half character."""
    return isinstance(value, str) and _UNWANTED.search(value) is None


def clean(text: str) -> str:
    """The text in the one form it is kept and compared in (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_blank(text: str) -> bool:
    """Whether nothing is said: only white space."""
    return not text.strip(BLANKS)
