"""What search hears: a party changed, a party was erased or is deleted."""

from typing import Any

from django.db.models.signals import pre_delete

from runtime.parties.models import Party
from runtime.parties.signals import party_changed, party_erased
from runtime.search.index import forget_party, index_party


def _changed(*, party: Party, facts: object, **_: Any) -> None:
    index_party(party, facts)


def _erased(*, party: Party, **_: Any) -> tuple[str, int]:
    """The card and the tokens that find it."""
    forget_party(party.pk)
    return "rows", 1


def _deleted(*, instance: Party, **_: Any) -> None:
    forget_party(instance.pk)


def listen() -> None:
    party_changed.connect(_changed, dispatch_uid="search.party_changed")
    party_erased.connect(_erased, dispatch_uid="search.party_erased")
    pre_delete.connect(_deleted, sender=Party, dispatch_uid="search.party_deleted")
