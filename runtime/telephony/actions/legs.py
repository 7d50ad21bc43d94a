"""What a person's own telephone page tells of a call: the same events as the webhook's, of their own leg of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from runtime.telephony import sealed
from runtime.telephony.actions.calls import Received, receive
from runtime.telephony.models import Call, Extension
from runtime.telephony.payload import Told


def receive_from_page(*, seat: Extension, told: Told, by: Any, now: datetime) -> Received:
    """Keeps what rings, is answered or ends at this person's telephone. Nobody tells of another one's call: where the call is
    theirs already, this is a leg of its own (it rang on, or was handed over)."""
    own = replace(told, reference=_leg(seat, told, by), agents=(seat.extension,))
    return receive(provider=seat.provider, told=own, now=now, by=by)


def _leg(seat: Extension, told: Told, by: Any) -> str:
    rows = Call.objects.filter(
        provider=seat.provider, reference__in=sealed.references(told.reference)
    )
    known = rows.first()
    if known is None or known.agent_id == by.pk:
        return told.reference
    if known.agent_id is None and known.rings.filter(pk=by.pk).exists():
        return told.reference
    return f"{told.reference}#{seat.extension}"
