"""The versions of an amended record side by side: each answer before and after, who changed it, when, and why it was opened again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext

from builder.definition import index
from runtime.people.clearance import Sight
from runtime.records.folding import Snapshot, Written, fold_all
from runtime.records.store import Opened, ReadEvent
from runtime.workspace.screen_page import when_text
from runtime.workspace.screen_sheet import Sheet, shown_value
from runtime.workspace.screen_veiled import levels_of

AT_A_PLACE = frozenset({"answered", "cleared"})


@dataclass(frozen=True)
class Change:
    """An answer that an amendment changed; the values are escaped, and empty where they are veiled."""

    label: str
    before: str
    after: str
    veiled: str
    who: str
    when: str


@dataclass(frozen=True)
class Amendment:
    """One opening of a closed record."""

    number: int
    when: str
    who: str
    why: str
    ended: str  # the outcome before
    ends: str  # and after; empty while it is open
    changes: tuple[Change, ...]


def amendments(sheet: Sheet, opened: Opened, sight: Sight) -> list[Amendment]:
    """All of them, the newest first. A record that was closed stays on its version, so that one definition reads them all."""
    reads = [read for read in opened.events if not read.late]
    starts = [at for at, read in enumerate(reads) if read.event["event"] == "reopened"]
    if not starts:
        return []
    states = _states(sheet, reads, starts)
    names = _names(reads)
    ends = [*starts[1:], len(reads)]
    found = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        before, after, read = states[number - 1], states[number], reads[start]
        last = _last_writes(reads[start:end])
        changes = _changes(sheet, (before, after), last, names, sight)
        outcome = reads[end - 1].event if end > start else {}
        found.append(
            Amendment(
                number,
                when_text(read.at),
                names.get(read.event.get("by"), ""),
                read.event["reason"],
                _outcome(sheet, before["outcome"]),
                _outcome(sheet, after["outcome"] or outcome.get("outcome")),
                tuple(changes),
            )
        )
    return found[::-1]


def _states(sheet: Sheet, reads: list[ReadEvent], starts: list[int]) -> list[Mapping[str, Any]]:
    """The states before each opening, and the last one."""
    snapshot, states, done = Snapshot.empty(sheet.definition), [], 0
    for at in [*starts, len(reads)]:
        written = [
            Written(r.number, r.session.hex if r.session else "", r.seen, r.event)
            for r in reads[done:at]
        ]
        states.append(fold_all(sheet.definition, snapshot, written).state)
        done = at
    return states


def _last_writes(reads: list[ReadEvent]) -> dict[str, ReadEvent]:
    return {read.event["place"]: read for read in reads if read.event["event"] in AT_A_PLACE} | {
        f"{read.event['repeat']}/{read.event['entry']}": read
        for read in reads
        if read.event["event"] == "entry_removed"
    }


def _changes(
    sheet: Sheet,
    states: tuple[Mapping[str, Any], Mapping[str, Any]],
    last: Mapping[str, ReadEvent],
    names: Mapping[Any, str],
    sight: Sight,
) -> Iterator[Change]:
    before, after = (state["answers"] for state in states)
    questions, levels = index(sheet.definition).questions, levels_of(sheet.definition)
    for place in dict.fromkeys([*before, *after]):
        question = questions.get(place.rpartition("/")[2])
        old, new = before.get(place), after.get(place)
        if question is None or old == new:
            continue
        veiled = sight.veil(levels[question.name])
        shown = ["" if veiled else shown_value(sheet, question, value) for value in (old, new)]
        read = last.get(place) or _removal(last, place)
        yield Change(
            f"{_entry(sheet, states, place)}{sheet.plain(question.label)}",
            shown[0],
            shown[1],
            veiled,
            names.get(read.by, "") if read else "",
            when_text(read.at) if read else "",
        )


def _removal(last: Mapping[str, ReadEvent], place: str) -> ReadEvent | None:
    """An answer may have gone with the entry that it lay in."""
    parts = place.split("/")
    ways = ("/".join(parts[:at]) for at in range(2, len(parts), 2))
    return next((last[way] for way in ways if way in last), None)


def _entry(sheet: Sheet, states: tuple[Mapping[str, Any], ...], place: str) -> str:
    """Which entry an answer lies in: by its number, before or after."""
    parts, told = place.split("/"), ""
    sections = index(sheet.definition).sections
    for at in range(0, len(parts) - 1, 2):
        repeat, entry = "/".join(parts[: at + 1]), parts[at + 1]
        lists = [state["entries"].get(repeat, ()) for state in states]
        number = next((1 + list(rows).index(entry) for rows in lists if entry in rows), "")
        section = sections[parts[at]]
        label = sheet.plain(section.repeat.entry_label) if section.repeat else ""
        told += f"{label or gettext('Entry')} {number} · "
    return told


def _outcome(sheet: Sheet, name: str | None) -> str:
    found = next((row for row in sheet.definition.outcomes if row.name == name), None)
    return sheet.plain(found.label) or str(name) if found else str(name or "")


def _names(reads: list[ReadEvent]) -> dict[Any, str]:
    keys = {read.by for read in reads} | {read.event.get("by") for read in reads}
    users = get_user_model().objects.filter(pk__in=keys - {None})
    return {user.pk: user.get_full_name() or user.get_username() for user in users}
