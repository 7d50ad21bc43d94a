"""Carry over: a state comes to a newer version by stable names and declared renames; what has no place there is told, not lost."""

from typing import Any

import pytest

from runtime.engine import CarriedOver, advance, carry_over, start, view
from tests.definitions import TODAY, definition, outcome, question, section

OLD = definition(
    section(
        "opening",
        question("name", required=True),
        question("age", "integer"),
        question("since", "date"),
    ),
    section(
        "contacts",
        question("first"),
        question("how", "choose_one", choices=["met", "phoned"]),
        repeat=True,
    ),
    section("closing", question("remark")),
    outcomes=[outcome("done", complete=False), outcome("gone", complete=False)],
)
NEW = definition(
    section(
        "opening",
        question("name", required=True),
        question("age", "text"),
        question("onset", "date"),
    ),
    section(
        "people",
        question("first"),
        question("how", "choose_one", choices=["met"]),
        question("phone", required=True),
        repeat=True,
    ),
    section("ending", question("mood", required=True)),
    outcomes=[outcome("finished", complete=False)],
)
RENAMES = {"since": "onset", "contacts": "people", "closing": "ending", "done": "finished"}


def played(*commands: dict[str, Any]) -> Any:
    state = start(OLD, "en")
    for command in commands:
        state, _events = advance(OLD, state, command, TODAY)
    return state


def answer(place: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"command": "answer", "place": place, "value": value, **more}


ENTRY = {"command": "add_entry", "repeat": "contacts", "entry": "a"}
FULL = (
    answer("name", "Ada"),
    answer("since", "2026-03-01"),
    ENTRY,
    answer("contacts/a/first", "Bo"),
    answer("contacts/a/how", "met"),
)


def carried(*commands: dict[str, Any], renames: Any = None) -> CarriedOver:
    return carry_over(OLD, NEW, played(*commands), TODAY, RENAMES if renames is None else renames)


def test_answers_go_by_their_names_and_by_what_was_renamed() -> None:
    done = carried(*FULL)
    assert done.state["answers"] == {
        "name": "Ada", "onset": "2026-03-01", "people/a/first": "Bo", "people/a/how": "met",
    }  # fmt: skip
    assert done.state["entries"] == {"people": ["a"]}
    assert (done.kept, done.dropped) == (tuple(done.state["answers"]), ())


@pytest.mark.parametrize(
    ("commands", "place", "code"),
    [
        ([answer("remark", "late")], "remark", "unknown"),
        ([ENTRY, answer("contacts/a/how", "phoned")], "contacts/a/how", "choice"),
        ([answer("since", "2026-03-01")], "since", "unknown"),
    ],
)
def test_what_has_no_place_is_told(commands: list[Any], place: str, code: str) -> None:
    done = carried(*commands, renames={"contacts": "people"})
    assert [(one.place, one.code) for one in done.dropped] == [(place, code)]


def test_a_number_that_became_a_text_is_kept_as_it_is_written() -> None:
    assert carried(answer("age", "41")).state["answers"] == {"age": "41"}


def test_a_text_nobody_could_read_is_kept_as_it_was_typed() -> None:
    done = carried(answer("since", "last moon", unreadable=True))
    assert (done.state["answers"], done.state["unreadable"]) == ({"onset": "last moon"}, ["onset"])


WARNED = definition(
    section(
        "one",
        question(
            "age",
            "integer",
            constraints=[(["le", ["answer", "age"], ["value", "number", "99"]], "So old?", True)],
        ),
    ),
    kind="form",
)


def test_a_warning_that_was_set_aside_stays_so() -> None:
    state = start(WARNED, "en")
    for command in (
        answer("age", "120"),
        {"command": "override", "place": "age", "reason": "She is"},
    ):
        state, _events = advance(WARNED, state, command, TODAY)
    done = carry_over(WARNED, WARNED, state, TODAY, {"age": "age"})
    assert done.state["overridden"] == {"age": "She is"}
    assert done.state == state
    before = {name: kept for name, kept in state.items() if name != "overridden"}
    assert carry_over(WARNED, WARNED, before, TODAY).state["overridden"] == {}


def test_what_has_to_be_asked_now_is_what_was_not_missing_before() -> None:
    assert carried(*FULL).asked == ("people/a/phone", "mood")
    assert carried().asked == ("mood",)


def test_one_stays_where_one_was() -> None:
    done = carried({"command": "open_section", "section": "closing"})
    assert (done.state["section"], done.state["visited"]) == ("ending", ["opening", "ending"])
    lost = carried({"command": "open_section", "section": "closing"}, renames={})
    assert (lost.state["section"], lost.state["visited"]) == ("opening", ["opening"])


@pytest.mark.parametrize(("name", "end"), [("done", ("finished", True)), ("gone", (None, False))])
def test_an_end_stays_if_the_new_version_has_it(name: str, end: Any) -> None:
    done = carried({"command": "finish", "outcome": name})
    assert (done.state["outcome"], done.state["closed"]) == end


def test_to_the_same_version_nothing_changes() -> None:
    state = played(*FULL, {"command": "next"})
    done = carry_over(OLD, OLD, state, TODAY)
    assert (done.state, done.dropped, done.asked) == (state, (), ())
    assert view(OLD, done.state, TODAY) == view(OLD, state, TODAY)
