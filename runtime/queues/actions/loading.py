"""One chunk of a list: each row is a person and an item, or a line that is wrong and why."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runtime.parties import barring
from runtime.parties.actions import add_facts, find_or_create
from runtime.parties.facts import Facts
from runtime.parties.models import Party
from runtime.queues import sealed
from runtime.queues.actions.imports import end
from runtime.queues.actions.items import CampaignClosed, Wanted, create_item
from runtime.queues.actions.listed import (
    keep_left_out,
    keys_of,
    order_chunk,
    reader_of,
    refused,
    tell,
)
from runtime.queues.actions.pairing import order_look
from runtime.queues.lists.cells import DIFFERS, BadRow, Reader
from runtime.queues.models import ImportChunk, ImportJob


def load_chunk(*, job_id: UUID, number: int) -> None:
    """Loads a chunk, in the caller's transaction; a chunk that is gone was loaded before."""
    job = ImportJob.objects.select_for_update().filter(pk=job_id).first()
    chunk = ImportChunk.objects.filter(job_id=job_id, number=number).first()
    if job is None or chunk is None or job.ended_at is not None:
        return
    try:
        counts = _load(job, chunk)
    except CampaignClosed:
        job.problems.append({"line": 0, "code": "campaign_closed", "column": ""})
        end(job, "stopped", timezone.now())
        return
    job.state = "running"
    job.done += counts["done"]
    job.doubles += counts["doubles"]
    job.bad += counts["bad"]
    chunk.delete()
    _go_on(job, number)


def _go_on(job: ImportJob, number: int) -> None:
    if job.chunks.exists():
        job.save()
        order_chunk(job, number + 1)
    else:
        end(job, "done", timezone.now())


def _load(job: ImportJob, chunk: ImportChunk) -> Counter[str]:
    reader = reader_of(job)
    counts: Counter[str] = Counter()
    left_out: list[sealed.LeftOut] = []
    came: list[UUID] = []
    for line, cells in sealed.open_rows(job.pk, chunk.number, bytes(chunk.sealed)):
        try:
            outcome, differing = _load_row(job, reader, cells, came)
            counts[outcome] += 1
            for column in differing:
                tell(job, line, DIFFERS, column)
        except BadRow as bad:
            counts["bad"] += 1
            left_out.append((line, cells, list(bad.wrong)))
            for code, column in bad.wrong:
                tell(job, line, code, column)
    keep_left_out(job, chunk.number, left_out)
    order_look(key=f"{job.pk}:{chunk.number}", parties=came, campaign=job.campaign)
    return counts


def _load_row(
    job: ImportJob, reader: Reader, cells: list[str], came: list[UUID]
) -> tuple[str, list[str]]:
    """`done` or `doubles`, and the columns that say something else of the person than is known; who is new is added to those who `came`.
    Raises `BadRow`, and `CampaignClosed`."""
    person = reader.read(cells)
    _refuse(job, person.facts)
    try:
        with transaction.atomic():
            party, differing, new = _party(job, person.facts)
            _item, created = create_item(
                campaign=job.campaign,
                party=party,
                by=job.by,
                wanted=Wanted(
                    prefill=person.answers or None, language=person.facts.get("language") or ""
                ),
            )
    except (ValueError, sealed.SubjectDestroyed):
        raise BadRow(("party", "")) from None
    if new:
        came.append(party.pk)
    columns = [
        column
        for column, target in sorted(job.mapping.items())
        if target in {f"fact:{name}" for name in differing}
    ]
    return "done" if created else "doubles", columns


def _refuse(job: ImportJob, facts: Mapping[str, str]) -> None:
    """Raises `BadRow` where the person, or the number, is not to be contacted."""
    persons, phones = keys_of(Facts.read(facts))
    found = refused(job, (*persons, *phones), barring.barred((*persons, *phones)))
    if found:
        raise BadRow(*found)


def _party(job: ImportJob, facts: Mapping[str, str]) -> tuple[Party, frozenset[str], bool]:
    """The person, and what is told otherwise of them than is known: that is kept as it was; whether they are new."""
    purpose = f"import:{job.campaign.code}"
    party, new = find_or_create(facts=facts, by=job.by, purpose=purpose)
    if new:
        return party, frozenset(), True
    return party, add_facts(party=party, facts=facts, by=job.by, purpose=purpose), False
