"""What a seat's own browser may fetch: files it sent, and for the engine there the definition of the public and its long lists."""

import uuid
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from builder.definition import canonical, project, taken_apart
from builder.definition import data as definition_data
from builder.models import load
from runtime.records.models import Record
from runtime.records.store import open_file
from runtime.selfservice.answering import PURPOSE, Sitting
from runtime.selfservice.models import Seat
from runtime.selfservice.pages import public_page, with_seat
from runtime.workspace.file_views import sandboxed
from runtime.workspace.screen_controls import kits_of
from runtime.workspace.screen_files import FILE
from runtime.workspace.screen_keys import table
from runtime.workspace.screen_sheet import Sheet
from runtime.workspace.wording import browser_wording

SOME = uuid.UUID(int=0)


def file_url(seat: Seat) -> str:
    """The address of a file of this form, with a hole for its id."""
    return reverse("public-file", args=[seat.pk, SOME]).replace(str(SOME), FILE)


def data(sheet: Sheet, seat: Seat, sitting: Sitting) -> dict[str, Any]:
    """For the controller in the browser: addresses, the run token, where the record stands."""
    record = sitting.record.pk
    return {
        "token": sitting.token,
        "number": sitting.settled.number,
        "today": sitting.today,
        "state": sheet.state,
        "mode": sheet.mode,
        "wording": browser_wording(sheet.mode),
        "keys": table(),
        "kits": kits_of(sheet.definition),
        "urls": {
            "save": reverse("save", args=[record]),
            "upload": reverse("upload", args=[record]),
            "file": file_url(seat),
            "definition": reverse("public-definition", args=[seat.pk, "__language__"]),
            "list": reverse("public-list", args=[seat.pk, "__list__"]),
        },
    }


@public_page
@require_safe
@with_seat
def file(request: HttpRequest, seat: Seat, file: uuid.UUID, small: bool = False) -> HttpResponse:
    """A file of this form, as an attachment that no browser runs; its small picture."""
    record = Record.objects.get(pk=seat.filling.record_id)
    if record.closed_at is not None or seat.filling.sent_at is not None:
        raise Http404
    opened = open_file(record, file, by=None, purpose=PURPOSE, small=small)
    if opened is None:
        raise Http404
    reference = opened.about.reference
    response = sandboxed(opened, reference["media_type"])
    if not small:
        response["Content-Disposition"] = content_disposition_header(True, reference["name"]) or ""
    return response


@public_page
@require_GET
@with_seat
def definition(request: HttpRequest, seat: Seat, language: str) -> HttpResponse:
    """The definition of this form as the public may see it, in one language."""
    version = seat.filling.record.version
    full = load(version.pk)
    if language not in full.languages:
        raise Http404
    told, _lists = _public(version.sha256, version.pk, language)
    return HttpResponse(told, content_type="application/json")


@lru_cache(maxsize=64)
def _public(_sha256: str, version: int, language: str) -> tuple[str, dict[str, str]]:
    """What the public may see of a version in one language, and its long lists: asked for with each section of a form."""
    told, lists = taken_apart(definition_data(project(load(version), "public", language)))
    return canonical(told), lists


@public_page
@require_GET
@with_seat
def long_list(request: HttpRequest, seat: Seat, sha256: str) -> HttpResponse:
    """A long list of this form's questions; a list of another form is not known here."""
    version = seat.filling.record.version
    for language in load(version.pk).languages:
        _told, lists = _public(version.sha256, version.pk, language)
        if sha256 in lists:
            return HttpResponse(lists[sha256], content_type="application/json")
    return JsonResponse({"code": "list"}, status=404)
