"""Which documents a person may see: all for supervisors and data officers; an agent those of the records he sat at, or
of a person he opened, with a purpose, within the last hour; of one's own unit."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet

from exports.documents.models import Document
from runtime.audit.models import AccessLog
from runtime.people.roles import roles_of
from runtime.queues import scope

WIDE = frozenset({"supervisor", "data_officer"})
LATELY = datetime.timedelta(hours=1)


def within_reach(user: Any, now: datetime.datetime) -> QuerySet[Document]:
    """The documents this user may list and print."""
    documents = Document.objects.select_related(
        "template__app", "record", "issued_by", "revoked_by"
    )
    if not scope.is_whole(user):
        documents = documents.filter(record__in=scope.records(user))
    if roles_of(user) & WIDE:
        return documents
    opened = AccessLog.objects.filter(
        by=user, deed="open", at__gte=now - LATELY, subject__isnull=False
    )
    sat_at = Q(record__sessions__agent=user)
    lately = Q(record__subject__in=opened.values("subject")) | Q(
        party__in=opened.values("subject")
    )
    return documents.filter(sat_at | lately).distinct()
