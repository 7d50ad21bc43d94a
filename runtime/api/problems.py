"""What is answered where something cannot be done: a row for each problem, told as `application/problem+json` (RFC 9457).

A problem never repeats what was sent: it says where, by which rule, and what to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

MEDIA_TYPE: Final = "application/problem+json"
TYPES: Final = "/api/v1/#"  # the page of the interface says more of each

PROBLEMS: Final[Mapping[str, tuple[int, str]]] = {
    "malformed": (400, _("The body is not JSON that can be read, or it lies too deep. Send one object, in UTF-8, without a member twice.")),
    "header": (400, _("A header is missing or not as it should be; the errors say which.")),
    "unauthorized": (401, _("The token is missing, unknown, revoked or out of its time. Send Authorization: Bearer with a token that stands.")),
    "scope": (403, _("The token is not for this. An administrator can make one with the scope it needs.")),
    "bound": (403, _("This token is bound to campaigns: it makes people known with their work item only.")),
    "not_found": (404, _("There is nothing here that this token comes to.")),
    "method": (405, _("This address does not take that method; Allow says which it takes.")),
    "not_acceptable": (406, _("What is answered here is JSON; Accept has to allow it.")),
    "campaign_closed": (409, _("The campaign is closed: it takes no new items.")),
    "ended": (409, _("The item has ended before.")),
    "erased": (410, _("The person was erased.")),
    "changed": (412, _("It was changed since. Read it again, then decide.")),
    "too_large": (413, _("The body is larger than this interface takes.")),
    "media_type": (415, _("The body has to be application/json in UTF-8, as it is: not compressed.")),
    "invalid": (422, _("What was sent is not as the interface expects it; the errors say where.")),
    "key_reused": (422, _("This Idempotency-Key came before with another request. Take a new key for what is new.")),
    "too_many": (429, _("Too many requests for this token. Retry-After says how many seconds to wait.")),
    "failed": (500, _("Something went wrong here. Nothing was changed; whoever looks after the installation finds it in the log.")),
    "unavailable": (503, _("It cannot be done now: keys or the access log are out of reach. Nothing was opened. Try again in a moment.")),
}  # fmt: skip
# By status, where something outside this package refused.
BY_STATUS: Final = {
    400: "malformed", 401: "unauthorized", 403: "scope", 404: "not_found", 405: "method", 406: "not_acceptable",
    413: "too_large", 415: "media_type", 422: "invalid", 429: "too_many", 503: "unavailable",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where (a JSON pointer, or `query: name`), by which rule."""

    where: str
    code: str
    words: str


@dataclass
class Refused(Exception):
    """Raised wherever a request cannot be done."""

    code: str
    faults: Sequence[Fault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def told(refused: Refused) -> HttpResponse:
    """The answer."""
    status, words = PROBLEMS[refused.code]
    body: dict[str, Any] = {
        "type": f"{TYPES}{refused.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": gettext(words),
    }
    if refused.faults:
        body["errors"] = [
            {"where": fault.where, "code": fault.code, "detail": gettext(fault.words)}
            for fault in refused.faults
        ]
    headers = dict(refused.headers)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers)


def in_its_place(answer: Any) -> HttpResponse:
    """The same refusal as a problem, with the headers that say what to do."""
    code = BY_STATUS.get(answer.status_code, "failed" if answer.status_code >= 500 else "invalid")
    kept = {name: answer[name] for name in ("Allow", "Retry-After") if name in answer}
    return told(Refused(code, headers=kept))
