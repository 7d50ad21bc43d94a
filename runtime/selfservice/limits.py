"""How often: one row for each thing that is counted. Who is counted stands nowhere in clear (`actions.counting`)."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds; the stretch of time is part of the key, so that asking on and on does not lengthen it."""

    name: str
    most: int
    seconds: int


BEGUN_HERE = Limit("begun at an address", 20, 600)
BEGUN_FORM = Limit("begun of a form", 3000, 600)
SENT = Limit("posts of a seat", 120, 60)
TRIED_HERE = Limit("codes tried at an address", 30, 900)
TRIED_LINK = Limit("codes tried of a link", 5, 900)
TRIED_LINK_A_DAY = Limit("codes tried of a link, a day", 25, 86_400)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, behind the proxies that are trusted."""
    return str(get_adapter(request).get_client_ip(request))
