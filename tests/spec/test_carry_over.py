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


FULLER_OLD = definition(
    section(
        "one",
        question("ref", "hidden"),
        question("a"),
        question("b"),
        question("signs", "choose_several", choices=["cough", "fever", "rash"]),
        question("table", "matrix", rows=["cough", "fever"], choices=["yes", "no"]),
        question("phone", "phone"),
        question("when", "date"),
    ),
    section("visits", question("hours", "integer"), repeat=True),
    section("notes", question("note"), within="visits", repeat=True),
    section("gone", question("lost"), repeat=True),
    outcomes=[outcome("done", complete=False)],
)


def fuller(*sections: Any) -> Any:
    return definition(*sections, outcomes=[outcome("done", complete=False)])


def brought(new: Any, answers: Any = (), entries: Any = (), **renames: str) -> CarriedOver:
    state = start(FULLER_OLD, "en")
    state["answers"] |= dict(answers)
    state["entries"] |= dict(entries)
    return carry_over(FULLER_OLD, new, state, TODAY, renames)


def told(done: CarriedOver) -> list[tuple[str, Any, str]]:
    return [(one.place, one.value, one.code) for one in done.dropped]


def test_what_was_filled_beforehand_stays_though_nobody_may_answer_it() -> None:
    done = brought(fuller(section("one", question("ref", "hidden"))), {"ref": "A-7"})
    assert (done.state["answers"], told(done)) == ({"ref": "A-7"}, [])


def test_choices_that_are_still_offered_stay_and_the_others_are_told() -> None:
    new = fuller(section("one", question("signs", "choose_several", choices=["rash", "cough"])))
    done = brought(new, {"signs": ["cough", "fever", "rash"]})
    assert done.state["answers"] == {"signs": ["rash", "cough"]}
    assert told(done) == [("signs", ["fever"], "choice")]


def test_parts_that_are_still_there_stay_and_the_others_are_told() -> None:
    new = fuller(
        section("one", question("table", "matrix", rows=["fever"], choices=["yes", "no"]))
    )
    done = brought(new, {"table": {"cough": "no", "fever": "yes"}})
    assert done.state["answers"] == {"table": {"fever": "yes"}}
    assert [(place, value) for place, value, _code in told(done)] == [("table", {"cough": "no"})]


def test_a_name_that_was_given_away_is_taken() -> None:
    new = fuller(section("one", question("b")))
    done = brought(new, {"b": "of b", "a": "of a"}, a="b")
    assert (done.state["answers"], told(done)) == ({"b": "of a"}, [("b", "of b", "taken")])
    both = fuller(section("one", question("a"), question("b")))
    assert brought(both, {"b": "of b", "a": "of a"}, a="b", b="a").state["answers"] == {
        "b": "of a",
        "a": "of b",
    }


def test_entries_of_a_repeat_that_is_gone_are_told_also_when_nothing_was_answered() -> None:
    done = brought(
        fuller(section("one", question("a"))), {"gone/x/lost": "1"}, {"gone": ["x", "y"]}
    )
    assert sorted(told(done)) == [
        ("gone/x", None, "entry"),
        ("gone/x/lost", "1", "unknown"),
        ("gone/y", None, "entry"),
    ]


def test_entries_within_entries_go_along_and_are_told_where_they_do_not_lie_so_any_more() -> None:
    entries = {"visits/v/notes": ["n"], "visits": ["v"]}
    kept = brought(FULLER_OLD, {"visits/v/notes/n/note": "x"}, entries)
    assert (kept.state["entries"]["visits/v/notes"], told(kept)) == (["n"], [])
    new = fuller(
        section("visits", question("hours", "integer"), repeat=True),
        section("notes", question("note"), repeat=True),
    )
    moved = brought(new, {"visits/v/notes/n/note": "x"}, entries)
    assert moved.state["entries"] == {"visits": ["v"], "notes": []}
    assert told(moved) == [
        ("visits/v/notes/n", None, "entry"),
        ("visits/v/notes/n/note", "x", "unknown"),
    ]


def test_a_repeat_that_is_counted_now_keeps_the_entries_that_bear_its_numbers() -> None:
    new = fuller(
        section("one", question("n", "integer")),
        section("visits", question("hours", "integer"), repeat={"count": ["answer", "n"]}),
    )
    done = brought(new, {"visits/1/hours": "3", "visits/v/hours": "4"}, {"visits": ["1", "v"]})
    assert done.state["answers"] == {"visits/1/hours": "3"}
    assert told(done) == [("visits/v", None, "entry"), ("visits/v/hours", "4", "unknown")]


def test_a_repeat_gets_the_entries_that_it_must_have_now() -> None:
    again = question("hours", "integer", required=True)
    new = fuller(section("visits", again, repeat={"minimum": 3}))
    done = brought(new, {"visits/2/hours": "3"}, {"visits": ["2"]})
    assert done.state["entries"]["visits"] == ["2", "1", "3"]
    assert done.asked == ("visits/1/hours", "visits/3/hours")


def test_an_end_that_is_gone_is_told() -> None:
    done = carried({"command": "finish", "outcome": "gone"})
    assert told(done) == [("gone", None, "outcome")]


@pytest.mark.parametrize(
    ("kind", "unreadable"), [("text", []), ("date", ["when"]), ("phone", ["when"])]
)
def test_what_nobody_could_read_is_readable_where_any_text_is(kind: str, unreadable: Any) -> None:
    state = start(FULLER_OLD, "en")
    state["answers"]["when"], state["unreadable"] = "last moon", ["when"]
    done = carry_over(FULLER_OLD, fuller(section("one", question("when", kind))), state, TODAY)
    assert done.state["answers"] == {"when": "last moon"}
    assert (done.state["unreadable"], told(done)) == (unreadable, [])
