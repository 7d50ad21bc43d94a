"""A page's review: what changed against what is live, who approved, what was said at which block; approving and sending back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from builder import publish as publishing
from builder.definition import Definition, diff, say_change
from builder.publish import PublishVetoed
from builder.views.problems import lines_of
from content.models.base import AppPage
from content.reviews import counting, emergency
from content.reviews.commenting import remarks_of
from content.reviews.gate import find

LISTED = 200


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever may edit or review the page; a POST approves or sends back."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, AppPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    forms = _forms(page, request.user)
    if request.method == "POST":
        done = _act(request, page, forms)
        if done is not None:
            return done
    context = _context(page, forms)
    context["emergency"] = emergency.may(request.user) and context["stopped"]
    return render(request, "content/review.html", context)


def _forms(page: AppPage, user: Any) -> dict[str, Any]:
    """What this person may do now, by name, each with the form of its comment."""
    task = page.current_workflow_task
    if task is None:
        return {}
    return {
        name: {"label": label, "form": task.get_form_for_action(name)(prefix=name)}
        for name, label, _modal in task.get_actions(page, user)
    }


def _act(request: HttpRequest, page: AppPage, forms: dict[str, Any]) -> HttpResponse | None:
    """The way on; nothing where the form says what is missing."""
    action = request.POST.get("action", "")
    here = HttpResponseRedirect(reverse("review", args=[page.pk]))
    if action not in forms:
        messages.error(request, gettext("This draft is not waiting for your review any more."))
        return here
    task, state = page.current_workflow_task, page.current_workflow_task_state
    form = task.get_form_for_action(action)(request.POST, prefix=action)
    if not form.is_valid():
        forms[action]["form"] = form
        return None
    try:
        task.on_action(state, request.user, action, **form.cleaned_data)
    except PublishVetoed as veto:
        for line in lines_of(page.get_latest_revision_as_object(), veto.problems, gettext):
            messages.error(request, line)
        return here
    messages.success(request, _told(action, type(page).objects.get(pk=page.pk)))
    return here


def _told(action: str, page: AppPage) -> str:
    if action == "reject":
        return gettext("Sent back to its author, with what must change.")
    if page.current_workflow_state is not None:
        return gettext("Your approval is kept; the draft waits for the next one.")
    if page.has_unpublished_changes:
        return gettext("Approved; it goes live at its date.")
    return gettext("Approved and released.")


def _context(page: AppPage, forms: dict[str, Any]) -> dict[str, Any]:
    drafted = page.get_latest_revision_as_object()
    checked = publishing.check(drafted)
    live = publishing.latest(page)
    state = page.current_workflow_state
    current = state.current_task_state.specific if state and state.current_task_state else None
    return {
        "page": page,
        "drafted": drafted,
        "editor": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "report": reverse("release", args=[page.pk]),
        "compare": _address("compare-draft", page.pk),
        "flow": reverse("flow", args=[page.pk]),
        "problems": list(lines_of(drafted, checked.vetoes, gettext)),
        "live": live,
        "changes": _changes(live, checked.definition),
        "needs": _needs(drafted, checked.definition),
        "stopped": checked.definition is not None and any(find(drafted, checked.definition)),
        "state": state,
        "current": current,
        "due": getattr(current, "due_at", None),
        "late": _is_late(current),
        "remarks": list(remarks_of(drafted)),
        "past": _past(page),
        "forms": forms,
    }


def _is_late(state: Any) -> bool:
    due = getattr(state, "due_at", None)
    return due is not None and due < timezone.now()


def _needs(page: AppPage, definition: Definition | None) -> list[dict[str, Any]]:
    if definition is None:
        return []
    found = []
    for need in counting.needs(page, definition):
        waiting = [user for user in counting.able(need.task, page) if not _gave(need, user)]
        names = [user.get_full_name() or user.get_username() for user in waiting]
        found.append(
            {
                "need": need,
                "names": names[:12],
                "short": len(need.given) + len(waiting) < need.needed,
            }
        )
    return found


def _gave(need: counting.Need, user: Any) -> bool:
    return any(each.by_id == user.pk for each in need.given)


def _past(page: AppPage) -> list[Any]:
    """How earlier steps ended, the newest first."""
    from wagtail.models import TaskState

    done = TaskState.objects.for_instance(page).exclude(finished_at=None)
    return list(done.select_related("task", "finished_by").order_by("-finished_at")[:12])


def _changes(live: Definition | None, draft: Definition | None) -> list[str]:
    if live is None or draft is None:
        return []
    return [say_change(each, gettext, _language) for each in diff(live, draft, gettext)][:LISTED]


def _language(code: str) -> str:
    try:
        return str(capfirst(get_language_info(code)["name_translated"]))
    except KeyError:
        return code


def _address(name: str, pk: int) -> str:
    """A page that somebody else may have built."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
