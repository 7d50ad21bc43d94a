"""Content listens to Wagtail: a page that is no longer live closes its app, a shared list that is published has a new edition."""

from typing import Any

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_unpublished, published

        page_unpublished.connect(close_app, dispatch_uid="content.close_app")
        published.connect(next_edition, dispatch_uid="content.next_edition")


def close_app(instance: Any, **_arguments: Any) -> None:
    """Also sent when a live page is deleted. Versions stay."""
    from builder.publish import close
    from content.models import AppPage

    if isinstance(instance, AppPage):
        close(instance)


def next_edition(instance: Any, revision: Any = None, **_arguments: Any) -> None:
    """A shared list was published, by somebody or by its schedule."""
    from content.lists.actions import make_edition
    from content.models import ChoiceList

    if isinstance(instance, ChoiceList) and instance.live:
        make_edition(shared=instance, by=revision.user if revision else None)
