"""Who is on the line, for the pages: what is asked of whom, whether they proved it, and which caller a search is for.

A claim (somebody was called) and an occasion (somebody calls: their call, or one search for them) are two ways to the same
asking (`queues.actions.verifications`). What was proved ends with either of them.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from runtime.parties.models import Party
from runtime.queues import policies
from runtime.queues.actions import verifications
from runtime.queues.models import Verification
from runtime.queues.proving import Verification as Asked
from runtime.queues.states import ACTIVE
from runtime.telephony import ringing
from runtime.telephony.models import Call
from runtime.telephony.places import Place, place_of

PURPOSE = verifications.PURPOSE  # the person is on the line, because they call
LINE = "line"  # in the session: the occasion, and when it began
LASTS = timedelta(minutes=30)
A_DAY = timedelta(days=1)


def asked_of_place(place: Place) -> Asked | None:
    """What must be proved before work goes on at a place; for nobody's place what the house asks at most."""
    if place.item is not None:
        return policies.rules_of(place.item).verification
    if place.record is not None:
        return policies.verification_of_record(place.record)
    return policies.verification_of_house()


def occasion_of(request: HttpRequest, now: datetime) -> UUID:
    """The caller this person is searching for now; another one after half an hour."""
    kept = request.session.get(LINE)
    if kept and datetime.fromisoformat(kept["at"]) > now - LASTS:
        return UUID(kept["occasion"])
    return begin_occasion(request, now)


def begin_occasion(request: HttpRequest, now: datetime, call: Call | None = None) -> UUID:
    """Somebody calls: with a call that the telephone system told of, or without."""
    occasion = call.pk if call is not None else uuid4()
    request.session[LINE] = {"occasion": str(occasion), "at": now.isoformat()}
    return occasion


def call_of(occasion: UUID | None, user: Any) -> Call | None:
    """The call an occasion is, if it is one and this person may open it."""
    if occasion is None:
        return None
    return ringing.seen_by(user).filter(pk=occasion).first()


def calls_of_number(occasion: UUID | None, now: datetime) -> list[UUID]:
    """The calls of the same number in the last day; none for a hidden one."""
    call = Call.objects.filter(pk=occasion, blind__isnull=False).first() if occasion else None
    if call is None:
        return []
    same = Call.objects.filter(blind=call.blind, rang_at__gt=now - A_DAY)
    return list(same.order_by("-rang_at").values_list("pk", flat=True)[:100])


def is_over(occasion: UUID | None) -> bool:
    """Whether who called has hung up."""
    return Call.objects.filter(pk=occasion, hung_up_at__isnull=False).exists()


def proved(user: Any, party: Party, occasion: UUID, now: datetime) -> bool:
    """Whether this person is on the line now and proved who they are: for the item in hands, for a call that lasts, or in
    this search."""
    rows = Verification.objects.filter(agent=user, party=party, state="verified")
    in_hands = Q(item__state=ACTIVE, item__assignee=user, item__fence=F("fence"))
    here = Q(occasion=occasion, item=None, decided_at__gt=now - LASTS)
    return rows.filter(in_hands).exists() or (not is_over(occasion) and rows.filter(here).exists())


def still_asked(user: Any, party: Party, occasion: UUID, now: datetime) -> Asked | None:
    """What this caller must prove first; None when nothing is asked, or it was proved."""
    asked = asked_of_place(place_of(party, user))
    if asked is None or proved(user, party, occasion, now):
        return None
    return asked


def begin(row: verifications.Line, asked: Asked, user: Any, now: datetime) -> Verification:
    """The asking of this claim, or of this caller. May raise `SubjectDestroyed`."""
    today = timezone.localdate(now).isoformat()
    return verifications.begin(line=row, asked=asked, by=user, today=today, now=now)
