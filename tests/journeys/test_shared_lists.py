"""A shared list in the workshop: loaded from a table, taken by a question, offered by label in a condition, followed, kept."""

import json
from typing import Any

from playwright.sync_api import expect

from tests.journeys.test_editor import saved, workshop  # noqa: F401 a fixture
from tests.journeys.test_pages import UNNAMED
from tests.journeys.workshop import (
    add,
    blank_page,
    publish,
    write,
)

MANY = "\n".join(f"c{n} = Choice number {n}" for n in range(10_000))
PASTED = "name\tlabel\tlabel_fr\tprovince\n" + "\n".join(
    f"{9000 + n}\tTown number {n}\tVille numéro {n}\t{'east' if n % 2 else 'west'}"
    for n in range(300)
)

PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  field.focus();
  field.select();
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


def paste(page: Any, name: str, text: str) -> None:
    page.locator(f"[name={name}]").evaluate(PASTE, text)
    assert page.locator(f"[name={name}]").input_value() == text


def unnamed(page: Any) -> list[str]:
    """What has no name for a screen reader, of our own part of the page."""
    ours = "document.querySelector('.nice-padding')"
    return page.evaluate(UNNAMED.replace("document", ours, 1))


def a_list(page: Any, url: str) -> None:
    """A list of 300 towns, loaded from what a spreadsheet gives, and published."""
    page.goto(f"{url}/admin/snippets/content/choicelist/add/")
    page.fill("[name=title]", "Towns")
    page.fill("[name=code]", "towns")
    page.fill("[name=lines_en]", "9000 = Somewhere\n9000 = Elsewhere")
    publish(page)
    expect(page.get_by_text("Line 2: line 1 has the name 9000 already.")).to_be_visible()
    page.fill("[name=lines_en]", "9000 = Somewhere")
    publish(page)
    page.locator("tbody").get_by_role("link", name="Towns").first.click()
    page.get_by_role("link", name="Load a table").click()
    paste(page, "pasted", PASTED + "\n9001\tAgain")
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Line 302: line 3 has the name 9001 already")


def test_a_list_is_shared_followed_and_kept(served: Any, workshop: Any, shoot: Any) -> None:  # noqa: F811
    page = workshop
    a_list(page, served.url)
    shoot(page, "bad-line")
    assert unnamed(page) == []
    paste(page, "pasted", PASTED)
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.locator("[name=lines_fr]")).to_have_value(
        "\n".join(f"{9000 + n} = Ville numéro {n}" for n in range(300))
    )
    publish(page)
    write_script(page, served.url)
    shoot(page, "question-and-condition")
    publish(page)
    made = saved(served, "where-from")
    questions = made["definition"]["sections"][0]["items"]
    assert len(questions[0]["settings"]["choices"]) == 300
    assert questions[1]["relevance"] == [
        "eq",
        ["answer", questions[0]["name"]],
        ["value", "one", "9250"],
    ]
    grow(page, served.url)
    expect(
        page.get_by_text("These change when they are published the next time: Where from")
    ).to_be_visible()
    page.get_by_role("link", name="Where it is used").first.click()
    expect(page.locator("table.listing tbody tr")).to_contain_text("version 1, with edition 2")
    shoot(page, "where-used")
    assert unnamed(page) == []
    assert page.failures == []


def write_script(page: Any, url: str) -> None:
    blank_page(page, url, "script", "Where from")
    add(page, "body")
    write(page, "body-0-value-title", "Opening")
    add(page, "body-0-value-items", "Choose from a long list")
    write(page, "body-0-value-items-0-value-label", "Town")
    shared = "[name=body-0-value-items-0-value-choices_from]"
    expect(page.locator(f"{shared} option", has_text="Towns: edition 2")).to_be_attached()
    page.select_option(shared, label="Towns: followed")
    add(page, "body-0-value-items", "Text")
    write(page, "body-0-value-items-1-value-label", "Why there")
    condition = page.locator("[name=body-0-value-items-1-value-relevance]").locator("xpath=..")
    condition.get_by_role("button", name="Add a condition").click()
    condition.get_by_label("Question").select_option(label="Town")
    condition.get_by_label("Find a choice").fill("number 250")
    condition.get_by_label("Value").select_option(label="Town number 250")
    add(page, "outcomes")
    write(page, "outcomes-0-value-label", "Done")


def grow(page: Any, url: str) -> None:
    """One more town, published."""
    page.goto(f"{url}/admin/snippets/content/choicelist/")
    page.locator("tbody").get_by_role("link", name="Towns").first.click()
    lines = page.locator("[name=lines_en]")
    lines.press("Control+End")
    lines.press_sequentially("\nNew town")
    publish(page)


def test_ten_thousand_choices_do_not_freeze_the_editor(
    served: Any,
    workshop: Any,  # noqa: F811
    shoot: Any,
) -> None:
    page = workshop
    blank_page(page, served.url, "script", "Many")
    add(page, "body")
    write(page, "body-0-value-title", "Opening")
    add(page, "body-0-value-items", "Choose from a long list")
    write(page, "body-0-value-items-0-value-label", "Town")
    paste(page, "body-0-value-items-0-value-choices", MANY)
    add(page, "body-0-value-items", "Text")
    write(page, "body-0-value-items-1-value-label", "Why there")
    began = page.evaluate("performance.now()")
    condition = page.locator("[name=body-0-value-items-1-value-relevance]").locator("xpath=..")
    condition.get_by_role("button", name="Add a condition").click()
    condition.get_by_label("Question").select_option(label="Town")
    condition.get_by_label("Find a choice").fill("number 9999")
    condition.get_by_label("Value").select_option(label="Choice number 9999")
    took = page.evaluate("performance.now()") - began
    add(page, "outcomes")
    write(page, "outcomes-0-value-label", "Done")
    things = page.evaluate(
        "() => { const began = performance.now(); for (let n = 0; n < 100; n += 1) scriptoriumEditor.things().forEach((t) => t.choices.length); return performance.now() - began; }"
    )
    print(f"condition picked in {took:.0f} ms; things a hundred times {things:.0f} ms")
    assert took < 5_000
    assert things < 2_000
    publish(page)
    made = saved(served, "many")
    assert made["definition"] is not None
    choices = made["definition"]["sections"][0]["items"][0]["settings"]["choices"]
    assert len(choices) == 10_000
    assert json.dumps(choices[9999]["label"]) == '{"en": "Choice number 9999"}'
    shoot(page, "ten-thousand")
    assert page.failures == []
