"""Printing: opens what a document was issued with and makes the paper. The log is written first, always."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from builder.definition import Definition, Section
from builder.models import definition_of
from exports.documents.actions import TABLE
from exports.documents.facts import filled, printed_texts
from exports.documents.models import Document
from exports.documents.paper import Paper, Part, Said, Texts, Validity, render
from exports.documents.pictures import on_paper
from exports.vaulted import open_facts
from runtime.audit.actions import log_access


def print_document(*, document: Document, by: Any, purpose: str) -> bytes:
    """The document as PDF. SubjectDestroyed after the person's erasure."""
    log_access(
        by=by,
        deed="print",
        purpose=purpose,
        subject=document.record.subject,
        record=document.record_id,
        detail=document.number,
    )
    return render(paper_of(document))


def paper_of(document: Document) -> Paper:
    """All that is printed of a document (the caller has written the log)."""
    definition = definition_of(document.template)
    # Read anew and in one: the record may have been given to its person since.
    subject, sealed = Document.objects.values_list("record__subject", "sealed").get(pk=document.pk)
    facts = open_facts(subject, TABLE, document.pk, sealed)
    revoked = timezone.localdate(document.revoked_at) if document.revoked_at else None
    issued_on = timezone.localdate(document.issued_at)
    return Paper(
        organisation=settings.ORGANISATION,
        title=_said(definition.title, definition, facts),
        number=document.number,
        code=document.grouped_code,
        address=address_of(document),
        validity=Validity(issued_on, document.valid_from, document.valid_until, revoked),
        parts=tuple(_part(section, definition, facts) for section in definition.sections),
    )


def address_of(document: Document) -> str:
    """The public page that verifies it."""
    path = reverse("verify-code", args=[document.grouped_code])
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def _part(section: Section, definition: Definition, facts: dict[str, Any]) -> Part:
    texts = printed_texts(section.items)
    paragraphs = (_said(text, definition, facts) for text in texts)
    return Part(
        _said(section.title, definition, facts),
        tuple(paragraph for paragraph in paragraphs if paragraph),
        on_paper((name for text in texts for name in text.holes()), facts),
    )


def _said(text: Any, definition: Definition, facts: dict[str, Any]) -> Texts:
    """The text in each language of the document; a language that says nothing of its own is left out."""
    source = definition.source
    said: dict[str, Said] = {}
    for language in facts["languages"]:
        words = filled(text, language, source, facts["texts"][language])
        if words.strip():
            said.setdefault(words, Said(language, words))
    return tuple(said.values())
