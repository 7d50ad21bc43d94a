"""The door of the interface: how large and deep a body may be, what it is written in, and that whatever is refused, anywhere behind it,
is told as a problem. No cookie is read and none is set."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls.converters import StringConverter
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from runtime.api.invalid import faults_of, is_header
from runtime.api.problems import BY_STATUS, MEDIA_TYPE, Refused, in_its_place, told
from runtime.audit.errors import LogUnwritable
from runtime.vault.errors import KeyMissing, SubjectDestroyed, VaultError

View = Callable[..., HttpResponse]
MOST_BYTES: Final = 256 * 1024
DEEPEST: Final = 12
WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SPOKEN: Final = ("application/json", MEDIA_TYPE, "application/schema+json")

logger = logging.getLogger("scriptorium.api")


def door(view: View) -> View:
    """The view behind the door."""

    @wraps(view)
    def inside(request: HttpRequest, *arguments: Any, **names: Any) -> HttpResponse:
        request.keeps_no_language = True  # type: ignore[attr-defined]  # for PersonLocaleMiddleware
        bare = request.method == "HEAD"
        if bare:
            request.method = "GET"
        try:
            _look(request)
            answer = view(request, *arguments, **names)
        except Exception as problem:
            answer = told(refusal_of(problem))
        if answer.status_code >= 400 and answer.get("Content-Type") != MEDIA_TYPE:
            answer = in_its_place(answer)
        if bare:
            answer.content = b""
        return answer

    inside.csrf_exempt = True  # type: ignore[attr-defined]  # a token comes in a header, which no other site can send
    return inside


def refusal_of(problem: Exception) -> Refused:
    """What an exception means to who asked. What is a mistake of ours is logged, without what it happened to."""
    if isinstance(problem, Refused):
        return problem
    if isinstance(problem, ValidationError):
        return Refused("header" if is_header(problem) else "invalid", faults_of(problem))
    if isinstance(problem, HttpError):
        cause = problem.__cause__
        known = BY_STATUS.get(problem.status_code, "failed")
        return cause if isinstance(cause, Refused) else Refused(known)
    for kind, code in KNOWN:
        if isinstance(problem, kind):
            return Refused(code)
    logger.error("the interface failed", exc_info=problem)
    return Refused("unavailable" if isinstance(problem, OperationalError) else "failed")


KNOWN: Final[tuple[tuple[type[Exception], str], ...]] = (
    (Http404, "not_found"),
    (RequestDataTooBig, "too_large"),
    (SubjectDestroyed, "erased"),
    (LogUnwritable, "unavailable"),
    (KeyMissing, "unavailable"),
    (VaultError, "failed"),
    (InterfaceError, "unavailable"),
)


def _look(request: HttpRequest) -> None:
    if not any(request.accepts(kind) for kind in SPOKEN):
        raise Refused("not_acceptable")
    if request.method not in WITH_BODY:
        return
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:20]) > MOST_BYTES:
        raise Refused("too_large")
    if len(request.body) > MOST_BYTES:
        raise Refused("too_large")
    if request.body and not _is_json(request):
        raise Refused("media_type")


def _is_json(request: HttpRequest) -> bool:
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    return (
        request.content_type == "application/json"
        and charset.lower() in {"utf-8", "utf8"}
        and "Content-Encoding" not in request.headers
    )


class StrictParser(Parser):
    """JSON as it is written by who means it: UTF-8, no member twice, no NaN, nothing deeper than is needed."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            text = request.body.decode()
            _shallow(text)
            read = json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant)
            json.dumps(read, ensure_ascii=False).encode()  # half characters are no text
        except (ValueError, RecursionError) as problem:
            raise Refused("malformed") from problem
        if not isinstance(read, dict):
            raise Refused("malformed")
        return read


def _shallow(text: str) -> None:
    """Counts brackets before anything is built of them; those in texts are passed over."""
    depth, quoted, escaped = 0, False, False
    for one in text:
        if quoted:
            quoted = escaped or one != '"'
            escaped = one == "\\" and not escaped
        elif one in "[{":
            depth += 1
            if depth > DEEPEST:
                raise ValueError("too deep")
        elif one in "]}":
            depth -= 1
        else:
            quoted = one == '"'


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


class AnythingConverter(StringConverter):
    """Whatever else stands in an address, line ends too, which `path` passes over."""

    regex = "(?s:.+)"


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever else is asked for under the interface's addresses."""
    raise Http404
