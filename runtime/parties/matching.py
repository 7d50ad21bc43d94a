"""Which parties have these keys: asked for many at once, as a list of people is looked at. Nothing is opened, nothing is logged here."""

from collections.abc import Collection, Iterator
from uuid import UUID

from runtime.parties.facts import Facts, contact_points_of, keys_of
from runtime.parties.models import PartyKey
from runtime.parties.store import contact_blind, key_blind

Key = tuple[str, bytes]  # field, blind key
AT_ONCE = 500  # what a statement may have of values


def keys(facts: Facts) -> list[Key]:
    """The keys by which somebody is found again, the surest first."""
    return [(field, key_blind(field, value)) for field, value in keys_of(facts).items()]


def ways(facts: Facts) -> list[Key]:
    """The keys of the ways to reach somebody: by `phone`, `email`, `address`."""
    return [(kind, contact_blind(kind, value)) for kind, value in contact_points_of(facts).items()]


def by_field(wanted: Collection[Key]) -> Iterator[tuple[str, list[bytes]]]:
    """The keys in parts that a statement can hold, each of one field."""
    for field in sorted({field for field, _blind in wanted}):
        blinds = [value for kind, value in wanted if kind == field]
        for start in range(0, len(blinds), AT_ONCE):
            yield field, blinds[start : start + AT_ONCE]


def known(wanted: Collection[Key]) -> dict[Key, UUID]:
    """Who has which of these keys."""
    found: dict[Key, UUID] = {}
    for field, blinds in by_field(wanted):
        rows = PartyKey.objects.filter(field=field, blind__in=blinds)
        for value, party in rows.values_list("blind", "party"):
            found[field, bytes(value)] = party
    return found


def numbered(parties: Collection[UUID]) -> set[UUID]:
    """Those of them whose national number is known."""
    rows = PartyKey.objects.filter(field="national_number", party__in=parties)
    return set(rows.values_list("party", flat=True))
