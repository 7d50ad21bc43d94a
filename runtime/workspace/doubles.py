"""Is it somebody we know? Asked when a record about nobody known ends and names a person who may be kept already.

The agent chooses; a person who is found by a key that is theirs alone is taken without asking (decision 34).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from runtime.parties.actions import known_by_key
from runtime.parties.facts import Facts
from runtime.parties.models import Party
from runtime.queues import scope
from runtime.queues.policies import verification_of_house
from runtime.records import actions as records
from runtime.search.doubles import doubles
from runtime.search.index import Hit, card_of
from runtime.workspace.find_lines import lines
from runtime.workspace.screen_holding import Held
from runtime.workspace.screen_page import purpose_of

SAME, NEW = "same", "new"


def chosen(request: HttpRequest, held: Held) -> tuple[Party | None, HttpResponse | None]:
    """The person the record is about, as the agent said; or the page that asks first. Neither: nothing is to be asked."""
    said = request.POST.get(SAME, "")
    if held.record.party_id is not None or held.kind != "agent" or said == NEW:
        return None, None
    found = _candidates(request, held)
    for hit in found:
        if said == str(hit.party_id):
            return scope.parties(request.user).get(pk=hit.party_id), None
    return None, _page(request, held, found) if found else None


def _candidates(request: HttpRequest, held: Held) -> list[Hit]:
    """Those who may be the same, where the record can end and its person has no key that is theirs alone."""
    purpose = purpose_of(held)
    told = records.told_of(
        held.record, request.POST.get("outcome", ""), by=request.user, purpose=purpose
    )
    if not told or known_by_key(facts=told):
        return []
    card, among = card_of(Facts.read(told)), scope.within(request.user)
    return doubles(card, by=request.user, purpose=purpose, within=among)


def _page(request: HttpRequest, held: Held, found: list[Hit]) -> HttpResponse:
    bare = verification_of_house() is not None
    groups = lines(found, {}, bare=bare)
    context: dict[str, Any] = {
        "record": held.record,
        "outcome": request.POST.get("outcome", ""),
        "hits": [line for group in groups for line in group.lines],
        "missing": SAME in request.POST,
    }
    return render(request, "workspace/doubles.html", context, status=422)
