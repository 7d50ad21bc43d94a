"""The numbers of an item's party: which may be dialled, and how they are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import phonenumbers
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, QuerySet

from runtime.parties import actions as parties
from runtime.parties.models import ContactPoint
from runtime.parties.store import open_contact_points
from runtime.queues import policies
from runtime.queues.models import Attempt, WorkItem
from runtime.queues.rules import rotation


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


def household_of(party: UUID) -> bytes | None:
    """The blind key of the telephone at which a person is reached with whoever lives there: the newest that is not wrong."""
    phones = ContactPoint.objects.filter(party=party, kind="phone").exclude(status="wrong")
    found = phones.order_by("-pk").values_list("blind", flat=True).first()
    return None if found is None else bytes(found)


def points_of(item: WorkItem, kinds: Mapping[int, str] | None = None) -> list[rotation.Point]:
    """The numbers as the rotation sees them: how often each was tried for this item. `kinds` where somebody opened them."""
    ended = Attempt.objects.filter(item=item, contact_point__isnull=False).exclude(disposition="")
    rows = ended.values_list("contact_point").annotate(Count("pk")).order_by()
    tries = dict(rows.values_list("contact_point", "pk__count"))
    return [
        rotation.Point(
            pk, status == "verified", False, tries.get(pk, 0), (kinds or {}).get(pk, "")
        )
        for pk, status in dialable(item).values_list("pk", "status")
    ]


def next_numbers(item: WorkItem) -> tuple[int, ...]:
    """The contact points that the item's policy lets be dialled, the next one first."""
    rules = policies.rules_of(item)
    return rotation.next_points(points_of(item), rules.turns, rules.number_cap)


def numbers_of(item: WorkItem, *, by: AbstractBaseUser, purpose: str) -> tuple[Number, ...]:
    """The numbers that may be dialled, opened (which is logged), the next one first; none that no telephone could dial."""
    if item.party is None:
        return ()
    rules = policies.rules_of(item)
    values = {
        point.pk: value
        for point, value in open_contact_points(item.party, by=by, purpose=purpose)
        if point.kind == "phone"
    }
    kinds = {pk: kind_of(value) for pk, value in values.items()} if rules.turns.kinds else {}
    order = rotation.next_points(points_of(item, kinds), rules.turns, rules.number_cap)
    numbers = (number_of(pk, values[pk]) for pk in order if pk in values)
    return tuple(number for number in numbers if number is not None)


def kind_of(value: str) -> str:
    """Whether it is a mobile or a landline; empty where the number does not tell."""
    parsed = _parsed(value)
    kinds = phonenumbers.PhoneNumberType
    words = {kinds.MOBILE: "mobile", kinds.FIXED_LINE: "landline"}
    return "" if parsed is None else words.get(phonenumbers.number_type(parsed), "")


def _parsed(value: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return None


def number_of(point: int, value: str) -> Number | None:
    parsed = _parsed(value)
    if parsed is None:
        return None
    formats = phonenumbers.PhoneNumberFormat
    return Number(
        point,
        phonenumbers.format_number(parsed, formats.E164),
        phonenumbers.format_number(parsed, formats.INTERNATIONAL),
    )


def mark_wrong(item: WorkItem, point: ContactPoint | None, *, by: AbstractBaseUser) -> None:
    """The number that was dialled reaches somebody else; without one, the first that could be."""
    dead = point or dialable(item).filter(pk__in=next_numbers(item)[:1]).first()
    if dead is not None:
        parties.set_contact_status(point=dead, status="wrong", by=by)
