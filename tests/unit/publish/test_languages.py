"""One source page, translations by block id: every language ends in one definition."""

from typing import Any

from builder.models import Version, definition_of
from content.actions import translate
from tests.bodies import DONE, ask, line, outcome, section, when

BODY = [
    section(
        "Start",
        ask("text", "given_name", "Given name", hint="As on the card"),
        ask(
            "choose_one",
            "mood",
            "How are you",
            choices=[{"name": "good", "label": "Good"}, {"name": "bad", "label": "Bad"}],
        ),
        ask(
            "integer",
            "age",
            "Age",
            constraints=[{"test": when(("this", "lt", "150")), "message": "Too old"}],
        ),
        line("Hello {given_name}"),
        name="start",
    )
]
FRENCH = {
    "start": {"title": "Début"},
    "given_name": {"label": "Prénom", "hint": "Comme sur la carte"},
    "mood": {"label": "Comment allez-vous", "choices": {"good": "Bien", "bad": "Mal"}},
    "age": {"label": "Âge", "constraints": ["Trop vieux"]},
    "done": {"label": "Fini"},
}


def last() -> Version:
    return Version.objects.order_by("-number")[0]


def test_a_published_translation_adds_its_texts(make: Any, editor: Any) -> None:
    page = make(BODY)
    texts = {**FRENCH, page.body[0].value["items"][3].id: {"text": "Bonjour {given_name}"}}
    translate(page=page, language="fr", title="Petit", texts=texts, by=editor)
    version = last()
    definition = definition_of(version)
    assert (version.number, version.texts_only, definition.languages) == (2, True, ("en", "fr"))
    assert set(version.bodies) == {"en", "fr"}
    given, mood, age, hello = definition.sections[0].items
    assert (definition.title.plain("fr"), definition.sections[0].title.plain("fr")) == (
        "Petit",
        "Début",
    )
    assert (given.label.plain("fr"), given.hint.plain("fr")) == ("Prénom", "Comme sur la carte")
    assert [choice.label.plain("fr") for choice in mood.settings.choices] == ["Bien", "Mal"]
    assert age.constraints[0].message.plain("fr") == "Trop vieux"
    assert hello.text.plain("fr").startswith("Bonjour")
    assert definition.outcomes[0].label.plain("fr") == "Fini"


def test_only_the_structure_of_the_source_counts(make: Any, editor: Any) -> None:
    page = make(BODY)
    french = translate(page=page, language="fr", title="Petit", texts=FRENCH, by=editor)
    french = french.get_latest_revision_as_object()
    french.body = [
        *french.body.get_prep_value(),
        section("Autre", ask("text", "more"), name="more_section"),
    ]
    french.save_revision().publish(user=editor)
    assert len(definition_of(last()).sections) == 1


def test_a_draft_translation_is_not_heard(make: Any, editor: Any) -> None:
    page = make(BODY)
    translate(page=page, language="fr", title="Petit", texts=FRENCH, by=editor, publish=False)
    assert Version.objects.count() == 1


def test_a_translation_taken_back_takes_its_language_along(make: Any, editor: Any) -> None:
    page = make(BODY)
    translate(page=page, language="fr", title="Petit", texts=FRENCH, by=editor).unpublish()
    assert definition_of(last()).languages == ("en",)
    assert last().app.open


def test_a_translation_of_an_unpublished_source_makes_no_version(make: Any, editor: Any) -> None:
    page = make(BODY, [outcome("done")])
    page.unpublish()
    page = type(page).objects.get(pk=page.pk)
    translate(page=page, language="fr", title="Petit", texts=FRENCH, by=editor)
    assert Version.objects.count() == 1
    assert DONE
