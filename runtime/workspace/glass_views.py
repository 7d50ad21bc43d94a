"""Breaking the glass over one person: a reason, and a proof of who one is; then half an hour in which all of them may be asked for.

It is kept in the session in which it was broken: another browser of the same person does not have it.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from runtime.glass import actions
from runtime.glass.models import Break
from runtime.parties.models import Party
from runtime.parties.store import say_of
from runtime.people.clearance import BREAK_GLASS
from runtime.queues import scope
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import veils
from runtime.workspace.glass_forms import ReasonForm, proof_of
from runtime.workspace.party_page import party_page
from runtime.workspace.purposes import BROKEN, broken


@never_cache
@require_http_methods(["GET", "POST"])
def glass(request: HttpRequest, party: UUID) -> HttpResponse:
    """While it is broken over this person their page; else what has to be said first."""
    row = get_object_or_404(scope.parties(request.user), pk=party)
    there = broken(request, timezone.now())
    if there is not None and there.party == row.pk:
        return party_page(request, row, BREAK_GLASS, timezone.now())
    if there is not None:
        messages.error(request, _another())
        return redirect("home")
    if request.method == "POST":
        return _broken(request, row)
    return _asked(request, row, ReasonForm(), proof_of(request.user))


def _broken(request: HttpRequest, party: Party) -> HttpResponse:
    """The reason first: a code is used once, and should not be lost on a reason that is too short."""
    said = ReasonForm(request.POST)
    if not said.is_valid():
        return _asked(request, party, said, proof_of(request.user), status=400)
    proof = proof_of(request.user, request.POST)
    if not proof.is_valid():
        return _asked(request, party, said, proof, status=400)
    now = timezone.now()
    try:
        made = actions.break_glass(
            party=party, reason=said.cleaned_data["reason"], by=request.user, now=now
        )
    except actions.AnotherStands:
        messages.error(request, _another())
        return redirect("home")
    except SubjectDestroyed:
        return render(request, "workspace/party_erased.html", status=410)
    request.session[BROKEN] = str(made.pk)
    return redirect("glass", party.pk)


def _another() -> str:
    return _(
        "You see somebody else by a broken glass, here or in another browser. End that first."
    )


def _asked(
    request: HttpRequest, party: Party, said: ReasonForm, proof: object, status: int = 200
) -> HttpResponse:
    try:
        name = say_of(party, by=request.user, purpose=BREAK_GLASS, ask=veils.full_name)
    except SubjectDestroyed:
        return render(request, "workspace/party_erased.html", status=410)
    context = {
        "party": party,
        "name": name or _("Somebody without a name"),
        "said": said,
        "proof": proof,
        "minutes": actions.LASTS.seconds // 60,
    }
    return render(request, "workspace/glass.html", context, status=status)


@never_cache
@require_POST
def glass_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends what this person broke; what they see from now on is what they saw before."""
    found = get_object_or_404(Break, pk=pk, by=request.user)
    actions.end(glass=found, by=request.user, now=timezone.now())
    if request.session.get(BROKEN) == str(found.pk):
        del request.session[BROKEN]
    messages.success(request, _("Ended. Nothing more of this person is shown."))
    return redirect("home")
