"""The workshop's menus: each role sees what it may open, and nothing else."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import locale_permission_policy, site_permission_policy

from content.places import places_for

DEEDS = ["add", "change", "delete"]


class MakingMenuItem(MenuItem):
    """Shown to who may make pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(places_for(request.user).exists())


class StartsMenuItem(MenuItem):
    """Shown to who may make pages, or lessons alone."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(places_for(request.user, lessons=True).exists())


class LocalesMenuItem(MenuItem):
    """Wagtail shows its own to those who may change sites, of which nobody has anything here."""

    def is_shown(self, request: HttpRequest) -> bool:
        sites = site_permission_policy.user_has_any_permission(request.user, DEEDS)
        return not sites and locale_permission_policy.user_has_any_permission(request.user, DEEDS)


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    address = reverse_lazy("import-form")
    return MakingMenuItem(_("Import a form"), address, icon_name="upload", order=250)


@hooks.register("register_admin_menu_item")
def starts_menu_item() -> MenuItem:
    address = reverse_lazy("starts")
    return StartsMenuItem(_("Templates"), address, icon_name="doc-full-inverse", order=240)


@hooks.register("register_settings_menu_item")
def locales_menu_item() -> MenuItem:
    address = reverse_lazy("wagtaillocales:index")
    return LocalesMenuItem(_("Locales"), address, icon_name="globe", order=604)
