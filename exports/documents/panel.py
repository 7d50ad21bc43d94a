"""The documents of a person, for the person's page. Numbers and states only: nothing is opened."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from exports.documents.models import Document
from runtime.queues import scope
from runtime.workspace.party_panels import Line

MOST = 20


def documents_of(party: UUID, user: Any) -> list[Line]:
    """The newest documents of a party, each with its state and the place where it is printed."""
    documents = Document.objects.filter(party=party, record__in=scope.records(user))
    documents = documents.select_related("template__app")[:MOST]
    return [_line(document) for document in documents]


def _line(document: Document) -> Line:
    state, tone = _("valid"), "good"
    if document.revoked_at:
        state, tone = _("revoked"), "bad"
    elif document.valid_until and document.valid_until < timezone.localdate():
        state, tone = _("ended"), "warn"
    return Line(
        text=f"{document.template.app.title} {document.number}",
        address=f"{reverse('documents')}?number={document.number}",
        state=state,
        tone=tone,
    )
