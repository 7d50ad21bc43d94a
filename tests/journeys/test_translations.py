"""In a real browser: a translation is made beside its source, goes stale, stops a release, and is mended."""

from collections.abc import Callable
from typing import Any

from tests.axe import violations
from tests.journeys.test_editor import open_script, workshop, write_small_script
from tests.journeys.workshop import open_row, publish, settled

assert workshop  # a fixture
QUESTION, REWORDED = "Why not?", "What is in the way?"
FRENCH = "Pourquoi pas ?"


def to_translations(page: Any) -> Any:
    """The part of the page of translations that is about French."""
    page.locator(
        ".w-slim-header [data-controller=w-dropdown] button, header [data-w-dropdown-target=toggle]"
    ).first.click()
    page.get_by_role("link", name="Translations").first.click()
    page.wait_for_selector("#language-fr")
    return page.locator("section[aria-labelledby=language-fr]")


def translate(page: Any, text: str, words: str) -> None:
    """One text in wagtail-localize's editor, beside its source."""
    segment = page.locator("li").filter(has_text=text).filter(has=page.locator("button")).last
    segment.get_by_role("button", name="Translate").click()
    page.locator("textarea").last.fill(words)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_text(words).first.wait_for()


def reword(page: Any, url: str) -> None:
    open_script(page, url)
    open_row(page, "Opening")
    settled(page)
    open_row(page, QUESTION)
    page.fill("[name=body-0-value-items-1-value-label]", REWORDED)


def test_a_translation_goes_stale_and_is_mended(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page = workshop
    write_small_script(page, served.url)
    publish(page)
    open_script(page, served.url)
    french = to_translations(page)
    assert violations(page) == []
    french.get_by_role("button", name="Begin the translation").click()
    page.wait_for_selector(".messages li")
    french.get_by_role("link", name="Translate").click()
    translate(page, QUESTION, FRENCH)
    page.get_by_role("button", name="Publish in French").click()
    page.wait_for_selector(".messages li")
    reword(page, served.url)
    publish(page)
    open_script(page, served.url)
    french = to_translations(page)
    stale = french.locator("tr", has_text=REWORDED)
    assert stale.locator("del").inner_text() == QUESTION
    assert stale.locator("td", has_text=FRENCH).count() == 1
    shoot(page, "translations-stale")
    assert violations(page) == []
    stale.get_by_role("button", name="Still right").click()
    page.wait_for_selector(".messages li")
    assert french.locator("tr", has_text=REWORDED).count() == 0
    assert page.failures == []
