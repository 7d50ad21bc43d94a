"""What `content` adds to the workshop: its first page, importing a form, the flow map."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.widgets import Button

from content import review_hooks
from content.flow_views import flow_page
from content.home import Waiting
from content.import_views import import_page, places_for
from content.models.base import AppPage
from content.release_views import release_page
from content.translation_views import translations_page
from content.workshop import WrittenHere

__all__ = ["review_hooks"]  # it registers its own
TOLD_TWICE = {
    "user_objects_in_workflow_moderation",
    "workflow_objects_to_moderate",
    "recent_edits",
}


class ImportMenuItem(MenuItem):
    """Shown to who may make pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(places_for(request.user).exists())


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern]:
    return [
        path("import-form/", import_page, name="import-form"),
        path("flow/<int:pk>/", flow_page, name="flow"),
        path("release/<int:pk>/", release_page, name="release"),
        path("translations/<int:pk>/", translations_page, name="translations"),
    ]


@hooks.register("register_page_header_buttons")
def flow_in_header(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page.specific, AppPage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Flow map"), reverse("flow", args=[page.pk]), icon_name="site", priority=58)
        address = reverse("translations", args=[page.pk])
        yield Button(_("Translations"), address, icon_name="globe", priority=59)


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(
        _("Import a form"), reverse("import-form"), icon_name="upload", order=250
    )


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for this person, then what is written here. Wagtail's own lists of the same would be told twice."""
    panels[:] = [each for each in panels if each.name not in TOLD_TWICE]
    panels += [Waiting(), WrittenHere()]


@hooks.register("construct_homepage_summary_items")
def no_counts_of_nothing(request: HttpRequest, items: list[Any]) -> None:
    """Nobody uploads images or documents here."""
    items[:] = [each for each in items if isinstance(each, PagesSummaryItem)]
