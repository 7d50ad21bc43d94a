"""The only writer of documents: issues them, numbered without gaps, and revokes them."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from builder.models import Version
from exports.documents import codes
from exports.documents.facts import DocumentRefused, Issued, Occasion, gather, opened
from exports.documents.models import Document, DocumentSequence
from exports.vaulted import seal_facts, sealed_anew
from runtime.audit.actions import log_access
from runtime.records import store
from runtime.records.models import Record

TABLE = "exports.document"

__all__ = [
    "TABLE",
    "DocumentRefused",
    "Holding",
    "issue",
    "issue_opened",
    "opened_for",
    "replace_earlier",
    "revoke",
    "seal_anew",
]


@dataclass(frozen=True)
class Holding:
    """From when and until when a document holds; None where it does not say."""

    valid_from: date | None = None
    valid_until: date | None = None

    def check(self) -> None:
        """Raises DocumentRefused where it would end before it begins."""
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise DocumentRefused("ends_before_it_begins")


def issue(
    *,
    template: Version,
    record: Record,
    by: Any,
    holding: Holding | None = None,
    language: str = "",
    effect: uuid.UUID | None = None,
) -> Document:
    """Issues a document from a record's settled answers, in its language unless another is named ("fr", "fr+en").

    Once per `effect`: a second call gives the first one's document. The facts it is printed with are sealed now, so
    that it never changes when the record does. Raises DocumentRefused with a code.
    """
    occasion = opened_for(template=template, record=record, by=by)
    return issue_opened(
        occasion=occasion, holding=holding or Holding(), language=language, effect=effect
    )


def opened_for(*, template: Version, record: Record, by: Any) -> Occasion:
    """The first half of issuing: all is opened, after the log and outside the transaction of `issue_opened`."""
    log_access(
        by=by,
        deed="document",
        purpose="issue_document",
        subject=record.subject,
        record=record.pk,
        detail=f"{template.app.code} v{template.number}",
    )
    return opened(template=template, record=record, by=by)


def issue_opened(
    *, occasion: Occasion, holding: Holding, language: str = "", effect: uuid.UUID | None = None
) -> Document:
    """The second half: numbered and sealed."""
    holding.check()
    record = occasion.record
    with transaction.atomic():
        if effect and (already := Document.objects.filter(effect=effect).first()):
            return already
        store.hold(record)
        now = timezone.now()
        document = Document(
            number=_next_number(timezone.localdate(now).year),
            code=codes.fresh(),
            effect=effect,
            template=occasion.template,
            record=record,
            party_id=record.party_id,
            valid_from=holding.valid_from,
            valid_until=holding.valid_until,
            issued_at=now,
            issued_by=occasion.by,
        )
        issued = Issued(
            document.number, timezone.localdate(now), holding.valid_from, holding.valid_until
        )
        facts = gather(occasion=occasion, issued=issued, language=language)
        document.language = "+".join(facts["languages"])
        document.sealed = seal_facts(record.subject, TABLE, document.pk, facts)
        document.save(force_insert=True)
    return document


def revoke(*, document: Document, by: Any, reason: str) -> Document:
    """Revokes for good, with who, when and why (one of `purposes.REASONS`). Revoking again changes nothing."""
    if by is None or not reason.strip():
        raise DocumentRefused("reason_missing")
    log_access(
        by=by,
        deed="document",
        purpose=reason,
        subject=document.record.subject,
        record=document.record_id,
        detail=f"revoke {document.number}",
    )
    return _revoked(document, by, reason)


def replace_earlier(*, document: Document) -> None:
    """An amended record is issued a new document: those it had of the same template no longer hold."""
    earlier = Document.objects.filter(
        record=document.record_id,
        template__app=document.template.app_id,
        revoked_at=None,
        issued_at__lte=document.issued_at,
    )
    for each in earlier.exclude(pk=document.pk):
        log_access(
            by=None,
            deed="document",
            purpose="replaced",
            subject=document.record.subject,
            record=document.record_id,
            detail=f"revoke {each.number}",
        )
        _revoked(each, None, "replaced")


def seal_anew(*, record: Record, former: uuid.UUID) -> None:
    """The documents of a record that was just given to its person (and is held): sealed for the person, as they were."""
    for document in Document.objects.filter(record=record):
        document.sealed = sealed_anew(former, record.subject, TABLE, document.pk, document.sealed)
        document.party_id = record.party_id
        document.save(update_fields=["sealed", "party"])


def _revoked(document: Document, by: Any, reason: str) -> Document:
    Document.objects.filter(pk=document.pk, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_by=by, reason=reason[:200]
    )
    document.refresh_from_db()
    return document


def _next_number(year: int) -> str:
    """The next number of the year, counted in the caller's transaction: a document that is rolled back leaves no gap."""
    DocumentSequence.objects.get_or_create(year=year)
    DocumentSequence.objects.filter(year=year).update(last=F("last") + 1)
    return f"{year}-{DocumentSequence.objects.get(year=year).last:06d}"
