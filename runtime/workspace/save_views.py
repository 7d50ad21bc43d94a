"""The save endpoint: `POST /record/<uuid>/save/` with the header `X-Run-Token` and `{"events": [..]}`.

The token travels in a header, never in a cookie: a foreign page cannot make a browser send it, which is why the check for
forged requests is not needed here. It asks for no login session and loads no user. Answers are JSON:
`{"acknowledged": [..], "refused": [..], "late": n, "code": "", "message": ""}`.
"""

import json
import logging
import uuid
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from runtime.records.append import Appended, append
from runtime.vault.errors import VaultError, say

LARGEST_BODY = 1024 * 1024
_LONGEST_INTEGER = 18

logger = logging.getLogger("scriptorium.save")


class _NotANumber:
    """Stands for what JSON does not know (NaN, Infinity) or no answer holds (endless digits): its item alone is refused."""


@csrf_exempt
@require_POST
def save(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """Appends the events of the body; each is acknowledged or refused for itself. Sending again is harmless."""
    if _length(request) > LARGEST_BODY:
        return _problem(
            413,
            "too_large",
            _(
                "What was sent is larger than 1 MB; nothing of it was saved. Shorten the text and save again."
            ),
        )
    try:
        batch = _batch(request.body)
    except (ValueError, RecursionError):
        return _problem(
            400, "json", _("What was sent is not JSON with a list of events; nothing was saved.")
        )
    try:
        appended = append(
            request.headers.get("X-Run-Token", ""), batch, timezone.now(), record=record
        )
    except (VaultError, DatabaseError) as error:
        logger.error("nothing could be saved: %s", say(error))
        return _problem(
            503,
            "unavailable",
            _("Nothing can be saved at this moment. Keep this page open; it tries again."),
        )
    return _answer(appended)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return LARGEST_BODY + 1


def _batch(body: bytes) -> list[Any]:
    data = json.loads(
        body.decode("utf-8"), parse_constant=_odd, parse_float=_odd, parse_int=_integer
    )
    if not isinstance(data, dict) or not isinstance(data.get("events"), list):
        raise ValueError("not a batch")
    return data["events"]


def _odd(_text: str) -> _NotANumber:
    return _NotANumber()


def _integer(text: str) -> int | _NotANumber:
    return int(text) if len(text) <= _LONGEST_INTEGER else _NotANumber()


def _answer(appended: Appended) -> JsonResponse:
    body = {
        "acknowledged": appended.acknowledged,
        "refused": appended.refused,
        "late": appended.late,
        "code": appended.code,
        "message": appended.message,
    }
    return _json(body, appended.status)


def _problem(status: int, code: str, message: str) -> JsonResponse:
    return _json(
        {"acknowledged": [], "refused": [], "late": 0, "code": code, "message": message}, status
    )


def _json(body: dict[str, Any], status: int) -> JsonResponse:
    answer = JsonResponse(body, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
