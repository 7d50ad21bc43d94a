"""Leaving a form for later, and coming back to it: with a link and a code, which open nothing without each other.

An unknown link, a wrong code and an expired form say the same, after the same work. What was sent says only that it was received.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.selfservice import actions
from runtime.selfservice.codes import grouped
from runtime.selfservice.limits import TRIED_HERE, TRIED_LINK, TRIED_LINK_A_DAY
from runtime.selfservice.models import Seat
from runtime.selfservice.pages import (
    is_too_often,
    public_page,
    seat_path,
    seated,
    speaking,
    too_often,
    with_seat,
)
from runtime.workspace.screen_sheet import civil_date


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
def later(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Asked for by a button, a link and a code are shown, once: nobody can show them again, only make others."""
    filling = seat.filling
    if filling.sent_at is not None or filling.record.closed_at is not None:
        return redirect("public-done", seat.pk)
    context = {"title": filling.app.title, "back": seat_path(seat), "seat": seat}
    with speaking(request.GET.get("language") or request.LANGUAGE_CODE):
        if request.method == "POST":
            handle, code = actions.keep_for_later(filling=filling)
            path = reverse("public-continue", args=[handle])
            context |= {
                "link": request.build_absolute_uri(path),
                "code": grouped(code),
                "until": civil_date(timezone.localdate(filling.until).isoformat()),
            }
        return render(request, "selfservice/later.html", context)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest, handle: str) -> HttpResponse:
    """The link asks for the code."""
    if request.method != "POST":
        return _asked(request)
    limit = is_too_often(
        request, (TRIED_HERE, ""), (TRIED_LINK, handle), (TRIED_LINK_A_DAY, handle)
    )
    if limit is not None:
        return too_often(request, limit)
    filling = actions.come_back(
        handle=handle, typed=request.POST.get("code", ""), now=timezone.now()
    )
    if filling is None:
        return _asked(request, wrong=True)
    seat, secret = actions.sit_down(filling=filling)
    return seated(redirect(seat_path(seat)), seat, secret)


def _asked(request: HttpRequest, *, wrong: bool = False) -> HttpResponse:
    context = {"title": _("Continue your form"), "wrong": wrong}
    return render(request, "selfservice/come_back.html", context, status=422 if wrong else 200)
