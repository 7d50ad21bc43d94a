"""The clocks of an item in words, derived from its events when its page is shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from builder.problems import gettext_noop
from runtime.queues.fact_rows import steps_of
from runtime.queues.facts.clocks import Always, clocks, explain
from runtime.queues.models import WorkItem

LABELS = {
    "first_response": gettext_noop("Until the first attempt"),
    "resolve": gettext_noop("Until it is done"),
}


def clocks_of(item: WorkItem, now: datetime) -> list[tuple[str, str]]:
    """(which clock, what it shows); every hour counts as long as no policy says which do."""
    told = clocks(steps_of(item.pk, now), Always(), now)
    shown = [clock for clock in told if clock.since or clock.stopped]
    return [(_(LABELS[clock.name]), explain(clock, _)) for clock in shown]
