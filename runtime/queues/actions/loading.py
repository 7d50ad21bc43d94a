"""One chunk of a list: each row is a person and an item, or a line that is wrong and why."""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runtime.parties.actions import find_or_create
from runtime.parties.facts import COUNTRY
from runtime.queues import sealed
from runtime.queues.actions.imports import end, order_chunk
from runtime.queues.actions.items import CampaignClosed, Wanted, create_item
from runtime.queues.lists.cells import BadCell, Reader
from runtime.queues.models import ImportChunk, ImportJob
from runtime.queues.questions import language_of, questions_of

PROBLEMS_AT_MOST = 1000


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
    reader = _reader(job)
    counts: Counter[str] = Counter()
    for line, cells in sealed.open_rows(job.pk, chunk.number, bytes(chunk.sealed)):
        try:
            counts[_load_row(job, reader, cells)] += 1
        except BadCell as bad:
            counts["bad"] += 1
            if len(job.problems) < PROBLEMS_AT_MOST:
                job.problems.append({"line": line, "code": bad.code, "column": bad.column})
    return counts


def _reader(job: ImportJob) -> Reader:
    if job.sealed is None:
        raise BadCell("cells")
    (_line, header), *_rows = sealed.open_rows(job.pk, 0, bytes(job.sealed))
    return Reader(
        header=header,
        mapping=job.mapping,
        questions=questions_of(job.campaign),
        country=COUNTRY,
        language=language_of(job.campaign),
        today=timezone.localdate(),
    )


def _load_row(job: ImportJob, reader: Reader, cells: list[str]) -> str:
    """`done` or `doubles`. Raises `BadCell`, and `CampaignClosed`."""
    person = reader.read(cells)
    try:
        with transaction.atomic():
            party, _new = find_or_create(
                facts=person.facts, by=job.by, purpose=f"import:{job.campaign.code}"
            )
            _item, created = create_item(
                campaign=job.campaign,
                party=party,
                by=job.by,
                wanted=Wanted(prefill=person.answers or None),
            )
    except ValueError:
        raise BadCell("party") from None
    return "done" if created else "doubles"
