"""The effect `issue_document`: an outcome issues a document. Bound in `config.binding`."""

from datetime import date
from typing import Any

from builder.models import Version
from exports.documents.actions import DocumentRefused, Holding, issue, replace_earlier
from exports.documents.models import Document
from exports.readings import answers
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.records import store
from runtime.records.models import Record


def issue_document(arguments: dict[str, Any], effect: Effect) -> Document:
    """Issues the newest version of the template `document` from the effect's record; once per effect.

    `valid_from` and `valid_until` name questions or calculations that give dates. Refused, for good, where the
    template is not there or does not fit; the worker tries again after anything else.
    """
    try:
        return _issue(arguments, effect)
    except DocumentRefused as refused:
        raise Refused(f"document {refused.code}", final=True) from None


def _issue(arguments: dict[str, Any], effect: Effect) -> Document:
    record = (
        Record.objects.select_related("version__app", "party").filter(pk=effect.record).first()
    )
    code = arguments.get("document", "")
    template = (
        Version.objects.filter(app__code=code, app__kind="document").order_by("-number").first()
    )
    if record is None or template is None:
        raise DocumentRefused("no_record" if record is None else "no_template")
    already = Document.objects.filter(effect=effect.pk).first()
    if already is not None:
        return already
    document = issue(
        template=template,
        record=record,
        by=None,
        holding=_holding(arguments, record),
        effect=effect.pk,
    )
    replace_earlier(document=document)
    return document


def _holding(arguments: dict[str, Any], record: Record) -> Holding:
    given = answers(store.open_record(record, by=None, purpose="issue_document"))
    return Holding(
        *(_day(given.get(arguments.get(name, ""))) for name in ("valid_from", "valid_until"))
    )


def _day(value: Any) -> date | None:
    """The day an answer gives; None where it is Missing or no date."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
