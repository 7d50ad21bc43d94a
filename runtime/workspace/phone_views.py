"""The telephone page: it holds the telephone system's own frame, and tells here what the frame says of this agent's calls."""

from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET, require_POST

from runtime.telephony import payload
from runtime.telephony.actions import receive_from_page
from runtime.telephony.models import Extension
from runtime.telephony.seats import seat_of
from runtime.workspace.call_views import too_many
from runtime.workspace.unsent_views import made_for

LONGEST_REFERENCE = 120

SIGNED_OUT = gettext_noop(
    "You are signed out. Sign in again in another window; what happened to your calls is told then."
)


@require_GET
def telephone(request: HttpRequest) -> HttpResponse:
    """The frame of this agent's telephone system, in a window that stays open; who has none is shown how they dial."""
    seat = seat_of(request.user)
    if seat is None:
        return redirect("my-telephone")
    response = render(request, "workspace/telephone.html", {"seat": seat, "data": _data(seat)})
    # The frame may open a window of its own to sign in, and must be told when that is done.
    response["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    framed = csp_update({"frame-src": [seat.provider.frame.origin]})
    shown: HttpResponse = framed(lambda _request: response)(request)
    return shown


def _data(seat: Extension) -> dict[str, Any]:
    """What the page's module needs: whom it listens to, where it tells, what it says."""
    return {
        "address": seat.provider.frame.address,
        "origin": seat.provider.frame.origin,
        "told": f"{reverse('telephone-told', args=[seat.provider.code])}?by={seat.person_id}",
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "words": {
            "opening": gettext("The telephone is being opened. Sign in to it below if it asks."),
            "ready": gettext("The telephone is ready. Leave this window open while you work."),
            "elsewhere": gettext(
                "The telephone is open in another window already. Close this one."
            ),
            "line": gettext("The line is down. What happened to your calls is told as soon as it is back."),
            "signed_out": gettext(SIGNED_OUT),
            "in": gettext("incoming"),
            "out": gettext("outgoing"),
            "rings": gettext("rings"),
            "talking": gettext("on the line"),
            "missed": gettext("not answered"),
            "ended": gettext("ended"),
            "open": gettext("Who is it?"),
        },
    }  # fmt: skip


@require_POST
def told(request: HttpRequest, code: str) -> HttpResponse:
    """One event of a call at this person's own extension, as the frame told it; the same events as the webhook's."""
    if not made_for(
        request
    ):  # the page is still that of who was signed in before: it waits for them
        return _answer(401, {"message": gettext(SIGNED_OUT)})
    seat = seat_of(request.user, code)
    if seat is None:
        raise PermissionDenied(
            gettext("You have no extension at this telephone system. An administrator sets it.")
        )
    if too_many(request.user):
        return _answer(429, {"message": gettext("Too many calls were told in a minute.")})
    now = timezone.now()
    read = payload.read(request.body, "application/json", now)
    if isinstance(read, payload.Bad) or len(read.reference) > LONGEST_REFERENCE:
        text = gettext("The telephone told something that cannot be read.")
        return _answer(400, {"message": text})
    kept = receive_from_page(seat=seat, told=read, by=request.user, now=now)
    call = kept.call
    address = reverse("call", args=[call.pk]) if call.direction == "in" else ""
    return _answer(200, {"call": str(call.pk), "known": kept.known, "address": address})


def _answer(status: int, told: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(told, status=status)
    response["Cache-Control"] = "no-store"
    return response
