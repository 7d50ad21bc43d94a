"""Documents: the list, printing, revoking. No name is on these pages; a document is known by its number."""

import re
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exports.documents.actions import revoke
from exports.documents.checks import HINT, missing_libraries
from exports.documents.models import Document
from exports.documents.reach import WIDE, within_reach
from exports.purposes import PRINT, REASONS
from exports.views.answers import NO_STORE, purpose_of, told
from runtime.people.roles import roles_of

MOST = 100
NUMBER = re.compile(r"[0-9]{4}-[0-9]{1,9}")


@never_cache
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The newest documents within reach; of one record or with one number, where asked."""
    found = within_reach(request.user, timezone.now())
    number, record = request.GET.get("number", "").strip(), _uuid(request.GET.get("record", ""))
    if NUMBER.fullmatch(number):
        found = found.filter(number=number)
    elif number:
        found = found.none()
    if record:
        found = found.filter(record=record)
    context = {
        "documents": found[:MOST],
        "number": number,
        "purposes": PRINT,
        "record": record,
        "may_revoke": bool(roles_of(request.user) & WIDE),
        "today": timezone.localdate(),
    }
    return render(request, "exports/documents.html", context)


@never_cache
@require_POST
def document_pdf(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The document as PDF, made in memory for a purpose that is logged."""
    document = within_reach(request.user, timezone.now()).filter(pk=pk).first()
    if document is None:
        return _no_document(request)
    purpose = purpose_of(request, PRINT)
    if purpose is None:
        text = _("Printing needs a purpose: go back and choose one of the list.")
        return told(request, status=400, heading=_("No purpose"), text=text)
    if missing_libraries():
        text = _("Documents cannot be printed here: a library is missing. %(hint)s") % {
            "hint": HINT
        }
        return told(request, status=503, heading=_("Not printed"), text=text)
    return _printed(request, document, purpose)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document_revoke(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Revoking, with a reason of the list. The verify page says so from then on."""
    document = within_reach(request.user, timezone.now()).filter(pk=pk).first()
    if document is None:
        return _no_document(request)
    reason = purpose_of(request, REASONS)
    if request.method == "POST" and reason is not None:
        revoke(document=document, by=request.user, reason=reason)
        messages.success(
            request, _("Document %(number)s is revoked.") % {"number": document.number}
        )
        return redirect("documents")
    context = {"document": document, "reasons": REASONS, "missing": request.method == "POST"}
    return render(
        request, "exports/revoke.html", context, status=400 if request.method == "POST" else 200
    )


def _printed(request: HttpRequest, document: Document, purpose: str) -> HttpResponse:
    from exports.documents.printing import print_document

    data = print_document(document=document, by=request.user, purpose=purpose)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.number}.pdf"'
    response["Cache-Control"] = NO_STORE
    return response


def _no_document(request: HttpRequest) -> HttpResponse:
    text = _("There is no such document, or it is not within your reach.")
    return told(request, status=404, heading=_("No such document"), text=text)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
