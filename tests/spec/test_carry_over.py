"""Carry over: a state comes to a newer version by stable names and declared renames; what has no place there is told, not lost."""

from typing import Any

import pytest

from runtime.engine import CarriedOver, advance, carry_over, start, view
from tests.definitions import TODAY, calculation, definition, outcome, question, section

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


NESTED = definition(
    section("one", question("note"), question("count", "integer")),
    section("homes", question("street"), repeat={"maximum": 5}),
    section(
        "people",
        question("first"),
        question("born", "date"),
        within="homes",
        repeat={"maximum": 5},
    ),
    section("aside", question("why"), side=True),
    section("last", question("end")),
    kind="form",
)
RENAMED = definition(
    section("one", question("remark"), question("count", "date")),
    section("houses", question("road"), repeat={"maximum": 5}),
    section(
        "members",
        question("called"),
        question("born", "integer"),
        within="houses",
        repeat={"maximum": 5},
    ),
    section("apart", question("why"), side=True),
    section("end_", question("end")),
    kind="form",
)
NAMES = {
    "note": "remark", "homes": "houses", "street": "road", "people": "members", "first": "called",
    "aside": "apart", "last": "end_", "a": "b", "x": "y",
}  # fmt: skip


def moved(*commands: dict[str, Any], renames: Any = NAMES) -> CarriedOver:
    state = start(NESTED, "en")
    for command in commands:
        state, _events = advance(NESTED, state, command, TODAY)
    return carry_over(NESTED, RENAMED, state, TODAY, renames)


HOME = {"command": "add_entry", "repeat": "homes", "entry": "a"}
PERSON = {"command": "add_entry", "repeat": "homes/a/people", "entry": "x"}


def test_entries_keep_their_ids_whatever_is_renamed() -> None:
    done = moved(
        HOME, PERSON, answer("homes/a/street", "Rue X"), answer("homes/a/people/x/first", "Ann")
    )
    assert done.state["entries"] == {"houses": ["a"], "houses/a/members": ["x"]}
    assert done.state["answers"] == {"houses/a/road": "Rue X", "houses/a/members/x/called": "Ann"}
    assert (done.dropped, done.kept) == ((), ("houses/a/road", "houses/a/members/x/called"))


@pytest.mark.parametrize(
    ("command", "places", "codes"),
    [
        (answer("count", "7"), [], ["type"]),
        (answer("count", "some", unreadable=True), ["count"], []),
        (answer("homes/a/people/x/born", "2026-01-02"), [], ["type"]),
        (
            answer("homes/a/people/x/born", "soon", unreadable=True),
            ["houses/a/members/x/born"],
            [],
        ),
    ],
)
def test_only_a_text_that_nobody_could_read_may_be_of_another_type(
    command: Any, places: list[str], codes: list[str]
) -> None:
    done = moved(HOME, PERSON, command)
    assert (list(done.state["answers"]), [row.code for row in done.dropped]) == (places, codes)
    assert done.state["unreadable"] == places


def test_a_text_that_nobody_could_read_needs_a_question_too() -> None:
    done = moved(answer("note", "?", unreadable=True), renames={})
    assert [(row.place, row.value, row.code) for row in done.dropped] == [("note", "?", "unknown")]
    assert (done.state["answers"], done.state["unreadable"], done.kept) == ({}, [], ())


@pytest.mark.parametrize(
    ("sections", "renames", "here", "left", "visited"),
    [
        (["last", "aside"], NAMES, "apart", "end_", ["one", "end_", "apart"]),
        (["last", "aside"], {"aside": "apart"}, "apart", None, ["one", "apart"]),
        (["last", "aside"], {"last": "end_"}, "one", None, ["one", "end_"]),
        (["last"], NAMES, "end_", None, ["one", "end_"]),
        (["homes"], NAMES, "houses", None, ["one", "houses"]),
        (["homes", "last"], {"homes": "one"}, "one", None, ["one"]),
        (["last"], {"last": "members"}, "one", None, ["one"]),
    ],
)
def test_one_stays_in_a_side_section_and_returns_from_it(
    sections: list[str], renames: Any, here: str, left: str | None, visited: list[str]
) -> None:
    state = moved(
        *({"command": "open_section", "section": name} for name in sections), renames=renames
    ).state
    assert (state["section"], state["left"], state["visited"]) == (here, left, visited)


def test_a_state_that_was_kept_before_one_could_step_aside_is_carried_too() -> None:
    old = {name: kept for name, kept in start(NESTED, "en").items() if name != "left"}
    assert carry_over(NESTED, RENAMED, old, TODAY, NAMES).state == start(RENAMED, "en")


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


def test_what_is_calculated_now_is_told_and_a_blank_is_no_answer() -> None:
    computed = calculation("a", "text", ["answer", "b"])
    new = fuller(section("one", question("b"), computed, question("phone", "phone")))
    done = brought(new, {"a": "x", "b": "  "})
    assert (done.state["answers"], told(done)) == ({}, [("a", "x", "calculated")])
