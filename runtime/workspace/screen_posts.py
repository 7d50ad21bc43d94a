"""A section posted without JavaScript: what was typed becomes commands, the engine's events, one append.

The same door as the browser's queue: a run token, events with ids of their own. The ids follow from the drawing of the page
(its nonce), so that a form sent twice saves once.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from builder.definition import Definition, Question, Section, index, is_long
from builder.problems import Problem
from builder.question_types import TYPES
from builder.values import clean
from runtime import engine
from runtime.workspace.screen_controls import CONTROLS, Post, typed_parts

MOST_PLACES = 5000


@dataclass
class Posted:
    """What a post came to: the events to save, and the newly typed texts nobody could read (they are saved too, as typed)."""

    state: dict[str, Any]
    events: list[dict[str, Any]] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Reader:
    """How texts are read: for which definition, on which day, in which language."""

    definition: Definition
    today: date
    language: str

    def section(self, name: str) -> Section | None:
        return next(
            (section for section in self.definition.sections if section.name == name), None
        )


def read_post(reader: Reader, state: dict[str, Any], post: QueryDict) -> Posted:
    """Answers first, then the button's deed. A text that could not be read keeps the person in the section."""
    posted = Posted(state)
    section = reader.section(post.get("section", ""))
    if section is not None:
        # The post counts from the section it was drawn in, also when it is sent twice: no event says so.
        opened = {"event": "section_opened", "section": section.name}
        posted.state = engine.fold(reader.definition, state, opened)
        for command in _answers(reader, posted, post):
            _do(reader, posted, command)
        _reasons(reader, posted, post)
    for command in _deed(posted, post.get("go", "")):
        _do(reader, posted, command)
    return posted


def batch_of(posted: Posted, nonce: str, number: int) -> list[dict[str, Any]]:
    """The events of a post, ready to be appended, under ids that follow from its nonce; `number`: the last one its writer saw."""
    try:
        root = uuid.UUID(nonce)
    except ValueError:
        root = uuid.uuid4()
    seen: Counter[str] = Counter()
    batch = []
    for event in posted.events:
        words = engine.canonical(event)
        seen[words] += 1
        batch.append(
            {"id": str(uuid.uuid5(root, f"{seen[words]} {words}")), "seen": number, "event": event}
        )
    return batch


def _do(reader: Reader, posted: Posted, command: dict[str, Any]) -> None:
    state, events = engine.advance(
        reader.definition, posted.state, command, reader.today.isoformat()
    )
    refused = [event for event in events if event["event"] == "refused"]
    posted.refused += refused
    if refused and isinstance(command.get("value"), str):
        posted.typed[command["place"]] = command["value"]  # it stays in its box
    if not refused:
        posted.state = state
        posted.events += events


def _shown(post: QueryDict) -> list[str]:
    """The places that the posted form asked for an answer."""
    return list(dict.fromkeys(post.get("shown", "").split()[:MOST_PLACES]))


def _answers(reader: Reader, posted: Posted, post: QueryDict) -> Iterator[dict[str, Any]]:
    """A command for each shown question whose answer changed."""
    questions = index(reader.definition).questions
    for place in _shown(post):
        question = questions.get(place.rpartition("/")[2])
        if question is not None and question.read_only is not True:
            yield from _answer(reader, posted, question, place, post)


def _answer(
    reader: Reader, posted: Posted, question: Question, place: str, post: QueryDict
) -> Iterator[dict[str, Any]]:
    texts = post.getlist(f"a:{place}") or typed_parts(
        question, place, lambda name: post.get(name, "")
    )
    value = _value(reader, question, texts)
    before = posted.state["answers"].get(place)
    if isinstance(value, Problem):
        yield from _unread(posted, question, place, ", ".join(filter(None, texts)))
    elif _untouched(post, place, value):
        return
    elif value is None:
        if before is not None:
            yield {"command": "clear", "place": place}
    elif value != before or (
        place in posted.state["unreadable"] and not TYPES[question.type].door
    ):
        yield {"command": "answer", "place": place, "value": value}


def _untouched(post: QueryDict, place: str, value: Any) -> bool:
    """Whether a field holds what was drawn in it of itself (a default, the choices that are offered), and nobody confirms it."""
    was = post.get(f"was:{place}")
    if was is None or post.get("go") == f"confirm:{place}":
        return False
    return engine.canonical(value) == was


def _reasons(reader: Reader, posted: Posted, post: QueryDict) -> None:
    """The warnings that are set aside: a reason that was written counts, whichever button was pressed."""
    asked = post.get("go", "").partition("override:")[2]
    for place in _shown(post):
        reason = post.get(f"r:{place}", "").strip()
        if reason:
            _set_aside(reader, posted, place, reason)
        elif place == asked:
            posted.refused.append({"event": "refused", "code": "reason", "place": place})


def _set_aside(reader: Reader, posted: Posted, place: str, reason: str) -> None:
    """A reason for a warning that is gone by now is no fault of whoever wrote it."""
    before = list(posted.refused)
    _do(reader, posted, {"command": "override", "place": place, "reason": reason})
    posted.refused = [
        refused
        for refused in posted.refused
        if refused in before or refused["code"] != "not_available"
    ]


def _unread(posted: Posted, question: Question, place: str, text: str) -> Iterator[dict[str, Any]]:
    """A text nobody could read is kept as it was typed, and keeps the person in the section once: pressed again, they go on.
    What is on no long list is never kept: it stands in its field until it is mended or emptied."""
    if is_long(question):
        posted.typed[place] = text
        return
    kept = place in posted.state["unreadable"] and posted.state["answers"].get(place) == clean(
        text
    )
    if not kept:
        posted.typed[place] = text
        yield {"command": "answer", "place": place, "value": text, "unreadable": True}


def _value(reader: Reader, question: Question, texts: list[str]) -> Any:
    """A canonical value, None for blank, or the problem of its reading."""
    post = Post(question, texts, reader.today.isoformat(), reader.language)
    return CONTROLS[TYPES[question.type].control].given(post)


def _deed(posted: Posted, go: str) -> list[dict[str, Any]]:
    what, _, rest = go.partition(":")
    maker = _DEEDS.get(what)
    return maker(posted, rest) if maker else []


def _next(posted: Posted, _rest: str) -> list[dict[str, Any]]:
    return [] if posted.typed else [{"command": "next"}]


def _back(_posted: Posted, _rest: str) -> list[dict[str, Any]]:
    return [{"command": "back"}]


def _add(_posted: Posted, repeat: str) -> list[dict[str, Any]]:
    return [{"command": "add_entry", "repeat": repeat, "entry": str(uuid.uuid4())}]


def _remove(_posted: Posted, rest: str) -> list[dict[str, Any]]:
    repeat, _, entry = rest.rpartition("/")
    return [{"command": "remove_entry", "repeat": repeat, "entry": entry}]


def _open(posted: Posted, section: str) -> list[dict[str, Any]]:
    """To a side section; the log says first from where, since one returns there."""
    steps = (posted.state["section"], section)
    return [] if posted.typed else [{"command": "open_section", "section": name} for name in steps]


def _clear(_posted: Posted, place: str) -> list[dict[str, Any]]:
    return [{"command": "clear", "place": place}]


def _language(_posted: Posted, language: str) -> list[dict[str, Any]]:
    return [{"command": "set_language", "language": language}]


_DEEDS = {
    "next": _next,
    "back": _back,
    "add": _add,
    "remove": _remove,
    "open": _open,
    "clear": _clear,
    "language": _language,
}
