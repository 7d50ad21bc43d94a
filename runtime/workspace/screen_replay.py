"""What a replay shows of one moment: the agent's own screen, read only, and the steps around it. Drawn of what may be seen only."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from builder.definition import Question, index
from runtime.records.folding import CARRIES
from runtime.records.store.reading import ReadEvent
from runtime.records.store.replaying import Moment, Replay
from runtime.workspace.screen import make_sheet
from runtime.workspace.screen_carried import carried_words
from runtime.workspace.screen_keys import REPLAY, render_rows, table
from runtime.workspace.screen_page import when_text
from runtime.workspace.screen_sections import draw_section
from runtime.workspace.screen_sheet import Door, Sheet
from runtime.workspace.screen_sides import render_path, render_side
from runtime.workspace.screen_veiled import DOTS, veil
from runtime.workspace.wording import event_word

AROUND = 20  # steps that are listed before and after
LONGEST_GAP = 60_000  # milliseconds


@dataclass(frozen=True)
class Line:
    """One step of the list."""

    number: int
    address: str
    when: str
    what: str
    who: str
    marks: tuple[str, ...]
    now: bool


@dataclass(frozen=True)
class Part:
    """A sitting, by the step that it begins with."""

    words: str
    address: str
    now: bool


def address_of(replay: Replay, log: int, step: int) -> str:
    return reverse("replay-step", args=[replay.record.id, log, step])


def sheet_of(
    moment: Moment, *, hidden: Collection[str], wish: str
) -> tuple[Sheet, frozenset[str]]:
    """The sheet of a moment, without what is veiled, and where something is."""
    state, view, places = moment.state, moment.view, frozenset[str]()
    if hidden:
        seen = veil(moment.definition, state, view, hidden)
        state, view, places = seen.state, seen.view, seen.places
    sheet = make_sheet(moment.definition, state, view, mode="agent", door=Door(), wish=wish)
    return sheet.with_typed(dict.fromkeys(places, DOTS)), places


def draw_frame(sheet: Sheet) -> SafeString:
    """The screen as it was: the path, the section, the person. Its fields are disabled, and nothing of it can be sent."""
    section = next((each for each in sheet.steps if each.name == sheet.shown), sheet.steps[0])
    legend = escape(gettext("The screen as it was, read only"))
    talk = f'<div class="screen-talk">{draw_section(sheet, section)}</div>'
    return mark_safe(  # noqa: S308 - every text was escaped where it was put in
        f'<fieldset class="replayed" disabled><legend class="unseen">{legend}</legend>'
        f'<div class="screen">{render_path(sheet)}{talk}{render_side(sheet, ())}</div></fieldset>'
    )


def veiled_words(sheet: Sheet, places: frozenset[str]) -> str:
    """Which answers stand there and are not shown."""
    labels = [_label(sheet, place) for place in sorted(places)]
    return ", ".join(dict.fromkeys(filter(None, labels)))


def lines(replay: Replay, sheet: Sheet, log: int, step: int) -> list[Line]:
    """The steps around one, with what each of them is."""
    first, last = max(1, step - AROUND), min(len(replay.events), step + AROUND)
    conflicts = replay.conflicts(first, last)
    return [
        Line(
            number,
            address_of(replay, log, number),
            moment_text(read.at),
            what_words(sheet, read),
            who_words(replay, read),
            marks(read, number in conflicts),
            number == step,
        )
        for number, read in enumerate(replay.events[first - 1 : last], first)
    ]


def moment_text(at: Any) -> str:
    """To the second: what was done in one breath and what took a while are told apart."""
    return f"{when_text(at)}:{at.second:02}"


def what_words(sheet: Sheet, read: ReadEvent) -> str:
    """What happened, at which question; never the answer."""
    event = read.event
    if event["event"] in CARRIES:
        return f"{event_word(event)}: {carried_words(event)}"
    where = _where(sheet, event)
    return f"{event_word(event)}: {where}" if where else event_word(event)


def _where(sheet: Sheet, event: Mapping[str, Any]) -> str:
    if "place" in event:
        return _label(sheet, event["place"])
    name = event.get("section") or str(event.get("repeat", "")).rpartition("/")[2]
    section = index(sheet.definition).sections.get(name)
    if section is not None:
        return sheet.plain(section.title)
    return str(event.get("language", "")).upper()


def _label(sheet: Sheet, place: str) -> str:
    found = index(sheet.definition)
    name = place.rpartition("/")[2]
    node: Question | Any = found.questions.get(name) or found.calculations.get(name)
    return sheet.plain(node.label) if node else ""


def who_words(replay: Replay, read: ReadEvent) -> str:
    session = replay.sittings.get(read.session) if read.session else None
    if session is None:
        user = replay.people.get(read.event.get("by"))
        return _name(user) if user else gettext("the house")
    if session.agent is None:
        return gettext("the person themselves")
    return _name(session.agent)


def _name(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())


def marks(read: ReadEvent, conflict: bool) -> tuple[str, ...]:
    """What is to be known of an event besides."""
    told = []
    if read.late:
        told.append(_late(read))
    if conflict:
        told.append(gettext("stood against another answer"))
    if read.event.get("source") == "prefilled":
        told.append(gettext("filled in beforehand"))
    return tuple(told)


def _late(read: ReadEvent) -> str:
    if read.merged_at is None:
        return gettext("came late, waits")
    return gettext("came late, dismissed") if read.dismissed else gettext("came late, taken over")


def sittings(replay: Replay, log: int, step: int) -> list[Part]:
    """Where each sitting begins; what the house wrote itself belongs to none."""
    starts: list[tuple[int, ReadEvent]] = []
    for number, read in enumerate(replay.events, 1):
        if read.session and (not starts or starts[-1][1].session != read.session):
            starts.append((number, read))
    current = max((number for number, _read in starts if number <= step), default=0)
    return [
        Part(
            f"{when_text(read.at)} · {who_words(replay, read)}",
            address_of(replay, log, number),
            number == current,
        )
        for number, read in starts
    ]


def gap(replay: Replay, step: int) -> int:
    """Milliseconds until the next step, as it went."""
    if not 0 < step < len(replay.events):
        return 0
    passed = replay.events[step].at - replay.events[step - 1].at
    return max(0, min(LONGEST_GAP, int(passed.total_seconds() * 1000)))


def keys() -> SafeString:
    """The keys of the page: told, and as the browser listens by them."""
    text = json.dumps(table(REPLAY))
    return mark_safe(  # noqa: S308 - words are escaped, and keys are ours
        f'{render_rows(REPLAY)}<script type="application/json" id="replay-keys">{text}</script>'
    )
