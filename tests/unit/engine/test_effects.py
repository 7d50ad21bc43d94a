"""Which effects of an outcome happen as a record ends, and what they say."""

from typing import Any

import pytest

from builder.definition import load
from runtime.engine import advance, effect_text, effects_due, start
from tests.unit.effects.conftest import notify, with_effects

TODAY = "2026-03-04"
ILL = ["eq", ["answer", "feels_well"], ["value", "bool", False]]
TEXT = {
    "en": ["Call ", {"answer": "first_name"}, "!"],
    "fr": ["Appeler ", {"answer": "first_name"}],
}
SCRIPT = load(
    with_effects(
        notify("duty", "Somebody called."),
        notify("night", TEXT, relevance=ILL),
    )
    | {"name": "call", "kind": "script"}
)


def state(**answers: Any) -> Any:
    now = start(SCRIPT, "en")
    for place, value in answers.items():
        now, _events = advance(
            SCRIPT, now, {"command": "answer", "place": place, "value": value}, TODAY
        )
    return now


@pytest.mark.parametrize(
    ("answers", "due"),
    [({}, [0]), ({"feels_well": True}, [0]), ({"feels_well": False}, [0, 1])],
)
def test_an_effect_with_a_condition_happens_only_when_it_holds(answers: Any, due: Any) -> None:
    found = effects_due(SCRIPT, "done", state(**answers), TODAY)
    assert [number for number, _effect in found] == due


@pytest.mark.parametrize("outcome", ["no", "nowhere"])
def test_other_outcomes_have_none(outcome: str) -> None:
    assert effects_due(SCRIPT, outcome, state(), TODAY) == []


@pytest.mark.parametrize(
    ("named", "language", "said"),
    [
        (("done", 0), "en", "Somebody called."),
        (("done", 0), "fr", "Somebody called."),
        (("done", 1), "en", "Call Bo!"),
        (("done", 1), "fr", "Appeler Bo"),
        (("done", 1), "de", "Call Bo!"),
        (("done", 2), "en", ""),
        (("nowhere", 0), "en", ""),
    ],
)
def test_a_text_is_said_in_a_language_of_the_definition(
    named: Any, language: str, said: str
) -> None:
    now = state(first_name="Bo", feels_well=False)
    assert effect_text(SCRIPT, named, now, TODAY, language) == said


def test_what_is_not_answered_says_nothing_and_a_hole_in_an_answer_stays_what_it_is() -> None:
    ill = {"feels_well": False}
    assert effect_text(SCRIPT, ("done", 1), state(**ill), TODAY, "en") == "Call !"
    sly = state(**ill, first_name="{first_name}")
    assert effect_text(SCRIPT, ("done", 1), sly, TODAY, "en") == "Call {first_name}!"
