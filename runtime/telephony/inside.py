"""Standing inside the telephone system's own window: who the framed page is for, by tokens that live in its memory alone.

A cookie of ours does not go into a frame of another site (`SameSite=Lax`), and none is made that does. A person who is signed in, in
a window of the house, hands the frame a *hand-over*: signed, for a minute, good once. It is exchanged for a *stay*, which is renewed
with each answer and ends ten minutes after the last one, twelve hours after the hand-over, or with the person's rights (epoch).
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.core import signing
from django.core.cache import cache

from runtime.people.roles import roles_of
from runtime.telephony.seats import seat_of

HAND_OVER = 60  # seconds
STAY = 600
LONGEST = 12 * 3600
SALT = "telephony.inside"

Kind = Literal["hand-over", "stay"]


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom the framed page is for, and the token it goes on with."""

    user: Any
    token: str


def hand_over(user: Any, provider: str) -> str:
    return _signed("hand-over", user, provider, int(time.time()))


def admitted(token: str, provider: str) -> Guest | None:
    """Who this token is of, at this provider; None where it is forged, old, used, of another one, or its person's rights ended."""
    told = _read(token, provider)
    if told is None:
        return None
    user = get_user_model().objects.select_related("person").filter(pk=told["user"]).first()
    if user is None or not _may(user, told, provider):
        return None
    if told["kind"] == "hand-over" and not cache.add(f"inside:{told['once']}", 1, 2 * HAND_OVER):
        return None
    return Guest(user, _signed("stay", user, provider, told["since"]))


def _may(user: Any, told: dict[str, Any], provider: str) -> bool:
    known = getattr(user, "person", None)
    same = known is not None and known.epoch == told["epoch"]
    return same and "agent" in roles_of(user) and seat_of(user, provider) is not None


def _signed(kind: Kind, user: Any, provider: str, since: int) -> str:
    told = {
        "kind": kind,
        "user": user.pk,
        "epoch": user.person.epoch,
        "provider": provider,
        "since": since,
        "once": secrets.token_urlsafe(12),
    }
    return signing.dumps(told, salt=SALT)


def _read(token: str, provider: str) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = signing.loads(token[:1000], salt=SALT, max_age=STAY)
        if told["kind"] == "hand-over":
            signing.loads(token, salt=SALT, max_age=HAND_OVER)
    except signing.BadSignature:
        return None
    fresh = time.time() - told["since"] <= LONGEST
    return told if fresh and told["provider"] == provider else None
