"""What the queue does when others announce something; bound in `apps.ready`."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from builder.definition import Definition
from runtime.outbox.actions import enqueue
from runtime.parties.models import Bar, Party
from runtime.queues.actions import dispose_record, facts, spawned, withdraw, withholding
from runtime.queues.models import Pair, WorkItem
from runtime.queues.states import TERMINAL
from runtime.records.models import Record


def record_finished(
    *, record: Record, definition: Definition, outcome: str, by: Any, **_others: Any
) -> None:
    """The record's item is done: disposed with the disposition its outcome names."""
    named = next(
        (one.disposition for one in definition.outcomes if one.name == outcome), "reached"
    )
    dispose_record(record=record, disposition=named, by=by)
    if record.reopened and spawned.is_unwanted(record):
        enqueue(
            effect="withdraw_spawned",
            key=f"{record.id}:spawned:{record.reopened}",
            arguments={"revision": record.reopened},
            record=record.id,
        )


def ending_kept(*, record: Record, state: Mapping[str, Any], outcome: str, **_others: Any) -> None:
    """A record ended in a version, a language, an outcome. The first end counts: a note that leads to no record cannot be corrected."""
    if not record.reopened:
        language = state["language"]
        facts.keep_ending(record=record, language=language, outcome=outcome, day=localdate())


def party_erased(*, party: Party, **_others: Any) -> None:
    """There is nobody to call any more, no household of theirs is known, and nobody is the same."""
    Pair.objects.filter(Q(older=party) | Q(newer=party)).delete()
    WorkItem.objects.filter(party=party, household__isnull=False).update(
        household=None, calling=None
    )
    for item in WorkItem.objects.filter(party=party).exclude(state__in=TERMINAL):
        withdraw(item=item, by=None, reason="erased")


def parties_barred(*, bar: Bar, parties: Sequence[UUID], **_others: Any) -> None:
    """What waits for them is put aside by the worker: it takes one item after the other, as who claims does."""
    for begin in range(0, len(parties), withholding.AT_ONCE):
        some = parties[begin : begin + withholding.AT_ONCE]
        enqueue(
            effect=withholding.EFFECT,
            key=f"barred:{bar.pk}:{begin}",
            arguments={"parties": [str(party) for party in some]},
        )
