"""Who calls goes on where their work stands, once it is known who they are (where the queue asks that)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from runtime.parties.models import Party
from runtime.people.roles import roles_of
from runtime.queues import policies
from runtime.queues.actions import verifications
from runtime.queues.actions.verifications import Line
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import Verification, WorkItem
from runtime.queues.overview import own_item
from runtime.queues.proving import Verification as Asked
from runtime.records.models import Record
from runtime.telephony.actions import take
from runtime.telephony.models import Call
from runtime.telephony.places import place_of
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import line
from runtime.workspace.line_page import erased
from runtime.workspace.purposes import keep

POPPED = "popped"  # in the session: the ids of whom a pop named, never a number


@dataclass(frozen=True)
class Caller:
    """Who calls: the occasion, and the call if the telephone system told of it."""

    occasion: UUID
    call: Call | None = None


def ask_or_go_on(
    request: HttpRequest, party: Party, caller: Caller, now: datetime
) -> HttpResponse:
    """First who it is, where that is asked; then on."""
    asked = line.still_asked(request.user, party, caller.occasion, now)
    if asked is None:
        return take_up(request, party, caller, now)
    return _ask(request, party, caller.occasion, asked, now)


def _ask(
    request: HttpRequest, party: Party, occasion: UUID, asked: Asked, now: datetime
) -> HttpResponse:
    try:
        row = line.begin(Line(party, occasion=occasion), asked, request.user, now)
    except SubjectDestroyed:
        return erased(request)
    return redirect("verification", row.pk)


def ask_first(
    request: HttpRequest, party: Party | None, now: datetime, record: Record | None = None
) -> HttpResponse | None:
    """For pages that an agent opens because the person calls: the asking, where that comes first. What a record's own queue asks
    is asked for that record, wherever else the person's work stands."""
    if party is None or "agent" not in roles_of(request.user):
        return None
    occasion = line.occasion_of(request, now)
    asked = (
        policies.verification_of_record(record)
        if record is not None
        else line.asked_of_place(place_of(party, request.user))
    )
    if asked is None or line.proved(request.user, party, occasion, now):
        return None
    return _ask(request, party, occasion, asked, now)


def go_on(request: HttpRequest, party: Party, occasion: UUID, now: datetime) -> HttpResponse:
    """It was proved: on, with the call if the occasion is one."""
    call = line.call_of(occasion, request.user)
    if (
        line.still_asked(request.user, party, occasion, now) is not None
    ):  # the call has ended since
        return redirect("home")
    return take_up(request, party, Caller(occasion, call), now)


def take_up(request: HttpRequest, party: Party, caller: Caller, now: datetime) -> HttpResponse:
    """The open item or record; where there is none, the page on which it is chosen what is done."""
    call = caller.call
    taken = take(call=call, party=party, by=request.user, now=now)
    if isinstance(taken, Claimed):
        _hold(request, party, caller.occasion, taken)
        return redirect("record", taken.record) if taken.record else redirect("item", taken.item)
    if isinstance(taken, Record):
        return redirect("record", taken.pk)
    if isinstance(taken, Refused):
        messages.error(request, why(taken, request.user))
    if call is not None and call.parties.filter(pk=party.pk).exists():
        keep(request, line.PURPOSE, now)
        return redirect("call", call.pk)
    request.session[POPPED] = [str(party.pk)]  # who was found by name
    return redirect("pop")


def _hold(request: HttpRequest, party: Party, occasion: UUID, taken: Claimed) -> None:
    """What was proved holds for this claim; the search for the caller is over."""
    rows = Verification.objects.filter(agent=request.user, party=party, occasion=occasion)
    row = rows.filter(state="verified").first()
    if row is not None:
        verifications.hold_for(verification=row, item=WorkItem(pk=taken.item))
    request.session.pop(line.LINE, None)


def why(refused: Refused, user: Any) -> str:
    """Why somebody cannot be taken up, in words."""
    if refused.reason == "skill":
        return gettext("You need the skill “%(skill)s” first.") % {"skill": refused.skill}
    if refused.reason == "no_version":
        return gettext("The script of this queue is not published.")
    own = own_item(user)
    if own is not None:
        return gettext("You are in a call already; end it or give it back first.")
    return gettext("Somebody else is working on this record now, or it is closed.")
