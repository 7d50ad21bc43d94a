"""What changed between two versions, in words."""

from typing import Any

import pytest

from builder.definition import diff, load, say_change
from tests.definitions import data, line, outcome, question, section

AGE, NAME, COLOUR = (
    question("age", "integer"),
    question("name"),
    question("colour", "choose_one", choices=["red", "green"]),
)
ADULT = ["ge", ["answer", "age"], ["value", "number", "18"]]


def of(*items: Any, sections: Any = (), outcomes: Any = ()) -> Any:
    return load(data(section("opening", *items), *sections, outcomes=list(outcomes)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (of(AGE), of(AGE), []),
        (of(AGE), of(AGE, NAME), ["Added question “Name”."]),
        (of(AGE, NAME), of(NAME), ["Removed question “Age”."]),
        (of(AGE, NAME, COLOUR), of(COLOUR, AGE, NAME), ["Moved question “Colour”."]),
        (
            of(AGE),
            of(question("age", "integer", label="Years")),
            ["Label of question “Years”: “Age” became “Years”."],
        ),
        (
            of(NAME),
            of(question("name", required=True)),
            ["Required of question “Name”: “no” became “yes”."],
        ),
        (
            of(AGE, NAME),
            of(AGE, question("name", relevance=ADULT)),
            ["Relevance of question “Name”: “–” became “Age is at least 18”."],
        ),
        (
            of(AGE),
            of(question("age", "integer", maximum="120")),
            ["Maximum of question “Age”: “–” became “120”."],
        ),
        (
            of(COLOUR),
            of(question("colour", "choose_one", choices=["green", ("blue", "Sky")])),
            ["Removed choice “Red” from “Colour”.", "Added choice “Sky” to “Colour”."],
        ),
        (
            of(COLOUR),
            of(question("colour", "choose_one", choices=["green", "red"])),
            ["The choices of “Colour” stand in another order."],
        ),
        (
            of(line("l", "Hi")),
            of(line("l", "Hello")),
            ["Text of line “Hello”: “Hi” became “Hello”."],
        ),
        (
            of(AGE, NAME),
            of(AGE, sections=[section("more", NAME)]),
            ["Added section “More”.", "Moved question “Name”."],
        ),
        (of(AGE), of(AGE, outcomes=[outcome("done")]), ["Added outcome “Done”."]),
        (
            of(AGE, outcomes=[outcome("done")]),
            of(AGE, outcomes=[outcome("done", disposition="callback")]),
            ["Disposition of outcome “Done”: “reached” became “callback”."],
        ),
        (of({**AGE, "id": "old"}), of({**AGE, "id": "new"}), []),
    ],
)
def test_a_change_in_words(old: Any, new: Any, said: list[str]) -> None:
    assert [say_change(change) for change in diff(old, new)] == said


def test_a_changed_title_is_told() -> None:
    old, new = (
        load(data(section("s", AGE), title="Old")),
        load(data(section("s", AGE), title="New")),
    )
    assert [say_change(change) for change in diff(old, new)] == [
        "Title of page “New”: “Old” became “New”."
    ]
