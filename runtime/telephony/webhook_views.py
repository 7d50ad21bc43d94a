"""The door of telephone systems: one signed event of a call. What it answers says nothing of anybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from builder.problems import gettext_noop
from runtime.telephony import payload, sealed, signing
from runtime.telephony.actions import receive
from runtime.telephony.models import Provider

SAID = {
    "signature": gettext_noop(
        "The signature does not fit. Sign the timestamp and the very bytes of the body with this provider's key."
    ),
    "clock": gettext_noop(
        "The timestamp is more than five minutes off. Set the clock of the telephone system right, and sign anew."
    ),
    "body": gettext_noop("The body is no event: send a JSON object or a form, 16 KB at most."),
    "member": gettext_noop("“%(member)s” is missing or cannot be read."),
}


@csrf_exempt  # it carries no cookie: the signature says who sent it
@require_POST
def webhook(request: HttpRequest, code: str) -> HttpResponse:
    """Takes one event. 200 also when it was told before; 401 unsigned, forged or old; 400 what cannot be read."""
    length = request.headers.get("Content-Length") or "0"
    if (
        not (length.isascii() and length.isdigit() and len(length) < 12)
        or int(length) > payload.LARGEST
    ):
        return _refused(413, "body")
    provider = Provider.objects.filter(code=code, open=True).first()
    now = timezone.now()
    refused = signing.refusal(
        _keys(code, provider),
        request.headers.get("X-Scriptorium-Timestamp", ""),
        request.headers.get("X-Scriptorium-Signature", ""),
        request.body,
        now.timestamp(),
    )
    if refused or provider is None:
        return _refused(401, refused or "signature")
    told = payload.read(request.body, request.headers.get("Content-Type", ""), now)
    if isinstance(told, payload.Bad):
        return _refused(400, "body" if told.member == "body" else "member", told.member)
    received = receive(provider=provider, told=told, now=now)
    return _answer(200, {"call": str(received.call.pk), "known": received.known})


def _keys(code: str, provider: Provider | None) -> list[bytes]:
    """An unknown provider takes as long to refuse as a known one."""
    return [sealed.provider_key(code if provider else "", provider.serial if provider else 0)]


def _refused(status: int, code: str, member: str = "") -> HttpResponse:
    told = {"code": code, "message": _(SAID[code]) % {"member": member}}
    return _answer(status, {**told, "member": member} if member else told)


def _answer(status: int, told: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(told, status=status)
    response["Cache-Control"] = "no-store"
    return response
