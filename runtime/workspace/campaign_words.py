"""The words for states, dispositions and imports on supervisors' pages."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from builder.problems import gettext_noop
from runtime.queues.dispositions import DISPOSITIONS
from runtime.queues.lists.cells import REASONS

STATES = {
    "ready": gettext_noop("Ready"),
    "scheduled": gettext_noop("Scheduled"),
    "active": gettext_noop("Being worked on"),
    "waiting": gettext_noop("Waiting"),
    "resolved": gettext_noop("Done"),
    "exhausted": gettext_noop("Tries used up"),
    "withdrawn": gettext_noop("Withdrawn"),
}
IMPORT_STATES = {
    "mapping": gettext_noop("Waits for its columns"),
    "checking": gettext_noop("Dry run: being looked at"),
    "checked": gettext_noop("Dry run: nothing has been loaded yet"),
    "waiting": gettext_noop("Waits for the worker"),
    "running": gettext_noop("Being loaded"),
    "done": gettext_noop("Loaded"),
    "stopped": gettext_noop("Stopped"),
}
CLOSED = gettext_noop("the campaign was closed meanwhile")


def named(counts: Mapping[str, int], kind: str) -> list[tuple[str, int]]:
    """Counts with their words, in the order they came."""
    return [(word(name, kind), count) for name, count in counts.items()]


def word(name: str, kind: str) -> str:
    if kind == "state":
        return _(STATES.get(name, name))
    row = DISPOSITIONS.get(name)
    return _(row.label) if row else name


def reason(code: str) -> str:
    """Why a line of a list was not loaded."""
    return _(CLOSED if code == "campaign_closed" else REASONS.get(code, code))
