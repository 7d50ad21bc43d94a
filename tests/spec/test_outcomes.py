"""Outcomes: relevant by condition, ready when all is complete (if they ask for it); a finished record is closed."""

from typing import Any

import pytest

from tests.definitions import definition, outcome, question, section
from tests.spec.book import Book, given

SCRIPT = definition(
    section(
        "a",
        question("reached", "yes_no"),
        question("age", "integer", required=True, maximum="120"),
    ),
    outcomes=[
        outcome("done", relevance=["answer", "reached"]),
        outcome(
            "no_answer",
            complete=False,
            disposition="no_answer",
            relevance=["not", ["answer", "reached"]],
        ),
        outcome("stopped", complete=False),
    ],
)


def finish(name: Any) -> dict[str, Any]:
    return {"command": "finish", "outcome": name}


@pytest.mark.parametrize(
    ("answers", "ready"),
    [
        ({}, ["stopped"]),
        ({"reached": True}, ["stopped"]),
        ({"reached": True, "age": "40"}, ["done", "stopped"]),
        ({"reached": True, "age": "140"}, ["stopped"]),
        ({"reached": False}, ["no_answer", "stopped"]),
    ],
)
def test_what_is_ready(book: Book, answers: Any, ready: list[str]) -> None:
    rows = book.play(SCRIPT, given(**answers)).view["outcomes"]
    assert [name for name, row in rows.items() if row["ready"]] == ready


@pytest.mark.parametrize(
    ("answers", "name", "refused"),
    [
        ({}, "stopped", None),
        ({}, "done", "not_available"),
        ({"reached": True}, "done", "incomplete"),
        ({"reached": True, "age": "140"}, "done", "incomplete"),
        ({"reached": True, "age": "40"}, "done", None),
        ({}, "elsewhere", "unknown"),
        ({}, None, "unknown"),
        ({}, ["done"], "unknown"),
    ],
)
def test_finishing(book: Book, answers: Any, name: Any, refused: str | None) -> None:
    played = book.play(SCRIPT, [*given(**answers), finish(name)])
    assert played.refused == refused
    assert played.state["closed"] is (refused is None)
    assert played.state["outcome"] == (None if refused else name)


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        ({"command": "answer", "place": "age", "value": "4"}, "closed"),
        ({"command": "clear", "place": "age"}, "closed"),
        (finish("stopped"), "closed"),
        ({"command": "set_language", "language": "en"}, None),
        ({"command": "open_section", "section": "a"}, None),
        ({"command": "next"}, "not_available"),
        ({"command": "back"}, "not_available"),
        ({"command": "override", "place": "age", "reason": "x"}, "closed"),
        ({"command": "add_entry", "repeat": "r", "entry": "a"}, "closed"),
        ({"command": "reopen", "reason": "  "}, "shape"),
        ({"command": "reopen", "reason": 7}, "type"),
        ({"command": "reopen"}, "type"),
        ({"command": "reopen", "reason": "x" * 1001}, "too_long"),
        ({"command": "reopen", "reason": "Wrong age"}, None),
    ],
)
def test_a_closed_record(book: Book, command: Any, refused: str | None) -> None:
    assert book.play(SCRIPT, [finish("stopped"), command]).refused == refused


def test_reopening_takes_the_outcome_back(book: Book) -> None:
    played = book.play(
        SCRIPT, [finish("stopped"), {"command": "reopen", "reason": "Wrong age"}, *given(age="41")]
    )
    assert (played.state["closed"], played.state["outcome"], played.value("age")) == (
        False,
        None,
        "41",
    )
    assert book.play(SCRIPT, [{"command": "reopen", "reason": "x"}]).refused == "open"
