"""The effect `issue_document`: an outcome issues a document. Bound in `config.binding`.

A document stands on how its record ended. When an amended record ends otherwise, what it was issued is revoked with
that end, and what still waits to be issued is not.
"""

from datetime import date
from typing import Any

from builder.definition import Definition
from builder.models import Version
from exports.documents.actions import (
    DocumentRefused,
    Holding,
    issue_opened,
    opened_for,
    replace_earlier,
    revoke_groundless,
)
from exports.documents.facts import Occasion
from exports.documents.models import Document
from exports.readings import answers
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.records import store
from runtime.records.models import Record

EFFECT = "issue_document"


def open_for_document(arguments: dict[str, Any], effect: Effect) -> Occasion | None:
    """What `issue_document` is prepared with: the record opened for the newest version of the template `document`, before the
    effect's transaction, so that the access log tells of it when that fails. None where the document is there already, or is
    left to the record's later end.

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
    if _ended_since(record, effect) or Document.objects.filter(effect=effect.pk).exists():
        return None
    return opened_for(template=template, record=record, by=None)


def issue_document(arguments: dict[str, Any], effect: Effect) -> Document | None:
    """Issues the document from what was opened; once per effect. None where the record has ended anew since: that end
    issues its own.

    `valid_from` and `valid_until` name questions or calculations that give dates. Refused, for good, where the
    template does not fit; the worker tries again after anything else.
    """
    occasion: Occasion | None = effect.prepared
    if occasion is None or _ended_meanwhile(occasion.record, effect):
        return Document.objects.filter(effect=effect.pk).first()
    try:
        holding = _holding(arguments, occasion)
        document = issue_opened(occasion=occasion, holding=holding, effect=effect.pk)
    except DocumentRefused as refused:
        raise Refused(f"document {refused.code}", final=True) from None
    replace_earlier(document=document)
    return document


def revoke_amended(
    *, record: Record, definition: Definition, outcome: str, by: Any, **_signal: Any
) -> None:
    """Hears that a record ended, in the transaction that ends it: an amended one keeps the documents that this end issues, too."""
    if not record.reopened:
        return
    node = next(node for node in definition.outcomes if node.name == outcome)
    issued = (dict(each.arguments) for each in node.effects if each.effect == EFFECT)
    codes = {arguments.get("document", "") for arguments in issued}
    revoke_groundless(record=record, still_issued=codes, by=by)


def _ended_since(record: Record, effect: Effect) -> bool:
    """Whether the record has ended anew since the end that caused the effect."""
    return record.closed_at is not None and effect.created_at < record.closed_at


def _ended_meanwhile(record: Record, effect: Effect) -> bool:
    """The same, of a record that is now held until the document is kept: it ends before or after that, never beside it."""
    store.hold(record)
    record.refresh_from_db(fields=["closed_at"])
    return _ended_since(record, effect)


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
