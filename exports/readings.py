"""From an opened record to what is exported of it: effective answers only, moments in universal time."""

import datetime
from collections.abc import Mapping
from typing import Any

from exports.table import Reading
from runtime.engine import effective, entries_that_count
from runtime.records.models import Record


def reading(opened: Any, record: Record) -> Reading:
    """The reading of a record that `records.store.open_record` opened."""
    entries = entries_that_count(opened.definition, opened.view)
    return Reading(about(record, opened.state), answers(opened), entries)


def answers(opened: Any) -> dict[str, Any]:
    """Effective answers and calculations by place. A hidden question's raw answer is not among them, nor a text that could
    not be read."""
    return effective_answers(opened.view)


def effective_answers(view: Mapping[str, Any]) -> dict[str, Any]:
    """The same, of a view."""
    shown: Mapping[str, Mapping[str, Any]] = view["questions"]
    return {place: effective(each) for place, each in shown.items() if each["relevant"]}


def about(record: Record, state: Mapping[str, Any]) -> dict[str, str | None]:
    """What the root table tells of a record beside its answers."""
    return {
        "_record": str(record.pk),
        "_version": str(record.version.number),
        "_revision": str(record.reopened + 1),
        "_outcome": state["outcome"],
        "_language": state["language"],
        "_opened": _moment(record.created_at),
        "_closed": _moment(record.closed_at),
    }


def _moment(at: datetime.datetime | None) -> str | None:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
