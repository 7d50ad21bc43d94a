"""One record is erased while its person stays: its log, its snapshot, its files and its key go. The row itself stays, without a word of
what was said: a work item points at it, and figures count it.

A record with a subject of its own (nobody known) goes for good: that key is destroyed. One that is sealed under its person's key could come back with an
older backup of the data for as long as that person is not erased; the rule erases it again then.
"""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from runtime.audit.actions import log_access
from runtime.parties.actions import certificate
from runtime.parties.models import Party
from runtime.people.models import Person
from runtime.records import store
from runtime.records.actions import end_sessions_of
from runtime.records.models import Event, Record, StoredFile
from runtime.records.signals import record_erased


def erase_record(*, record: Record, by: Any, purpose: str, rule: str = "") -> bool:
    """Erases a closed record; False if it is open (again), or was erased before. The access log says that it begins, and certifies what went."""
    where = {"by": by, "deed": "erase", "record": record.id, "purpose": purpose}
    log_access(subject=record.subject, detail=rule, **where)
    with transaction.atomic():
        rows = Record.objects.select_for_update().filter(pk=record.pk)
        row = rows.filter(closed_at__isnull=False, erased_at=None).first()
        if row is None:
            return False
        own = _is_its_own(row)
        end_sessions_of(record=row, reason="erased")
        gone = Event.objects.filter(record=row).delete()[0]
        files = StoredFile.objects.filter(record=row).delete()[0]
        gone += sum(told or 0 for _receiver, told in record_erased.send(Record, record=row))
        rows.update(wrapped_key=b"", snapshot=None, missing=0, problems=0, erased_at=Now())
        told = certificate(rule, keys=1, rows=gone, files=files)
        log_access(subject=row.subject, detail=told, **where)
        if own:  # before the commit: a key that is gone without its rows harms nobody
            store.destroy_key_of(row.subject)
    record.refresh_from_db()
    return True


def _is_its_own(record: Record) -> bool:
    """Whether the subject is this record's alone: no party, no learner, no other record."""
    subject = record.subject
    others = Record.objects.filter(subject=subject).exclude(pk=record.pk)
    shared = (
        Party.objects.filter(pk=subject),
        Person.objects.filter(subject=subject),
        others,
    )
    return not any(rows.exists() for rows in shared)
