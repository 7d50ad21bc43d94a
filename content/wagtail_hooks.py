"""What `content` adds to the workshop: its first page, importing a form."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from content.import_views import import_page, places_for
from content.workshop import WrittenHere


class ImportMenuItem(MenuItem):
    """Shown to who may make pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(places_for(request.user).exists())


@hooks.register("register_admin_urls")
def import_url() -> list[URLPattern]:
    return [path("import-form/", import_page, name="import-form")]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(
        _("Import a form"), reverse("import-form"), icon_name="upload", order=250
    )


@hooks.register("construct_homepage_panels")
def written_here(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WrittenHere())
