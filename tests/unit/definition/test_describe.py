"""Conditions as sentences."""

from typing import Any

import pytest

from builder.conditions import OPERATORS, parse
from builder.definition import describe
from tests.definitions import definition, question, section

FORM = definition(
    section(
        "one",
        question("fever", "yes_no", label={"en": "Fever?", "fr": "Fièvre ?"}),
        question("age", "integer"),
        question("colour", "choose_one", choices=[("red", {"en": "Red", "fr": "Rouge"})]),
        question("since", "date"),
    ),
    section("contacts", question("days", "integer"), repeat=True),
    kind="form",
    languages=["en", "fr"],
)
FEVER, AGE, COLOUR = ["answer", "fever"], ["answer", "age"], ["answer", "colour"]
EIGHTEEN = ["value", "number", "18"]


@pytest.mark.parametrize(
    ("expression", "language", "said"),
    [
        (None, "en", "always"),
        (FEVER, "en", "Fever is yes"),
        (FEVER, "fr", "Fièvre is yes"),
        (["not", FEVER], "en", "Fever is no"),
        (["and", FEVER, ["ge", AGE, EIGHTEEN]], "en", "Fever is yes and Age is at least 18"),
        (
            ["and", FEVER, ["or", FEVER, ["lt", AGE, EIGHTEEN]]],
            "en",
            "Fever is yes and (Fever is yes or Age is less than 18)",
        ),
        (["eq", COLOUR, ["value", "one", "red"]], "fr", "Colour is Rouge"),
        (["not", ["eq", COLOUR, ["value", "one", "red"]]], "en", "Colour is not Red"),
        (["not", ["answered", AGE]], "en", "Age is not answered"),
        (
            ["one_of", AGE, EIGHTEEN, ["value", "number", "19"], ["value", "number", "20"]],
            "en",
            "Age is one of 18, 19 or 20",
        ),
        (
            ["le", ["answer", "since"], ["value", "date", "2026-03-01"]],
            "en",
            "Since is at most 1 March 2026",
        ),
        (
            ["le", ["add_days", ["answer", "since"], ["value", "number", "10"]], ["today"]],
            "en",
            "10 days after Since is at most today",
        ),
        (
            ["gt", ["count", ["entries", "contacts"]], ["value", "number", "0"]],
            "en",
            "the number of entries of Contacts is more than 0",
        ),
        (
            ["gt", ["sum", ["each", "contacts", "days"]], ["value", "number", "1"]],
            "en",
            "the sum of Days of all Contacts is more than 1",
        ),
        (
            ["or_else", ["when", FEVER, AGE], ["when", ["not", FEVER], EIGHTEEN], AGE],
            "en",
            "Age if Fever is yes; 18 if Fever is no; otherwise Age",
        ),
        (
            ["collect", ["when", FEVER, ["value", "one", "a"]], ["when", FEVER, COLOUR]],
            "en",
            "all of: a if Fever is yes; Colour if Fever is yes",
        ),
        (["or_else", AGE, EIGHTEEN], "en", "Age (or 18 if not answered)"),
    ],
)
def test_a_condition_in_words(expression: Any, language: str, said: str) -> None:
    node = None if expression is None else parse(expression, "", [])
    assert describe(node, FORM, language) == said


def test_every_operator_has_words() -> None:
    for row in OPERATORS.values():
        words = {"a": "A", "b": "B", "c": "C", "all": "A", "last": "B", "rest": "B"}
        words["list"] = "A, B"
        assert row.wording % words
        assert (row.negated or "x") % words
