"""The words of dates stand in one place; the browser's are made of them."""

from tests.date_words import TWIN, written


def test_the_browser_has_the_same_words_of_dates() -> None:
    """If not: `python -m tests.date_words`."""
    assert TWIN.read_text(encoding="utf-8") == written()
