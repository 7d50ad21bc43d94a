"""What reviews add to the workshop: the way to a page's review, the list of all, and words for a page's history."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from content.emergency_views import emergency_page
from content.models.base import AppPage
from content.review_views import review_page


@hooks.register("register_admin_urls")
def urls_of_reviews() -> list[URLPattern]:
    return [
        path("review/<int:pk>/", review_page, name="review"),
        path("emergency/<int:pk>/", emergency_page, name="emergency"),
    ]


@hooks.register("register_page_header_buttons")
def review_in_header(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page.specific, AppPage) and page.permissions_for_user(user).can_edit():
        label = _("Review") if page.current_workflow_state else _("Reviews")
        yield Button(label, reverse("review", args=[page.pk]), icon_name="check", priority=56)


@hooks.register("register_log_actions")
def words_of_reviews(actions: Any) -> None:
    @actions.register_action("content.approve")
    class Approve(LogFormatter):
        label = _("One approval")

        def format_message(self, entry: Any) -> str:
            told = {key: entry.data.get(key, "") for key in ("task", "given", "needed")}
            return gettext("“%(task)s”: %(given)s of %(needed)s approvals") % told

        def format_comment(self, entry: Any) -> str:
            return str(entry.data.get("comment", ""))
