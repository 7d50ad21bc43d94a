"""Who calls: the box that says so on every page of an agent, the candidates, and the way to the place where their work stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from runtime.audit.models import AccessLog
from runtime.parties.models import Party
from runtime.parties.store import open_party, reached_at, say_of
from runtime.queues import actions as queues
from runtime.queues import scope
from runtime.queues.models import Campaign
from runtime.queues.overview import beginnable
from runtime.telephony import ringing as telephone
from runtime.telephony import sealed
from runtime.telephony.actions import set_aside
from runtime.telephony.bell import address as bell
from runtime.telephony.bell import passes
from runtime.telephony.course import Moments, standing
from runtime.telephony.models import Call
from runtime.telephony.numbers import normal
from runtime.telephony.places import Place, place_of
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import line, veils
from runtime.workspace.line_taking import POPPED, Caller, ask_or_go_on
from runtime.workspace.purposes import keep

PURPOSE = line.PURPOSE
SHOWN = 5
POPS_A_MINUTE = 60


@dataclass(frozen=True)
class Candidate:
    """Somebody who has the number: enough to recognise, and where their work stands."""

    party: Party
    name: str
    birth_date: str
    place: Place
    asked: bool = False  # who it is must be proved first: initials only
    campaigns: Sequence[Campaign] = ()  # where nothing is open: what may be begun


@never_cache
@require_GET
def ringing(request: HttpRequest) -> HttpResponse:
    """What rings at this person's telephone, for the box on their page; 204 when nothing does. Nothing sealed is opened."""
    now = timezone.now()
    rows = [
        {"call": call, "standing": standing_of(call), "parties": _seen_of(request.user, call)}
        for call in telephone.calls_for(request.user, now).prefetch_related("parties")
        if str(call.pk) != request.GET.get("but")  # the page shows it already
    ]
    response = HttpResponse(status=204)
    if rows:
        key = " ".join(f"{row['call'].pk}:{row['standing']}" for row in rows)
        response = render(request, "workspace/calls_ringing.html", {"calls": rows})
        response["X-Calls"] = key
    _let_listen(request, response, now)
    return response


def _let_listen(request: HttpRequest, response: HttpResponse, now: datetime) -> None:
    """Where there is a bell, the page may open a line to it."""
    session = request.session.session_key
    if session and bell.address(request):
        who = passes.Pass(request.user.pk, request.user.person.epoch, session)
        response[passes.HEADER] = passes.issue(who, now)


@never_cache
@require_GET
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One call: who has this number, and where the work for each of them stands."""
    found = get_object_or_404(telephone.seen_by(request.user), pk=pk)
    parties = list(_seen(request.user, found.parties.all())[:SHOWN])
    context = {"call": found, "standing": standing_of(found), "number": _number(found)}
    return _candidates(request, parties, context)


@never_cache
@require_GET
def pop(request: HttpRequest) -> HttpResponse:
    """`?provider=&call=` leads to a call; `?number=` to who has it. What stands in the address is gone from it with the answer."""
    if "call" in request.GET:
        rows = telephone.seen_by(request.user).filter(
            provider__code=request.GET.get("provider", ""),
            reference__in=sealed.references(request.GET["call"][:250]),
        )
        found = rows.order_by("rang_at").first()
        if found is None:
            raise Http404
        return redirect("call", found.pk)
    if "number" not in request.GET:
        parties = scope.parties(request.user).filter(pk__in=request.session.get(POPPED, []))
        return _candidates(request, list(parties), {"call": None, "standing": "", "number": ""})
    if too_many(request.user):
        told = gettext("These are too many searches in a minute. Wait a little, then go on.")
        messages.error(request, told)
        return redirect("home")
    number = normal(request.GET["number"][:100])
    found = reached_at("phone", number, by=request.user, purpose=PURPOSE) if number else []
    seen = set(_seen(request.user, found).values_list("pk", flat=True))
    found = [party for party in found if party.pk in seen]
    line.begin_occasion(request, timezone.now())
    request.session[POPPED] = [str(party.pk) for party in found[:SHOWN]]
    return redirect("pop")


def _seen(user: Any, parties: Iterable[Party]) -> QuerySet[Party]:
    """Who of these is anybody to this person."""
    return scope.parties(user).filter(pk__in=[party.pk for party in parties]).order_by("pk")


def _seen_of(user: Any, call: Call) -> list[Party]:
    """The same for the box that is asked for every second: one of the whole organisation sees all."""
    parties = list(call.parties.all())
    return (parties if scope.is_whole(user) else list(_seen(user, parties)))[:SHOWN]


def too_many(user: Any) -> bool:
    """Whether this person looked up more numbers within a minute than anybody calls."""
    since = timezone.now() - timedelta(minutes=1)
    rows = AccessLog.objects.filter(at__gte=since, by=user, deed="search", detail="phone")
    return rows.count() >= POPS_A_MINUTE


def _candidates(
    request: HttpRequest, parties: list[Party], context: dict[str, Any]
) -> HttpResponse:
    """Finding by name, and a person's page, go on for the same purpose."""
    call = context["call"]
    now = timezone.now()
    keep(request, PURPOSE, now)
    occasion = line.begin_occasion(request, now, call) if call else line.occasion_of(request, now)
    rows = [row for party in parties if (row := _candidate(party, request, occasion))]
    return render(request, "workspace/call.html", {**context, "candidates": rows})


def _candidate(party: Party, request: HttpRequest, occasion: UUID) -> Candidate | None:
    place = place_of(party, request.user)
    asked = line.still_asked(request.user, party, occasion, timezone.now()) is not None
    try:
        if asked:
            name = say_of(party, by=request.user, purpose=PURPOSE, ask=veils.full_name)
            return Candidate(party, name, "", place, asked=True)
        facts = open_party(party, by=request.user, purpose=PURPOSE)
    except SubjectDestroyed:
        return None
    name = f"{facts.given_name or ''} {facts.family_name or ''}".strip()
    shut = place.kind in {"none", "amend"}
    return Candidate(
        party=party,
        name=name,
        birth_date=veils.birth_date(facts.birth_date or ""),
        place=place,
        campaigns=beginnable(request.user) if shut else (),
    )


def standing_of(call: Call) -> str:
    """How a call stands now, by its moments."""
    moments = Moments(call.rang_at, call.connected_at, call.hung_up_at)
    return standing(moments, timezone.now())


def _number(call: Call) -> str:
    """Its last two digits; nothing once it was forgotten."""
    if call.sealed is None:
        return ""
    try:
        return veils.number(sealed.open_number(call.pk, bytes(call.sealed)))
    except SubjectDestroyed:
        return ""


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Goes on with one of the candidates where their work stands: the same item, the same record; first who it is, where that is
    asked. With `find` it is none of them."""
    if "find" in request.POST:
        return _find_by_name(request)
    found, party = _asked(request)
    now = timezone.now()
    occasion = found.pk if found is not None else line.occasion_of(request, now)
    return ask_or_go_on(request, party, Caller(occasion, found), now)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new item for who calls, only where none is open in that queue; then on with it."""
    found, party = _asked(request)
    now = timezone.now()
    occasion = found.pk if found is not None else line.occasion_of(request, now)
    campaign = get_object_or_404(
        scope.campaigns(request.user), code=request.POST.get("campaign", "")
    )
    if line.still_asked(request.user, party, occasion, now) is None:
        try:
            queues.item_for_caller(campaign=campaign, party=party, by=request.user)
        except queues.CampaignClosed:
            messages.error(request, gettext("This campaign takes no new calls now."))
            return redirect("call", found.pk) if found is not None else redirect("pop")
    return ask_or_go_on(request, party, Caller(occasion, found), now)


def _find_by_name(request: HttpRequest) -> HttpResponse:
    found = _call_asked(request)
    if found is not None:
        set_aside(call=found, now=timezone.now())
    line.begin_occasion(request, timezone.now(), found)
    keep(request, PURPOSE, timezone.now())
    return redirect("find")


def _call_asked(request: HttpRequest) -> Call | None:
    wanted = request.POST.get("call", "")
    try:
        number = UUID(wanted) if wanted else None
    except ValueError:
        raise Http404 from None
    return get_object_or_404(telephone.seen_by(request.user), pk=number) if number else None


def _asked(request: HttpRequest) -> tuple[Call | None, Party]:
    """The call (None: a pop without one) and the person, who must be a candidate of it."""
    try:
        party = UUID(request.POST.get("party", ""))
    except ValueError:
        raise Http404 from None
    found = _call_asked(request)
    if found is None:
        if str(party) not in request.session.get(POPPED, []):
            raise Http404
        return None, get_object_or_404(scope.parties(request.user), pk=party)
    return found, get_object_or_404(_seen(request.user, found.parties.all()), pk=party)


@require_POST
def somebody_calls(request: HttpRequest) -> HttpResponse:
    """Somebody calls on a telephone that tells us nothing: they are found by name, number or reference."""
    line.begin_occasion(request, timezone.now())
    keep(request, PURPOSE, timezone.now())
    return redirect("find")
