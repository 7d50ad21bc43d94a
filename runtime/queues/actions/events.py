"""Appending to an item's history; nothing here is ever changed."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from runtime.queues.models import WorkItem, WorkItemEvent


def append(
    item: WorkItem, event: str, *, by: AbstractBaseUser | None, at: datetime, **data: Any
) -> WorkItemEvent:
    """`data` holds codes, numbers and ids, never a word about a person."""
    return WorkItemEvent.objects.create(item=item, event=event, by=by, at=at, data=data)
