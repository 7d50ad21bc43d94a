"""Our page inside the telephone system's window (Genesys: Client App): says who calls, and opens the work in a window of the house.

Nothing of anybody is shown in the frame: how many persons have the number, and the way on. It carries no cookie; see
`runtime.telephony.inside`.
"""

import json
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtime.people.actions import ensure_person
from runtime.telephony import ringing as telephone
from runtime.telephony import sealed
from runtime.telephony.inside import admitted, hand_over
from runtime.telephony.models import Call, Frame
from runtime.telephony.seats import seat_of
from runtime.workspace.call_views import standing_of

LARGEST = 2000


@require_GET
@xframe_options_exempt  # the policy says who may: the one configured origin
def inside(request: HttpRequest, code: str) -> HttpResponse:
    """The page that stands in the frame: `?conversation=&language=`. It is for nobody until it is handed over."""
    frame = get_object_or_404(Frame, provider__code=code, provider__open=True)
    request.keeps_no_language = True  # type: ignore[attr-defined]  # read by `config.middleware`
    with translation.override(_language(request)):
        page = render(request, "workspace/inside.html", {"code": code, "data": _data(request)})
    return _framed_by(request, page, frame.origin)


def _framed_by(request: HttpRequest, page: HttpResponse, who: str) -> HttpResponse:
    framed = csp_replace({"frame-ancestors": [who]})
    shown: HttpResponse = framed(lambda _request: page)(request)
    shown["Cache-Control"] = "no-store"
    return shown


def _language(request: HttpRequest) -> str:
    """`en-us` as Genesys says it is `en` here."""
    asked = request.GET.get("language", "").lower().partition("-")[0]
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language()


def _data(request: HttpRequest) -> dict[str, Any]:
    return {
        "conversation": request.GET.get("conversation", "")[:120],
        "language": translation.get_language(),
        "words": {
            "refused": gettext("This window is not signed in any more. Let it in again."),
            "line": gettext("The line is down. It is tried again."),
        },
    }


@require_http_methods(["GET", "POST"])
def let_in(request: HttpRequest, code: str) -> HttpResponse:
    """In a window of the house: its person lets the frame in by a press; the token goes to the window that asked, if it is ours."""
    if seat_of(request.user, code) is None:
        raise PermissionDenied(
            gettext("You have no extension at this telephone system. An administrator sets it.")
        )
    context: dict[str, Any] = {}
    if request.method == "POST":
        ensure_person(user=request.user)
        context["token"] = hand_over(request.user, code)
    page = render(request, "workspace/inside_let_in.html", context)
    page["Cross-Origin-Opener-Policy"] = "unsafe-none"  # it speaks to the frame that opened it
    page["X-Frame-Options"] = "DENY"
    return _framed_by(request, page, NONE)


@csrf_exempt  # it carries no cookie: the token in the header says for whom
@require_POST
def calls(request: HttpRequest, code: str) -> HttpResponse:
    """What rings at this person's telephone, and the call of the conversation the frame stands beside."""
    request.keeps_no_language = True  # type: ignore[attr-defined]
    guest = admitted(request.headers.get("X-Inside-Token", ""), code)
    if guest is None:
        return JsonResponse({"code": "refused"}, status=401)
    told = _told(request)
    language = str(told.get("language", ""))
    with translation.override(language if language in dict(settings.LANGUAGES) else None):
        html = render_to_string(
            "workspace/inside_calls.html",
            {"calls": _calls(guest.user, code, str(told.get("conversation", "")))},
        )
    response = JsonResponse({"html": html, "token": guest.token})
    response["Cache-Control"] = "no-store"
    return response


def _told(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body[:LARGEST])
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _calls(user: Any, code: str, conversation: str) -> list[dict[str, Any]]:
    rows = list(telephone.calls_for(user, timezone.now()).prefetch_related("parties"))
    if conversation:
        beside = telephone.seen_by(user).filter(
            provider__code=code, reference__in=sealed.references(conversation[:120])
        )
        rows += [row for row in beside.prefetch_related("parties") if row not in rows]
    return [_row(row) for row in rows]


def _row(call: Call) -> dict[str, Any]:
    return {"call": call, "standing": standing_of(call), "parties": len(call.parties.all())}
