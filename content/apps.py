"""Content listens to Wagtail: a page that is no longer live closes its app. Reviews are a gate of every release."""

from typing import Any

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_unpublished

        from builder import gates
        from content import panels
        from content.reviews.gate import GATE

        gates.bind(GATE)
        panels.bind_all()
        page_unpublished.connect(close_app, dispatch_uid="content.close_app")


def close_app(instance: Any, **_arguments: Any) -> None:
    """Also sent when a live page is deleted. Versions stay."""
    from builder.publish import close
    from content.models import AppPage

    if isinstance(instance, AppPage):
        close(instance)
