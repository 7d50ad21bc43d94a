"""The door: an answer of the wrong type changes nothing; text is NFC and counted in code points; choices are the list's."""

from typing import Any

import pytest

from builder.definition import dump
from runtime.engine import admit
from tests.definitions import calculation, definition, question, section
from tests.node import Twin
from tests.spec.book import Book, given

FORM = definition(
    section(
        "one",
        question("t", maximum_length=3),
        question("long", "long_text"),
        question("plain"),
        question("i", "integer"),
        question("dec", "decimal"),
        question("d", "date"),
        question("b", "yes_no"),
        question("c", "choose_one", choices=["red", "B-2"]),
        question("m", "choose_several", choices=["x", "y", "z"]),
        question("p", "phone"),
        question("nn", "national_number"),
        question("ro", read_only=True),
        calculation("calc", "number", ["value", "number", "1"]),
    ),
    kind="form",
)
LONE = "\ud800"
ROWS: list[tuple[str, Any, Any, str | None]] = [
    ("t", "abc", "abc", None),
    ("t", "😀😀😀", "😀😀😀", None),
    ("t", "e\u0301e\u0301e\u0301", "ééé", None),
    ("t", "abcd", None, "too_long"),
    ("long", "x" * 5000, "x" * 5000, None),
    ("long", "x" * 5001, None, "too_long"),
    ("plain", "x" * 2000, "x" * 2000, None),
    ("plain", "x" * 2001, None, "too_long"),
    ("p", "1" * 50, "1" * 50, None),
    ("p", "1" * 51, None, "too_long"),
    ("t", "x" * 30_000, None, "too_long"),
    ("t", " ", None, None),
    ("t", "a\x00", None, "type"),
    ("t", "\x0b", None, "type"),
    ("t", LONE, None, "type"),
    ("t", "a\tb", "a\tb", None),
    ("t", 5, None, "type"),
    ("t", ["a"], None, "type"),
    ("i", "7", "7", None),
    ("i", "7.5", None, "type"),
    ("i", 7, None, "type"),
    ("dec", "7.25", "7.25", None),
    ("dec", "7.255", None, "type"),
    ("d", "2024-02-29", "2024-02-29", None),
    ("b", False, False, None),
    ("b", 0, None, "type"),
    ("b", "true", None, "type"),
    ("c", "red", "red", None),
    ("c", "B-2", "B-2", None),
    ("c", "blue", None, "choice"),
    ("c", "", None, "type"),
    ("c", ["red"], None, "type"),
    ("m", ["z", "x"], ["x", "z"], None),
    ("m", [], None, None),
    ("m", ["x", "x"], None, "type"),
    ("m", ["q"], None, "choice"),
    ("m", ["x", 1], None, "type"),
    ("m", {"x": 1}, None, "type"),
    ("m", "x", None, "type"),
    ("p", "0470 12 34 56", "0470 12 34 56", None),
    ("p", "1" * 51, None, "too_long"),
    ("nn", "85.07.30-033.28", "85.07.30-033.28", None),
    ("t", None, None, None),
    ("ro", "x", None, "read_only"),
    ("calc", "1", None, "calculated"),
    ("nobody", "1", None, "unknown"),
    ("__proto__", "1", None, "unknown"),
    ("one/two/t", "1", None, "unknown"),
    ("t\n", "1", None, "unknown"),
]


@pytest.mark.parametrize(("place", "value", "kept", "code"), ROWS)
def test_the_door(twin: Twin, place: str, value: Any, kept: Any, code: str | None) -> None:
    ours = admit(FORM, place, value)
    assert (ours.value, ours.code) == (kept, code)
    assert twin.ask("admit", definition=dump(FORM), place=place, value=value) == {
        "value": kept,
        "code": code,
    }


@pytest.mark.parametrize(("place", "value", "kept", "code"), ROWS)
def test_the_command_answers_alike(
    book: Book, place: str, value: Any, kept: Any, code: str | None
) -> None:
    played = book.play(FORM, given(**{place: value}))
    assert played.refused == code
    assert played.state["answers"] == ({} if kept is None else {place: kept})


def test_unreadable_text_is_kept_and_not_effective(book: Book) -> None:
    command = {
        "command": "answer",
        "place": "d",
        "value": "next moon",
        "unreadable": True,
        "source": "caller",
    }
    played = book.play(FORM, [command])
    assert played.events == [
        {
            "event": "answered",
            "place": "d",
            "value": "next moon",
            "unreadable": True,
            "source": "caller",
        }
    ]
    assert (played.value("d"), played.codes("d"), played.state["unreadable"]) == (
        "next moon",
        ["unreadable"],
        ["d"],
    )
    again = book.play(FORM, [command, *given(d="2026-01-01")])
    assert (again.value("d"), again.codes("d"), again.state["unreadable"]) == (
        "2026-01-01",
        [],
        [],
    )


HOSTILE: list[Any] = [
    None,
    7,
    "answer",
    [],
    ["answer"],
    {},
    {"command": None},
    {"command": ["answer"]},
    {"command": "constructor"},
    {"command": "__proto__"},
    {"command": "answer"},
    {"command": "answer", "place": None, "value": "x"},
    {"command": "answer", "place": {"t": 1}, "value": "x"},
    {"command": "answer", "place": "t" * 100_000, "value": "x"},
    {"command": "answer", "place": LONE, "value": "x"},
    {"command": "answer", "place": "t", "value": 10**400},
    {"command": "answer", "place": "t", "value": [[[[[[[]]]]]]]},
    {"command": "answer", "place": "t", "value": "x", "unreadable": "yes", "source": ["caller"]},
    {"command": "answer", "place": "d", "value": {"a": 1}, "unreadable": True},
    {"command": "set_language", "language": {}},
    {"command": "add_entry", "repeat": "one", "entry": LONE},
    {"command": "reopen", "reason": None},
]


@pytest.mark.parametrize("command", HOSTILE)
def test_whatever_is_asked_nothing_is_raised(book: Book, command: Any) -> None:
    played = book.play(FORM, [command])
    assert [event["event"] for event in played.events] in (["refused"], ["answered"])
