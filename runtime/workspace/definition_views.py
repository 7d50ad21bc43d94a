"""Definitions and long lists for the browser's engine, by the hash of what is in them: it is all they tell, so that they go compressed."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from builder.definition import AUDIENCES, canonical, data, project, taken_apart
from builder.models import LongList, Version, load
from runtime.people.roles import roles_of
from runtime.workspace.screen_holding import OUTSIDE, may_fetch

A_YEAR = 365 * 24 * 3600
SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@require_GET
@gzip_page
def projection(request: HttpRequest, sha256: str, audience: str, language: str) -> HttpResponse:
    """A definition as one audience may see it, in one language. Its address holds its hash: it never changes."""
    version = Version.objects.filter(sha256=sha256).only("pk").first()
    definition = load(version.pk) if version and audience in AUDIENCES else None
    if definition is None or not may_fetch(request.user, definition.kind, audience):
        return _unknown("definition", gettext("There is no such definition."))
    if language not in definition.languages:
        words = gettext(
            "This script does not exist in the language “%(code)s”; it has: %(languages)s."
        )
        known = ", ".join(definition.languages)
        return _unknown("language", words % {"code": language[:20], "languages": known})
    told, _lists = taken_apart(data(project(definition, audience, language)))
    response = HttpResponse(canonical(told), content_type="application/json")
    if audience == "practice":  # a browser that others use keeps no right answers
        return _no_store(response)
    patch_cache_control(response, private=True, max_age=A_YEAR, immutable=True)
    return response


@require_GET
@gzip_page
def long_list(request: HttpRequest, sha256: str) -> HttpResponse:
    """The choices of a long list in one language. Its address is its hash: it never changes, whichever scripts have it."""
    found = None
    if SHA256.match(sha256) and roles_of(request.user) - OUTSIDE:
        found = LongList.objects.filter(sha256=sha256).values_list("content", flat=True).first()
    if found is None:
        return _unknown("list", gettext("There is no such list."))
    response = HttpResponse(found, content_type="application/json")
    patch_cache_control(response, private=True, max_age=A_YEAR, immutable=True)
    return response


def _unknown(code: str, message: str) -> HttpResponse:
    return _no_store(JsonResponse({"code": code, "message": message}, status=404))


def _no_store(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
