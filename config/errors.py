"""Error pages: what happened, what can be done, nothing of the data."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

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
