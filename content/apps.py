"""Content listens to Wagtail: a page that is no longer live closes its app; and says what stands in the way of a release."""

from typing import Any

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_unpublished

        from builder import gates
        from builder.problems import gettext_noop
        from builder.signals import published
        from content import panels, translations
        from content.reviews.gate import GATE
        from content.signals import going_live

        published.connect(finish_proposals, dispatch_uid="content.finish_proposals")
        gates.bind(GATE)
        panels.bind_all()
        page_unpublished.connect(close_app, dispatch_uid="content.close_app")
        going_live.connect(note_translation, dispatch_uid="content.note_translation")
        gates.bind(
            gates.Gate(
                "language",
                gettext_noop("Languages"),
                translations.gate,
                "builder.override_language",
                translations.evidence,
            )
        )


def finish_proposals(version: Any, **_arguments: Any) -> None:
    """What the version's note names has been done."""
    from content.proposals import actions

    actions.finish(version)


def note_translation(page: Any, by: Any, **_arguments: Any) -> None:
    """What a translator has seen is kept when a translation goes live."""
    from content import translations

    translations.note(page, by)


def close_app(instance: Any, **_arguments: Any) -> None:
    """Also sent when a live page is deleted. Versions stay."""
    from builder.publish import close
    from content.models import AppPage

    if isinstance(instance, AppPage):
        close(instance)
