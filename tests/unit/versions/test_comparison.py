"""Two versions beside each other: by section, with the words that differ; by kind of change; in sentences."""

from typing import Any

import pytest
from django.urls import reverse

from builder.definition import load
from builder.definition.topics import wordwise
from builder.models import App, Version
from builder.views.comparison import comparison
from tests.definitions import data, line, outcome, question, section
from tests.unit.versions.test_versions import admins, app, call, publish, read, two

__all__ = ["admins", "app", "two"]  # fixtures

AGE, COLOUR = (
    question("age", "integer"),
    question("colour", "choose_one", choices=["red", "green"]),
)
ADULT = ["ge", ["answer", "age"], ["value", "number", "18"]]


def of(*items: Any, sections: Any = (), outcomes: Any = (), **members: Any) -> Any:
    return load(data(section("opening", *items), *sections, outcomes=list(outcomes), **members))


def test_the_words_that_differ_are_marked_and_no_others() -> None:
    assert wordwise("Do you have a fever?", "Do you still have a high fever?") == (
        (("same", "Do you have a fever?"),),
        (
            ("same", "Do you "),
            ("come", "still "),
            ("same", "have a "),
            ("come", "high "),
            ("same", "fever?"),
        ),
    )
    assert wordwise("good day", "evening all") == (
        (("gone", "good day"),),
        (("come", "evening all"),),
    )
    assert wordwise("", "new") == ((), (("come", "new"),))
    assert wordwise("a " * 2000, "b " * 2000)[0][0][0] == "gone"


def test_changes_stand_in_their_section_in_the_order_of_the_new_version() -> None:
    old = of(AGE, COLOUR, line("hi", "Hi"), sections=[section("gone", question("left"))])
    new = of(
        question("colour", "choose_one", choices=["red", "blue"], relevance=ADULT),
        AGE,
        sections=[section("more", line("hi", "Hello"), question("asked"))],
        outcomes=[outcome("done")],
    )
    found = comparison(old, new)
    told = [
        (group.title, [(block.label, block.marks) for block in group.blocks])
        for group in found.groups
    ]
    assert told == [
        ("Opening", [("Colour", ["moved"])]),
        ("Gone", [("Gone", ["removed"]), ("Left", ["removed"])]),
        ("More", [("More", ["added"]), ("Hello", ["moved"]), ("Asked", ["added"])]),
        ("Outcomes", [("Done", ["added"])]),
    ]


def test_one_kind_of_change_can_be_asked_for() -> None:
    old = of(AGE, COLOUR, languages=("en", "fr"))
    new = of(
        question("age", "integer", label={"en": "How old?", "fr": "Quel âge ?"}, relevance=ADULT),
        question("colour", "choose_one", choices=["red"], constraints=[(ADULT, "No")]),
        languages=("en", "fr"),
    )
    found = comparison(old, new)
    assert [(name, count) for name, _words, count in found.kinds] == [
        ("wording", 1),
        ("translations", 1),
        ("conditions", 1),
        ("choices", 1),
        ("constraints", 1),
    ]
    only = comparison(old, new, "translations")
    assert [line.part for line in only.sentences] == ["Label (French)"]
    assert (only.total, comparison(old, new, "nothing").kind) == (5, "")


def test_what_came_says_all_that_it_says() -> None:
    new = question("cough", "choose_one", choices=["dry"], relevance=ADULT, hint="Ask twice")
    (group,) = comparison(of(AGE), of(AGE, new)).groups
    told = {line.part: "".join(text for _kind, text in line.new) for line in group.blocks[0].lines}
    assert told == {
        "": "",
        "Type": "Choose one",
        "Label": "Cough",
        "Hint": "Ask twice",
        "Relevance": "Age is at least 18",
        "Choices": "Dry",
    }


def test_the_page_shows_both_sides_and_in_words(admins: Any, two: Any) -> None:
    words = read(admins, "comparison", "index_call", old="1", new="2")
    assert "from v1 to v2" in words
    assert "<del>Symptoms</del>" in words
    assert "<ins>How you are</ins>" in words
    assert "Cough?" in words
    said = read(admins, "comparison", "index_call", old="1", new="2", **{"as": "words"})
    assert "Added question “Cough?”." in said
    assert "<del>" not in said
    only = read(admins, "comparison", "index_call", kind="added")
    assert "Cough?" in only
    assert "<del>" not in only


def test_without_numbers_the_newest_is_compared_with_the_one_before(admins: Any, two: Any) -> None:
    assert "from v1 to v2" in read(admins, "comparison", "index_call")
    assert "from v2 to v1" in read(admins, "comparison", "index_call", old="2", new="1")


@pytest.mark.parametrize("old", ["9", "x", "-1", "1" * 500, "²"])
def test_an_odd_number_is_answered(admins: Any, two: Any, old: str) -> None:
    assert "from v1 to v2" in read(admins, "comparison", "index_call", old=old)


def test_with_nothing_to_compare_the_page_says_so(admins: Any, app: App) -> None:
    assert "one version only" in read(admins, "comparison", "index_call")
    publish(app, call(), 1)
    assert "one version only" in read(admins, "comparison", "index_call")
    publish(app, call(title="Other"), 2)
    assert "Choose two" in read(admins, "comparison", "index_call", old="1", new="1")


def test_a_version_leads_to_the_comparison(admins: Any, two: Any) -> None:
    assert reverse("comparison", args=["index_call"]) in read(admins, "version", "index_call", 2)


def test_what_an_author_wrote_never_becomes_markup(admins: Any, app: App) -> None:
    publish(app, call(), 1)
    publish(app, call(title="<script>alert(1)</script>"), 2)
    assert "<script>alert" not in read(admins, "comparison", "index_call")


@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("supervisor", 200), ("agent", 403)]
)
def test_who_may_compare(
    role: str, status: int, client_of: Any, two: tuple[Version, Version], request: Any
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert client.get(reverse("comparison", args=["index_call"])).status_code == status
