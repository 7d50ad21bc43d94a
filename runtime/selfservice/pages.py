"""What every public page has in common: its headers, its language, its refusals. And the cookie of a seat.

The cookie belongs to one seat: it is sent to the addresses of this seat alone, is made anew each time somebody sits down, and goes
when the browser is closed. A page says nothing to the outside: nothing is kept by a cache, nothing may frame it.
"""

import functools
import hmac
import uuid
from collections.abc import Callable
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runtime.selfservice import actions
from runtime.selfservice.limits import Limit, address_of
from runtime.selfservice.models import Seat
from runtime.selfservice.sealed import hidden

COOKIE = "__Secure-form" if settings.PRODUCTION else "form"
View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A page for anybody: kept nowhere, framed nowhere, found by no search engine, and without the cookie of the language."""

    @csp_replace({"frame-ancestors": [NONE]})  # type: ignore[untyped-decorator]
    @functools.wraps(view)
    def shown(request: HttpRequest, *arguments: Any, **names: Any) -> HttpResponse:
        request.keeps_no_language = True  # type: ignore[attr-defined]  # read by `config.middleware`
        response = view(request, *arguments, **names)
        response["Cache-Control"] = "no-store"
        response["X-Frame-Options"] = "DENY"
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

    return shown


def speaking(language: str) -> Any:
    """The page itself speaks the language of the form, where the house does."""
    known = dict(settings.LANGUAGES)
    return translation.override(language if language in known else translation.get_language())


def language_words(languages: Any) -> list[tuple[str, str]]:
    """The languages of a form, each as its own speakers call it."""
    return [(code, _own_name(code)) for code in languages]


def _own_name(code: str) -> str:
    try:
        return str(translation.get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


def told(
    request: HttpRequest, heading: str, words: str, *, status: int, **context: Any
) -> HttpResponse:
    """A page that says one thing, and what can be done."""
    shown = {"title": heading, "words": words, **context}
    return render(request, "selfservice/told.html", shown, status=status)


def too_often(request: HttpRequest, limit: Limit) -> HttpResponse:
    """Wait a little."""
    minutes = max(1, limit.seconds // 60)
    words = _(
        "This was done very often in a short time. Please wait %(minutes)s minutes and try again. What was saved is still there."
    )
    response = told(request, _("Please wait a little"), words % {"minutes": minutes}, status=429)
    response["Retry-After"] = str(limit.seconds)
    return response


def is_too_often(request: HttpRequest, *limits: tuple[Limit, str]) -> Limit | None:
    """The limit that this request breaks; each is counted. An empty `who` stands for the address it comes from."""
    now = timezone.now()
    broken = [
        limit
        for limit, who in limits
        if not actions.allowed(limit, who or address_of(request), now=now)
    ]
    return broken[0] if broken else None


def seated(response: HttpResponse, seat: Seat, secret: str) -> HttpResponse:
    """The response with the cookie of a seat."""
    response.set_cookie(
        COOKIE,
        secret,
        path=seat_path(seat),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def seat_path(seat: Seat) -> str:
    """The address of a seat's form."""
    return reverse("public-fill", args=[seat.pk])


def seat_of(request: HttpRequest, pk: uuid.UUID) -> Seat | None:
    """The seat, where the cookie is its own. A foreign one and none at all are alike."""
    rows = Seat.objects.select_related("filling__record__version__app", "filling__app").defer(
        "filling__record__version__definition", "filling__record__version__bodies"
    )
    seat = rows.filter(pk=pk, ended_at=None).first()
    given = hidden("seat", str(pk), request.COOKIES.get(COOKIE, "")[:64])
    fits = hmac.compare_digest(given, seat.secret if seat else "-" * len(given))
    if seat is None or not fits or seat.filling.until <= timezone.now():
        return None
    actions.seen(seat=seat, now=timezone.now())
    return seat


def with_seat(view: View) -> View:
    """A view of who sits at a form; anybody else learns nothing, not even that there is one."""

    @functools.wraps(view)
    def shown(request: HttpRequest, seat: uuid.UUID, **names: Any) -> HttpResponse:
        found = seat_of(request, seat)
        if found is None:
            return not_here(request)
        return view(request, found, **names)

    return shown


def not_here(request: HttpRequest) -> HttpResponse:
    """No form is open in this browser at this address."""
    words = _(
        "This form is not open in this browser, or it was open for too long. If you saved it, come back with your link and your code. "
        "Otherwise begin again."
    )
    return told(request, _("This form is not open here"), words, status=404)
