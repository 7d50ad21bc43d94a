"""A record that was begun about nobody known becomes its person's when it ends: found among the parties, or made.

Only actions call it, with the record held. The record's key then hangs under the party's, so that erasing the party
erases the record, and the search finds whom it is about.
"""

from collections.abc import Mapping
from typing import Any

from runtime.parties.actions import add_facts, find_or_create, update_facts
from runtime.parties.models import Party
from runtime.records.models import Record
from runtime.records.signals import adopted
from runtime.records.store.sealing import give_to

NAMES = frozenset({"given_name", "family_name"})


def adopt(record: Record, facts: Mapping[str, str], by: Any, known: Party | None = None) -> None:
    """Gives a held record without a party to the one its facts tell of, or that somebody said it is (`known`: what is kept of them
    stays as it is); a record that names nobody stays as it is.

    What somebody unknown says of themselves in a public form (`by` is None) changes nothing that is known of the party it names."""
    if record.party_id is not None or not NAMES & facts.keys():
        return
    party, made = (known, False) if known else find_or_create(facts=facts, by=by, purpose="finish")
    if not made:
        tell = update_facts if by and not known else add_facts
        tell(party=party, facts=facts, by=by, purpose="finish")
    former = record.subject
    give_to(record, party.id)
    record.party = party
    record.save(update_fields=["party", "subject", "wrapped_key"])
    adopted.send(sender=Record, record=record, former=former)
