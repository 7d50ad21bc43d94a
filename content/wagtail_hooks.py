"""What `content` adds to the workshop: its first page, importing a form, the flow map."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from content.flow_views import flow_page
from content.import_views import import_page, places_for
from content.lists import hooks as list_hooks
from content.lists.views import ChoiceListViewSet
from content.models.base import AppPage
from content.workshop import WrittenHere


class ImportMenuItem(MenuItem):
    """Shown to who may make pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(places_for(request.user).exists())


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern]:
    return [
        path("import-form/", import_page, name="import-form"),
        path("flow/<int:pk>/", flow_page, name="flow"),
    ]


@hooks.register("register_page_header_buttons")
def flow_in_header(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page.specific, AppPage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Flow map"), reverse("flow", args=[page.pk]), icon_name="site", priority=58)


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(
        _("Import a form"), reverse("import-form"), icon_name="upload", order=250
    )


@hooks.register("construct_homepage_panels")
def written_here(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WrittenHere())


register_snippet(ChoiceListViewSet)
assert list_hooks  # noqa: S101 its own hooks are registered by being read
