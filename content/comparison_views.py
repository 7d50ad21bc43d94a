"""The draft of a page beside a version of it: what its next release would change."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.models import Page

from builder import publish as publishing
from builder.models import App, Version, definition_of
from builder.views.comparison import comparison
from content.models.base import AppPage


@require_safe
def compare_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft against the version that is live, or against `?old=N`; for whoever may edit the page."""
    page = editable(request, pk)
    versions = versions_of(page)
    asked = request.GET.get("old", "")
    old = next((one for one in versions if str(one.number) == asked), next(iter(versions), None))
    draft = publishing.draft(page.get_latest_revision_as_object())
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    context: dict[str, Any] = {
        "page": page,
        "editor": editor,
        "versions": versions,
        "old": old,
        "unreadable": draft is None,
    }
    if old is not None and draft is not None:
        context |= {
            "compared": comparison(definition_of(old), draft, request.GET.get("kind", "")),
            "words": request.GET.get("as") == "words",
            "old_name": f"v{old.number}",
            "new_name": gettext("Draft"),
            "query": (("old", old.number),),
        }
    return render(request, "content/comparison.html", context)


def editable(request: HttpRequest, pk: int) -> AppPage:
    """The page, if it is one of ours and this person may edit it."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, AppPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def versions_of(page: AppPage) -> list[Version]:
    """The versions of the page's app, the newest first."""
    app = App.objects.filter(translation_key=page.translation_key).first()
    rows = [] if app is None else app.versions.order_by("-number").defer("definition", "bodies")
    return list(rows)
