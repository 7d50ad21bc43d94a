"""Seals and opens cards: what an entry says of its party or its record, under the key of that one's subject.

When that key is destroyed, the card is a closed box, and its entry is found by nobody.
"""

import json
import logging
from typing import Any
from uuid import UUID

from runtime.search.backends.base import Candidate
from runtime.vault import envelope, keys

log = logging.getLogger("scriptorium.search")


def sealed(subject: UUID, said: Any, *, record: UUID | None = None) -> bytes:
    """The card of a party, or of a record under the key of its subject."""
    return sealed_under(
        keys.subject_key(subject), record or subject, said, of_record=record is not None
    )


def sealed_under(subject_key: bytes, owner: UUID, said: Any, *, of_record: bool = False) -> bytes:
    """The same for whoever has the subject's key in hand."""
    key = keys.subkey(subject_key, "search.card")
    data = json.dumps(said, ensure_ascii=False).encode()
    return envelope.seal(key, data, _place(owner, of_record=of_record))


def opened(candidate: Candidate, subject_key: bytes | None) -> Any:
    """What a card says, or None: its subject was erased, or it is not what was sealed (said in the log, the rest is shown)."""
    if subject_key is None:
        return None
    key = keys.subkey(subject_key, "search.card")
    owner = candidate.record or candidate.subject
    try:
        place = _place(owner, of_record=candidate.record is not None)
        data = envelope.open_sealed(key, candidate.card, place)
    except envelope.Tampered:
        log.error("search card of %s is not what was sealed", owner)
        return None
    return json.loads(data)


def _place(owner: UUID, *, of_record: bool) -> bytes:
    return envelope.aad("search.searchentry", owner, "answers" if of_record else "card")
