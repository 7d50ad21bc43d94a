"""What is done to versions after they were published: labels. The only writer of VersionLabel; the actor is `by`."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from builder.models import Version, VersionLabel

LONGEST = 60


@transaction.atomic
def label_version(*, version: Version, text: str, by: Any) -> VersionLabel | None:
    """Put a label on a version; None where there is nothing to put. The same label twice is one label."""
    text = " ".join(text.split())[:LONGEST]
    if not text:
        return None
    found = VersionLabel.objects.filter(version=version, text=text).first()
    if found is not None:
        return found
    label = VersionLabel(version=version, text=text, created_at=timezone.now(), created_by=by)
    label._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    label.save()
    return label


@transaction.atomic
def unlabel_version(*, label: VersionLabel, by: Any) -> None:
    """Take a label off; the history keeps that it was there."""
    label._history_user = by  # noqa: SLF001
    label.delete()
