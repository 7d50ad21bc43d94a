"""Restoring a version: what it would change of the draft, then the draft written anew."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from builder import publish as publishing
from builder.models import App, Version, definition_of
from builder.views.comparison import comparison, language_name
from builder.views.problems import lines_of
from content.models.base import AppPage
from content.restoring import Restored, may_restore, restore, source_of

TOLD = 10


@require_http_methods(["GET", "HEAD", "POST"])
def restore_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Shows what the draft would become; a post makes it so, for whoever may edit the page."""
    app = get_object_or_404(App, code=code)
    version = get_object_or_404(Version, app=app, number=number)
    page = source_of(app)
    if page is None:
        raise Http404(gettext("The page of this app was deleted. Import or write it anew."))
    if not may_restore(page, request.user):
        raise PermissionDenied(gettext("You may not edit this page now."))
    if request.method == "POST":
        restored = restore(page=page, version=version, by=request.user)
        _tell(request, restored, version)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "content/restore.html", _context(request, page, version))


def _context(request: HttpRequest, page: AppPage, version: Version) -> dict[str, Any]:
    draft = publishing.draft(page.get_latest_revision_as_object())
    compared = draft and comparison(draft, definition_of(version), request.GET.get("kind", ""))
    return {
        "page": page,
        "version": version,
        "editor": "",
        "back": reverse("versions", args=[version.app.code]),
        "compared": compared,
        "words": request.GET.get("as") == "words",
        "old_name": gettext("Draft"),
        "new_name": f"v{version.number}",
        "query": (),
    }


def _tell(request: HttpRequest, restored: Restored, version: Version) -> None:
    """What was done, what could not be, and what stands in the way of publishing it."""
    said = gettext(
        "The draft is as version %(number)s now. The drafts before it are in the page's history."
    )
    messages.success(request, said % {"number": version.number})
    if restored.lost:
        listed = ", ".join(f"{words or kind} ({kind})" for kind, words in restored.lost[:TOLD])
        told = gettext("Left out, for there are no more blocks of their kind: %(blocks)s.")
        messages.warning(request, told % {"blocks": listed})
    if restored.left:
        listed = ", ".join(map(language_name, restored.left))
        told = gettext(
            "These languages were not restored, for you may not edit their pages or there are none: %(languages)s."
        )
        messages.warning(request, told % {"languages": listed})
    page = restored.page.get_latest_revision_as_object()
    vetoes = publishing.check(page).vetoes
    if vetoes:
        lines = list(lines_of(page, vetoes, gettext))[:TOLD]
        told = gettext("It cannot be published as it is: %(problems)s")
        messages.warning(request, told % {"problems": " ".join(lines)})
