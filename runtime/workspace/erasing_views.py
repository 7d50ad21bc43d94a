"""Erasing one person for good: who is meant, what goes, the reference once more; and the certificate that stays.

Initials and counts are shown, nothing else of the person; what is looked at and what is done stand in the access log.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from runtime.parties.store import say_of
from runtime.queues.standing import open_items_about
from runtime.records.standing import records_about
from runtime.retention.holds import HELD, Held, is_held
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import log_words, veils
from runtime.workspace.erasing_forms import SureForm, WhoForm


@never_cache
@require_http_methods(["GET", "POST"])
def erase_person(request: HttpRequest) -> HttpResponse:
    """First what goes is shown; then, with the reference once more, it goes."""
    if request.method == "GET":
        return _asked(request, WhoForm())
    sure = request.POST.get("deed") == "erase"
    form = (SureForm if sure else WhoForm)(request.POST)
    fits = form.is_valid()
    if "party" not in form.cleaned_data or "purpose" not in form.cleaned_data:
        return _asked(request, form if not sure else WhoForm(request.POST), status=400)
    if not sure or not fits:
        return _shown(request, form)
    try:
        parties.erase(
            party=form.cleaned_data["party"],
            by=request.user,
            purpose=form.cleaned_data["purpose"],
        )
    except Held:
        messages.error(request, _(HELD))
        return _shown(request, form)
    messages.success(request, _("Erased."))
    return redirect("erased", form.cleaned_data["party"].pk)


@never_cache
@require_GET
def erased(request: HttpRequest, party: UUID) -> HttpResponse:
    """What the access log certifies of an erasure: a page to print."""
    rows = AccessLog.objects.filter(deed="erase", subject=party, detail__startswith="erased ")
    told = [
        {
            "at": row.at,
            "by": row.by,
            "purpose": log_words.purpose_words(row),
            "what": log_words.detail_words(row),
            "row": row.pk,
        }
        for row in rows.select_related("by").order_by("pk")
    ]
    if not told:
        raise Http404
    return render(request, "workspace/erased.html", {"party": party, "rows": told})


def _asked(request: HttpRequest, form: WhoForm, status: int = 200) -> HttpResponse:
    return render(request, "workspace/erase_person.html", {"form": form}, status=status)


def _shown(request: HttpRequest, form: WhoForm) -> HttpResponse:
    """Initials, counts, and what stands in the way."""
    party, purpose = form.cleaned_data["party"], form.cleaned_data["purpose"]
    try:
        name = say_of(party, by=request.user, purpose=purpose, ask=veils.full_name)
    except SubjectDestroyed:
        return redirect("erased", party.pk)
    records = records_about([party.pk]).get(party.pk, [])
    wrong = isinstance(form, SureForm) and bool(form.errors)
    context = {
        "party": party,
        "name": name or _("Somebody without a name"),
        "records": records,
        "open": sum(one.open for one in records),
        "items": open_items_about([party.pk]).get(party.pk, []),
        "held": is_held(party, timezone.localdate()),
        "form": form if wrong else SureForm(initial=form.data.dict()),
    }
    return render(request, "workspace/erase_what.html", context, status=400 if wrong else 200)
