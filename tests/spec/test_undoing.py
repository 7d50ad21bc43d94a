"""Undo: what takes an event back is events of its own, the same in both engines; what somebody changed since is left alone."""

import json
from typing import Any

from builder.definition import dump
from runtime.engine import canonical, fold, replay, stands, start, undoing
from tests.definitions import definition, question, section
from tests.node import Twin

FORM = definition(
    section(
        "root",
        question("name"),
        question("age", "integer"),
    ),
    section(
        "homes",
        question("town"),
        repeat={"minimum": 1, "maximum": 3, "entry_label": "Home"},
    ),
    section(
        "people",
        question("who"),
        within="homes",
        repeat={"minimum": 1, "maximum": 3, "entry_label": "Person"},
    ),
)


def answered(place: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"event": "answered", "place": place, "value": value, **more}


def changed(kind: str, repeat: str, entry: str, **more: Any) -> dict[str, Any]:
    return {"event": f"entry_{kind}", "repeat": repeat, "entry": entry, **more}


def taken_back(twin: Twin, *events: dict[str, Any]) -> list[dict[str, Any]]:
    """What takes the last of these back; the twin says the same of each of them."""
    states = [start(FORM, "en")]
    for event in events:
        states.append(fold(FORM, states[-1], event))
    ours = [
        canonical(
            [
                undoing(FORM, before, event),
                stands(FORM, after, event),
                stands(FORM, states[-1], event),
            ]
        )
        for before, after, event in zip(states, states[1:], events, strict=False)
    ]
    theirs = twin.ask("undo", definition=dump(FORM), language="en", events=list(events))
    assert theirs == ours
    return list(json.loads(ours[-1])[0])


def stands_after(event: dict[str, Any], *since: dict[str, Any]) -> bool:
    return stands(FORM, replay(FORM, start(FORM, "en"), [event, *since]), event)


def test_an_answer_gives_way_to_the_one_before(twin: Twin) -> None:
    ann, bo = answered("name", "Ann"), answered("name", "Bo")
    assert taken_back(twin, ann) == [{"event": "cleared", "place": "name"}]
    assert taken_back(twin, ann, bo) == [ann]
    assert taken_back(twin, ann, {"event": "cleared", "place": "name"}) == [ann]
    assert taken_back(twin, ann, ann) == []


def test_what_could_not_be_read_comes_back_as_it_was_typed(twin: Twin) -> None:
    typed = answered("age", "forty", unreadable=True)
    assert taken_back(twin, typed, answered("age", "40")) == [typed]


def test_a_reason_comes_back_with_its_answer(twin: Twin) -> None:
    ann = answered("name", "Ann")
    because = {"event": "overridden", "place": "name", "reason": "seen"}
    assert taken_back(twin, ann, because) == [ann]
    assert taken_back(twin, ann, because, answered("name", "Bo")) == [ann, because]


def test_an_entry_comes_back_at_its_place_with_what_lay_in_it(twin: Twin) -> None:
    inner = "homes/a/people"
    events = [
        changed("added", "homes", "a"),
        changed("added", "homes", "b"),
        changed("added", inner, "x"),
        changed("removed", inner, "1"),
        answered("homes/a/town", "Gent"),
        answered(f"{inner}/x/who", "Bo"),
    ]
    back = taken_back(twin, *events, changed("removed", "homes", "a"))
    before = replay(FORM, start(FORM, "en"), events)
    after = replay(FORM, before, [changed("removed", "homes", "a"), *back])
    assert (after["entries"], after["answers"]) == (before["entries"], before["answers"])
    assert after["entries"]["homes"] == ["1", "a", "b"]
    assert taken_back(twin, *events, changed("removed", "homes", "b")) == [
        changed("added", "homes", "b")
    ]


def test_the_order_of_what_was_there_of_itself_comes_back(twin: Twin) -> None:
    inner = "homes/1/people"
    events = [changed("added", inner, "x"), changed("moved", inner, "x", before="1")]
    back = taken_back(twin, *events, changed("removed", "homes", "1"))
    before = replay(FORM, start(FORM, "en"), events)
    after = replay(FORM, before, [changed("removed", "homes", "1"), *back])
    assert after["entries"] == before["entries"]


def test_an_entry_that_was_added_goes_and_one_that_was_moved_returns(twin: Twin) -> None:
    added = changed("added", "homes", "a")
    assert taken_back(twin, added) == [changed("removed", "homes", "a")]
    assert taken_back(twin, added, added) == []
    moved = changed("moved", "homes", "a", before="1")
    assert taken_back(twin, added, moved) == [changed("moved", "homes", "a", before=None)]
    assert taken_back(twin, added, changed("moved", "homes", "1", before=None)) == [
        changed("moved", "homes", "1", before="a")
    ]


def test_what_changes_nothing_is_not_taken_back(twin: Twin) -> None:
    for event in (
        {"event": "section_opened", "section": "homes"},
        changed("removed", "homes", "gone"),
        changed("moved", "homes", "gone", before=None),
        changed("added", "nowhere", "a"),
        changed("added", "homes/gone/people", "a"),
        answered("nowhere", "x"),
    ):
        assert taken_back(twin, event) == []


def test_what_was_changed_since_does_not_stand() -> None:
    ann, added = answered("name", "Ann"), changed("added", "homes", "a")
    assert stands_after(ann)
    assert not stands_after(ann, answered("name", "Bo"))
    assert not stands_after(answered("nowhere", "x"))
    assert not stands_after(answered("homes/gone/town", "x"))
    assert not stands_after(added, answered("homes/a/town", "Gent"))
    assert not stands_after(changed("removed", "homes", "1"), changed("added", "homes", "1"))
    assert not stands_after(changed("added", "homes/gone/people", "a"))
    because = {"event": "overridden", "place": "name", "reason": "seen"}
    assert stands(FORM, replay(FORM, start(FORM, "en"), [ann, because]), because)
    full = [changed("added", "homes", name) for name in ("a", "b")]
    gone = changed("removed", "homes", "1")
    refilled = [*full, gone, changed("added", "homes", "c")]
    assert not stands(FORM, replay(FORM, start(FORM, "en"), refilled), gone)
    assert stands(FORM, replay(FORM, start(FORM, "en"), [added]), changed("moved", "homes", "a"))
