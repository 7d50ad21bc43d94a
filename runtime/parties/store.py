"""The only reader of sealed facts. Each opening is written to the access log first."""

import json
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from runtime.audit.actions import log_access
from runtime.parties.facts import Facts
from runtime.parties.models import ContactPoint, Party
from runtime.vault.blind import blind
from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.keys import subject_key, subkey

Answer = TypeVar("Answer")
NOTE_STEP = 256  # characters: its length tells nothing


def open_party(party: Party, *, by: Any, purpose: str) -> Facts:
    """What is known of a party. `SubjectDestroyed` after its erasure."""
    log_access(by=by, deed="open", subject=party.id, purpose=purpose)
    return open_facts(party, facts_key(party.id))


def say_of(party: Party, *, by: Any, purpose: str, ask: Callable[[Facts], Answer]) -> Answer:
    """Gives what `ask` makes of a party's facts, which do not leave: who must prove who they are learns nothing by it."""
    log_access(by=by, deed="verify", subject=party.id, purpose=purpose, detail="ask")
    return ask(open_facts(party, facts_key(party.id)))


def seal_answered_by(party_id: uuid.UUID, verification: uuid.UUID, told: dict[str, str]) -> bytes:
    """Who answered for a party, sealed with it."""
    where = aad("queues.verification", verification, "answered_by")
    return seal(facts_key(party_id), json.dumps(told).encode(), where)


def open_answered_by(
    party: Party, verification: uuid.UUID, sealed: bytes, *, by: Any, purpose: str
) -> dict[str, str]:
    """The name and relation of who answered for a party."""
    log_access(by=by, deed="open", subject=party.id, purpose=purpose, detail="answered_by")
    where = aad("queues.verification", verification, "answered_by")
    return dict(json.loads(open_sealed(facts_key(party.id), sealed, where)))


def seal_note(party_id: uuid.UUID, of: uuid.UUID, part: str, text: str) -> bytes:
    """A note about a party (why the glass over it was broken), sealed with it: it goes when the party is erased."""
    padded = text + " " * (-len(text) % NOTE_STEP)
    return seal(facts_key(party_id), padded.encode(), aad("parties.note", of, part))


def open_note(party_id: uuid.UUID, of: uuid.UUID, part: str, sealed: bytes) -> str:
    """For whoever wrote the access log."""
    note = open_sealed(facts_key(party_id), sealed, aad("parties.note", of, part))
    return note.decode().rstrip(" ")


def open_contact_points(party: Party, *, by: Any, purpose: str) -> list[tuple[ContactPoint, str]]:
    """The contact points of a party with their values (a number to dial), those that may be used first."""
    log_access(by=by, deed="open", subject=party.id, purpose=purpose, detail="contact_points")
    key = facts_key(party.id)
    points = party.contact_points.order_by("do_not_contact", "pk")
    return [
        (point, open_sealed(key, point.sealed, _point_aad(point)).decode()) for point in points
    ]


def open_contact_point(point: ContactPoint, *, by: Any, purpose: str) -> str:
    """The value of one contact point."""
    log_access(
        by=by,
        deed="open",
        subject=point.party_id,
        purpose=purpose,
        detail=f"contact_point {point.pk}",
    )
    return open_sealed(facts_key(point.party_id), point.sealed, _point_aad(point)).decode()


def reached_at(kind: str, value: str, *, by: Any, purpose: str) -> list[Party]:
    """Who can be reached at a normalised number or address, the confirmed ones first. Nothing sealed is opened for it."""
    log_access(by=by, deed="search", purpose=purpose, detail=kind)
    points = ContactPoint.objects.filter(kind=kind, blind=contact_blind(kind, value))
    rows = points.exclude(status="wrong").exclude(sealed=b"").select_related("party")
    return list(
        {point.party_id: point.party for point in rows.order_by("-status", "-pk")}.values()
    )


def contact_blind(kind: str, value: str) -> bytes:
    """The blind token of a contact point: what finds it without a word of it."""
    return blind(f"contact {kind}", value)


def key_blind(field: str, value: str) -> bytes:
    """The blind token of what finds a party again."""
    return blind(f"party {field}", value)


def facts_key(party_id: uuid.UUID) -> bytes:
    """The key of a party's facts (for `actions`)."""
    return subkey(subject_key(party_id), "party facts")


def open_facts(party: Party, key: bytes) -> Facts:
    return Facts(**json.loads(open_sealed(key, party.sealed, _party_aad(party.id))))


def seal_facts(party_id: uuid.UUID, facts: Facts, key: bytes) -> bytes:
    return seal(key, json.dumps(facts.known()).encode(), _party_aad(party_id))


def seal_contact_point(point: ContactPoint, value: str, key: bytes) -> bytes:
    return seal(key, value.encode(), _point_aad(point))


def _party_aad(party_id: uuid.UUID) -> bytes:
    return aad("parties.party", party_id, "facts")


def _point_aad(point: ContactPoint) -> bytes:
    return aad(
        "parties.contactpoint",
        f"{point.party_id}/{point.kind}/{bytes(point.blind).hex()}",
        "value",
    )
