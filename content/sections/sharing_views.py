"""What the editor page asks for when a section becomes a shared one."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.models import Page

from builder.publish import family
from content.models import ScriptPage
from content.sections.sharing import BLOCK, Asked, Refused, share

RIGHTS = ("content.add_sharedsection", "content.publish_sharedsection")
LONGEST = 200  # letters of a name, a title, a code


@require_POST
def make_shared(request: HttpRequest, pk: int) -> HttpResponse:
    """`{"code", "title"}` of the shared section made of what is posted, or what is wrong: `{"fields", "places"}`."""
    page = get_object_or_404(ScriptPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    try:
        asked = _asked(request, page)
    except (ValueError, RecursionError):
        return HttpResponseBadRequest()
    try:
        _may(request.user, page)
        made = share(asked)
    except Refused as refused:
        places = [{"block": block, "text": text} for block, text in refused.places]
        return JsonResponse({"fields": refused.fields, "places": places}, status=422)
    return JsonResponse({"code": made.code, "title": made.title})


def _may(user: Any, page: Page) -> None:
    """Raises Refused where this person may not make shared sections, or this page is a translation."""
    if not all(user.has_perm(right) for right in RIGHTS):
        raise Refused({"": [gettext("You may not make shared sections.")]})
    if page.alias_of_id or family(page)[0].pk != page.pk:
        said = gettext("This page is a translation. Do it on the page that it is translated from.")
        raise Refused({"": [said]})


def _asked(request: HttpRequest, page: Page) -> Asked:
    told = json.loads(request.body)
    if not isinstance(told, dict) or not isinstance(told.get("names"), list):
        raise ValueError
    words = [told.get("title"), told.get("code"), told.get("block"), *told["names"]]
    if not all(isinstance(word, str) for word in words) or not BLOCK.match(told["block"]):
        raise ValueError
    return Asked(
        page=page,
        title=told["title"].strip()[: LONGEST + 1],
        code=told["code"].strip()[: LONGEST + 1],
        block=told["block"],
        state=told.get("state"),
        names=[name for name in told["names"] if 0 < len(name) <= LONGEST],
        by=request.user,
    )
