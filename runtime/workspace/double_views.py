"""Probable doubles: a supervisor decides whether two people are one.

Names are shown after the access log has told of each who is opened; what is sensitive of them stays behind its veil, and only whether the two
say the same is told. Whoever does not see both of a pair does not see the pair.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from builder.problems import gettext_noop
from runtime.parties.facts import Facts
from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.people.clearance import SHOWN, decide
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.queues.actions import pairing
from runtime.queues.pairing import Pair
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import veils
from runtime.workspace.party_panels import Line

ON_A_PAGE = 10
PURPOSE = pairing.PURPOSE
CLEARED_AS = "quality"  # what a supervisor sees of people who are in nobody's hands
LISTS = {"open": ("open",), "later": ("later",), "decided": ("same", "other")}
STATES = {
    "same": gettext_noop("The same person"),
    "other": gettext_noop("Another person"),
    "later": gettext_noop("Later"),
    "open": gettext_noop("Not decided"),
}
COMPARED = {
    "birth_date": gettext_noop("Date of birth"),
    "phone": gettext_noop("Phone number"),
    "national_number": gettext_noop("National number"),
    "email": gettext_noop("E-mail address"),
    "address": gettext_noop("Address"),
}


@never_cache
@require_http_methods(["GET", "POST"])
def doubles(request: HttpRequest) -> HttpResponse:
    """How many pairs there are; who they are once somebody asks to see them."""
    return _page(request, shown=request.method == "POST")


@require_POST
def double_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decides a pair, or takes its decision back."""
    pair = get_object_or_404(pairing.among(scope.parties(request.user), STATES), pk=pk)
    decision, now = request.POST.get("decision", ""), timezone.now()
    if decision == "undo":
        _tell_undone(request, pairing.undo(pair=pair, by=request.user, now=now))
    elif decision not in pairing.DECISIONS:
        return _page(request, shown=True, status=400)
    elif pairing.decide(pair=pair, decision=decision, by=request.user, now=now):
        messages.success(request, _(STATES[decision]))
    else:
        messages.error(request, _("Somebody has decided this pair before."))
    return _page(request, shown=True)


def _tell_undone(request: HttpRequest, kept: int | None) -> None:
    if kept is None:
        messages.error(request, _("Nothing was decided about this pair."))
    elif kept:
        text = ngettext(
            "Taken back. %(n)s item has gone on and stays as it is.",
            "Taken back. %(n)s items have gone on and stay as they are.",
            kept,
        )
        messages.warning(request, text % {"n": kept})
    else:
        messages.success(request, _("Taken back."))


def _page(request: HttpRequest, *, shown: bool, status: int = 200) -> HttpResponse:
    asked = request.POST.get("list", "open")
    chosen = asked if asked in LISTS else "open"
    parties = scope.parties(request.user)
    rows = pairing.among(parties, LISTS[chosen]).order_by("-decided_at", "-found_at", "-pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.POST.get("page"))
    pairs = [_pair(request, row) for row in page.object_list] if shown else []
    context = {
        "list": chosen,
        "page": page,
        "counts": {name: pairing.among(parties, states).count() for name, states in LISTS.items()},
        "pairs": [pair for pair in pairs if pair],
        "shown": shown,
    }
    return render(request, "workspace/doubles_list.html", context, status=status)


def _pair(request: HttpRequest, pair: Pair) -> dict[str, Any]:
    """Both of a pair, opened; nothing where one was erased just now."""
    try:
        older, newer = (
            open_party(one, by=request.user, purpose=PURPOSE) for one in (pair.older, pair.newer)
        )
    except SubjectDestroyed:
        return {}
    return {
        "pair": pair,
        "state": _(STATES[pair.state]),
        "people": [_person(request, pair.older, older), _person(request, pair.newer, newer)],
        "compared": [
            (_(label), *_compared(name, older, newer))
            for name, label in COMPARED.items()
            if getattr(older, name) or getattr(newer, name)
        ],
    }


def _person(request: HttpRequest, party: Party, facts: Facts) -> dict[str, Any]:
    cleared = decide(roles_of(request.user), CLEARED_AS, stands=True, clearance="personal")
    name = f"{facts.given_name or ''} {facts.family_name or ''}".strip()
    return {
        "party": party.pk,
        "name": (name if cleared == SHOWN else veils.full_name(facts)) or _("without a name"),
        "since": party.created_at,
    }


def _compared(name: str, older: Facts, newer: Facts) -> tuple[str, str, str]:
    """What is veiled of both, and whether they say the same."""
    one, other = getattr(older, name) or "", getattr(newer, name) or ""
    if not one or not other:
        said = _("known of one only")
    else:
        said = _("the same") if one == other else _("differs")
    return veils.veiled(name, one), veils.veiled(name, other), said


def same_person(party: UUID, user: Any) -> list[Line]:
    """The panel of a person's page: those who were decided to be the same. Their page asks for its purpose, and is logged, as any."""
    seen = scope.parties(user).filter(pk__in=pairing.same_as(party)).order_by("created_at")
    return [
        Line(
            _("Kept a second time: records and open work of then are on that page"),
            reverse("party", kwargs={"party": pk}),
        )
        for pk in seen.values_list("pk", flat=True)
    ]
