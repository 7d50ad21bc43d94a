"""States and events from anywhere: what does not fit the definition changes nothing, and both engines show the same.

The engine trusts what it once made itself: its events passed `admit`, its states are the fold of these, and both lie sealed. What
comes from outside are definitions and commands; a state or an event of another shape comes from nobody.
"""

from typing import Any

import pytest

from builder.definition import dump
from runtime.engine import Live, advance, canonical, patched, replay, start, view
from tests.definitions import TODAY, calculation, definition, line, outcome, question, section
from tests.node import Twin

WARNED = [(["gt", ["answer", "warn"], ["value", "number", "3"]], "hm", True)]
FORM = definition(
    section(
        "s",
        question("a", "integer", minimum="0"),
        question("t"),
        question("c", "choose_one", choices=["x", "y"]),
        question("m", "choose_several", choices=["x", "y"]),
        question("d", "date"),
        question("q", "quantity", units=["kg"]),
        question("address", "postal_address"),
        question("warn", "integer", constraints=WARNED),
        calculation("later", "date", ["add_days", ["answer", "d"], ["answer", "a"]]),
        line("said", "Hi {t} {a} {d} {c} {m} {q} {address}!"),
    ),
    section("r", question("n", "integer"), repeat={"minimum": 1, "maximum": 3}),
    section("z", calculation("total", "number", ["sum", ["each", "r", "n"]])),
    section("counted", question("x"), repeat={"count": ["answer", "a"], "maximum": 5}),
    outcomes=[outcome("done")],
    languages=["en", "fr"],
)
ANSWERS = {"a": "2", "t": "x", "r/1/n": "2", "q": {"number": "1", "unit": "kg"}, "warn": "1"}
ODD_PLACES = ["__proto__", "constructor", "unknown", "a.b", "a__gt", "r/9/n", "r/__proto__/n", "s", "", "\ud800", "x" * 100_000]  # fmt: skip


def begun() -> dict[str, Any]:
    state = start(FORM, "en")
    for place, value in ANSWERS.items():
        answer = {"command": "answer", "place": place, "value": value}
        state, events = advance(FORM, state, answer, TODAY)
        assert events[0]["event"] == "answered"
    return state


def shown_alike(twin: Twin, state: Any, events: list[Any]) -> dict[str, Any]:
    """The state after the events; what is shown of it is the same alive and fresh, in both engines."""
    after = replay(FORM, state, events)
    live = Live(FORM, state, TODAY)
    shown = patched(live.view(), live.follow(events))
    assert canonical(live.state) == canonical(after)
    assert canonical(shown) == canonical(view(FORM, after, TODAY))
    theirs = twin.ask("look", definition=dump(FORM), state=state, events=events, today=TODAY)
    assert theirs == [canonical(after), canonical(shown)]
    return after


@pytest.mark.parametrize("place", ODD_PLACES)
def test_an_event_about_nothing_changes_nothing(twin: Twin, place: str) -> None:
    state = begun()
    for event in ("answered", "cleared", "overridden"):
        told = {"event": event, "place": place, "value": "x", "reason": "so"}
        assert shown_alike(twin, state, [told]) == state
    for event in ("entry_added", "entry_removed", "entry_moved"):
        told = {"event": event, "repeat": place, "entry": "b", "before": place}
        assert shown_alike(twin, state, [told]) == state


@pytest.mark.parametrize("place", ["later", *ODD_PLACES[:-3]])
def test_an_answer_of_nobody_counts_nowhere(twin: Twin, place: str) -> None:
    state = begun()
    state["answers"][place] = "x"
    assert view(FORM, state, TODAY) == view(FORM, begun(), TODAY)
    shown_alike(twin, state, [])


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event": "constructor"},
        {"event": "__proto__"},
        {"event": "refused", "code": "shape"},
        {"event": "answered"},
        {"event": "answered", "place": ["t"], "value": "x"},
        {"event": "answered", "place": {"t": 1}, "value": "x"},
        {"event": "entry_added", "repeat": "r"},
        {"event": "entry_added", "repeat": "r", "entry": 7},
        {"event": "entry_added", "repeat": "r", "entry": "1"},
        {"event": "entry_added", "repeat": "s", "entry": "b"},
        {"event": "entry_moved", "repeat": "r", "entry": "9", "before": "1"},
        {"event": "entry_moved", "repeat": "r", "entry": "1", "before": "1"},
        {"event": "section_opened", "section": "nowhere"},
        {"event": "section_opened", "section": ["s"]},
        {"event": "language_set", "language": "xx"},
        {"event": "language_set", "language": "constructor"},
    ],
)
def test_an_event_that_says_nothing_changes_nothing(twin: Twin, event: Any) -> None:
    assert shown_alike(twin, begun(), [event]) == begun()


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("language", "xx"),
        ("section", "nowhere"),
        ("section", None),
        ("left", "nowhere"),
        ("visited", ["nowhere", "__proto__"]),
        ("outcome", "nothing"),
        ("entries", {"nowhere": ["1"], "r": ["b", "c"]}),
        ("entries", {"r": ["1", "1"]}),
        ("entries", {"r": [str(at) for at in range(2_000)]}),
        ("unreadable", ["nowhere", "a"]),
        ("overridden", {"nowhere": "so"}),
    ],
)
def test_a_state_that_speaks_of_what_is_not_there_is_shown(
    twin: Twin, member: str, value: Any
) -> None:
    shown_alike(twin, {**begun(), member: value}, [{"event": "cleared", "place": "t"}])
