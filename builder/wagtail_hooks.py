"""What the workshop adds to Wagtail: the way from a page to its versions, and words for its history."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from builder.models import App
from builder.views.editor_texts import editor_texts
from builder.views.formula_check import formula_check


def _versions_url(page: Any) -> str | None:
    code = (
        App.objects.filter(translation_key=page.translation_key)
        .values_list("code", flat=True)
        .first()
    )
    try:
        return reverse("versions", args=[code]) if code else None
    except NoReverseMatch:
        return None


hooks.register("insert_editor_js", editor_texts)


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern]:
    return [path("formula/", formula_check, name="formula-check")]


@hooks.register("register_admin_menu_item")
def versions_in_menu() -> MenuItem:
    """From the workshop to what was published, in words."""
    return MenuItem(_("Versions"), reverse_lazy("apps"), icon_name="history", order=220)


@hooks.register("register_page_header_buttons")
def versions_in_header(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    url = _versions_url(page)
    if url:
        yield Button(_("Versions"), url, icon_name="history", priority=60)


@hooks.register("register_page_listing_more_buttons")
def versions_in_listing(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    url = _versions_url(page)
    if url:
        yield Button(_("Versions"), url, icon_name="history", priority=60)


@hooks.register("register_log_actions")
def words_for_history(actions: Any) -> None:
    @actions.register_action("content.veto")
    class Veto(LogFormatter):
        label = _("Publishing refused")

        def format_message(self, entry: Any) -> str:
            return gettext("Publishing was refused: %(problems)s") % {
                "problems": entry.data.get("problems", "")
            }
