"""What happens at the moment of a claim: the item's record is started, or opened again."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from builder.models import load
from runtime.parties.store import open_party
from runtime.queues import prefill, sealed
from runtime.queues.claimed import Claimed
from runtime.queues.models import WorkItem
from runtime.queues.questions import newest_version
from runtime.records import actions as records
from runtime.records.models import Record


class NoVersion(Exception):
    """The campaign's app has nothing published, or takes no new records."""


class Erased(Exception):
    """The person was erased: there is nobody to call. Holds the item's id."""


def begin(item: WorkItem, *, by: AbstractBaseUser, resumed: bool = False) -> Claimed:
    """The claimed item with its record and a session that carries its fence.

    Raises `NoVersion` or `Erased`; the caller's transaction is to be rolled back then.
    """
    try:
        record = record_of(item, by)
    except sealed.SubjectDestroyed:
        raise Erased(item.pk) from None
    if item.lease_until is None:
        raise ValueError("an item that is not held cannot begin")
    token = None
    if record is not None:
        # Whoever took it up without the item (the person called back) is not a second holder.
        records.end_sessions_of(record=record, reason="claimed", but=by)
        _session, token = records.open_session(
            record=record, by=by, kind="agent", purpose=purpose(item), fence=item.fence
        )
    return Claimed(
        item=item.pk,
        record=record.pk if record else None,
        fence=item.fence,
        lease_until=item.lease_until,
        resumed=resumed,
        token=token,
    )


def purpose(item: WorkItem) -> str:
    """What the access log says of an agent's work: codes only."""
    return f"{item.kind}:{item.campaign.code if item.campaign else item.queue.code}"


def record_of(item: WorkItem, by: AbstractBaseUser | None) -> Record | None:
    """The open record of a locked item, a new one, or None where there is no app to fill. `by` is None: its person fills it."""
    if item.record is not None and item.record.closed_at is None:
        return item.record
    if item.campaign is None:
        return None
    item.record = _start(item, by)
    item.prefill = None  # it is in the record now
    item.save(update_fields=["record", "prefill"])
    return item.record


def _start(item: WorkItem, by: AbstractBaseUser | None) -> Record:
    version = newest_version(item.campaign.app_id) if item.campaign else None
    if version is None:
        raise NoVersion
    definition = load(version.pk)
    facts = open_party(item.party, by=by, purpose=purpose(item)) if item.party else None
    languages = definition.languages
    wished = facts.language if facts else None
    return records.start(
        version=version,
        party=item.party,
        by=by,
        kind="agent",
        prefill={**prefill.from_facts(definition, facts), **_kept(item)},
        language=wished if wished in languages else languages[0],
        unit=item.queue.unit_id,
    )


def _kept(item: WorkItem) -> Mapping[str, Any]:
    if item.prefill is None or item.party_id is None:
        return {}
    return sealed.open_prefill(item.party_id, item.pk, bytes(item.prefill))
