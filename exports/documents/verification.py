"""What the public may know of a document: whether its code is valid, revoked or unknown, and until when it holds."""

import datetime
from dataclasses import dataclass

from exports.documents import codes
from exports.documents.models import Document

NO_SUCH_CODE = (
    "A" * codes.LENGTH
)  # looked up where what was typed cannot be a code, so that both take as long


@dataclass(frozen=True)
class Standing:
    """`state` is valid, revoked or unknown; the dates are known of a valid document only."""

    state: str
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    over: bool = False  # its last day has passed


def standing(*, typed: str, today: datetime.date) -> Standing:
    """The standing of the document with the code that was typed. Opens nothing."""
    code = codes.read(typed)
    columns = ("revoked_at", "valid_from", "valid_until")
    row = Document.objects.filter(code=code or NO_SUCH_CODE).values_list(*columns).first()
    if code is None or row is None:
        return Standing("unknown")
    revoked_at, valid_from, valid_until = row
    if revoked_at is not None:
        return Standing("revoked")
    return Standing(
        "valid", valid_from, valid_until, valid_until is not None and valid_until < today
    )
