"""What an auditor asks of the access log: who saw this person, what did this user see, and any rows between.

A person is meant by the reference of a record or by a number as it stands in the log (of a person, of a record). To them belongs what
was done under their number and in their records, also while a record was not yet known to be theirs.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.records.models import Record
from runtime.records.references import record_of
from runtime.workspace.log_words import purposes_like

MOST = 50  # lines of a summary


@dataclass(frozen=True)
class Person:
    """Whom the log is asked about: their number, those of their records, and of who they were taken for before."""

    subject: uuid.UUID
    subjects: frozenset[uuid.UUID]
    records: frozenset[uuid.UUID]

    @property
    def rows(self) -> Q:
        return Q(subject__in=self.subjects) | Q(record__in=self.records)


def person_of(text: str) -> Person | None:
    """Who is meant by a reference or a number; None where the text is neither. A number that nobody has (any more) stands for itself:
    the log may know it."""
    found = record_of(text)
    if found is not None:
        return _of_record(found)
    try:
        number = uuid.UUID(text.strip())
    except ValueError:
        return None
    rows = Record.objects.filter(Q(pk=number) | Q(subject=number))
    record = rows.defer("snapshot", "wrapped_key").order_by("created_at").first()
    return _of_record(record) if record else _of_party(number)


def _of_record(record: Record) -> Person:
    if record.party_id:
        return _of_party(record.party_id)
    return Person(record.subject, frozenset({record.subject}), frozenset({record.pk}))


def _of_party(party: uuid.UUID) -> Person:
    rows = Record.objects.filter(party=party).values_list("pk", "subject")
    records = dict(rows)
    return Person(party, frozenset({party, *records.values()}), frozenset(records))


def rows_of(asked: dict[str, Any]) -> QuerySet[AccessLog]:
    """The rows that fit a filled-in filter."""
    wanted = Q()
    if asked.get("who"):
        wanted &= Q(by__username__iexact=asked["who"].strip())
    if asked.get("deed"):
        wanted &= Q(deed=asked["deed"])
    if asked.get("purpose"):
        text = asked["purpose"].strip()
        wanted &= Q(purpose__icontains=text) | Q(purpose__in=purposes_like(text))
    if asked.get("person"):
        wanted &= asked["person"].rows
    if asked.get("record"):
        wanted &= Q(record=asked["record"])
    if asked.get("since"):
        wanted &= Q(at__gte=_midnight(asked["since"]))
    if asked.get("until"):
        wanted &= Q(at__lt=_midnight(asked["until"] + timedelta(days=1)))
    return AccessLog.objects.filter(wanted)


def who_saw(rows: QuerySet[AccessLog]) -> list[dict[str, Any]]:
    """Each user who did something, the newest first."""
    return list(_counted(rows.values("by__username")).order_by("-last")[:MOST])


def whom_seen(rows: QuerySet[AccessLog]) -> list[dict[str, Any]]:
    """Each person a user had to do with, the newest first."""
    return list(
        _counted(rows.filter(subject__isnull=False).values("subject")).order_by("-last")[:MOST]
    )


def days(rows: QuerySet[AccessLog]) -> list[dict[str, Any]]:
    """Each day on which a user did something, and with how many people."""
    counted = _counted(rows.annotate(day=TruncDate("at")).values("day"))
    return list(counted.annotate(people=Count("subject", distinct=True)).order_by("-day")[:MOST])


def one_day(asked: dict[str, Any]) -> bool:
    return bool(asked.get("since")) and asked.get("since") == asked.get("until")


def _counted(rows: Any) -> Any:
    return rows.annotate(rows=Count("pk"), first=Min("at"), last=Max("at"))


def told(asked: dict[str, Any]) -> str:
    """What was asked, in codes, for the auditor's own row; a user who is none leaves no trace of what was typed."""
    user = asked.get("who") and _user(asked["who"])
    parts = [f"user {user.pk}"] if user else []
    parts += [f"{name} {asked[name]}" for name in ("since", "until") if asked.get(name)]
    return " ".join(parts)


def _user(name: str) -> Any:
    return get_user_model().objects.filter(username__iexact=name.strip()).first()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
