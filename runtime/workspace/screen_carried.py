"""What a screen and a reading say of a record that came to another version: what has to be asked, what has no place any more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext, ngettext

from builder.definition import Calculation, Definition, Question, index
from builder.models import Version, load
from runtime.engine import start, view
from runtime.people.clearance import Sight
from runtime.records.folding import CARRIES
from runtime.records.settling import Settled
from runtime.records.store import Opened
from runtime.workspace.screen import make_sheet
from runtime.workspace.screen_sheet import Door, Sheet, shown_value
from runtime.workspace.screen_veiled import levels_of


@dataclass(frozen=True)
class Lost:
    """An answer without a place, in the words of the version it was given under."""

    label: str
    value: Any  # escaped
    veiled: str
    version: int


def notice(sheet: Sheet, settled: Settled, labels: Mapping[str, str]) -> str:
    """Until what is asked anew is answered; else until somebody answers anything."""
    carried = settled.carried
    if carried is None:
        return ""
    seen = settled.view["questions"]
    asked = [place for place in carried["asked"] if seen.get(place, {}).get("missing")]
    if not asked and not carried["fresh"]:
        return ""
    names = [labels.get(place.rpartition("/")[2], place) for place in asked]
    told = ", ".join(map(escape, dict.fromkeys(names)))
    return (
        f"<p>{escape(_what(carried, len(asked)))}{': ' if told else ''}{told}</p>{_lost(carried)}"
    )


def _what(carried: Mapping[str, Any], asked: int) -> str:
    if carried["back"]:
        words = gettext("The update of this script was taken back (version %(to)s again).")
    else:
        words = gettext("This script was updated since (version %(from)s, now %(to)s).")
    told = words % {"from": carried["from"], "to": carried["to"]}
    if not asked:
        return told
    need = ngettext("%(n)s answer needs asking", "%(n)s answers need asking", asked)
    return f"{told} {need % {'n': asked}}"


def _lost(carried: Mapping[str, Any]) -> str:
    count = 0 if not carried["fresh"] else carried["dropped"]
    if not count:
        return ""
    words = ngettext(
        "%(n)s earlier answer has no place in it; it can be read with the record's history.",
        "%(n)s earlier answers have no place in it; they can be read with the record's history.",
        count,
    )
    return f"<p>{escape(words % {'n': count})}</p>"


def lost_answers(opened: Opened, app_id: int, sight: Sight) -> list[Lost]:
    """The answers that have no place in the version the record stands on; what a way back restored is not among them."""
    return [
        told
        for event in _standing(opened)
        for told in _told(event, former_definition(app_id, event["from"]), sight)
    ]


def former_definition(app_id: int, number: int) -> Definition:
    """The definition of a version by its number."""
    return load(Version.objects.values_list("pk", flat=True).get(app=app_id, number=number))


def former_labels(opened: Opened, app_id: int) -> dict[str, str]:
    """What questions were called that the record's version does not have any more, by their names."""
    found: dict[str, str] = {}
    for event in _carries(opened):
        former = former_definition(app_id, event["from"])
        for name, node in _cells(former).items():
            found.setdefault(name, node.label.plain(opened.state["language"], former.source))
    return found


def carried_words(event: Mapping[str, Any]) -> str:
    """A line of the history: from which version to which, and how many answers."""
    words = gettext(
        "version %(from)s to %(to)s: %(kept)s kept, %(dropped)s without a place, %(asked)s to ask"
    )
    counted = {member: len(event[member]) for member in ("kept", "dropped", "asked")}
    return words % {"from": event["from"], "to": event["to"], **counted}


def _carries(opened: Opened) -> Iterator[dict[str, Any]]:
    for read in opened.events:
        if read.event["event"] in CARRIES:
            yield read.event


def _standing(opened: Opened) -> list[dict[str, Any]]:
    """The carry overs that were not taken back, and what the ways back left without a place."""
    standing: list[dict[str, Any]] = []
    for event in _carries(opened):
        if event["event"] == "carried_back":
            forth = next((one for one in reversed(standing) if one["to"] == event["from"]), None)
            standing = [one for one in standing if one is not forth]
        standing.append(event)
    return standing


def _told(event: Mapping[str, Any], former: Definition, sight: Sight) -> Iterator[Lost]:
    state = start(former, event["state"]["language"])
    sheet = make_sheet(
        former, state, view(former, state, "2000-01-01"), mode="reading", door=Door()
    )
    cells, levels = _cells(former), levels_of(former)
    for place, value, code in event["dropped"]:
        item = cells.get(place.rpartition("/")[2])
        if item is None or value is None or code in {"entry", "outcome"}:
            continue
        veiled = sight.veil(levels[item.name])
        shown = "" if veiled else shown_value(sheet, item, value)
        yield Lost(sheet.plain(item.label), shown, veiled, event["from"])


def _cells(definition: Definition) -> dict[str, Question | Calculation]:
    found = index(definition)
    return {**found.calculations, **found.questions}
