"""Finding a person: a purpose first, then words; a hit is opened by a post, so that no address ever holds a name."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from runtime.audit.actions import log_access
from runtime.audit.models import AccessLog
from runtime.parties.store import say_of
from runtime.people.clearance import NOTHING
from runtime.queues import scope
from runtime.queues.policies import verification_of_house
from runtime.search.index import find as search
from runtime.search.query import MOST_LETTERS, parse
from runtime.search.reasons import Reason
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import find_answers, find_filters, find_words, line, veils
from runtime.workspace.find_filters import Filters
from runtime.workspace.find_lines import Together, lines
from runtime.workspace.find_references import person_of
from runtime.workspace.line_taking import ask_first
from runtime.workspace.party_page import party_page
from runtime.workspace.purposes import LABELS, choices, forget, keep, kept, purpose_for, sight_of

SHOWN = 10
MOST, MOST_FILTERED = 51, 200  # people of whom it is known that they fit
SHORTEST = 2
SEARCHES_A_MINUTE = 90
FRAGMENT = "X-Fragment"


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """The purpose, the box and the hits. With the header `X-Fragment` only the hits, for who types."""
    if request.method == "POST" and "purpose" in request.POST:
        return _choose(request, request.POST["purpose"])
    if request.method == "POST" and "another" in request.POST:
        forget(request)
        return redirect("find")
    purpose = kept(request, timezone.now())
    if not purpose:
        return _ask(request)
    text = request.POST.get("text", "")[: MOST_LETTERS + 1]
    context = {"purpose": LABELS[purpose], "text": text, **_answer(request, text, purpose)}
    part = request.headers.get(FRAGMENT) == "hits"
    return render(request, "workspace/find_hits.html" if part else "workspace/find.html", context)


def _ask(request: HttpRequest) -> HttpResponse:
    if request.headers.get(FRAGMENT):
        return HttpResponse(
            status=409
        )  # signed out and in again: the page asks for the purpose anew
    return render(request, "workspace/find_purpose.html", {"purposes": choices(request.user)})


def _choose(request: HttpRequest, purpose: str) -> HttpResponse:
    offered = choices(request.user)
    if purpose not in dict(offered):
        context = {"purposes": offered, "problem": gettext("Choose one of the purposes.")}
        return render(request, "workspace/find_purpose.html", context, status=400)
    keep(request, purpose, timezone.now())
    if purpose == line.PURPOSE:
        line.begin_occasion(request, timezone.now())
    return redirect("find")


def _answer(request: HttpRequest, text: str, purpose: str) -> dict[str, Any]:
    """The hits of the words, or why there are none."""
    bare = _bare(purpose)
    filters = Filters() if bare else find_filters.read(request.POST)
    context = {"filters": filters, "groups": [], "told": "", "may_filter": not bare}
    if not bare and not request.headers.get(FRAGMENT):
        context["choices"] = find_filters.choices(request.user)
    if request.method != "POST" or not text.strip():
        return context
    query = parse(text, today=timezone.localdate().isoformat())
    if len(text.strip()) < SHORTEST or query.empty:
        told = gettext("Type two letters of a name at least, or four digits of a number.")
    elif _too_many(request.user):
        told = gettext("These are too many searches in a minute. Wait a little, then go on.")
    else:
        context["read_as"] = find_words.read_as(query, cut=len(text) > MOST_LETTERS)
        found = _named(request, text, purpose) or _found(request, text, purpose, filters)
        return {**context, **found}
    return {**context, "told": told}


def _found(request: HttpRequest, text: str, purpose: str, filters: Filters) -> dict[str, Any]:
    typing = bool(request.headers.get(FRAGMENT)) and "whole" not in request.POST
    most = MOST_FILTERED if filters.any else MOST
    among = scope.within(request.user)
    hits = search(text, by=request.user, purpose=purpose, limit=most, typing=typing, within=among)
    bare = _bare(purpose)
    fitting = len(hits)
    stand = {}
    if filters.any:
        stand = find_filters.standings([hit.party_id for hit in hits], request.user)
        hits = [hit for hit in hits if filters.keep(stand[hit.party_id])]
    elif not bare:
        stand = find_filters.standings([hit.party_id for hit in hits[:SHOWN]], request.user)
    answers = [] if bare else find_answers.lines(request, text, purpose, timezone.now())
    told = find_words.found(len(hits), SHOWN, most) if hits else gettext("Nobody was found.")
    return {
        "groups": lines(hits[:SHOWN], stand, bare=bare),
        "told": told,
        "left_out": find_words.left_out(fitting - len(hits)),
        "nobody": not (hits or answers),
        "answers": answers,
        "purpose_code": purpose,
    }


def _named(request: HttpRequest, text: str, purpose: str) -> dict[str, Any] | None:
    """Whose reference this is; initials, for whoever tells a reference is not the person yet."""
    found = person_of(text, request.user)
    if found is None:
        return None
    party, code = found
    log_access(by=request.user, deed="search", purpose=purpose, detail="reference")
    try:
        name = say_of(party, by=request.user, purpose=purpose, ask=veils.full_name)
    except SubjectDestroyed:
        return None
    hit = {
        "party": party.pk,
        "name": name or gettext("without a name"),
        "why": find_words.reasons([Reason(code)], bare=False),
    }
    return {"groups": [Together("", [hit])], "told": find_words.found(1, SHOWN, MOST)}


def _too_many(person: Any) -> bool:
    """Searches are counted in the access log: who types all day does not reach it, who harvests does."""
    since = timezone.now() - timedelta(minutes=1)
    return (
        AccessLog.objects.filter(
            at__gte=since, by=person, deed="search", detail__in=("", "reference")
        ).count()
        >= SEARCHES_A_MINUTE
    )


def _bare(purpose: str) -> bool:
    """Of who calls, the name they said is enough while who they are is still to be proved."""
    return purpose == line.PURPOSE and verification_of_house() is not None


@never_cache
@require_POST
def party(request: HttpRequest, party: UUID) -> HttpResponse:
    """A person's page, for the purpose that was chosen."""
    row = get_object_or_404(scope.parties(request.user), pk=party)
    now = timezone.now()
    purpose = purpose_for(request, row.pk, now)
    if not purpose:
        return redirect("find")
    if sight_of(request, purpose, now, row.pk) == NOTHING:
        context = {"party": row, "purpose": LABELS[purpose]}
        return render(request, "workspace/party_refused.html", context, status=403)
    first = ask_first(request, row, now) if purpose == line.PURPOSE else None
    if first is not None:
        return first
    return party_page(request, row, purpose, now)
