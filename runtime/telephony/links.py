"""The link that dials, as this person or the organisation set it."""

from typing import Any

from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString

from runtime.telephony import dialling
from runtime.telephony.models import Dialling


def template_for(user: Any) -> str:
    """The person's own way, else the organisation's, else `tel:`."""
    rows = Dialling.objects.filter(person=user) | Dialling.objects.filter(person=None)
    first = rows.order_by(F("person").desc(nulls_last=True)).first()
    known = first.template if first else dialling.USUAL
    return known if dialling.problem(known) is None else dialling.USUAL


def address_for(user: Any, number: str) -> str:
    return dialling.address(template_for(user), number)


def link(address: str) -> SafeString:
    """The attributes of the link; one that is a page opens beside this one, which stays."""
    if address.startswith("http"):
        return format_html('href="{}" target="_blank" rel="noopener noreferrer"', address)
    return format_html('href="{}"', address)
