"""What hangs on other answers, exported: a default counts, a choice that is not offered does not, a condition is told in words."""

from builder.definition import load
from exports.codebook import codebook
from exports.readings import effective_answers
from tests.definitions import Scenario
from tests.unit.fill.household import household


def test_a_default_is_exported_and_a_filtered_choice_is_not() -> None:
    played = Scenario(load(household()))
    played.answers(onset="2026-03-01", province="east", town="ghent")
    assert effective_answers(played.view)["until"] == "2026-03-11"
    played.answers(province="west")
    assert effective_answers(played.view)["town"] is None


def test_the_codebook_says_when_something_is_required_and_asked_within() -> None:
    head, listed = codebook(load(household()), 1)
    found = {row[1]: dict(zip(head, row, strict=True)) for row in listed}
    assert found["phone"]["required"] == "false"
    assert "Phone" in str(found["email"]["required"])
    assert found["hours"]["relevance"] == "Smokes is yes"
