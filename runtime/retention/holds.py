"""Which records and people are held now."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from runtime.parties.models import Party
from runtime.records.models import Record
from runtime.retention.models import Hold

HELD = gettext_noop("A legal hold stands on this person; nothing was erased.")


class Held(Exception):
    """A party is not erased: somebody must keep it."""

    def __init__(self) -> None:
        super().__init__(HELD)


def standing(today: dt.date) -> QuerySet[Hold]:
    """The holds that hold on a day."""
    return Hold.objects.filter(Q(until=None) | Q(until__gte=today), lifted_at=None)


def held_records(today: dt.date) -> Q:
    """The records that a hold keeps: on themselves, on their person, on their app."""
    held = {kind: _targets(kind, today) for kind in ("record", "party", "app")}
    return (
        Q(pk__in=_ids(held["record"]))
        | Q(party__in=_ids(held["party"]))
        | Q(version__app__code__in=held["app"])
    )


def is_held(party: Party, today: dt.date) -> bool:
    """Whether a person is held, or one of their records is."""
    if str(party.pk) in _targets("party", today):
        return True
    return Record.objects.filter(held_records(today), party=party, erased_at=None).exists()


def refuse_held(*, party: Party, **_: Any) -> None:
    """Heard before any erasure of a person, whoever asks for it."""
    if is_held(party, timezone.localdate()):
        raise Held


def _targets(kind: str, today: dt.date) -> list[str]:
    return list(standing(today).filter(kind=kind).values_list("target", flat=True))


def _ids(texts: list[str]) -> list[uuid.UUID]:
    return [uuid.UUID(text) for text in texts]
