"""Loading a list of people into a campaign: received, mapped, looked at if somebody wants to (`trying`), then carried out in chunks.

The rows lie sealed, in chunks, under the key of a subject made for this list. The worker loads one
chunk a transaction (`effects.load_list`): people, items, counts, the deletion of the chunk and the
order for the next one are committed together, so that a worker that dies leaves whole chunks only.

The lines that could not be taken stay for a week, sealed under the same key: they are given back as a file, with every reason, to be
mended and loaded again (`workspace.import_files`).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from builder.problems import Problem, gettext_noop
from runtime.audit.actions import log_access
from runtime.outbox.actions import retry
from runtime.outbox.models import Effect
from runtime.queues import sealed
from runtime.queues.actions.listed import order_chunk, order_trial
from runtime.queues.lists import columns, opening
from runtime.queues.lists.reading import Table
from runtime.queues.models import Campaign, ImportChunk, ImportJob
from runtime.queues.questions import questions_of

CHUNK = 50  # rows a transaction: on SQLite nobody else writes meanwhile
SHOWN = 3  # rows on the mapping page
GIVEN_UP = timedelta(hours=24)
KEPT = timedelta(days=7)  # the lines that were left out
BEFORE = ("mapping", "checking", "checked")  # nobody was loaded yet

CLOSED = gettext_noop("The campaign is closed: it takes no new people.")
ENDED = gettext_noop("This list is being loaded already, or its loading was stopped.")


def receive(
    *, campaign: Campaign, data: bytes, by: AbstractBaseUser, sheet: str = ""
) -> ImportJob | Problem:
    """Reads a file and keeps its rows sealed until somebody says which column is what. Where the
    file cannot be read, nothing is kept. `sheet`: which one of a spreadsheet (blank: the first)."""
    if not campaign.open:
        return Problem("closed", "campaign", CLOSED)
    table = opening.read(data, sheet)
    return table if isinstance(table, Problem) else keep(campaign=campaign, table=table, by=by)


def keep(*, campaign: Campaign, table: Table, by: AbstractBaseUser) -> ImportJob:
    """Keeps the rows of a list sealed."""
    job = ImportJob(
        campaign=campaign,
        by=by,
        encoding=table.encoding,
        delimiter=table.delimiter,
        total=len(table.rows),
        created_at=timezone.now(),
    )
    sealed.create_subject(job.pk)
    job.sealed = sealed.seal_rows(job.pk, 0, [(1, list(table.header)), *table.rows[:SHOWN]])
    with transaction.atomic():
        job.save(force_insert=True)
        ImportChunk.objects.bulk_create(_chunks(job, table))
    return job


def _chunks(job: ImportJob, table: Table) -> list[ImportChunk]:
    starts = range(0, len(table.rows), CHUNK)
    return [
        ImportChunk(
            job=job,
            number=number,
            sealed=sealed.seal_rows(job.pk, number, table.rows[start : start + CHUNK]),
        )
        for number, start in enumerate(starts, 1)
    ]


def preview(job: ImportJob, *, by: AbstractBaseUser) -> tuple[list[str], list[list[str]]]:
    """The header and a few rows of a list that waits for its mapping, for `by` to see: logged first."""
    log_access(by=by, deed="open", subject=job.pk, purpose=f"import:{job.campaign.code}")
    return _head(job)


def _head(job: ImportJob) -> tuple[list[str], list[list[str]]]:
    if job.sealed is None:
        return [], []
    (_line, header), *rows = sealed.open_rows(job.pk, 0, bytes(job.sealed))
    return header, [cells for _line, cells in rows]


@transaction.atomic
def confirm(
    *, job: ImportJob, mapping: Mapping[str, str], by: AbstractBaseUser, check: bool = False
) -> list[Problem]:
    """Starts the loading with this mapping, or with `check` a look at what it would bring, and remembers it on the campaign; or what is
    wrong."""
    row = ImportJob.objects.select_for_update().get(pk=job.pk)
    if row.state not in ("mapping", "checked"):
        return [Problem("state", "mapping", ENDED)]
    header, _rows = _head(row)
    problems = columns.check(mapping, header, questions_of(row.campaign))
    if problems:
        return problems
    row.mapping, row.by = dict(mapping), by
    campaign = row.campaign
    campaign.mapping = {**campaign.mapping, **mapping}
    campaign.save(update_fields=["mapping"])
    _begin(row, "checking" if check else "waiting")
    if check:
        order_trial(row, 1)
    else:
        order_chunk(row, 1)
    return []


@transaction.atomic
def back_to_columns(*, job: ImportJob, by: AbstractBaseUser) -> bool:
    """A list that was looked at waits for another mapping."""
    row = ImportJob.objects.select_for_update().get(pk=job.pk)
    if row.state not in ("checking", "checked"):
        return False
    row.by = by
    _begin(row, "mapping")
    return True


def _begin(row: ImportJob, state: str) -> None:
    """What a look at the list has found is forgotten."""
    row.left_out.all().delete()
    row.keys.all().delete()
    row.state, row.trial = state, row.trial + 1
    row.done = row.doubles = row.bad = row.together = 0
    row.problems = []
    row.save()


def try_again(*, job: ImportJob, by: AbstractBaseUser) -> None:
    """The worker may try a chunk again that it had given up, now that its cause is mended."""
    for effect in Effect.objects.filter(key__startswith=f"import:{job.pk}:", state="failed"):
        retry(effect=effect, by=by)


@transaction.atomic
def stop(*, job: ImportJob, by: AbstractBaseUser) -> bool:
    """Stops a loading, or gives a list up before; who has been loaded stays. `by` decided it."""
    row = ImportJob.objects.select_for_update().get(pk=job.pk)
    if row.ended_at is not None:
        return False
    row.by = by
    end(row, "stopped", timezone.now())
    return True


def end(job: ImportJob, state: str, now: datetime) -> None:
    """The list is not needed any more. Its key goes once this is committed (`clear_away` makes sure); with lines that were left out of a
    loading, after a week."""
    loaded = job.state not in BEFORE
    job.state, job.ended_at = state, now
    job.kept_until = now + KEPT if loaded and job.left_out.exists() else None
    job.save()
    job.chunks.all().delete()
    if job.kept_until is None:
        transaction.on_commit(lambda: _destroy(job))


def left_out(
    *, job: ImportJob, by: AbstractBaseUser
) -> tuple[list[str], Iterator[sealed.LeftOut]]:
    """The header, and the lines that could not be taken: they leave the house, which is logged before the first is opened."""
    log_access(
        by=by,
        deed="export",
        subject=job.pk,
        purpose=f"import:{job.campaign.code}",
        detail="left_out",
    )
    header, _rows = _head(job)
    return header, _opened(job)


def _opened(job: ImportJob) -> Iterator[sealed.LeftOut]:
    for part in job.left_out.order_by("number").iterator():
        yield from sealed.open_left_out(job.pk, part.number, bytes(part.sealed))


def forget(*, job: ImportJob, by: AbstractBaseUser) -> None:
    """The lines that were left out of a list that has ended are not needed any more."""
    rows = ImportJob.objects.filter(pk=job.pk, ended_at__isnull=False)
    if rows.update(kept_until=None, by=by):
        _destroy(job)


def clear_away(*, now: datetime) -> None:
    """Ends what was never loaded, and destroys keys that are not needed, or that a crash left."""
    for job in ImportJob.objects.filter(state__in=BEFORE, created_at__lt=now - GIVEN_UP):
        with transaction.atomic():
            end(job, "stopped", now)
    over = Q(kept_until__isnull=True) | Q(kept_until__lte=now)
    for job in ImportJob.objects.filter(over, ended_at__isnull=False, sealed__isnull=False):
        _destroy(job)


def _destroy(job: ImportJob) -> None:
    """Key first: what remains then cannot be opened."""
    sealed.destroy_subject(job.pk)
    job.left_out.all().delete()
    job.keys.all().delete()
    ImportJob.objects.filter(pk=job.pk).update(sealed=None, kept_until=None)
