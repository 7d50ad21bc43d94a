"""The numbers of an item's party: which may be dialled, and how they are written."""

from dataclasses import dataclass

import phonenumbers
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from runtime.parties import actions as parties
from runtime.parties.models import ContactPoint
from runtime.parties.store import open_contact_points
from runtime.queues.models import WorkItem


@dataclass(frozen=True, slots=True)
class Number:
    """A number to dial: `e164` for the telephone (`tel:`), `readable` for the eye."""

    point: int
    e164: str
    readable: str


def dialable(item: WorkItem) -> QuerySet[ContactPoint]:
    """The party's phones that are neither dead nor forbidden, the confirmed ones first, then the newest."""
    phones = ContactPoint.objects.filter(party=item.party_id, kind="phone", do_not_contact=False)
    return phones.exclude(status="wrong").order_by("-status", "-pk")


def numbers_of(item: WorkItem, *, by: AbstractBaseUser, purpose: str) -> tuple[Number, ...]:
    """The numbers, opened (which is logged); none that no telephone could dial."""
    if item.party is None:
        return ()
    order = list(dialable(item).values_list("pk", flat=True))
    values = {
        point.pk: value
        for point, value in open_contact_points(item.party, by=by, purpose=purpose)
        if point.pk in order
    }
    numbers = (number_of(pk, values[pk]) for pk in order if pk in values)
    return tuple(number for number in numbers if number is not None)


def number_of(point: int, value: str) -> Number | None:
    try:
        parsed = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return None
    formats = phonenumbers.PhoneNumberFormat
    return Number(
        point,
        phonenumbers.format_number(parsed, formats.E164),
        phonenumbers.format_number(parsed, formats.INTERNATIONAL),
    )


def mark_wrong(item: WorkItem, point: ContactPoint | None, *, by: AbstractBaseUser) -> None:
    """The number that was dialled reaches somebody else; without one, the first that could be."""
    dead = point or dialable(item).first()
    if dead is not None:
        parties.set_contact_status(point=dead, status="wrong", by=by)
