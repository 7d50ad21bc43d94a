"""In a real browser: an editor says that records are found by a question; an agent's answer makes a record found; erased, it is not."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.test_editor import saved, workshop  # noqa: F401 a fixture
from tests.journeys.test_find import PEOPLE, choose_purpose
from tests.journeys.walks import end_call
from tests.journeys.workshop import add, blank_page, open_group, pick, publish, write
from tests.people import PASSWORD

ITEM = "body-0-value-items-0-value"
FILE = "KB-2026/00417"
ERASE = """
from runtime.records.erasing import erase_record
from runtime.records.models import Record
assert erase_record(record=Record.objects.get(), by=None, purpose="retention")
"""


def write_script(page: Any, url: str, shoot: Callable[..., Any]) -> None:
    blank_page(page, url, "script", "Short call")
    add(page, "body")
    write(page, "body-0-value-title", "Opening")
    add(page, "body-0-value-items", "Text")
    write(page, f"{ITEM}-label", "Number of the file")
    open_group(page, f"{ITEM}-searchable")
    field = page.locator(f"[name={ITEM}-searchable]")
    expect(page.get_by_text("whoever steals the database learns something")).to_be_visible()
    field.scroll_into_view_if_needed()
    shoot(page, "ticked")
    pick(page, f"{ITEM}-searchable", "as a number or code, or its last five characters")
    add(page, "outcomes")
    write(page, "outcomes-0-value-label", "Done")
    publish(page)


def answer(page: Any, url: str) -> None:
    """The agent begins a call about a person, fills the field and ends it."""
    choose_purpose(page, url)
    page.fill("input[name=text]", "peeters luc")
    page.get_by_role("button", name="Luc Peeters").click()
    page.get_by_role("button", name="New: Short call").click()
    page.get_by_label("Number of the file").fill(FILE)
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text("1 answer saved")
    end_call(page, "done")


def seek(page: Any, url: str, text: str) -> Any:
    page.goto(f"{url}/find/")
    page.fill("input[name=text]", text)
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_text("Nobody was found.").wait_for()  # no person is called so
    return page.locator("button.hit", has_text="matched: Number of the file in Short call")


def test_a_searchable_question_makes_its_record_found_until_it_is_erased(
    served: Any,
    workshop: Any,  # noqa: F811
    new_page: Callable[..., Any],
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
) -> None:
    write_script(workshop, served.url, shoot)
    (question,) = saved(served, "short-call")["definition"]["sections"][0]["items"]
    assert question["searchable"] == "number"
    assert workshop.failures == []

    served.manage("shell", "-v0", "-c", PEOPLE % PASSWORD)
    page = new_page(viewport={"width": 1200, "height": 800})
    sign_in(page, served.url, "anna", PASSWORD)
    answer(page, served.url)
    hit = seek(page, served.url, "kb 2026 00417")
    hit.wait_for()
    shoot(page, "found")
    assert violations(page) == []
    hit.click()
    page.get_by_text(FILE).first.wait_for()
    expect(seek(page, served.url, "00417")).to_have_count(1)
    expect(seek(page, served.url, "00418")).to_have_count(0)

    served.manage("shell", "-v0", "-c", ERASE)
    expect(seek(page, served.url, "kb 2026 00417")).to_have_count(0)
