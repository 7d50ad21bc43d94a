"""How many records there are on each version: no answers, no names."""

from dataclasses import dataclass

from django.db.models import Count, Q

from builder.models import App
from runtime.records.models import Record


@dataclass(frozen=True)
class Counts:
    """The records of one version."""

    open: int = 0
    closed: int = 0


def counts_of(app: App) -> dict[int, Counts]:
    """The counts of an app's versions, by the version's key; versions without records are left out."""
    rows = Record.objects.filter(version__app=app).order_by().values("version")
    counted = rows.annotate(
        still=Count("pk", filter=Q(closed_at=None)), done=Count("pk", filter=~Q(closed_at=None))
    )
    return {row["version"]: Counts(row["still"], row["done"]) for row in counted}
