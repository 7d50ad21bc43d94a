"""The app of what leaves."""

from typing import Any

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    label = "exports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the start-up checks, and listens to what records announce."""
        import exports.documents.checks  # noqa: F401
        from exports.documents.effects import revoke_amended
        from runtime.records.signals import adopted, finished, record_erased

        adopted.connect(_seal_anew, dispatch_uid="exports.adopted")
        record_erased.connect(_forget, dispatch_uid="exports.record_erased")
        finished.connect(revoke_amended, dispatch_uid="exports.revoke_amended")


def _seal_anew(*, record: Any, former: Any, **_: Any) -> None:
    """What left of a record before its person was known becomes the person's with it."""
    from exports.documents import actions as documents
    from exports.feeds import batches

    documents.seal_anew(record=record, former=former)
    batches.seal_anew(record=record, former=former)


def _forget(*, record: Any, **_: Any) -> int:
    """What its documents and the rows that were sent of it said; numbers, codes and dates stay, so that they can be verified."""
    from exports.documents.models import Document
    from exports.feeds.models import DeliveredRow

    documents = Document.objects.filter(record=record).update(sealed=b"")
    return documents + DeliveredRow.objects.filter(record=record.pk).update(sealed=b"")
