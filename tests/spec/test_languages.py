"""Languages: one definition, several ways to read it; a text without a translation is read in the source language."""

from builder.definition import project
from tests.definitions import definition, line, question, section
from tests.spec.book import Book, given

FORM = definition(
    section(
        "one",
        question("name"),
        line("hello", {"en": "Hello {name}", "fr": "Bonjour {name}"}),
        line("bye", {"en": "Bye {name}"}),
    ),
    kind="form",
    languages=["en", "fr"],
)


def test_the_language_is_the_states(book: Book) -> None:
    played = book.play(FORM, given(name="Ada"), language="fr")
    assert played.view["texts"] == {"hello": "Bonjour Ada", "bye": "Bye Ada"}


def test_an_unknown_language_becomes_the_source_language(book: Book) -> None:
    assert book.play(FORM, [], language="xx").state["language"] == "en"


def test_switching(book: Book) -> None:
    played = book.play(FORM, [{"command": "set_language", "language": "fr"}])
    assert played.view["texts"]["hello"] == "Bonjour "
    assert book.play(FORM, [{"command": "set_language", "language": "de"}]).refused == "unknown"
    assert book.play(FORM, [{"command": "set_language", "language": None}]).refused == "unknown"


def test_a_projection_in_one_language_reads_alike(book: Book) -> None:
    whole = book.play(FORM, given(name="Ada"), language="fr")
    one = book.play(project(FORM, "agent", "fr"), given(name="Ada"), language="fr")
    assert whole.view == one.view


def test_the_source_language_stands_in_before_any_other(book: Book) -> None:
    form = definition(
        section(
            "one",
            question(
                "c", "choose_one", choices=[("a", {"de": "Rot", "fr": "Rouge"})], label={"fr": "C"}
            ),
            line("said", {"de": "Sie: {c}", "fr": "Vous : {c}"}),
        ),
        kind="form",
        languages=["fr", "en", "de"],
    )
    assert book.play(form, given(c="a"), language="en").view["texts"] == {"said": "Vous : Rouge"}
