"""Numbers that dial: `<a {% dials number %}>`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from runtime.telephony.links import address_for, link

register = template.Library()


@register.simple_tag(takes_context=True)
def dials(context: Any, number: str) -> SafeString:
    """The attributes of a link that dials this number as the person set it."""
    return link(address_for(context["request"].user, number))
