"""The door to the keys for what a browser has not sent yet: `POST /unsent/keys/` with the id of whom the page was made for.

A page that stayed open while somebody else signed in gets none: it would seal one person's words for another.
"""

import base64
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from runtime.people.models import Person
from runtime.records.store.unsent import unsent_keys
from runtime.workspace.wording import arriving_wording


@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """`{"day": .., "keys": [{"name", "key"}..]}`; new things are sealed with the first."""
    if not made_for(request):
        return somebody_else()
    day = timezone.localdate()
    subject = Person.objects.values_list("subject", flat=True).get(user=request.user)
    told = [
        {"name": each.name, "key": base64.b64encode(each.key).decode()}
        for each in unsent_keys(subject, day)
    ]
    return _no_store(JsonResponse({"day": day.isoformat(), "keys": told}))


def arriving(request: HttpRequest) -> dict[str, Any]:
    """For the first page after signing in: where the keys are, and the sentences about what was left unsent."""
    get_token(request)  # its cookie goes with what is sent
    return {
        "keys": f"{reverse('unsent-keys')}?by={request.user.pk}",
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "wording": arriving_wording(),
    }


def made_for(request: HttpRequest) -> bool:
    """Whether the page that asks was made for who is signed in now; pages that do not say so are believed."""
    return request.GET.get("by", "") in ("", str(request.user.pk))


def somebody_else() -> HttpResponse:
    """What a page is told that was made for another person."""
    words = _(
        "Somebody else is signed in here now. What you typed waits sealed in this browser: sign in under your own name."
    )
    return _no_store(JsonResponse({"code": "somebody_else", "message": words}, status=409))


def _no_store(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
