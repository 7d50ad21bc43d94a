"""Releasing a draft in an emergency, on the word of two people; and the review that follows."""

from collections.abc import Callable
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

from builder.publish import PublishVetoed
from builder.views.problems import lines_of
from content.models.base import AppPage
from content.reviews import emergency
from content.reviews.models import Emergency

LONGEST = 500


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever may edit the page; a POST asks, confirms, withdraws or judges."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, AppPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method == "POST":
        _deed(request, page)
        return HttpResponseRedirect(reverse("emergency", args=[page.pk]))
    rows = Emergency.objects.filter(
        translation_key=page.translation_key, confirmed_at__isnull=False
    )
    past = list(rows.select_related("asked_by", "confirmed_by", "result_by").order_by("-pk")[:20])
    context = {
        "page": page,
        "review": reverse("review", args=[page.pk]),
        "may": emergency.may(request.user),
        "needed": emergency.is_needed(page),
        "waiting": emergency.waiting(page),
        "past": [(each, emergency.may_judge(each, request.user), _is_late(each)) for each in past],
        "longest": LONGEST,
    }
    return render(request, "content/emergency.html", context)


def _is_late(row: Emergency) -> bool:
    return not row.result and row.due_at is not None and row.due_at < timezone.now()


def _deed(request: HttpRequest, page: AppPage) -> None:
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        messages.success(request, deed(request, page))
    except PublishVetoed as veto:
        for line in lines_of(page.get_latest_revision_as_object(), veto.problems, gettext):
            messages.error(request, line)


def _said(request: HttpRequest, field: str) -> str:
    return request.POST.get(field, "").replace("\x00", "")[:LONGEST]


def _asked(request: HttpRequest, page: AppPage) -> str:
    emergency.ask(page=page, reason=_said(request, "reason"), by=request.user)
    return gettext("Asked for. Somebody else with the right confirms it here, and it is released.")


def _confirmed(request: HttpRequest, page: AppPage) -> str:
    emergency.confirm(emergency=_row(request, page), by=request.user)
    return gettext("Released. It is to be reviewed afterwards.")


def _withdrawn(request: HttpRequest, page: AppPage) -> str:
    emergency.withdraw(emergency=_row(request, page), by=request.user)
    return gettext("Withdrawn.")


def _judged(request: HttpRequest, page: AppPage) -> str:
    right = request.POST.get("result") == "approved"
    emergency.judge(
        emergency=_row(request, page),
        right=right,
        comment=_said(request, "comment"),
        by=request.user,
    )
    return gettext("Your judgement is kept with the release.")


def _row(request: HttpRequest, page: AppPage) -> Emergency:
    number = request.POST.get("emergency", "")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise Http404
    return get_object_or_404(Emergency, pk=int(number), translation_key=page.translation_key)


DEEDS: dict[str, Callable[[Any, AppPage], str]] = {
    "ask": _asked,
    "confirm": _confirmed,
    "withdraw": _withdrawn,
    "judge": _judged,
}
