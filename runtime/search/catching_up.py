"""The records that were there before a question became searchable are indexed by the worker, some at a time.

A task for each app whose questions changed; it is ended at any moment and goes on where it was. Each record that is opened for it
stands in the access log. `manage.py index_answers` does the same with a bar, or all of it again.
"""

import datetime as dt
import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from builder.models import Version
from runtime.records.models import Record
from runtime.search.answers import index_record
from runtime.search.models import SearchTask
from runtime.search.searchables import of_app, ways_before
from runtime.vault.errors import RecordErased, SubjectDestroyed, say

logger = logging.getLogger("scriptorium.search")
NAME = "answers "  # and the app's key
AT_ONCE = 25
A_SWEEP = 500


def begin_if_changed(version: Version) -> None:
    """A version was published: are its app's records found by other answers than before?"""
    now = {name: one.way for name, one in of_app(version.app_id).items()}
    if now != ways_before(version) and records_of(version.app_id).exists():
        begin(version.app_id)


def begin(app_id: int) -> None:
    """From the first record of an app."""
    fresh = {"after": "", "done": 0, "begins_at": Now()}
    SearchTask.objects.update_or_create(name=f"{NAME}{app_id}", defaults=fresh)


def standing() -> QuerySet[SearchTask]:
    """The tasks that are not done."""
    return SearchTask.objects.filter(name__startswith=NAME).order_by("name")


def records_of(app_id: int) -> QuerySet[Record]:
    """What is indexed for an app."""
    return Record.objects.filter(version__app=app_id, erased_at=None).order_by("pk")


def index_some(name: str) -> int:
    """Indexes the next records of a task; how many. 0: it is done."""
    with transaction.atomic():
        task = SearchTask.objects.select_for_update().filter(name=name).first()
        if task is None:
            return 0
        rows = records_of(int(name.removeprefix(NAME)))
        found = list((rows.filter(pk__gt=UUID(task.after)) if task.after else rows)[:AT_ONCE])
        if not found:
            task.delete()
            return 0
        for record in found:
            _index(record.pk)
        task.after, task.done = str(found[-1].pk), task.done + len(found)
        task.save()
    return len(found)


def go_on(_now: dt.datetime) -> None:
    """What the worker does of it."""
    for name in list(standing().values_list("name", flat=True)):
        done = 0
        while done < A_SWEEP and (some := index_some(name)):
            done += some


def _index(record_id: Any) -> None:
    """One record, held: who settles it waits, and is not undone. One that cannot be opened stops no other."""
    try:
        with transaction.atomic():
            record = Record.objects.select_for_update(no_key=True).get(pk=record_id)
            index_record(record)
    except (SubjectDestroyed, RecordErased):
        return
    except Exception as error:
        logger.error("record %s was not indexed: %s", record_id, say(error))
