"""Sections within sections: relevant only with the one around; in a repeat, part of each entry. Repeats nest to depth 3."""

from typing import Any

import pytest

from tests.definitions import calculation, definition, line, question, section
from tests.spec.book import Book, entry, given

FORM = definition(
    section("root", question("limit", "integer"), question("homes", "integer")),
    section(
        "contacts",
        question("first"),
        question("close", "yes_no"),
        repeat={"minimum": 1, "maximum": 5, "entry_label": "{first}"},
    ),
    section("details", question("doctor"), within="contacts", relevance=["answer", "close"]),
    section(
        "visits",
        question(
            "hours",
            "decimal",
            scale=1,
            constraints=[(["le", ["answer", "hours"], ["answer", "limit"]], "{first}: {hours}")],
        ),
        question(
            "unique_room",
            constraints=[
                (
                    [
                        "le",
                        ["occurs", ["each", "visits", "unique_room"], ["answer", "unique_room"]],
                        ["value", "number", "1"],
                    ],
                    "Twice.",
                )
            ],
        ),
        calculation("longer", "bool", ["gt", ["answer", "hours"], ["previous", "hours"]]),
        calculation("part", "number", ["div", ["answer", "hours"], ["answer", "of_contact"]]),
        line("note", "{first} came {hours}", ["answered", ["answer", "hours"]]),
        within="contacts",
        relevance=["answer", "close"],
        repeat={"minimum": 1, "maximum": 3},
    ),
    section(
        "guests",
        question("guest"),
        question("old", "integer"),
        within="visits",
        repeat={"maximum": 3},
    ),
    section(
        "sums",
        calculation("of_all", "number", ["sum", ["each", "visits", "hours"]]),
        calculation("people", "number", ["count", ["entries", "guests"]]),
        calculation("oldest", "number", ["max", ["each", "guests", "old"]]),
    ),
    section(
        "more",
        calculation("of_contact", "number", ["sum", ["each", "visits", "hours"]]),
        within="contacts",
    ),
    section("rooms", question("colour"), repeat={"maximum": 4, "count": ["answer", "homes"]}),
    kind="form",
)
CLOSE = {"command": "add_entry", "repeat": "contacts/1/visits", "entry": "b"}
TWO = [
    *given(
        **{"contacts/1/close": True, "contacts/1/first": "Ann", "contacts/1/visits/1/hours": "2"}
    ),
    CLOSE,
]
FOUR = TWO + given(**{"contacts/1/visits/b/hours": "3"})


def test_the_section_around_carries_the_one_within(book: Book) -> None:
    shown = book.play(FORM, []).view
    assert not shown["questions"]["contacts/1/doctor"]["relevant"]
    assert shown["items"]["1/section-details"] is False
    assert shown["path"] == ["root", "contacts", "sums", "rooms"]
    open_now = book.play(FORM, given(**{"contacts/1/close": True}))
    assert open_now.view["questions"]["contacts/1/doctor"]["relevant"]


def test_a_name_is_found_in_the_entry_then_around_it_then_at_the_root(book: Book) -> None:
    played = book.play(FORM, FOUR + given(limit="2"))
    assert played.view["texts"]["1/b/note"] == "Ann came 3"
    assert played.codes("contacts/1/visits/b/hours") == ["constraint"]
    assert (
        played.view["questions"]["contacts/1/visits/b/hours"]["problems"][0]["message"] == "Ann: 3"
    )
    assert played.codes("contacts/1/visits/1/hours") == []
    assert played.view["sections"]["contacts"]["problems"] == 1


def test_aggregates_are_of_the_same_entry_inside_and_of_all_outside(book: Book) -> None:
    other = entry("contacts", "x", close=True) + given(**{"contacts/x/visits/1/hours": "10"})
    played = book.play(FORM, FOUR + other)
    assert played.value("of_all") == "15"
    assert (played.value("contacts/1/of_contact"), played.value("contacts/x/of_contact")) == (
        "5",
        "10",
    )
    assert played.value("contacts/1/visits/b/part") == "0.6"


def test_the_deepest_repeat(book: Book) -> None:
    guests = entry("contacts/1/visits/b/guests", "g", guest="Bob", old="7") + entry(
        "contacts/1/visits/1/guests", "g", old="9"
    )
    played = book.play(FORM, FOUR + guests)
    assert (played.value("people"), played.value("oldest")) == ("2", "9")
    gone = book.play(
        FORM,
        [*FOUR, *guests, {"command": "remove_entry", "repeat": "contacts/1/visits", "entry": "b"}],
    )
    assert (gone.value("people"), gone.value("of_all")) == ("1", "2")
    assert gone.state["entries"] == {
        "contacts": ["1"],
        "contacts/1/visits": ["1"],
        "contacts/1/visits/1/guests": ["g"],
        "rooms": [],
    }


def test_the_entry_before(book: Book) -> None:
    played = book.play(FORM, FOUR)
    assert [played.value(f"contacts/1/visits/{one}/longer") for one in "1b"] == [None, True]
    moved = book.play(
        FORM,
        [
            *FOUR,
            {"command": "move_entry", "repeat": "contacts/1/visits", "entry": "b", "before": "1"},
        ],
    )
    assert [moved.value(f"contacts/1/visits/{one}/longer") for one in "b1"] == [None, False]
    assert moved.state["entries"]["contacts/1/visits"] == ["b", "1"]


def test_what_must_be_unique_in_a_repeat(book: Book) -> None:
    rooms = given(
        **{"contacts/1/visits/1/unique_room": "red", "contacts/1/visits/b/unique_room": "red"}
    )
    played = book.play(FORM, FOUR + rooms)
    assert (
        played.codes("contacts/1/visits/1/unique_room")
        == played.codes("contacts/1/visits/b/unique_room")
        == ["constraint"]
    )
    solved = book.play(FORM, FOUR + rooms + given(**{"contacts/1/visits/b/unique_room": "blue"}))
    assert solved.view["problems"] == 0


def test_a_hidden_entry_hides_all_in_it(book: Book) -> None:
    played = book.play(FORM, FOUR + given(**{"contacts/1/close": False}))
    assert (played.value("of_all"), played.view["texts"]["1/b/note"]) == ("0", "Ann came ")
    assert played.view["questions"]["contacts/1/visits/b/hours"]["kept"]


@pytest.mark.parametrize(
    ("homes", "rooms"),
    [(None, []), ("0", []), ("2", ["1", "2"]), ("-3", []), ("99", ["1", "2", "3", "4"])],
)
def test_entries_follow_a_count(book: Book, homes: str | None, rooms: list[str]) -> None:
    played = book.play(FORM, given(homes=homes))
    found = [
        place.split("/")[1] for place in played.view["questions"] if place.startswith("rooms/")
    ]
    assert found == rooms


def test_answers_of_a_counted_entry_come_back_with_it(book: Book) -> None:
    answered = given(homes="2", **{"rooms/2/colour": "red"}) + given(homes="1")
    assert "rooms/2/colour" not in book.play(FORM, answered).view["questions"]
    assert book.play(FORM, answered + given(homes="3")).value("rooms/2/colour") == "red"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({"command": "add_entry", "repeat": "rooms", "entry": "a"}, "counted"),
        ({"command": "remove_entry", "repeat": "rooms", "entry": "1"}, "counted"),
        ({"command": "add_entry", "repeat": "visits", "entry": "a"}, "unknown"),
        ({"command": "add_entry", "repeat": "contacts/zz/visits", "entry": "a"}, "unknown"),
        ({"command": "add_entry", "repeat": "visits/1/contacts", "entry": "a"}, "unknown"),
        ({"command": "add_entry", "repeat": "contacts/1/visits", "entry": "1"}, "duplicate"),
        ({"command": "remove_entry", "repeat": "contacts/1/visits", "entry": "1"}, "range"),
        ({"command": "move_entry", "repeat": "contacts", "entry": "1", "before": "1"}, "unknown"),
        (
            {"command": "move_entry", "repeat": "contacts", "entry": "1", "before": ["1"]},
            "unknown",
        ),
        ({"command": "move_entry", "repeat": "contacts", "entry": "q"}, "unknown"),
        ({"command": "answer", "place": "contacts/1/hours", "value": "1"}, "unknown"),
        ({"command": "answer", "place": "rooms/5/colour", "value": "x"}, "unknown"),
        ({"command": "answer", "place": "rooms/01/colour", "value": "x"}, "unknown"),
        ({"command": "open_section", "section": "details"}, "unknown"),
    ],
)
def test_what_is_refused(book: Book, command: Any, code: str) -> None:
    assert book.play(FORM, [command]).refused == code


def test_a_sub_section_outside_repeats_is_a_step_of_the_path(book: Book) -> None:
    form = definition(
        section("a", question("ill", "yes_no")),
        section("b", question("fever", "yes_no"), relevance=["answer", "ill"]),
        section(
            "deeper",
            question("since", "date", required=True),
            within="b",
            relevance=["answer", "fever"],
        ),
        kind="form",
    )
    assert book.play(form, given(ill=True, fever=True)).view["path"] == ["a", "b", "deeper"]
    assert book.play(form, given(fever=True)).view["path"] == ["a"]


@pytest.mark.parametrize(("many", "shown"), [("30", 930), ("33", 1000)])
def test_no_more_than_a_thousand_entries_are_evaluated(book: Book, many: str, shown: int) -> None:
    """The others are kept, and not shown: what reads all of them in each of them must end soon."""
    counted = {"maximum": 40, "count": ["answer", "n"]}
    form = definition(
        section("s", question("n", "integer")),
        section("r", repeat=counted),
        section("w", question("q"), within="r", repeat=counted),
        section("z", calculation("all", "number", ["count", ["entries", "w"]])),
        kind="form",
    )
    played = book.play(form, given(n=many))
    assert len(played.view["questions"]) - 2 + int(many) == shown
    assert played.value("all") == str(shown - int(many))
