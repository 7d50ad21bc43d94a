"""A shared section in the workshop: written once, included by a script that asks about its questions, followed, said where."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.test_editor import saved, workshop
from tests.journeys.workshop import add, blank_page, open_row, pick_condition, publish, write

pytestmark = pytest.mark.journey
assert workshop  # a fixture


def write_section(page: Any, url: str) -> None:
    """An intake that greets by a name which the script around it has to know."""
    page.goto(f"{url}/admin/snippets/content/sharedsection/add/")
    page.fill("[name=title]", "Intake")
    page.fill("[name=code]", "intake")
    if page.locator("[name=body-count]").input_value() == "0":
        add(page, "body")
    page.locator("[data-streamfield-child] [data-panel-toggle]").first.wait_for()
    if not page.locator("[name=body-0-value-title]").is_visible():
        page.locator("[data-streamfield-child] [data-panel-toggle]").first.click()
    write(page, "body-0-value-title", "Intake")
    add(page, "body-0-value-items", "Line: said aloud")
    write(page, "body-0-value-items-0-value-text", "Where do you live, {first_name}?")
    add(page, "body-0-value-items", "Yes or no")
    write(page, "body-0-value-items-1-value-label", "Abroad")


def write_script(page: Any, url: str) -> None:
    blank_page(page, url, "script", "With an intake")
    add(page, "body")
    write(page, "body-0-value-title", "Opening")
    add(page, "body-0-value-items", "Text")
    write(page, "body-0-value-items-0-value-label", "Family name")
    add(page, "body", "Shared section")
    page.select_option("[name=body-1-value-section]", label="Intake: followed")
    add(page, "body")
    write(page, "body-2-value-title", "Closing")
    add(page, "body-2-value-items", "Text")
    write(page, "body-2-value-items-0-value-label", "Which country")
    expect(page.locator("[name=body-2-value-items-0-value-relevance]")).to_be_attached()
    pick_condition(page, "body-2-value-items-0-value-relevance", "Abroad", "yes")
    add(page, "outcomes")
    write(page, "outcomes-0-value-label", "Done")


def test_a_section_is_shared_included_and_followed(
    served: Any,
    workshop: Any,
    shoot: Any,
) -> None:
    page = workshop
    write_section(page, served.url)
    shoot(page, "section")
    publish(page)
    page.goto(f"{served.url}/admin/snippets/content/sharedsection/")
    assert violations(page, "main") == []
    write_script(page, served.url)
    shoot(page, "script")
    assert violations(page, "[data-contentpath='body']") == []
    publish(page)
    told = page.locator("main")
    expect(told).to_contain_text("Intake › Where do you live, {first_name}?")
    shoot(page, "missing")
    open_row(page, "Opening")
    add(page, "body-0-value-items", "Text")
    write(page, "body-0-value-items-1-value-label", "First name")
    publish(page)
    made = saved(served, "with-an-intake")["definition"]
    assert [section["title"]["en"] for section in made["sections"]] == [
        "Opening",
        "Intake",
        "Closing",
    ]
    inside = made["sections"][1]["items"][1]
    assert made["sections"][2]["items"][0]["relevance"] == [
        "eq",
        ["answer", inside["name"]],
        ["value", "bool", True],
    ]
    grow(page, served.url)
    shoot(page, "followed-by")
    page.get_by_role("link", name="Where it is used").first.click()
    expect(page.locator("table.listing tbody tr")).to_contain_text("version 1, with edition 1")
    shoot(page, "where-used")
    assert violations(page, "main") == []
    assert deleting(page) == "“Intake: followed” is used elsewhere"
    shoot(page, "deleting")
    assert page.failures == []


def grow(page: Any, url: str) -> None:
    """One more question in the section, published."""
    page.goto(f"{url}/admin/snippets/content/sharedsection/")
    page.locator("tbody").get_by_role("link", name="Intake").first.click()
    page.locator("[data-streamfield-child] [data-panel-toggle]").first.click()
    add(page, "body-0-value-items", "Text")
    write(page, "body-0-value-items-2-value-label", "Street")
    publish(page)
    said = "These change when they are published the next time: With an intake"
    expect(page.get_by_text(said)).to_be_visible()


def deleting(page: Any) -> str:
    """What is said before an inclusion goes whose questions are asked about; its row says what it is."""
    page.locator("table.listing").get_by_role("link", name="With an intake").click()
    row = page.locator("[data-streamfield-child] > section").nth(1)
    expect(row.locator("[data-panel-heading-text]")).to_contain_text("Intake: followed")
    open_row(page, "Closing")
    expect(page.get_by_text("asked when “Abroad” is yes").first).to_be_attached()
    row.locator("[data-streamfield-action=DELETE]").first.click()
    return page.locator("#builder-dialog-heading").inner_text()
