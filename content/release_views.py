"""The page of a release: what stands in its way, whom and what it touches, what becomes of open records; and releasing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from builder import gates, reports
from builder import publish as publishing
from builder.checks.panel import panel
from builder.definition import sha256
from builder.problems import gettext_noop
from builder.views.problems import lines_of
from content.check_views import said
from content.models.base import AppPage
from content.release_report import Release
from content.testing.running import counted

LONGEST_REASON = 500
SECONDS_FOR_TESTS = 5.0  # what is not played until then is said
LOCKED = gettext_noop(
    "This page is locked for you, so it is not released: somebody locked it, or it waits for a review."
)


@require_http_methods(["GET", "HEAD", "POST"])
def release_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft of a page, for whoever may publish it; a POST sets one gate aside, with a reason."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, AppPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    drafted = page.get_latest_revision_as_object()
    checked = publishing.check(drafted)
    release = Release.of(drafted, checked.definition)
    asked = ""
    if request.method == "POST":
        asked = _posted(request, drafted, checked, release)
        if not asked:
            return HttpResponseRedirect(reverse("release", args=[page.pk]))
    context = {
        "page": page,
        "editor": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "problems": list(lines_of(drafted, checked.vetoes, gettext)),
        "gates": _closed(request, drafted, checked),
        "checked": said(panel(drafted)),
        "tests": counted(page, SECONDS_FOR_TESTS),
        "asked": asked,
        "locked": gettext(LOCKED) if _locked(request, page) else "",
        "longest": LONGEST_REASON,
        "unchanged": _unchanged(release),
        **(
            release.context(request.user, timezone.now())
            if release
            else {"first": checked.definition is not None}
        ),
    }
    return render(request, "content/release.html", context)


def _posted(request: HttpRequest, page: AppPage, checked: Any, release: Release | None) -> str:
    """A gate set aside, or what becomes of open records kept, and the draft released; the code of a gate whose reason is missing."""
    if "gate" in request.POST:
        return _set_aside(request, page, checked)
    if release is not None and "deed" in request.POST:
        if reports.do(request.POST["deed"], release.matter(request.user, timezone.now())):
            messages.success(request, gettext("It is done in the background."))
        return ""
    if release is not None and release.follows:
        release.keep(request.POST, request.user)
        messages.success(request, gettext("Kept for the release of this draft."))
    if "release" in request.POST:
        _release(request, page)
    return ""


def _release(request: HttpRequest, page: AppPage) -> None:
    """Publish the newest draft; what stands in the way is on the page."""
    if _locked(request, page):
        messages.error(request, gettext(LOCKED))
        return
    revision = page.get_latest_revision() or page.save_revision(user=request.user)
    try:
        revision.publish(user=request.user)
    except publishing.PublishVetoed:
        messages.error(
            request, gettext("The draft was not released: what stands in the way is said below.")
        )
    else:
        dated = page.go_live_at is not None and page.go_live_at > timezone.now()
        told = (
            gettext("It is released at its date.") if dated else gettext("The draft was released.")
        )
        messages.success(request, told)


def _locked(request: HttpRequest, page: AppPage) -> bool:
    """By hand, or by a review that waits for others."""
    return bool(page.permissions_for_user(request.user).page_locked())


def _unchanged(release: Release | None) -> bool:
    """Whether releasing would make no version."""
    return release is not None and sha256(release.before) == sha256(release.after)


def _closed(request: HttpRequest, page: AppPage, checked: Any) -> list[dict[str, Any]]:
    if checked.definition is None:
        return []
    found = []
    for code, problems in gates.closed(page, checked.definition).items():
        gate = gates.gate_of(code)
        assert gate is not None  # noqa: S101 what is closed is bound
        lines = list(lines_of(page, problems, gettext))
        may = gates.may_override(request.user, gate)
        found.append({"code": code, "label": gettext(gate.label), "lines": lines, "may": may})
    return found


def _set_aside(request: HttpRequest, page: AppPage, checked: Any) -> str:
    """The code of the gate whose reason is missing; nothing when it was set aside."""
    gate = gates.gate_of(request.POST.get("gate", ""))
    if gate is None or checked.definition is None:
        raise Http404
    if not gates.may_override(request.user, gate):
        raise PermissionDenied
    reason = request.POST.get("reason", "").replace("\x00", "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        messages.error(request, gettext("Say why, in at most 500 characters."))
        return gate.code
    gates.override(
        page=page, definition=checked.definition, gate=gate, reason=reason, by=request.user
    )
    messages.success(
        request,
        gettext("This draft may be released all the same; the next change of it is asked again."),
    )
    return ""
