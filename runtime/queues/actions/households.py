"""Which lines of a list ring at one telephone: told in its dry run, so that whoever loads it knows that a family is in it."""

from collections.abc import Sequence
from typing import Protocol

from runtime.parties import matching
from runtime.parties.models import ContactPoint
from runtime.queues.actions.listed import tell
from runtime.queues.importing import ImportJob, ImportKey
from runtime.queues.lists.cells import HOUSEHOLD
from runtime.queues.models import WorkItem
from runtime.queues.states import TERMINAL


class Line(Protocol):
    """What is asked of a line that was read."""

    line: int
    phones: list[matching.Key]
    there: bool


def tell_together(job: ImportJob, lines: Sequence[Line]) -> int:
    """Tells each new person whose telephone an earlier line has, or somebody who is to be called already; how many."""
    new = [each for each in lines if not each.there]
    keys = {key for each in new for key in each.phones}
    seen, called = _seen(job, keys), _called(keys)
    first: dict[matching.Key, int] = {}
    count = 0
    for each in new:
        for key in each.phones:
            other = seen.get(key) or first.get(key)
            if other or key in called:
                count += 1
                tell(job, each.line, HOUSEHOLD, "", other=other or 0)
            first.setdefault(key, each.line)
    ImportKey.objects.bulk_create(
        ImportKey(job=job, field=name, blind=blind, line=line)
        for (name, blind), line in first.items()
        if (name, blind) not in seen
    )
    return count


def _seen(job: ImportJob, keys: set[matching.Key]) -> dict[matching.Key, int]:
    """The telephones of earlier steps, and the first line of each."""
    found: dict[matching.Key, int] = {}
    for name, blinds in matching.by_field(keys):
        rows = job.keys.filter(field=name, blind__in=blinds)
        for blind, line in rows.values_list("blind", "line"):
            found[name, bytes(blind)] = line
    return found


def _called(keys: set[matching.Key]) -> set[matching.Key]:
    """The telephones of those who are to be called, in whatever campaign."""
    found: set[matching.Key] = set()
    for name, blinds in matching.by_field(keys):
        open_items = WorkItem.objects.exclude(state__in=TERMINAL).filter(party__isnull=False)
        points = ContactPoint.objects.filter(kind=name, blind__in=blinds).exclude(status="wrong")
        rows = points.filter(party__in=open_items.values("party"))
        found |= {(name, bytes(blind)) for blind in rows.values_list("blind", flat=True)}
    return found
