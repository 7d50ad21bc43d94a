"""Error pages: what happened, what can be done, nothing of the data."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from runtime.audit.errors import LogUnwritable
from runtime.people.roles import roles_of
from runtime.vault.errors import KeyMissing, RecordErased, SubjectDestroyed, VaultError, say

logger = logging.getLogger("scriptorium.vault")

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for what is larger than this server takes."""
    if isinstance(exception, TOO_BIG):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: most often a page that was open since before a login."""
    told = _(
        "This page was open for too long, or since before you signed in. Go back, load it again and send it again."
    )
    return render(request, "403.html", {"exception": told}, status=403)


def server_error(request: HttpRequest, *details: Any) -> HttpResponse:
    """500. The page asks no database: that may be what is broken."""
    return render(None, "500.html", status=500)  # type: ignore[arg-type]  # without a request: no context processors


class SealedMiddleware:
    """Where something sealed cannot be opened, whatever the view: a calm page (or JSON) that says what, where and what to do.

    503 while a key is missing or the access log cannot be written: it comes back with them. 410 for who was erased: it never comes back. 500 for what was
    tampered with.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, VaultError):
            return None
        if isinstance(exception, SubjectDestroyed):
            code = "record_erased" if isinstance(exception, RecordErased) else "erased"
            return _told(request, 410, code, exception)
        logger.error("what is sealed could not be opened: %s", say(exception))
        if isinstance(exception, KeyMissing):
            return _told(request, 503, "keys_missing", exception)
        if isinstance(exception, LogUnwritable):
            return _told(request, 503, "log_unwritable", exception)
        return _told(request, 500, "tampered", exception)


def _told(request: HttpRequest, status: int, code: str, error: VaultError) -> HttpResponse:
    """Only an administrator reads in which folder a file is missing."""
    reason = error.told(_, full="admin" in roles_of(request.user))
    if _speaks_json(request):
        answer: HttpResponse = JsonResponse({"code": code, "message": reason}, status=status)
    else:
        context = {"reason": reason, "code": code}
        answer = render(request, "sealed.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _speaks_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
