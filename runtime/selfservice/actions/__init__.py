"""The only writer of fillings, seats, invitations and counts: a noun a module, the face here."""

from runtime.selfservice.actions.counting import allowed, forget
from runtime.selfservice.actions.fillings import (
    begin,
    come_back,
    keep_for_later,
    mark_sent,
    seen,
    sit_down,
)
from runtime.selfservice.actions.invitations import (
    LinkRefused,
    NothingToProve,
    invitation_of,
    invite,
    link_of,
    prove,
    still_open,
)

__all__ = [
    "LinkRefused",
    "NothingToProve",
    "allowed",
    "begin",
    "come_back",
    "forget",
    "invitation_of",
    "invite",
    "keep_for_later",
    "link_of",
    "mark_sent",
    "prove",
    "seen",
    "sit_down",
    "still_open",
]
