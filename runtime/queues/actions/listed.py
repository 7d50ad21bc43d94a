"""What the look at a list and its loading have in common: how its lines are read, told of and kept, how the next ones are ordered."""

from collections.abc import Collection, Sequence

from django.utils import timezone

from runtime.outbox.actions import enqueue
from runtime.parties import matching
from runtime.parties.facts import COUNTRY, Facts
from runtime.queues import sealed
from runtime.queues.lists.cells import NOTES, BadRow, Reader
from runtime.queues.models import ImportJob, ImportLeftOut
from runtime.queues.questions import language_of, questions_of

LOAD, TRY = "load_list", "try_list"  # effects
PROBLEMS_AT_MOST = 1000


def order_chunk(job: ImportJob, number: int) -> None:
    """Lets the worker load a chunk."""
    enqueue(
        effect=LOAD,
        key=f"import:{job.pk}:{number}",
        arguments={"job": str(job.pk), "chunk": number},
    )


def order_trial(job: ImportJob, first: int) -> None:
    """Lets the worker look at the chunks from `first` on."""
    enqueue(
        effect=TRY,
        key=f"import:{job.pk}:try{job.trial}:{first}",
        arguments={"job": str(job.pk), "trial": job.trial, "first": first},
    )


def keys_of(facts: Facts) -> tuple[list[matching.Key], list[matching.Key]]:
    """The keys of a line's person, and of the telephone it tells."""
    phones = [key for key in matching.ways(facts) if key[0] == "phone"]
    return matching.keys(facts), phones


def refused(
    job: ImportJob, keys: Sequence[matching.Key], closed: Collection[matching.Key]
) -> list[tuple[str, str]]:
    """Why a line is not taken: its person, or the number it tells, is not to be contacted. `closed` are the keys that are barred."""
    found = {"barred" if key[0] == "phone" else "do_not_contact" for key in keys if key in closed}
    phone = next((name for name, target in job.mapping.items() if target == "fact:phone"), "")
    return [(code, phone if code == "barred" else "") for code in sorted(found)]


def keep_left_out(job: ImportJob, number: int, rows: list[sealed.LeftOut]) -> None:
    """Keeps the lines of a chunk that could not be taken, sealed, for whoever mends them."""
    if rows:
        ImportLeftOut.objects.create(
            job=job, number=number, sealed=sealed.seal_left_out(job.pk, number, rows)
        )


def tell(job: ImportJob, line: int, code: str, column: str, **more: int) -> None:
    """Keeps a line's problem; what is only noted takes no place of the lines that are left out."""
    kind = code if code in NOTES else ""
    alike = [row for row in job.problems if (row["code"] if row["code"] in NOTES else "") == kind]
    if len(alike) < PROBLEMS_AT_MOST:
        job.problems.append({"line": line, "code": code, "column": column, **more})


def reader_of(job: ImportJob) -> Reader:
    """Reads the list's lines as its mapping says. Raises `BadRow` where its header is gone."""
    if job.sealed is None:
        raise BadRow(("cells", ""))
    (_line, header), *_rows = sealed.open_rows(job.pk, 0, bytes(job.sealed))
    return Reader(
        header=header,
        mapping=job.mapping,
        questions=questions_of(job.campaign),
        country=COUNTRY,
        language=language_of(job.campaign),
        today=timezone.localdate(),
    )
