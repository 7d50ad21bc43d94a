"""The only writer of parties, their keys and contact points."""

import os
import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from runtime.audit.actions import log_access
from runtime.parties import barring, store
from runtime.parties.facts import Facts, contact_points_of, keys_of
from runtime.parties.models import ContactPoint, Party, PartyKey
from runtime.parties.signals import party_changed, party_erased, party_erasing
from runtime.vault.keys import create_subject, destroy_subject

STATUSES = ("unverified", "verified", "wrong")


def find_or_create(
    *, facts: Mapping[str, Any], by: Any, purpose: str, kind: str = "person"
) -> tuple[Party, bool]:
    """The party with these facts, by national number or by phone and name; made when there is none: (party, created).

    Nothing sealed is opened to find it, and a party that is found keeps its facts. `facts` that are not texts or not
    known names raise `ValueError`.
    """
    known = Facts.read(facts)
    blinds = _blinds(known)
    log_access(by=by, deed="search", purpose=purpose, detail=f"exact {len(blinds)}")
    for _try in range(3):
        party = _find(blinds)
        if party is not None:
            return party, False
        try:
            return _create(known, blinds, kind), True
        except IntegrityError:  # somebody else made the same party just now
            continue
    raise RuntimeError("the party could not be made: its keys change all the time")


def known_by_key(*, facts: Mapping[str, Any]) -> bool:
    """Whether a party has one of the keys of these facts, so that `find_or_create` finds it. Nothing is opened."""
    return _find(_blinds(Facts.read(facts))) is not None


def update_facts(
    *, party: Party, facts: Mapping[str, Any], by: Any, purpose: str = "facts"
) -> bool:
    """Replaces facts by those known better; blank ones leave what is there. Old contact points stay. True if something changed."""
    newer = Facts.read(facts)
    log_access(by=by, deed="open", subject=party.id, purpose=purpose, detail="update")
    with transaction.atomic():
        row, key, before = _locked(party)
        after = before.with_newer(newer)
        if after == before:
            return False
        _forget_keys(row, but=_blinds(after))
        _keep(row, after, key)
    party.sealed = row.sealed
    return True


def add_facts(*, party: Party, facts: Mapping[str, Any], by: Any, purpose: str) -> frozenset[str]:
    """Adds what a list, or somebody else, tells of a party that is known: further ways to reach it, and facts that are missing.
    What is known stays, and still finds the party.

    Where it is told otherwise who they are, nothing is filled in either, for it may be another person. The names of those facts.
    """
    told = Facts.read(facts)
    log_access(by=by, deed="open", subject=party.id, purpose=purpose, detail="update")
    with transaction.atomic():
        row, key, before = _locked(party)
        differing = before.differing(told)
        ways = _new_ways(row, told)
        after = before.with_newer(ways) if differing else told.with_newer(before).with_newer(ways)
        if after != before:
            _keep(row, after, key)
    party.sealed = row.sealed
    return differing


def set_contact_status(*, point: ContactPoint, status: str, by: Any) -> None:
    """What an attempt told of a contact point."""
    if status not in STATUSES or by is None:
        raise ValueError("unknown status, or nobody who says so")
    ContactPoint.objects.filter(pk=point.pk).update(status=status)
    point.status = status


def set_do_not_contact(*, point: ContactPoint, value: bool, by: Any) -> None:
    """The party's own wish not to be reached there."""
    if by is None:
        raise ValueError("a person says so")
    ContactPoint.objects.filter(pk=point.pk).update(do_not_contact=value)
    point.do_not_contact = value


def erase(*, party: Party, by: Any, purpose: str, rule: str = "") -> None:
    """Erases a party: its key is destroyed first, so that everything sealed for it is unreadable; then what finds it again. The access
    log has two rows of it: that it begins, and the certificate of what went, which is written with the deed or not at all.

    `rule`: which one demands it, where nobody asked. A party that is held raises what the holder raises (`party_erasing`)."""
    party_erasing.send(sender=Party, party=party)
    log_access(by=by, deed="erase", subject=party.id, purpose=purpose, detail=rule)
    destroy_subject(party.id)
    with transaction.atomic():
        gone = Counter(rows=PartyKey.objects.filter(party=party).delete()[0])
        gone["rows"] += _blank_contact_points(party)
        for _receiver, told in party_erased.send(sender=Party, party=party):
            if isinstance(told, tuple):
                gone[told[0]] += told[1]
        detail = certificate(rule, keys=1, rows=gone["rows"], files=gone["files"])
        log_access(by=by, deed="erase", subject=party.id, purpose=purpose, detail=detail)


def certificate(rule: str, *, keys: int, rows: int, files: int) -> str:
    """What the access log says of an erasure that is done."""
    return f"erased keys={keys} rows={rows} files={files}" + (f" {rule}" if rule else "")


def _blank_contact_points(party: Party) -> int:
    """Attempts point at them, so the rows stay: without a value, with a random key, never to be used."""
    points = ContactPoint.objects.filter(party=party)
    for point in points:
        ContactPoint.objects.filter(pk=point.pk).update(
            blind=os.urandom(16), sealed=b"", do_not_contact=True
        )
    return len(points)


def _blinds(facts: Facts) -> dict[str, bytes]:
    return {field: store.key_blind(field, value) for field, value in keys_of(facts).items()}


def _find(blinds: Mapping[str, bytes]) -> Party | None:
    """By national number; by phone and name only if the two do not have different national numbers."""
    number = blinds.get("national_number")
    if number and (row := _key_row("national_number", number)):
        return row.party
    phone_name = blinds.get("phone_name")
    row = _key_row("phone_name", phone_name) if phone_name else None
    if row is None or (number and row.party.keys.filter(field="national_number").exists()):
        return None
    return row.party


def _key_row(field: str, value: bytes) -> PartyKey | None:
    return PartyKey.objects.select_related("party").filter(field=field, blind=value).first()


def _create(facts: Facts, blinds: Mapping[str, bytes], kind: str) -> Party:
    party_id = uuid.uuid4()
    create_subject(party_id)
    key = store.facts_key(party_id)
    with transaction.atomic():
        party = Party.objects.create(
            id=party_id,
            kind=kind,
            sealed=store.seal_facts(party_id, facts, key),
            do_not_contact=bool(barring.barred(list(blinds.items()))),
            created_at=timezone.now(),
        )
        _add_keys(party, blinds)
        if (found := _find(blinds)) and found.pk != party_id:
            raise IntegrityError("the same party was made between the look and this")
        _add_contact_points(party, facts, key)
        party_changed.send(sender=Party, party=party, facts=facts)
    return party


def _locked(party: Party) -> tuple[Party, bytes, Facts]:
    """The party's row, held until the transaction ends; its key, and what is known."""
    rows = Party.objects.filter(pk=party.pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(no_key=True)
    row = rows.get()
    key = store.facts_key(row.id)
    return row, key, store.open_facts(row, key)


def _keep(row: Party, facts: Facts, key: bytes) -> None:
    """New facts of a held party: sealed, found by their keys, reached by their ways, announced."""
    row.sealed = store.seal_facts(row.id, facts, key)
    row.save(update_fields=["sealed"])
    _add_keys(row, _blinds(facts))
    _add_contact_points(row, facts, key)
    party_changed.send(sender=Party, party=row, facts=facts)


def _forget_keys(party: Party, *, but: Mapping[str, bytes]) -> None:
    PartyKey.objects.filter(party=party).exclude(blind__in=list(but.values())).delete()


def _add_keys(party: Party, blinds: Mapping[str, bytes]) -> None:
    """A key that another party has stays with it: two who share a phone and a name are told apart by their numbers."""
    for field, value in blinds.items():
        holder = _key_row(field, value)
        if holder is None:
            PartyKey.objects.create(party=party, field=field, blind=value)


def _new_ways(party: Party, told: Facts) -> Facts:
    """The ways to reach the party that are not among its contact points; an old number told again is none."""
    points = ContactPoint.objects.filter(party=party)
    return Facts(
        **{
            kind: value
            for kind, value in contact_points_of(told).items()
            if not points.filter(kind=kind, blind=store.contact_blind(kind, value)).exists()
        }
    )


def _add_contact_points(party: Party, facts: Facts, key: bytes) -> None:
    for kind, value in contact_points_of(facts).items():
        point = ContactPoint(
            party=party,
            kind=kind,
            blind=store.contact_blind(kind, value),
            created_at=timezone.now(),
        )
        if not ContactPoint.objects.filter(party=party, kind=kind, blind=point.blind).exists():
            point.sealed = store.seal_contact_point(point, value, key)
            point.do_not_contact = bool(barring.barred([(kind, point.blind)]))
            point.save()
