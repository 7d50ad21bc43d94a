"""What search hears: a party changed or a record was settled, one of them was erased or is deleted, a version was published."""

from typing import Any
from uuid import UUID

from django.db.models.signals import pre_delete

from builder.models import Version
from builder.signals import published
from runtime.parties.models import Party
from runtime.parties.signals import party_changed, party_erased
from runtime.records.models import Record
from runtime.records.signals import adopted, record_erased, settled
from runtime.search.answers import index_answers, seal_anew
from runtime.search.catching_up import begin_if_changed
from runtime.search.index import forget_party, forget_record, index_party
from runtime.search.searchables import of_app


def _changed(*, party: Party, facts: object, **_: Any) -> None:
    index_party(party, facts)


def _erased(*, party: Party, **_: Any) -> tuple[str, int]:
    """The card and the tokens that find it."""
    forget_party(party.pk)
    return "rows", 1


def _deleted(*, instance: Party, **_: Any) -> None:
    forget_party(instance.pk)


def _settled(*, record: Record, view: Any, **_: Any) -> None:
    if of_app(record.version.app_id):
        index_answers(record, view)


def _adopted(*, record: Record, former: UUID, **_: Any) -> None:
    seal_anew(record, former)


def _published(*, version: Version, **_: Any) -> None:
    begin_if_changed(version)


def _record_erased(*, record: Record, **_: Any) -> int:
    return int(forget_record(record.pk))


def _record_deleted(*, instance: Record, **_: Any) -> None:
    forget_record(instance.pk)


def listen() -> None:
    published.connect(_published, dispatch_uid="search.published")
    settled.connect(_settled, dispatch_uid="search.settled")
    adopted.connect(_adopted, dispatch_uid="search.adopted")
    record_erased.connect(_record_erased, dispatch_uid="search.record_erased")
    pre_delete.connect(_record_deleted, sender=Record, dispatch_uid="search.record_deleted")
    party_changed.connect(_changed, dispatch_uid="search.party_changed")
    party_erased.connect(_erased, dispatch_uid="search.party_erased")
    pre_delete.connect(_deleted, sender=Party, dispatch_uid="search.party_deleted")
