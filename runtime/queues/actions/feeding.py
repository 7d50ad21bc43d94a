"""Fetching lists from folders: each file once, by the same door as one that is uploaded.

Whoever set the feed up is who loads: with the columns that the campaign knows by then, while they are still an administrator. What could not
be taken is told on the campaign's page. Harmless when two workers look at once: a file is known by its digest, in the transaction that
keeps its rows.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from builder.problems import Problem, gettext_noop
from runtime.audit.actions import log_access
from runtime.people.roles import roles_of
from runtime.queues import folders
from runtime.queues.actions.imports import KEPT, confirm, end, keep
from runtime.queues.feeding import Inbox, InboxFile
from runtime.queues.lists import opening
from runtime.queues.lists.reading import BYTES_AT_MOST, Table
from runtime.queues.models import Campaign, ImportJob

QUIET: Final = timedelta(seconds=30)  # not changed for so long: it is whole
A_LOOK: Final = 5  # files of one feed: others wait for the worker, too
TRIED_AT_MOST: Final = 50
SAID_AT_MOST: Final = 80
STAMPS_AT_MOST: Final = 100
logger = logging.getLogger("scriptorium.worker")
STOOD: Final = gettext_noop("The columns are not those that the campaign knows.")
STOOD_REMEDY: Final = gettext_noop(
    "Load one such list by hand and say what each column means; then the sender sends it again."
)


def save_inbox(*, campaign: Campaign, folder: str, by: AbstractBaseUser) -> Inbox:
    """Sets a campaign's folder, or changes it; who does it is who loads from now on. Raises `ValueError` and `IntegrityError`."""
    if not folders.is_folder(folder):
        raise ValueError("no folder of a feed")
    with transaction.atomic():
        row = Inbox.objects.filter(campaign=campaign).first()
        row = row or Inbox(campaign=campaign, created_at=timezone.now())
        row.folder, row.by, row.active, row.problem = folder, by, True, ""
        row.save()
    return row


def stop_inbox(*, inbox: Inbox, by: AbstractBaseUser) -> None:
    """Nothing is fetched from it any more."""
    inbox.by, inbox.active = by, False
    inbox.save()


def fetch(*, now: datetime) -> None:
    """Looks into every folder. What goes wrong with one keeps no other from being looked at."""
    if settings.INBOX_DIR is None:
        return
    for inbox in Inbox.objects.filter(active=True).select_related("campaign", "by").order_by("pk"):
        problem = _resting(inbox) or _look(inbox, now)
        Inbox.objects.filter(pk=inbox.pk).update(looked_at=now, problem=problem)


def _resting(inbox: Inbox) -> str:
    """Why nothing is fetched: files wait where they are."""
    if not inbox.campaign.open:
        return "closed"
    return "" if inbox.by.is_active and "admin" in roles_of(inbox.by) else "by"


def _look(inbox: Inbox, now: datetime) -> str:
    try:
        with folders.opened(settings.INBOX_DIR, inbox.folder) as folder:
            failed = _take_all(inbox, folder, now)
            folders.tidy(folder, now - KEPT)
    except OSError:
        return "folder"
    return "failed" if failed else ""


def _take_all(inbox: Inbox, folder: int, now: datetime) -> int:
    """How many could not be taken up now; they keep none of the others."""
    known = {one for row in inbox.files.values_list("stamps", flat=True) for one in row}
    quiet = (now - QUIET).timestamp()
    whole = [one for one in folders.files(folder) if one.changed <= quiet]
    failed = taken = 0
    for found in [one for one in whole if one.stamp not in known][:TRIED_AT_MOST]:
        if taken == A_LOOK:
            break
        try:
            _take(inbox, folder, found, now)
            taken += 1
        except Exception as error:
            logger.error("a file of inbox %s: %s", inbox.pk, type(error).__name__)
            failed += 1
    return failed


def _take(inbox: Inbox, folder: int, found: folders.Found, now: datetime) -> None:
    """The access log is written before the file is opened."""
    purpose = f"import:{inbox.campaign.code}"
    log_access(by=inbox.by, deed="open", purpose=purpose, detail=f"inbox {found.size}")
    data = folders.read(folder, found, BYTES_AT_MOST)
    if data is None:
        return
    digest = hashlib.sha256(data).hexdigest()
    row = InboxFile.objects.filter(inbox=inbox, digest=digest, problem={}).first()
    row = row or _taken(inbox, data, digest, now)
    if row is None:
        return
    row.moved = folders.move(
        folder, found, digest, folders.REFUSED if row.problem else folders.DONE
    )
    if not row.moved:
        row.stamps = [*row.stamps, found.stamp][-STAMPS_AT_MOST:]
    row.save(update_fields=["moved", "stamps"])


def _taken(inbox: Inbox, data: bytes, digest: str, now: datetime) -> InboxFile | None:
    """What became of a file that is new, or was refused when it was sent before; None where another worker was there first."""
    table = opening.read(data)
    row = InboxFile(inbox=inbox, digest=digest, size=len(data), at=now)
    try:
        with transaction.atomic():
            InboxFile.objects.filter(inbox=inbox, digest=digest).exclude(problem={}).delete()
            row.save(force_insert=True)
            problem = table if isinstance(table, Problem) else _load(row, table, now)
            if problem is not None:
                row.problem = _kept(problem)
            row.save()
    except IntegrityError:
        return None
    return row


def _load(row: InboxFile, table: Table, now: datetime) -> Problem | None:
    """Keeps the rows and orders their loading; a list whose columns nobody explained is given up."""
    inbox = row.inbox
    job = keep(campaign=inbox.campaign, table=table, by=inbox.by)
    known = inbox.campaign.mapping
    mapping = {column: known[column] for column in table.header if column in known}
    problems = confirm(job=job, mapping=mapping, by=inbox.by)
    if problems:
        end(ImportJob.objects.get(pk=job.pk), "stopped", now)
        return Problem("columns", "mapping", STOOD, remedy=STOOD_REMEDY)
    row.job = job
    return None


def _kept(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept: set words, numbers, and names of columns and sheets, which are shown in clear everywhere."""
    params = {
        name: value[:SAID_AT_MOST] if isinstance(value, str) else value
        for name, value in (problem.params or {}).items()
    }
    return {"message": problem.message, "remedy": problem.remedy, "params": params}


def problem_of(row: InboxFile) -> Problem | None:
    """The problem again, to be said."""
    if not row.problem:
        return None
    return Problem("file", "file", **row.problem)


def refused(since: datetime) -> QuerySet[InboxFile]:
    """The files that could not be read or whose columns nobody explained."""
    return InboxFile.objects.filter(at__gte=since).exclude(problem={})


def of_campaign(campaign: Campaign, most: int) -> list[InboxFile]:
    """The last files of its folder."""
    rows = InboxFile.objects.filter(inbox__campaign=campaign).select_related("job")
    return list(rows.order_by("-at", "-pk")[:most])
