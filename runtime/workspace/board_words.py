"""The words of the board: deeds, why they cannot be done, what agents do, the states of a bulk deed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from builder.problems import gettext_noop
from runtime.queues.bulks import Bulk
from runtime.queues.models import Queue

DEEDS = {
    "put_off": gettext_noop("Put off until"),
    "hasten": gettext_noop("Make ready now"),
    "rank": gettext_noop("Change lane, priority or due time"),
    "reserve": gettext_noop("Reserve for an agent"),
    "unreserve": gettext_noop("End the reservation"),
    "take_back": gettext_noop("Take back from the agent"),
    "move": gettext_noop("Move to another queue"),
    "withdraw": gettext_noop("Withdraw"),
}
REASONS = {
    "settled": gettext_noop("settled otherwise"),
    "mistake": gettext_noop("loaded by mistake"),
    "duplicate": gettext_noop("there twice"),
    "not_needed": gettext_noop("not needed any more"),
    "other": gettext_noop("another reason"),
}
HINDRANCES = {
    "ended": gettext_noop("have ended"),
    "at_work": gettext_noop("somebody is working on them: take them back first"),
    "nobody": gettext_noop("nobody is working on them"),
    "waits": gettext_noop("wait for somebody else"),
    "same": gettext_noop("are so already"),
    "gone": gettext_noop("are not in a queue that you see"),
    "other_unit": gettext_noop("belong to another unit than where or to whom they would go"),
    "changed": gettext_noop("changed since the preview"),
    "gone_on": gettext_noop("have gone on since"),
    "campaign_closed": gettext_noop("their campaign was closed since"),
}
BULK_STATES = {
    "counting": gettext_noop("Being looked at"),
    "counted": gettext_noop("Preview: nothing was done yet"),
    "running": gettext_noop("Being done"),
    "done": gettext_noop("Done"),
    "undoing": gettext_noop("Being taken back"),
    "undone": gettext_noop("Taken back"),
    "stopped": gettext_noop("Stopped"),
}
DOINGS = {
    "talking": gettext_noop("talking"),
    "calling": gettext_noop("in a call"),
    "wrapping": gettext_noop("wrapping up"),
    "reading": gettext_noop("has an item, did not dial"),
    "idle": gettext_noop("idle"),
}
LANES = {0: gettext_noop("first"), 1: gettext_noop("normal")}
AGES = {
    "": gettext_noop("any"),
    "today": gettext_noop("today"),
    "week": gettext_noop("within 7 days"),
    "week_older": gettext_noop("more than 7 days ago"),
    "month_older": gettext_noop("more than 30 days ago"),
}


def said(words: Mapping[Any, str], code: Any) -> str:
    return _(words[code]) if code in words else str(code)


def hindrances(counted: Mapping[str, int]) -> list[tuple[int, str]]:
    """(how many, why), the most first."""
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return [(many, said(HINDRANCES, code)) for code, many in rows]


def given(bulk: Bulk) -> list[tuple[str, str]]:
    """What the deed was given, in words."""
    told = bulk.told
    shown = [
        (_("Until"), _when(told.get("until"))),
        (_("Lane"), "" if told.get("lane") is None else said(LANES, told["lane"])),
        (_("Priority"), "" if told.get("priority") is None else str(told["priority"])),
        (_("Due"), _("never") if told.get("never_due") else _when(told.get("due"))),
        (_("For"), _name(told.get("agent"))),
        (_("Queue"), _queue(told.get("queue"))),
        (_("Why"), said(REASONS, told["reason"]) if told.get("reason") else ""),
    ]
    return [(label, words) for label, words in shown if words]


def _when(text: str | None) -> str:
    if not text:
        return ""
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "SHORT_DATETIME_FORMAT")


def _name(pk: int | None) -> str:
    person = get_user_model().objects.filter(pk=pk).first() if pk else None
    return (person.get_full_name() or person.get_username()) if person else ""


def _queue(pk: int | None) -> str:
    row = Queue.objects.filter(pk=pk).first() if pk else None
    return row.title if row else ""
