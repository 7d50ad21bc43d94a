"""Content listens to Wagtail: a page that is no longer live closes its app, a shared list that is published has a new edition;
and it says what stands in the way of a release."""

from typing import Any

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_unpublished, published, unpublished

        from builder import gates
        from builder.problems import gettext_noop
        from builder.signals import published as version_made
        from content import panels, translations
        from content.reviews.gate import GATE
        from content.signals import going_live

        version_made.connect(finish_proposals, dispatch_uid="content.finish_proposals")
        gates.bind(GATE)
        panels.bind_all()
        page_unpublished.connect(close_app, dispatch_uid="content.close_app")
        published.connect(next_edition, dispatch_uid="content.next_edition")
        unpublished.connect(next_edition, dispatch_uid="content.edition_without")
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


def next_edition(instance: Any, revision: Any = None, **_arguments: Any) -> None:
    """A shared list or section was published, by somebody or by its schedule; or a section's translation is so no longer."""
    from content.lists import actions as lists
    from content.models import ChoiceList, SharedSection
    from content.sections import actions as sections

    by = revision.user if revision else None
    if isinstance(instance, ChoiceList) and instance.live:
        lists.make_edition(shared=instance, by=by)
    if isinstance(instance, SharedSection):
        sections.make_edition(shared=instance, by=by)
