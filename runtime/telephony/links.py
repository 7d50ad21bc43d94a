"""The link that dials, as this person or the organisation set it."""

from typing import Any

from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from runtime.telephony import dialling
from runtime.telephony.models import Dialling
from runtime.telephony.seats import seat_of

FRAME = "frame:"
BY_FRAME = FRAME + dialling.HOLE


def template_for(user: Any) -> str:
    """The person's own way; else by the frame of their telephone system; else the organisation's, else `tel:`."""
    rows = Dialling.objects.filter(person=user) | Dialling.objects.filter(person=None)
    first = rows.order_by(F("person").desc(nulls_last=True)).first()
    if (first is None or first.person_id is None) and seat_of(user) is not None:
        return BY_FRAME
    known = first.template if first else dialling.USUAL
    return known if dialling.problem(known) is None else dialling.USUAL


def address_for(user: Any, number: str) -> str:
    return dialling.address(template_for(user), number)


def link(address: str) -> SafeString:
    """The attributes of the link; one that is a page opens beside this one, which stays. By a frame: the browser asks the telephone
    page, and where no script runs the address is the one every computer knows."""
    if address.startswith(FRAME):
        return format_html(
            'href="{}" data-by-frame data-closed="{}" data-open="{}"',
            "tel:" + address.removeprefix(FRAME),
            gettext("The telephone is not open. Open it, then dial again."),
            gettext("Open the telephone"),
        )
    if address.startswith("http"):
        return format_html('href="{}" target="_blank" rel="noopener noreferrer"', address)
    return format_html('href="{}"', address)
