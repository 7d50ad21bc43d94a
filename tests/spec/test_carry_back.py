"""A carry over is taken back: what nobody touched since is as it was, what was answered since comes along as far as it fits."""

from typing import Any

import pytest

from runtime.engine import CarriedOver, advance, carry_back, carry_over, start
from tests.definitions import TODAY, definition, question, section

OLD = definition(
    section(
        "opening",
        question("name", required=True),
        question("since", "date"),
        question("how", "choose_several", choices=["met", "phoned"]),
        question("remark"),
    ),
    section("contacts", question("first"), question("phone", required=True), repeat=True),
    section("pets", question("animal"), repeat=True),
)
NEW = definition(
    section(
        "start",
        question("name", required=True),
        question("onset", "date"),
        question("how", "choose_several", choices=["met", "wrote"]),
        question("mood"),
    ),
    section("people", question("first"), repeat=True),
    section("late", question("why")),
)
RENAMES = {"since": "onset", "contacts": "people", "opening": "start"}


def answer(place: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"command": "answer", "place": place, "value": value, **more}


def played(version: Any, state: Any, *commands: dict[str, Any]) -> Any:
    for command in commands:
        state, events = advance(version, state, command, TODAY)
        assert [event["event"] for event in events] != ["refused"], events
    return state


BEFORE = played(
    OLD,
    start(OLD, "en"),
    answer("name", "Ada"),
    answer("since", "last moon", unreadable=True),
    answer("how", ["met", "phoned"]),
    answer("remark", "calls at noon"),
    {"command": "add_entry", "repeat": "contacts", "entry": "a"},
    answer("contacts/a/first", "Bo"),
    answer("contacts/a/phone", "123"),
    {"command": "add_entry", "repeat": "pets", "entry": "p"},
    answer("pets/p/animal", "cat"),
)
CARRIED = carry_over(OLD, NEW, BEFORE, TODAY, RENAMES).state


def back(*since: dict[str, Any]) -> CarriedOver:
    now = played(NEW, CARRIED, *since)
    return carry_back((OLD, NEW), (BEFORE, CARRIED, now), TODAY, RENAMES)


def test_what_nobody_touched_is_as_it_was() -> None:
    done = back()
    assert done.state == BEFORE
    assert (done.dropped, done.asked) == ((), ())
    assert set(done.kept) == set(BEFORE["answers"])


@pytest.mark.parametrize(
    ("commands", "changed"),
    [
        ([answer("name", "Eva")], {"name": "Eva"}),
        ([answer("onset", "2026-03-01")], {"since": "2026-03-01"}),
        ([answer("people/a/first", "Cy")], {"contacts/a/first": "Cy"}),
        ([answer("how", ["met", "wrote"])], {"how": ["met"]}),
        ([{"command": "clear", "place": "name"}], {"name": None}),
    ],
)
def test_what_was_answered_since_comes_along(commands: list[Any], changed: dict[str, Any]) -> None:
    done = back(*commands)
    expected = {**BEFORE["answers"], **changed}
    assert done.state["answers"] == {place: v for place, v in expected.items() if v is not None}


def test_what_has_no_place_there_is_told() -> None:
    done = back(
        answer("mood", "good"),
        {"command": "add_entry", "repeat": "people", "entry": "b"},
        answer("people/b/first", "Di"),
    )
    assert [(one.place, one.value, one.code) for one in done.dropped] == [
        ("mood", "good", "unknown")
    ]
    assert done.state["entries"]["contacts"] == ["a", "b"]
    assert done.asked == ("contacts/b/phone",)


def test_an_entry_removed_since_stays_removed() -> None:
    done = back({"command": "remove_entry", "repeat": "people", "entry": "a"})
    assert done.state["entries"]["contacts"] == []
    assert not [place for place in done.state["answers"] if place.startswith("contacts/")]


def test_one_stays_where_one_went_since() -> None:
    done = back({"command": "open_section", "section": "start"}, {"command": "next"})
    assert back().state["section"] == "opening"
    assert done.state["section"] == "contacts"


def test_entries_that_the_older_version_cannot_have_are_told() -> None:
    """A repeat that is new there: its entries, and their answers."""
    newer = definition(
        section("opening", question("name")), section("cars", question("plate"), repeat=True)
    )
    older = definition(section("opening", question("name")))
    before = played(older, start(older, "en"), answer("name", "Ada"))
    carried = carry_over(older, newer, before, TODAY).state
    now = played(
        newer,
        carried,
        {"command": "add_entry", "repeat": "cars", "entry": "c"},
        answer("cars/c/plate", "1-ABC"),
    )
    done = carry_back((older, newer), (before, carried, now), TODAY, {})
    assert done.state == before
    assert {(one.place, one.code) for one in done.dropped} == {
        ("cars/c", "entry"),
        ("cars/c/plate", "unknown"),
    }


def test_a_warning_set_aside_before_is_set_aside_again() -> None:
    limit = [(["le", ["answer", "age"], ["value", "number", "99"]], "So old?", True)]
    older = definition(section("one", question("age", "integer", constraints=limit)))
    newer = definition(section("one", question("years", "yes_no")))
    before = played(
        older,
        start(older, "en"),
        answer("age", "120"),
        {"command": "override", "place": "age", "reason": "She is"},
    )
    carried = carry_over(older, newer, before, TODAY).state
    done = carry_back((older, newer), (before, carried, carried), TODAY, {})
    assert done.state == before


def test_what_nobody_could_read_is_there_again_as_it_was_typed() -> None:
    older = definition(section("one", question("name"), question("since", "date")))
    newer = definition(section("one", question("name")))
    before = played(older, start(older, "en"), answer("since", "last moon", unreadable=True))
    carried = carry_over(older, newer, before, TODAY).state
    done = carry_back((older, newer), (before, carried, carried), TODAY, {})
    assert done.state == before
