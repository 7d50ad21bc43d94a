"""Choices are written one a line; their names stay when labels are reworded."""

import pytest
from django.core.exceptions import ValidationError

from builder.blocks import choices_of_text, text_of_choices
from builder.blocks.fields import ChoicesBlock


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("", []),
        ("Yes\n\n  No ", [("yes", "Yes"), ("no", "No")]),
        ("Très chaud!", [("tres_chaud", "Très chaud!")]),
        ("hot = Très chaud", [("hot", "Très chaud")]),
        ("A-1 = First", [("A-1", "First")]),
        ("Yes\nYes", [("yes", "Yes"), ("yes_2", "Yes")]),
        ("yes = Oui\nYes", [("yes", "Oui"), ("yes_2", "Yes")]),
        ("x = y = z", [("x", "y = z")]),
        ("12 days", [("c_12_days", "12 days")]),
        ("!!!", [("choice", "!!!")]),
    ],
)
def test_choices_as_written(text: str, choices: list[tuple[str, str]]) -> None:
    assert [(choice["name"], choice["label"]) for choice in choices_of_text(text)] == choices


def test_what_is_shown_again_is_read_the_same() -> None:
    choices = choices_of_text("Yes\nNo\nx = Something else")
    assert choices_of_text(text_of_choices(choices)) == choices


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("ghent = Ghent [province=east]", {"province": "east"}),
        ("Ghent [ province = east , coast=no ]", {"province": "east", "coast": "no"}),
        ("Ghent", {}),
        ("Ghent [a place]", {}),
        ("Ghent [a=b] []", {}),
        ("Ghent [a=b c] []", {}),
        ("Ghent []", {}),
        ("x = [a=b]", {}),
        ("[a=b]", {}),
    ],
)
def test_a_choice_says_things_of_itself(text: str, attributes: dict[str, str]) -> None:
    (choice,) = choices_of_text(text)
    assert choice.get("attributes", {}) == attributes
    assert choices_of_text(text_of_choices([choice])) == [choice]


@pytest.mark.parametrize("line", ["Ghent [province=East Flanders]", "Ghent [a=b, c]"])
def test_what_should_be_attributes_and_is_not_is_told(line: str) -> None:
    block = ChoicesBlock()
    with pytest.raises(ValidationError, match="brackets at the end"):
        block.clean(block.value_from_form(line))


def test_two_choices_of_one_name_are_refused() -> None:
    block = ChoicesBlock()
    with pytest.raises(ValidationError):
        block.clean(block.value_from_form("a = One\na = Two"))


def test_labels_are_translated_and_names_are_not() -> None:
    block, choices = ChoicesBlock(), choices_of_text("yes = Yes\nno = No")
    segments = block.get_translatable_segments(choices)
    assert [(segment.path, segment.string.data) for segment in segments] == [
        ("yes", "Yes"),
        ("no", "No"),
    ]
    restored = block.restore_translated_segments(choices, [type(segments[0])("no", "Non")])
    assert [choice["label"] for choice in restored] == ["Yes", "Non"]
