"""Choices are written one a line; their names stay when labels are reworded."""

import time

import pytest
from django.core.exceptions import ValidationError

from builder.blocks import choices_of_text, text_of_choices
from builder.blocks.choices import faults_in
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


@pytest.mark.parametrize(
    ("pasted", "choices"),
    [
        ("•\tGhent", [("ghent", "Ghent")]),
        ("·  Ghent\u00a0city", [("ghent_city", "Ghent city")]),
        ("o\tGhent", [("ghent", "Ghent")]),
        ("12.\tGhent", [("ghent", "Ghent")]),
        ("–\tGhent", [("ghent", "Ghent")]),
        ("- Ghent", [("ghent", "- Ghent")]),
        ("12. Ghent", [("c_12_ghent", "12. Ghent")]),
        ("9000\tGhent", [("9000", "Ghent")]),
        ("9000\tGhent\tprovince=east", [("9000", "Ghent")]),
        ("\ufeffghent = Gh\u00adent\u200b", [("ghent", "Ghent")]),
        (
            "Ghent\r\n\r\nBruges\x0bLiège",
            [("ghent", "Ghent"), ("bruges", "Bruges"), ("liege", "Liège")],
        ),
        (
            "<p class=MsoNormal>Ghent</p>",
            [("p_class_msonormal_ghent_p", "<p class=MsoNormal>Ghent</p>")],
        ),
    ],
)
def test_what_is_pasted_from_elsewhere_loses_its_bullets(
    pasted: str, choices: list[tuple[str, str]]
) -> None:
    assert [(choice["name"], choice["label"]) for choice in choices_of_text(pasted)] == choices


def test_columns_that_are_pasted_are_name_label_and_attributes() -> None:
    (choice,) = choices_of_text("9000\tGhent\tprovince=east, coast=no")
    assert choice["attributes"] == {"province": "east", "coast": "no"}


def test_two_choices_of_one_name_are_told_with_their_lines() -> None:
    block = ChoicesBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.value_from_form("a = A\n\nb = B\na = C\na = D"))
    assert refused.value.messages == [
        "Line 3: line 1 has the name a already. Give one of the two another name, or take it away.",
        "Line 4: line 1 has the name a already. Give one of the two another name, or take it away.",
    ]


@pytest.mark.parametrize("line", ["t{0} = Town {0}", "The same label", "Town {0} [a=b c]"])
def test_twenty_thousand_lines_are_read_at_once(line: str) -> None:
    text = "\n".join(line.format(number) for number in range(20_000))
    began = time.process_time()
    assert len({choice["name"] for choice in choices_of_text(text)}) == 20_000
    list(faults_in(text))
    assert time.process_time() - began < 4
