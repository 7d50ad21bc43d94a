"""Files of a record: sending one (under the run token, as saving does), fetching one, its small picture.

A file leaves as an attachment that no browser runs: the type is the one its content has, nothing is guessed, and a policy of
its own keeps it in a sandbox. Who holds the record fetches it as part of the call; others name a purpose, and see what the
answer's clearance and relevance let them see. Each opening is logged first.
"""

import logging
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.definition import Question, index
from builder.question_types import TYPES
from builder.question_types.base.stored import MEGABYTE, MOST_MEGABYTES
from runtime.people.clearance import NOTHING
from runtime.records.files import NotKept, keep, not_allowed
from runtime.records.models import Record
from runtime.records.store import Opened, OpenedFile, Reference, open_file, open_record
from runtime.records.uploads import Sent
from runtime.vault.errors import VaultError, say
from runtime.workspace.purposes import sight_of
from runtime.workspace.screen_files import held_file
from runtime.workspace.screen_holding import find_record, in_talk, may_read
from runtime.workspace.screen_page import purpose_of
from runtime.workspace.screen_veiled import levels_of

LARGEST_BODY = (MOST_MEGABYTES + 1) * MEGABYTE  # the file and what stands around it
SANDBOX = "default-src 'none'; sandbox"

logger = logging.getLogger("scriptorium.files")


@csrf_exempt
@require_POST
def upload(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """Keeps one file: `{"value": the answer that names it}`, or `{"code", "message"}`. The answer itself is saved like any other."""
    if _length(request) > LARGEST_BODY:
        return _told(NotKept.because("too_large", most=MOST_MEGABYTES))
    try:
        kept = _keep(request, record)
    except (VaultError, DatabaseError) as error:
        logger.error("a file could not be kept: %s", say(error))
        words = _("No file can be kept at this moment. Keep this page open and send it again.")
        return _told(NotKept("unavailable", words, 503))
    return _told(kept) if isinstance(kept, NotKept) else _json({"value": kept}, 200)


def _keep(request: HttpRequest, record: uuid.UUID) -> Reference | NotKept:
    """Who may not send is told before the body is read."""
    token, now = request.headers.get("X-Run-Token", ""), timezone.now()
    refused = not_allowed(token, now, record=record)
    if refused is not None:
        return refused
    sent = _sent(request)
    return NotKept.because("shape") if sent is None else keep(token, sent, now, record=record)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return LARGEST_BODY + 1


def _sent(request: HttpRequest) -> Sent | None:
    """The one file of a post with its id and its question; None for anything else."""
    try:
        post, file = request.POST, request.FILES.get("file")
        if file is None or len(request.FILES) != 1:
            return None
        return Sent(
            uuid.UUID(post.get("id", "")), post.get("question", ""), file.read(), file.name or ""
        )
    except (ValueError, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return None


def _told(problem: NotKept) -> JsonResponse:
    return _json({"code": problem.code, "message": problem.message}, problem.status)


def _json(body: dict[str, Any], status: int) -> JsonResponse:
    answer = JsonResponse(body, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def fetch(request: HttpRequest, record: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """The file as an attachment: for who holds the record, or who reads it and posts a purpose."""
    row = find_record(record, request.user)
    if request.method == "GET":
        opened = _for_holder(request, row, file)
    else:
        opened = _for_reader(request, row, file) if may_read(row, request.user) else None
    if opened is None:
        raise Http404
    reference = opened.about.reference
    response = sandboxed(opened, reference["media_type"])
    response["Content-Disposition"] = content_disposition_header(True, reference["name"]) or ""
    return response


@require_GET
def small(request: HttpRequest, record: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """The small picture of a photo or a drawing, for the screen of who holds the record."""
    opened = _for_holder(request, find_record(record, request.user), file, small=True)
    if opened is None:
        raise Http404
    return sandboxed(opened, opened.about.reference["media_type"])


def _for_holder(
    request: HttpRequest, row: Record, file: uuid.UUID, *, small: bool = False
) -> OpenedFile | None:
    held = in_talk(row, request.user)
    if held is None:
        return None
    return open_file(row, file, by=request.user, purpose=purpose_of(held), small=small)


def _for_reader(request: HttpRequest, row: Record, file: uuid.UUID) -> OpenedFile | None:
    """A file that a relevant answer names now, for a purpose of the list; what is veiled only where it was asked for."""
    purpose = request.POST.get("purpose", "")
    sight = sight_of(request, purpose, timezone.now(), row.party_id)
    if sight == NOTHING:
        raise PermissionDenied(_("Choose what you open this file for, on the page of the record."))
    opened = open_record(row, by=request.user, purpose=purpose)
    question = _asked(opened, file)
    if question is None:
        return None
    if request.POST.get("unveil") == "1":
        sight = sight.lifted()
    if sight.veil(levels_of(opened.definition)[question.name]):
        raise PermissionDenied(
            _("This answer is veiled. Show the veiled answers of the record first.")
        )
    return open_file(row, file, by=request.user, purpose=purpose)


def _asked(opened: Opened, file: uuid.UUID) -> Question | None:
    """The question whose effective answer names the file."""
    questions = index(opened.definition).questions
    for place, seen in opened.view["questions"].items():
        question = questions.get(place.rpartition("/")[2])
        if question is None or not TYPES[question.type].stored or not seen["relevant"]:
            continue
        held = held_file(seen["value"])
        if held and held["id"] == file.hex:
            return question
    return None


def sandboxed(opened: OpenedFile, media_type: str) -> HttpResponse:
    """A file that no browser runs or keeps."""
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = HttpResponse(opened.data, content_type=media_type + charset)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
