"""What happens to every request: language of the person, access by the rows of `config.access`, policy by place."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from config.access import Row, row_of
from exports.formats.csv import line
from runtime.people.roles import roles_of
from runtime.queues import scope

GetResponse = Callable[[HttpRequest], HttpResponseBase]
WORKSHOP = "/admin/"
TOKEN_HEADER = "X-Run-Token"  # noqa: S105  the name of a header


class PolicyMiddleware(CSPMiddleware):
    """A strict policy everywhere; Wagtail's own pages, which write scripts into their HTML, have one of their own. A page that hears
    the bell at another port may reach that one, too."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        bell = getattr(request, "bell_address", "").removesuffix("/")
        if request.path_info.startswith(WORKSHOP):
            if not report_only and parts.config is None:
                parts.config = settings.WORKSHOP_SECURITY_POLICY
                parts.nonce = None  # beside a nonce, browsers ignore 'unsafe-inline'
        elif not report_only and "://" in bell:
            parts.update = {**(parts.update or {}), "connect-src": [bell]}
        return parts


class SheetMiddleware:
    """Wagtail makes sheets of its lists; as CSV they would carry formulas, which a spreadsheet runs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: Any = self.get_response(request)
        is_sheet = response.headers.get("Content-Type", "").startswith("text/csv")
        if not is_sheet or not request.path_info.startswith(WORKSHOP):
            return response
        return StreamingHttpResponse(_neutral(response), headers=response.headers)


def _neutral(sheet: Iterable[bytes]) -> Iterator[bytes]:
    rows = csv.reader(piece.decode() for piece in sheet)
    return (line(row).encode() for row in rows)


class PersonLocaleMiddleware:
    """Language: the person's own, else the cookie's, else the browser's.

    A request that carries a run token is a save: it must not ask the database who is signed in, so it
    takes the cookie that an earlier page left.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        if (
            request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language
            and TOKEN_HEADER not in request.headers
            and not getattr(request, "keeps_no_language", False)
        ):
            self._keep(response, language)
        return response

    def _language(self, request: HttpRequest) -> str:
        asked = request.GET.get("language", "")
        chosen = "" if TOKEN_HEADER in request.headers else _language_of(request.user)
        if not chosen and asked and asked in dict(settings.LANGUAGES):
            chosen = asked
        return chosen or translation.get_language_from_request(request)

    @staticmethod
    def _keep(response: HttpResponseBase, language: str) -> None:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _language_of(user: Any) -> str:
    person = getattr(user, "person", None) if user.is_authenticated else None
    language = person.language if person else ""
    return language if language in dict(settings.LANGUAGES) else ""


class AccessMiddleware:
    """Deny by default: an address without a row answers 403, to everybody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not getattr(request, "may_be_kept", False):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, names: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        row = row_of(match) if match else None
        if row is None or _elsewhere(request):
            raise PermissionDenied(_("This address is not open to anybody."))
        request.access_row = row
        request.may_be_kept = (
            row.public and match.url_name == "healthz"
        )  # every other page is of a person, or has a token
        if row.public or (row.token and TOKEN_HEADER in request.headers):
            return None
        return self._ask(request, row)

    @staticmethod
    def _ask(request: HttpRequest, row: Row) -> HttpResponseBase | None:
        if not request.user.is_authenticated:
            return _to_login(request, row)
        if not row.admits(roles_of(request.user)):
            raise PermissionDenied(
                _(
                    "Your roles do not open this page. An administrator can give you the role it needs."
                )
            )
        if row.whole and not (scope.is_whole(request.user) or "admin" in roles_of(request.user)):
            if request.resolver_match is not None and request.resolver_match.kwargs:
                raise Http404  # whether it is there or not
            raise PermissionDenied(
                _("This page is for those who belong to the whole organisation, not to one unit.")
            )
        return None


def _elsewhere(request: HttpRequest) -> bool:
    """Was the workshop asked for on a host that is not its own?"""
    if not settings.WORKSHOP_HOST or not request.path_info.startswith(WORKSHOP):
        return False
    return request.get_host().partition(":")[0] != settings.WORKSHOP_HOST


def _to_login(request: HttpRequest, row: Row) -> HttpResponse:
    if row.token or "application/json" in request.headers.get("Accept", ""):
        told = {"code": "signed_out", "message": _("You are signed out. Sign in again to go on.")}
        return JsonResponse(told, status=401)
    there = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return redirect_to_login(there)
