"""The only writer of the access log."""

import uuid
from typing import Any

from django.utils import timezone

from runtime.audit.models import AccessLog

DEEDS = (
    "open",
    "search",
    "export",
    "document",
    "settle",
    "replay",
    "verify",
    "print",
    "deliver",
    "erase",
)


def log_access(
    *,
    by: Any,
    deed: str,
    purpose: str,
    subject: uuid.UUID | None = None,
    record: uuid.UUID | None = None,
    detail: str = "",
) -> AccessLog:
    """Writes that `by` (None: the system) is about to do `deed`. Called before the deed: when this raises, do nothing.

    `purpose` and `detail` are codes, numbers and set words, never something typed about a person.
    """
    if deed not in DEEDS:
        raise ValueError(f"unknown deed {deed}")
    if not purpose.strip():
        raise ValueError("an access needs a purpose")
    return AccessLog.objects.create(
        at=timezone.now(),
        by=by,
        deed=deed,
        subject=subject,
        record=record,
        purpose=purpose[:200],
        detail=detail[:200],
    )
