"""The dry run of a list: what would become of each line, before anybody is kept.

The worker looks at some chunks a step. What takes long (reading the cells) is done by `look`, before the transaction in which `looked`
counts and keeps what would be left out. Nothing is opened but the list; who is known is found by blind keys.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from runtime.audit.actions import log_access
from runtime.outbox.models import Effect
from runtime.parties import barring, matching
from runtime.parties.facts import Facts
from runtime.queues import sealed
from runtime.queues.actions import households
from runtime.queues.actions.listed import (
    keep_left_out,
    keys_of,
    order_trial,
    reader_of,
    refused,
    tell,
)
from runtime.queues.importing import ImportJob, ImportKey
from runtime.queues.lists.cells import BadRow, Reader
from runtime.queues.models import WorkItem
from runtime.queues.pairing import decided_same
from runtime.queues.states import WITHDRAWN

CHUNKS = 10  # a step


@dataclass(slots=True, repr=False)
class Looked:
    """A line that was read: the keys of its person, or what is wrong with it."""

    line: int
    cells: list[str]
    chunk: int
    keys: list[matching.Key] = field(default_factory=list)
    phones: list[matching.Key] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    there: bool = False  # somebody who is there already, or on an earlier line


def look(arguments: dict[str, Any], _effect: Effect) -> list[Looked]:
    """The lines of some chunks, read."""
    job = _job(arguments)
    if job is None:
        return []
    log_access(by=job.by, deed="open", subject=job.pk, purpose=f"import:{job.campaign.code}")
    reader = reader_of(job)
    return [_read(reader, chunk, row) for chunk, row in _rows(job, int(arguments["first"]))]


def _job(arguments: dict[str, Any], *, locked: bool = False) -> ImportJob | None:
    rows = ImportJob.objects.filter(
        pk=UUID(arguments["job"]), state="checking", trial=arguments["trial"]
    )
    return (rows.select_for_update() if locked else rows.select_related("campaign", "by")).first()


def _rows(job: ImportJob, first: int) -> Iterator[tuple[int, sealed.Row]]:
    for chunk in job.chunks.filter(number__gte=first, number__lt=first + CHUNKS).order_by(
        "number"
    ):
        for row in sealed.open_rows(job.pk, chunk.number, bytes(chunk.sealed)):
            yield chunk.number, row


def _read(reader: Reader, chunk: int, row: sealed.Row) -> Looked:
    line, cells = row
    looked = Looked(line, cells, chunk)
    try:
        looked.keys, looked.phones = keys_of(Facts.read(reader.read(cells).facts))
    except BadRow as bad:
        looked.wrong = list(bad.wrong)
    return looked


def looked(arguments: dict[str, Any], effect: Effect) -> None:
    """Counts what was looked at, and orders the next step; at the last one the list waits for somebody to load it."""
    job, lines = _job(arguments, locked=True), effect.prepared
    if job is None:
        return
    counts = _count(job, lines)
    job.done += counts["done"]
    job.doubles += counts["doubles"]
    job.bad += counts["bad"]
    after = int(arguments["first"]) + CHUNKS
    if job.chunks.filter(number__gte=after).exists():
        order_trial(job, after)
    else:
        job.state = "checked"
        job.keys.all().delete()
    job.save()


def _count(job: ImportJob, lines: Sequence[Looked]) -> Counter[str]:
    log_access(
        by=job.by,
        deed="search",
        purpose=f"import:{job.campaign.code}",
        detail=f"exact {sum(len(each.keys) for each in lines)}",
    )
    _refuse(job, lines)
    good = [each for each in lines if not each.wrong]
    counts = _sorted(good, _there(job, good))
    job.together += households.tell_together(job, good)
    for each in lines:
        for code, column in each.wrong:
            tell(job, each.line, code, column)
    for number in sorted({each.chunk for each in lines if each.wrong}):
        rows = [(each.line, each.cells, each.wrong) for each in lines if each.chunk == number]
        keep_left_out(job, number, [row for row in rows if row[2]])
    counts["bad"] = len(lines) - len(good)
    return counts


def _refuse(job: ImportJob, lines: Sequence[Looked]) -> None:
    """Lines of those who are not to be contacted are not taken."""
    closed = barring.barred([key for each in lines for key in (*each.keys, *each.phones)])
    for each in lines:
        each.wrong += refused(job, (*each.keys, *each.phones), closed)


def _sorted(good: Sequence[Looked], there: dict[matching.Key, bool]) -> Counter[str]:
    """How many lines are somebody who is there, and how many are new."""
    counts: Counter[str] = Counter()
    for each in good:
        each.there = _is_there(each.keys, there)
        counts["doubles" if each.there else "done"] += 1
        for key in each.keys:
            there.setdefault(key, False)
    return counts


def _is_there(keys: Sequence[matching.Key], there: dict[matching.Key, bool]) -> bool:
    """As `parties.actions.find_or_create` finds them: whose telephone and name are alike is another one if both have a national number."""
    if not keys:
        return False
    surest, *others = keys
    return surest in there or any(not there.get(key, True) for key in others)


def _there(job: ImportJob, good: Sequence[Looked]) -> dict[matching.Key, bool]:
    """The keys of those who have an item in the campaign, and whether they have a national number; and those of earlier lines."""
    keys = [key for each in good for key in each.keys]
    known = matching.known(keys)
    have = _called(job, set(known.values()))
    numbered = matching.numbered(have)
    there = {key: party in numbered for key, party in known.items() if party in have}
    return {**dict.fromkeys(_earlier(job, good), False), **there}


def _called(job: ImportJob, people: set[UUID]) -> set[UUID]:
    """Those of them who have an item in the campaign, or are the same as somebody whose item stands."""
    same = decided_same(people)
    items = WorkItem.objects.filter(
        campaign=job.campaign_id, party__in=people.union(*same.values())
    )
    states = dict(items.values_list("party", "state"))
    stand = {party for party, state in states.items() if state != WITHDRAWN}
    return (people & states.keys()) | {party for party in same if same[party] & stand}


def _earlier(job: ImportJob, good: Sequence[Looked]) -> set[matching.Key]:
    """The keys that an earlier step has seen; those of this one are remembered."""
    wanted = {key: each.line for each in reversed(good) for key in each.keys}
    seen: set[matching.Key] = set()
    for name, blinds in matching.by_field(wanted):
        rows = job.keys.filter(field=name, blind__in=blinds)
        seen |= {(name, bytes(blind)) for blind in rows.values_list("blind", flat=True)}
    ImportKey.objects.bulk_create(
        ImportKey(job=job, field=name, blind=blind, line=line)
        for (name, blind), line in wanted.items()
        if (name, blind) not in seen
    )
    return seen
