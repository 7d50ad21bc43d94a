"""The effect `issue_document`: an outcome issues a document. Bound in `config.binding`."""

from datetime import date
from typing import Any

from builder.models import Version
from exports.documents.actions import (
    DocumentRefused,
    Holding,
    issue_opened,
    opened_for,
    replace_earlier,
)
from exports.documents.facts import Occasion
from exports.documents.models import Document
from exports.readings import answers
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.records.models import Record


def open_for_document(arguments: dict[str, Any], effect: Effect) -> Occasion | None:
    """What `issue_document` is prepared with: the record opened for the newest version of the template `document`, before the
    effect's transaction, so that the access log tells of it when that fails. None where the document is there already.

    Refused, for good, where the template is not there.
    """
    record = (
        Record.objects.select_related("version__app", "party").filter(pk=effect.record).first()
    )
    template = (
        Version.objects.filter(app__code=arguments.get("document", ""), app__kind="document")
        .order_by("-number")
        .first()
    )
    if record is None or template is None:
        code = "no_record" if record is None else "no_template"
        raise Refused(f"document {code}", final=True)
    if Document.objects.filter(effect=effect.pk).exists():
        return None
    return opened_for(template=template, record=record, by=None)


def issue_document(arguments: dict[str, Any], effect: Effect) -> Document:
    """Issues the document from what was opened; once per effect.

    `valid_from` and `valid_until` name questions or calculations that give dates. Refused, for good, where the
    template does not fit; the worker tries again after anything else.
    """
    occasion: Occasion | None = effect.prepared
    if occasion is None:
        return Document.objects.get(effect=effect.pk)
    try:
        holding = _holding(arguments, occasion)
        document = issue_opened(occasion=occasion, holding=holding, effect=effect.pk)
    except DocumentRefused as refused:
        raise Refused(f"document {refused.code}", final=True) from None
    replace_earlier(document=document)
    return document


def _holding(arguments: dict[str, Any], occasion: Occasion) -> Holding:
    given = answers(occasion.opened)
    return Holding(
        *(_day(given.get(arguments.get(name, ""))) for name in ("valid_from", "valid_until"))
    )


def _day(value: Any) -> date | None:
    """The day an answer gives; None where it is Missing or no date."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
