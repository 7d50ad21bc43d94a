"""Events: a state is the fold of its log. What does not fit the definition (any more) changes nothing."""

from typing import Any

import pytest

from tests.definitions import calculation, definition, outcome, question, section
from tests.spec.book import Book

WARNED = (["le", ["answer", "age"], ["value", "number", "99"]], "So old?", True)
FORM = definition(
    section("a", question("name"), question("age", "integer", constraints=[WARNED])),
    section(
        "people",
        question("first"),
        repeat={"minimum": 1, "maximum": 3, "entry_label": "{first}"},
    ),
    section(
        "visits",
        question("hours", "decimal"),
        within="people",
        repeat={"maximum": 2},
    ),
    section(
        "rooms",
        question("beds", "integer"),
        repeat={"maximum": 2, "count": ["answer", "age"]},
    ),
    section("objections", question("why"), side=True),
    section("distressed", question("calmed"), side=True),
    section("z", question("remark")),
    outcomes=[outcome("done", complete=False)],
    languages=["en", "fr"],
)


def told(event: str, **members: Any) -> dict[str, Any]:
    return {"event": event, **members}


def answered(place: str, value: Any, **more: Any) -> dict[str, Any]:
    return told("answered", place=place, value=value, **more)


def added(repeat: str, entry: Any) -> dict[str, Any]:
    return told("entry_added", repeat=repeat, entry=entry)


def moved(entry: Any, before: Any, repeat: str = "people") -> dict[str, Any]:
    return told("entry_moved", repeat=repeat, entry=entry, before=before)


@pytest.mark.parametrize(
    "event",
    [
        {},
        told("nonsense"),
        told("refused", code="type", place="age"),
        answered("gone", "x"),
        answered("people/9/first", "x"),
        answered("people/1/visits/9/hours", "x"),
        answered("rooms/3/beds", "x"),
        told("answered"),
        told("cleared", place="gone"),
        told("cleared"),
        told("overridden", place="gone", reason="so"),
        told("overridden", place="people/9/first", reason="so"),
        told("overridden"),
        added("gone", "b"),
        added("a", "b"),
        added("people/9/visits", "b"),
        added("people", "1"),
        added("people", 7),
        told("entry_added"),
        moved("b", None),
        moved("1", "1"),
        moved(7, None),
        moved("1", None, "gone"),
        told("entry_removed", repeat="people", entry="b"),
        told("entry_removed", repeat="gone", entry="1"),
        told("section_opened", section="gone"),
        told("section_opened", section="visits"),
        told("section_opened", section=7),
        told("section_opened"),
        told("language_set", language="de"),
        told("language_set"),
        told("reopened"),
    ],
)
def test_what_does_not_fit_changes_no_answer(book: Book, event: Any) -> None:
    before, after = book.replay(FORM, []), book.replay(FORM, [event])
    kept = {**after.state, "entries": {**before.state["entries"], **after.state["entries"]}}
    assert kept["entries"].pop("people") == ["1"]
    assert before.state["entries"].pop("people") == ["1"]
    kept["entries"] = {name: rows for name, rows in kept["entries"].items() if rows}
    assert kept == {**before.state, "entries": {}}
    assert after.view == book.replay(FORM, []).view


def test_what_is_calculated_is_not_answered(book: Book) -> None:
    one = ["value", "number", "1"]
    form = definition(section("s", calculation("c", "number", one)), kind="form")
    assert book.replay(form, [answered("c", "7")]).view == book.replay(form, []).view


@pytest.mark.parametrize(
    ("events", "answers", "unreadable"),
    [
        ([answered("name", "Ada")], {"name": "Ada"}, []),
        ([answered("name", "Ada"), answered("name", "Bo")], {"name": "Bo"}, []),
        ([answered("name", "Ada"), answered("name", None)], {}, []),
        ([answered("name", "Ada"), told("cleared", place="name")], {}, []),
        ([answered("age", "old", unreadable=True)], {"age": "old"}, ["age"]),
        ([answered("age", "7", unreadable="yes")], {"age": "7"}, []),
        ([answered("age", None, unreadable=True)], {}, []),
        ([answered("age", "old", unreadable=True), answered("age", "7")], {"age": "7"}, []),
        ([answered("age", "old", unreadable=True), told("cleared", place="age")], {}, []),
        (
            [answered("age", "old", unreadable=True)] * 2 + [answered("name", "Ada")],
            {"age": "old", "name": "Ada"},
            ["age"],
        ),
        ([answered("rooms/2/beds", "3")], {"rooms/2/beds": "3"}, []),
    ],
)
def test_the_last_answer_counts(
    book: Book, events: list[Any], answers: Any, unreadable: list[str]
) -> None:
    played = book.replay(FORM, events)
    assert (played.state["answers"], played.state["unreadable"]) == (answers, unreadable)


def test_a_warning_stays_set_aside_until_the_answer_changes(book: Book) -> None:
    aside = [
        answered("age", "120"),
        answered("people/1/first", "Bo"),
        told("overridden", place="age", reason="She is"),
    ]
    played = book.replay(FORM, aside)
    assert played.state["overridden"] == {"age": "She is"}
    assert played.view["questions"]["age"]["problems"][0]["overridden"] == "She is"
    assert played.view["problems"] == 0
    assert book.replay(FORM, [*aside, answered("name", "Ada")]).view["problems"] == 0
    for later in (answered("age", "121"), answered("age", None), told("cleared", place="age")):
        assert book.replay(FORM, [*aside, later]).state["overridden"] == {}
    wordless = book.replay(FORM, [*aside[:2], told("overridden", place="age")])
    assert (wordless.state["overridden"], wordless.view["problems"]) == ({}, 1)


@pytest.mark.parametrize(
    ("events", "entries"),
    [
        ([], ["1"]),
        ([added("people", "b"), added("people", "c")], ["1", "b", "c"]),
        ([added("people", "b"), added("people", "c"), moved("c", "1")], ["c", "1", "b"]),
        ([added("people", "b"), added("people", "c"), moved("1", "c")], ["b", "1", "c"]),
        ([added("people", "b"), added("people", "c"), moved("1", None)], ["b", "c", "1"]),
        ([added("people", "b"), added("people", "c"), moved("1", "gone")], ["b", "c", "1"]),
        ([added("people", "b"), added("people", "c"), moved("1", 7)], ["b", "c", "1"]),
        ([told("entry_removed", repeat="people", entry="1")], []),
        ([added("people", "b"), told("entry_removed", repeat="people", entry="1")], ["b"]),
    ],
)
def test_entries(book: Book, events: list[Any], entries: list[str]) -> None:
    played = book.replay(FORM, events)
    assert played.state["entries"].get("people", ["1"]) == entries
    assert [place for place in played.view["questions"] if place.endswith("/first")] == [
        f"people/{entry}/first" for entry in entries
    ]


def test_with_an_entry_goes_all_that_lies_in_it_and_nothing_else(book: Book) -> None:
    filled = [
        added("people", "b"),
        added("people", "1b"),
        added("people/b/visits", "x"),
        added("people/1b/visits", "y"),
        answered("people/1/first", "Bo"),
        answered("people/b/first", "Cy"),
        answered("people/b/visits/x/hours", "long", unreadable=True),
        answered("people/1b/visits/y/hours", "2"),
        told("overridden", place="people/b/first", reason="so"),
    ]
    played = book.replay(FORM, [*filled, told("entry_removed", repeat="people", entry="b")])
    assert played.state["answers"] == {"people/1/first": "Bo", "people/1b/visits/y/hours": "2"}
    assert played.state["entries"]["people"] == ["1", "1b"]
    assert "people/b/visits" not in played.state["entries"]
    assert played.state["entries"]["people/1b/visits"] == ["y"]
    assert (played.state["unreadable"], played.state["overridden"]) == ([], {})


@pytest.mark.parametrize(
    ("sections", "here", "left", "visited"),
    [
        ([], "a", None, ["a"]),
        (["z"], "z", None, ["a", "z"]),
        (["z", "a", "z"], "z", None, ["a", "z"]),
        (["z", "objections"], "objections", "z", ["a", "z", "objections"]),
        (
            ["z", "objections", "distressed"],
            "distressed",
            "z",
            ["a", "z", "objections", "distressed"],
        ),
        (["objections", "z"], "z", None, ["a", "objections", "z"]),
        (["visits", "z"], "z", None, ["a", "z"]),
    ],
)
def test_sections(
    book: Book, sections: list[str], here: str, left: str | None, visited: list[str]
) -> None:
    state = book.replay(FORM, [told("section_opened", section=name) for name in sections]).state
    assert (state["section"], state["left"], state["visited"]) == (here, left, visited)


def test_language_end_and_opening_again(book: Book) -> None:
    assert book.replay(FORM, [told("language_set", language="fr")]).state["language"] == "fr"
    ended = [told("finished", outcome="done")]
    state = book.replay(FORM, ended).state
    assert (state["outcome"], state["closed"]) == ("done", True)
    state = book.replay(FORM, [*ended, told("reopened", reason="x")]).state
    assert (state["outcome"], state["closed"]) == (None, False)
