"""What changed between two versions, in words."""

from typing import Any

import pytest

from builder.definition import diff, load, say_change
from tests.definitions import calculation, data, line, outcome, question, section

AGE, NAME, COLOUR = (
    question("age", "integer"),
    question("name"),
    question("colour", "choose_one", choices=["red", "green"]),
)
ADULT = ["ge", ["answer", "age"], ["value", "number", "18"]]


def of(*items: Any, sections: Any = (), outcomes: Any = ()) -> Any:
    return load(data(section("opening", *items), *sections, outcomes=list(outcomes)))


def advice(*rows: Any, otherwise: str = "") -> Any:
    """A decision table over the age: pairs of the least age and what is said."""
    cases = [
        ["when", ["ge", ["answer", "age"], ["value", "number", least]], ["value", "text", said]]
        for least, said in rows
    ]
    last = [["value", "text", otherwise]] if otherwise else []
    return of(AGE, calculation("advice", "text", ["or_else", *cases, *last]))


TWO = (("65", "old"), ("18", "adult"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (advice(*TWO), advice(*TWO), []),
        (
            advice(*TWO),
            advice(("65", "senior"), TWO[1]),
            [
                "Row of “advice”: “old if Age is at least 65” became “senior if Age is at least 65”."
            ],
        ),
        (
            advice(*TWO),
            advice(("80", "very old"), *TWO),
            ["Added row to “advice”: very old if Age is at least 80."],
        ),
        (
            advice(*TWO, otherwise="child"),
            advice(TWO[1], otherwise="minor"),
            [
                "Removed row from “advice”: old if Age is at least 65.",
                "Otherwise of decision table “advice”: “child” became “minor”.",
            ],
        ),
        (advice(*TWO), advice(*reversed(TWO)), ["The rows of “advice” stand in another order."]),
        (
            advice(*TWO),
            of(AGE, calculation("advice", "text", ["value", "text", "none"])),
            [
                "Calculation of calculation “advice”: “old if Age is at least 65; adult if Age is at least 18” became ““none””."
            ],
        ),
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
            ["Relevance of question “Name”: “Age is at least 18” is new."],
        ),
        (
            of(AGE),
            of(question("age", "integer", maximum="120")),
            ["Maximum of question “Age”: “120” is new."],
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
            ["Added section “More”.", "Moved question “Name” to section “More”."],
        ),
        (of(AGE), of(AGE, outcomes=[outcome("done")]), ["Added outcome “Done”."]),
        (
            of(AGE, outcomes=[outcome("done")]),
            of(AGE, outcomes=[outcome("done", disposition="callback")]),
            ["Disposition of outcome “Done”: “Reached” became “Call back at a time”."],
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


def spoken(title: dict[str, str], choice: dict[str, str], *languages: str) -> Any:
    """A page in several languages, with a line and a question of choices."""
    asked = question("colour", "choose_one", choices=["red"])
    asked["settings"]["choices"][0]["label"] = choice
    made = data(section("s", asked), title="Page")
    made["languages"] = list(languages)
    made["title"] = title
    return load(made)


def test_a_language_that_came_is_one_sentence_not_one_a_text() -> None:
    old = spoken({"en": "Page"}, {"en": "Red"}, "en")
    new = spoken({"en": "Page", "fr": "Formulaire"}, {"en": "Red", "fr": "Rouge"}, "en", "fr")
    french = {"fr": "French"}.get
    assert [say_change(one, name_language=french) for one in diff(old, new)] == [
        "French was added: 2 texts."
    ]
    assert [say_change(one, name_language=french) for one in diff(new, old)] == [
        "French was removed: 2 texts."
    ]
    one = spoken({"en": "Page", "fr": "Formulaire"}, {"en": "Red"}, "en", "fr")
    assert [say_change(change) for change in diff(old, one)] == ["fr was added: 1 text."]
    none = spoken({"en": "Page"}, {"en": "Red"}, "en", "fr")
    assert [say_change(change) for change in diff(old, none)] == ["fr was added, without texts."]


def test_a_language_that_came_hides_no_other_change() -> None:
    old = spoken({"en": "Page"}, {"en": "Red"}, "en")
    new = spoken({"en": "Leaf", "nl": "Blad"}, {"en": "Crimson", "nl": "Rood"}, "en", "nl")
    assert [say_change(change) for change in diff(old, new)] == [
        "nl was added: 2 texts.",
        "Title of page “Leaf”: “Page” became “Leaf”.",
        "Choice of “Colour”: “Red” became “Crimson”.",
    ]


def test_a_choice_that_changed_in_one_language_tells_that_language() -> None:
    old = spoken({"en": "Page"}, {"en": "Red", "fr": "Rouge"}, "en", "fr")
    new = spoken({"en": "Page"}, {"en": "Red", "fr": "Rouge vif"}, "en", "fr")
    assert [say_change(change) for change in diff(old, new)] == [
        "Choice of “Colour” (fr): “Rouge” became “Rouge vif”."
    ]


def test_conditions_effects_and_codes_are_worded_for_the_reader() -> None:
    effects = [("grant_skill", {"days": "365", "skill": "calls"})]
    old = of(question("fever", "yes_no"), outcomes=[outcome("done")])
    new = of(
        question("fever", "yes_no", required=True, relevance=["answer", "fever"]),
        outcomes=[outcome("done", effects=effects)],
    )
    french = {
        "yes": "oui",
        "no": "non",
        "%(a)s is %(b)s": "%(a)s : %(b)s",
        "Grant a skill": "Attribuer une compétence",
    }
    said = [say_change(change) for change in diff(old, new, lambda text: french.get(text, text))]
    assert said == [
        "Required of question “Fever”: “non” became “oui”.",
        "Relevance of question “Fever”: “Fever : oui” is new.",
        "Effects of outcome “Done”: “Attribuer une compétence (days: 365, skill: calls)” is new.",
    ]


def test_a_question_of_another_type_has_other_settings() -> None:
    ends = {"minimum_label": {"en": "none"}, "maximum_label": {"en": "unbearable"}}
    kinds = [
        question("pain", "scale", settings=ends),
        question("pain", "scale"),
        question("pain", "text"),
        question("pain", "barcode"),
        question("pain", "quantity", units=["kg"], least="0"),
        question("pain", "matrix", rows=["a"], choices=["b"]),
        question("pain", "date", minimum=["today"]),
    ]
    for old in kinds:
        for new in kinds:
            told = [say_change(change) for change in diff(of(old), of(new))]
            assert (told == []) == (old == new)
    gone = [say_change(change) for change in diff(of(kinds[0]), of(kinds[2]))]
    assert "What the most means of question “Pain”: “unbearable” is gone." in gone
