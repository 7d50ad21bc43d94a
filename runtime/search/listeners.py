"""What search hears: a party changed, a party was erased or is deleted."""

from typing import Any

from django.db.models.signals import pre_delete

from runtime.parties.models import Party
from runtime.parties.signals import party_changed, party_erased
from runtime.records.models import Record
from runtime.records.signals import record_erased
from runtime.search.index import forget_party, forget_record, index_party


def _changed(*, party: Party, facts: object, **_: Any) -> None:
    index_party(party, facts)


def _erased(*, party: Party, **_: Any) -> tuple[str, int]:
    """The card and the tokens that find it."""
    forget_party(party.pk)
    return "rows", 1


def _deleted(*, instance: Party, **_: Any) -> None:
    forget_party(instance.pk)


def _record_erased(*, record: Record, **_: Any) -> int:
    return int(forget_record(record.pk))


def _record_deleted(*, instance: Record, **_: Any) -> None:
    forget_record(instance.pk)


def listen() -> None:
    record_erased.connect(_record_erased, dispatch_uid="search.record_erased")
    pre_delete.connect(_record_deleted, sender=Record, dispatch_uid="search.record_deleted")
    party_changed.connect(_changed, dispatch_uid="search.party_changed")
    party_erased.connect(_erased, dispatch_uid="search.party_erased")
    pre_delete.connect(_deleted, sender=Party, dispatch_uid="search.party_deleted")
