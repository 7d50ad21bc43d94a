"""The first page of the workshop: what is written here, one press away from being edited."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from content.models import DocumentPage, FormPage, LessonPage, ScriptPage

KINDS: tuple[tuple[Any, Promise | str], ...] = (
    (ScriptPage, _("Scripts")),
    (FormPage, _("Forms")),
    (LessonPage, _("Lessons")),
    (DocumentPage, _("Documents")),
)
AT_MOST = 12


@dataclass(frozen=True)
class Written:
    """A page with its address in the editor, and whether something of it waits to be published."""

    title: str
    language: str
    address: str
    live: bool
    waiting: bool


class WrittenHere(Component):
    """The pages this person may edit, by kind, the newest change first."""

    name = "written_here"
    order = 50
    template_name = "content/written_here.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        kinds = [(title, list(pages_of(kind, user))) for kind, title in KINDS]
        return {"kinds": [(title, pages) for title, pages in kinds if pages]}


def pages_of(kind: Any, user: Any) -> Iterator[Written]:
    """What of a kind somebody may edit."""
    newest = kind.objects.select_related("locale").order_by("-latest_revision_created_at", "pk")
    for page in newest[:AT_MOST]:
        if page.permissions_for_user(user).can_edit():
            yield Written(
                page.get_admin_display_title(),
                page.locale.language_code,
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
                page.live,
                page.has_unpublished_changes,
            )
