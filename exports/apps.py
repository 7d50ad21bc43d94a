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
        from runtime.records.signals import adopted

        adopted.connect(_seal_anew, dispatch_uid="exports.adopted")


def _seal_anew(*, record: Any, former: Any, **_: Any) -> None:
    """What left of a record before its person was known becomes the person's with it."""
    from exports.documents import actions as documents
    from exports.feeds import batches

    documents.seal_anew(record=record, former=former)
    batches.seal_anew(record=record, former=former)
