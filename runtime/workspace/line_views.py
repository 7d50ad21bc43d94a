"""The posts of who asks who is on the line: a try, a guardian, and the end where it cannot be known."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from runtime.parties.verifying import Said
from runtime.queues import actions as queues
from runtime.queues.actions import verifications
from runtime.queues.claimed import NotHolder
from runtime.queues.models import Verification
from runtime.telephony.actions import set_aside
from runtime.telephony.places import place_of
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import line
from runtime.workspace.line_page import Turn, erased, show
from runtime.workspace.line_taking import go_on
from runtime.workspace.line_words import FACTS

LONGEST = 200


@never_cache
def verification(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of one asking, for who asks; a post is what the person said."""
    row = _mine(request, pk)
    try:
        if request.method == "POST":
            return _tried(request, row)
        return _on(request, row) if row.state == "verified" else _shown(request, row)
    except SubjectDestroyed:
        return erased(request)


def _mine(request: HttpRequest, pk: UUID) -> Verification:
    rows = Verification.objects.select_related("party", "agent", "item__campaign", "item__queue")
    return get_object_or_404(rows, pk=pk, agent=request.user)


def _shown(request: HttpRequest, row: Verification) -> HttpResponse:
    """Who was called is asked on the page of the record; only who calls has this address."""
    if row.occasion is None and row.item is not None and row.item.record_id:
        return redirect("record", row.item.record_id)
    return show(request, row, timezone.now())


def _tried(request: HttpRequest, row: Verification) -> HttpResponse:
    typed = {name: request.POST.get(name, "")[:LONGEST].replace("\x00", "") for name in FACTS}
    if row.occasion is not None and row.state != "verified" and line.is_over(row.occasion):
        return show(request, row, timezone.now(), Turn("over", typed=typed, status=409))
    if row.state == "guardian":
        return _guarded(request, row)
    said = Said(request.LANGUAGE_CODE, timezone.localdate().isoformat())
    answered = verifications.answer(
        verification=row,
        typed=typed,
        said=said,
        now=timezone.now(),
        calls=line.calls_of_number(row.occasion, timezone.now()),
    )
    row.refresh_from_db()
    if answered.verdict == "verified":
        return _on(request, row)
    if answered.verdict == "guardian":
        return show(request, row, timezone.now())
    if answered.verdict == "over" and row.item is not None:
        return _lost(request)
    turn = Turn(answered.verdict, answered.unreadable, typed, status=422)
    return show(request, row, timezone.now(), turn)


def _guarded(request: HttpRequest, row: Verification) -> HttpResponse:
    name, relation = (
        request.POST.get(field, "")[:LONGEST].replace("\x00", "")
        for field in ("guardian", "relation")
    )
    if verifications.guardian(verification=row, name=name, relation=relation, now=timezone.now()):
        row.refresh_from_db()
        return _on(request, row)
    turn = Turn("unnamed", typed={"guardian": name, "relation": relation}, status=422)
    return show(request, row, timezone.now(), turn)


def _lost(request: HttpRequest) -> HttpResponse:
    messages.error(request, gettext("This call is with somebody else by now, or it has ended."))
    return redirect("home")


def _on(request: HttpRequest, row: Verification) -> HttpResponse:
    """It is known who it is: the record opens, for who calls at the place where it stopped."""
    if row.occasion is None:
        if row.item is None or not row.item.record_id:
            return redirect("home")
        return redirect("record", row.item.record_id)
    return go_on(request, row.party, row.occasion, timezone.now())


@require_POST
def verification_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who calls cannot be verified, or calls for somebody else: nothing is said, and nothing changes but that, if it is wished,
    the person is called back."""
    row = _mine(request, pk)
    verifications.give_up(verification=row, now=timezone.now())
    if row.occasion is None:
        return _ended(request, row)
    call = line.call_of(row.occasion, request.user)
    if call is not None:
        set_aside(call=call, now=timezone.now())
    item = place_of(row.party, request.user).item
    told = gettext("Kept: it could not be verified who called.")
    if "call_back" in request.POST and item is not None:
        if queues.call_was_missed(item=item, now=timezone.now(), provider_call=""):
            told = gettext("Kept: the person will be called back.")
        else:
            told = gettext("Kept: somebody works on it already.")
    messages.success(request, told)
    return redirect("home")


def _ended(request: HttpRequest, row: Verification) -> HttpResponse:
    """Who was called could not be verified: the attempt ends with that."""
    if row.item is None:
        return redirect("home")
    try:
        queues.dispose(
            item=row.item, disposition="not_verified", by=request.user, now=timezone.now()
        )
    except NotHolder:
        return _lost(request)
    messages.success(request, gettext("The call has ended and everything is saved."))
    return redirect("home")
