"""Reading what is typed of an e-mail address, an address in the web, or a barcode: the one canonical form, or "" for none.

All three are ASCII where they name a machine, so that both engines check the same characters.
"""

import re
from typing import Final

from builder.values.texts import BLANKS, is_text

LONGEST_EMAIL: Final = 254
LONGEST_URL: Final = 2000
LONGEST_BARCODE: Final = 200
_GAPS: Final = re.compile(f"[{BLANKS}]+")
_ATOM: Final = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST: Final = rf"(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])"
_EMAIL: Final = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@({_HOST})")
# Never another scheme than these two, never a name or a password before the host: both make a link lie.
_URL: Final = re.compile(
    rf"(?:([Hh][Tt][Tt][Pp][Ss]?)://)?({_HOST})(:[0-9]{{1,5}})?((?:[/?#][^{BLANKS}<>\"\\^`{{|}}]*)?)"
)
# The digits a trade number may have: GTIN-8, UPC-A, EAN-13, GTIN-14.
LENGTHS: Final = {"gtin": (8, 12, 13, 14), "ean13": (13,)}


def email_of(text: str) -> str:
    """`Ann@Example.org` is kept as `Ann@example.org`: only the machine's name has no capitals."""
    bare = _GAPS.sub("", text)
    if bare[:7].lower() == "mailto:":
        bare = bare[7:]
    if bare.startswith("<") and bare.endswith(">"):
        bare = bare[1:-1]
    found = _EMAIL.fullmatch(bare) if len(bare) <= LONGEST_EMAIL else None
    return f"{found[1]}@{found[2].lower()}" if found and len(found[1]) <= 64 else ""


def url_of(text: str) -> str:
    """`Example.org/a` is kept as `https://example.org/a`."""
    bare = text.strip(BLANKS)
    found = _URL.fullmatch(bare) if len(bare) <= LONGEST_URL and is_text(bare) else None
    if not found:
        return ""
    return f"{(found[1] or 'https').lower()}://{found[2].lower()}{found[3] or ''}{found[4]}"


def barcode_of(text: str, checksum: str) -> str:
    """What is on the label; digits with a right check digit where the kind of code has one."""
    bare = text.strip(BLANKS)
    if checksum not in LENGTHS:
        return bare if len(bare) <= LONGEST_BARCODE and is_text(bare) else ""
    digits = _GAPS.sub("", bare).replace("-", "")
    if len(digits) not in LENGTHS[checksum] or not re.fullmatch("[0-9]+", digits):
        return ""
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(digits)))
    return digits if weighed % 10 == 0 else ""
