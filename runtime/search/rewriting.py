"""A walk through all entries that makes their tokens anew from their own cards, while everybody works.

It is begun when weights grow (those of answers: through the entries of records only) or another generation is to be filled; the worker goes on with it, or a command does with a bar.
Each batch is a transaction with the place it came to, so it may be ended at any moment. Entries are locked while they are
read: a change of facts waits, and is not undone.
"""

import datetime as dt
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from runtime.audit.actions import log_access
from runtime.search.entries import write_again
from runtime.search.models import SearchEntry, SearchTask

NAME = "entries"
ANSWERS = "entries of records"
AT_ONCE = 250
A_SWEEP = 20 * AT_ONCE
PURPOSE = "index"


def begin(*, after: timedelta = timedelta(), name: str = NAME) -> None:
    """From the first entry, not before `after` is over."""
    fresh = {"after": "", "done": 0, "begins_at": Now() + after}
    SearchTask.objects.update_or_create(name=name, defaults=fresh)


def standing(name: str = NAME) -> SearchTask | None:
    """The walk that is not done yet."""
    return SearchTask.objects.filter(name=name).first()


def waits(name: str = NAME) -> bool:
    """Whether it is too early: a process may not have heard yet what the entries are written for."""
    return SearchTask.objects.filter(name=name, begins_at__gt=Now()).exists()


def entries_of(name: str) -> QuerySet[SearchEntry]:
    """Through which a walk goes."""
    rows = SearchEntry.objects.order_by("id")
    return rows.exclude(record=None) if name == ANSWERS else rows


def rewrite_some(name: str = NAME) -> int:
    """Writes the next entries again; how many. 0: it is done, or waits."""
    with transaction.atomic():
        task = (
            SearchTask.objects.select_for_update().filter(name=name, begins_at__lte=Now()).first()
        )
        if task is None:
            return 0
        rows = entries_of(name).select_for_update()
        if task.after:
            rows = rows.filter(id__gt=int(task.after))
        found = list(rows[:AT_ONCE])
        if not found:
            task.delete()
            return 0
        log_access(by=None, deed="open", purpose=PURPOSE, detail=f"{len(found)} cards")
        write_again(found)
        task.after, task.done = str(found[-1].id), task.done + len(found)
        task.save()
    return len(found)


def go_on(_now: dt.datetime) -> None:
    """A walk that was begun is ended by the worker, some thousands of entries at a time."""
    for name in (NAME, ANSWERS):
        done = 0
        while done < A_SWEEP and (some := rewrite_some(name)):
            done += some
