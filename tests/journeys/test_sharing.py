"""In the editor of a script a section becomes a shared one, is taken back, and becomes the script's own again, by the keyboard."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.scripts_to_edit import edit, save, saved
from tests.journeys.test_editor_rows import pages, row, workshop
from tests.journeys.workshop import open_row, publish, settled, write

pytestmark = pytest.mark.journey
assert pages is not None
assert workshop is not None


def act(page: Any, label: str, action: str) -> None:
    """An action of a row, by the keyboard."""
    row(page, label).locator(f"[data-builder-action={action}]").first.focus()
    page.keyboard.press("Enter")


def undo(page: Any) -> None:
    page.locator(".builder-toast").get_by_role("button", name="Undo").click()


def share(page: Any, code: str) -> None:
    act(page, "Opening", "share")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Code")).to_have_value("opening")
    dialog.get_by_label("Code").fill(code)
    page.keyboard.press("Enter")


def test_a_section_is_shared_taken_back_and_made_the_scripts_own(
    workshop: Any, served: Any, pages: dict[str, int], shoot: Callable[..., Any]
) -> None:
    page = workshop
    open_row(page, "Opening")
    row(page, "Is it a good moment?").locator("[data-panel-toggle]").first.click()
    write(page, "body-0-value-items-0-value-label", "May I ask you something?")
    before = form(page)
    share(page, "Greeting!")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("#sharing-code-told")).to_contain_text("Small letters")
    expect(dialog.get_by_label("Code")).to_be_focused()
    shoot(page, "refused")
    assert violations(page, "dialog") == []
    dialog.get_by_label("Code").fill("greeting")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Opening” is a shared section now")).to_be_visible()
    expect(page.get_by_text("asked when “Which symptoms” contains Fever").first).to_be_visible()
    expect(page.get_by_text("Opening: followed").first).to_be_visible()
    shoot(settled(page), "shared")
    undo(page)
    assert form(page) == before
    expect(page.locator(".builder-toast")).to_contain_text("stays in the list")
    share(page, "greeting")
    expect(dialog.locator("#sharing-code-told")).to_contain_text("Another shared section")
    dialog.get_by_label("Code").fill("hello")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Opening” is a shared section now")).to_be_visible()
    page.locator(".builder-toast").get_by_role("button", name="Close").click()
    publish(page)
    expect(page.locator(".messages")).to_contain_text("has been published")
    assert saved(served, pages["script"])["body"][0]["value"]["section"] == "hello"
    edit(page, served.url, pages["script"])
    act(page, "Opening: followed", "own")
    expect(page.get_by_text("“Opening” is this script's own now")).to_be_visible()
    shoot(settled(page), "own")
    assert form(page) == before
    save(page)
    first = saved(served, pages["script"])["body"][0]
    assert first["value"]["items"][0]["value"]["label"] == "May I ask you something?"


FORM = """() => {
  const plain = (_, leaf) => {
    if (leaf === null || leaf === '') return undefined;
    return typeof leaf === 'string' && leaf.startsWith('{"') ? JSON.parse(leaf) : leaf;
  };
  return JSON.stringify(window.scriptoriumEditor.statesOf('body').map(({ id, type, state }) => ({ id, type, state })), plain);
}"""


def form(page: Any) -> Any:
    """What the page would post of its sections: ids, names, and all that is said of them; what is empty left out."""
    return json.loads(page.evaluate(FORM))
