"""What `content` adds to the workshop: its first page, importing a form, the check, the flow map."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from content import menus, review_hooks, translating_rights
from content.authors import hooks as author_hooks
from content.check_views import (
    check_page,
    check_play,
    check_progress,
    check_status,
    check_stop,
    check_ways,
)
from content.comparison_views import compare_draft
from content.flow_views import flow_page
from content.home import Waiting
from content.import_views import import_page
from content.lists import hooks as list_hooks
from content.lists.views import ChoiceListViewSet
from content.models.base import AppPage
from content.release_views import release_page
from content.restore_views import restore_version
from content.sections import hooks as section_hooks
from content.sections.views import SharedSectionViewSet
from content.start_views import starts_page
from content.testing.addresses import addresses
from content.translation_views import translations_page
from content.workshop import WrittenHere

__all__ = ["menus", "review_hooks", "translating_rights"]  # they register their own
TOLD_TWICE = {
    "user_objects_in_workflow_moderation",
    "workflow_objects_to_moderate",
    "recent_edits",
}


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern]:
    return [
        path("import-form/", import_page, name="import-form"),
        path("starts/", starts_page, name="starts"),
        path("flow/<int:pk>/", flow_page, name="flow"),
        path("compare/<int:pk>/", compare_draft, name="compare-draft"),
        path("restore/<slug:code>/<int:number>/", restore_version, name="restore-version"),
        path("release/<int:pk>/", release_page, name="release"),
        path("check/<int:pk>/", check_page, name="check"),
        path("check/<int:pk>/progress/", check_progress, name="check-progress"),
        path("check/<int:pk>/status/", check_status, name="check-status"),
        path("check/<int:pk>/stop/", check_stop, name="check-stop"),
        path("check/<int:pk>/play/<str:key>.json", check_play, name="check-play"),
        path("check/<int:pk>/ways.json", check_ways, name="check-ways"),
        path("translations/<int:pk>/", translations_page, name="translations"),
        *addresses(),
    ]


@hooks.register("register_page_header_buttons")
def flow_in_header(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page.specific, AppPage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Check"), reverse("check", args=[page.pk]), icon_name="check", priority=57)
        yield Button(_("Flow map"), reverse("flow", args=[page.pk]), icon_name="site", priority=58)
        address = reverse("compare-draft", args=[page.pk])
        yield Button(_("Compare with a version"), address, icon_name="copy", priority=57)
        address = reverse("translations", args=[page.pk])
        yield Button(_("Translations"), address, icon_name="globe", priority=59)


@hooks.register("register_page_header_buttons")
def release_in_header(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page.specific, AppPage) and page.permissions_for_user(user).can_publish():
        address = reverse("release", args=[page.pk])
        yield Button(_("Release report"), address, icon_name="upload", priority=59)


@hooks.register("register_page_header_buttons")
def way_to_tests(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page.specific, AppPage) and page.permissions_for_user(user).can_edit():
        address = reverse("script-tests", args=[page.pk])
        yield Button(_("Tests"), address, icon_name="tasks", priority=57)


@hooks.register("insert_editor_js")
def preview_host() -> str:
    return format_html('<script src="{}"></script>', static("content/preview_host.js"))


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for this person, then what is written here. Wagtail's own lists of the same would be told twice."""
    panels[:] = [each for each in panels if each.name not in TOLD_TWICE]
    panels += [Waiting(), WrittenHere()]


@hooks.register("construct_homepage_summary_items")
def no_counts_of_nothing(request: HttpRequest, items: list[Any]) -> None:
    """Nobody uploads images or documents here."""
    items[:] = [each for each in items if isinstance(each, PagesSummaryItem)]


@hooks.register("register_log_actions")
def words_for_restoring(actions: Any) -> None:
    actions.register_action(
        "content.restore", _("Restored"), _("A version was made the draft again")
    )


register_snippet(ChoiceListViewSet)
register_snippet(SharedSectionViewSet)
assert author_hooks  # noqa: S101 its own hooks are registered by being read
assert list_hooks  # noqa: S101 its own hooks are registered by being read
assert section_hooks  # noqa: S101 as those
