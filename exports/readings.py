"""From an opened record to what is exported of it: effective answers only, moments in universal time."""

import datetime
from collections.abc import Mapping
from typing import Any

from exports.table import Reading
from runtime.engine import effective
from runtime.records.models import Record


def reading(opened: Any, record: Record) -> Reading:
    """The reading of a record that `records.store.open_record` opened."""
    return Reading(about(record, opened.state), answers(opened), entries(opened))


def entries(opened: Any) -> dict[str, list[str]]:
    """The entries by the place of their repeat: those of the state, and those that nobody added, which the view shows (they follow
    a count, or were there from the start)."""
    found = {place: list(known) for place, known in opened.state["entries"].items()}
    for place in opened.view["questions"]:
        way = place.split("/")[:-1]
        for at in range(1, len(way), 2):
            known = found.setdefault("/".join(way[:at]), [])
            if way[at] not in known:
                known.append(way[at])
    return found


def answers(opened: Any) -> dict[str, Any]:
    """Effective answers and calculations by place. A hidden question's raw answer is not among them, nor a text that could
    not be read."""
    shown: Mapping[str, Mapping[str, Any]] = opened.view["questions"]
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
