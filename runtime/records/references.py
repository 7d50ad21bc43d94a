"""A record's reference: what an agent may tell a person, so that they are found again by it. Made of the record's id, kept nowhere.

Forty bits in letters that are not mistaken for each other, and one more that notices a slip. It opens nothing: who says it still
proves who they are.
"""

import re
from uuid import UUID

from runtime.records.models import Record

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MEANT = str.maketrans("OIL", "011")
BITS, LENGTH, CHECKED = 40, 8, 31
REST = 128 - BITS


def reference_of(record: UUID) -> str:
    """`7K3M-Q2PX-4`."""
    number = record.int >> REST
    letters = "".join(LETTERS[number >> shift & 31] for shift in range(BITS - 5, -1, -5))
    return f"{letters[:4]}-{letters[4:]}-{LETTERS[number % CHECKED]}"


def record_of(text: str) -> Record | None:
    """The record that is meant, however it was written; None where the text is no reference, or nobody's."""
    letters = re.sub(r"[\s-]", "", text).upper().translate(MEANT)
    if len(letters) != LENGTH + 1 or any(letter not in LETTERS for letter in letters):
        return None
    number = 0
    for letter in letters[:LENGTH]:
        number = number << 5 | LETTERS.index(letter)
    if LETTERS[number % CHECKED] != letters[LENGTH]:
        return None
    first, last = UUID(int=number << REST), UUID(int=(number + 1 << REST) - 1)
    rows = Record.objects.filter(pk__gte=first, pk__lte=last).select_related("party")
    return rows.defer("snapshot", "wrapped_key").first()
