"""Defaults: the answer as long as nobody gave one. It follows what it is computed from; an answer stays; clearing brings it back."""

from typing import Any

import pytest

from tests.definitions import calculation, definition, question, section
from tests.spec.book import Book, given

FORM = definition(
    section(
        "one",
        question("onset", "date"),
        question(
            "until", "date", default=["add_days", ["answer", "onset"], ["value", "number", "10"]]
        ),
        question(
            "country",
            "choose_one",
            choices=["be", "nl"],
            default=["value", "one", "be"],
            required=True,
        ),
        question(
            "shoes", "integer", default=["div", ["answer", "pairs"], ["value", "number", "2"]]
        ),
        question("pairs", "integer"),
        question(
            "hidden", default=["value", "text", "so"], relevance=["answered", ["answer", "onset"]]
        ),
        calculation("abroad", "bool", ["ne", ["answer", "country"], ["value", "one", "be"]]),
    ),
    kind="form",
)


@pytest.mark.parametrize(
    ("commands", "until"),
    [
        ([], None),
        (given(onset="2026-03-01"), "2026-03-11"),
        (given(onset="2026-03-01") + given(onset="2026-03-02"), "2026-03-12"),
        (given(until="2026-04-01", onset="2026-03-01"), "2026-04-01"),
        (given(until="2026-04-01", onset="2026-03-01") + given(until=None), "2026-03-11"),
    ],
)
def test_a_default_follows_until_somebody_answers(
    book: Book, commands: list[Any], until: str | None
) -> None:
    assert book.play(FORM, commands).value("until") == until


def test_a_default_counts_as_an_answer(book: Book) -> None:
    played = book.play(FORM, [])
    assert (played.value("country"), played.value("abroad")) == ("be", False)
    assert not played.view["questions"]["country"]["missing"]
    assert played.view["questions"]["country"]["defaulted"]
    assert "defaulted" not in book.play(FORM, given(country="be")).view["questions"]["country"]
    assert played.state["answers"] == {}


def test_a_default_that_could_not_be_answered_is_none(book: Book) -> None:
    """Shoes are counted whole."""
    assert book.play(FORM, given(pairs="6")).value("shoes") == "3"
    assert book.play(FORM, given(pairs="5")).value("shoes") is None


def test_what_is_hidden_has_no_default(book: Book) -> None:
    assert book.play(FORM, []).value("hidden") is None
    assert book.play(FORM, given(onset="2026-03-01")).value("hidden") == "so"
