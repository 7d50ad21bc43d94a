"""Rows by the keyboard alone: found by Tab, opened, moved, doubled, deleted and brought back, the focus always on the row that it was about."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.scripts_to_edit import save, saved
from tests.journeys.test_editor_rows import pages, workshop
from tests.journeys.workshop import settled

pytestmark = pytest.mark.journey
assert pages is not None
assert workshop is not None
FOCUSED = """() => {
  const child = document.activeElement.closest('[data-streamfield-child]');
  const toggle = child && child.querySelector('[data-panel-heading-text]');
  return toggle ? toggle.innerText.split(' ').slice(0, 3).join(' ') : document.activeElement.outerHTML.slice(0, 80);
}"""
ACTION = "() => document.activeElement.dataset.streamfieldAction || ''"
FIELD = "() => document.activeElement.matches('input, textarea')"
IN_VIEW = """() => {
  if (document.activeElement === document.body) return false;
  const { top, bottom, height } = document.activeElement.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < window.innerHeight;
}"""


def tab_to(page: Any, what: str, key: str = "Tab") -> None:
    """Press Tab until what has the focus is this: part of its row's heading, or the name of an action of the row."""
    for _number in range(60):
        page.keyboard.press(key)
        if what in (page.evaluate(ACTION), page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"Tab never came to {what}")


def press(page: Any, action: str) -> None:
    """An action of the row that has the focus."""
    tab_to(page, action)
    page.keyboard.press("Enter")


def focused(page: Any) -> str:
    """The row that has the focus, once it stands still in view."""
    page.wait_for_function(IN_VIEW)
    found: str = page.evaluate(FOCUSED)
    return found


def labels(served: Any, script: int) -> list[str]:
    first, second = saved(served, script)["body"]
    assert (first["value"]["name"], second["value"]["name"]) == ("advice", "opening")
    items = second["value"]["items"]
    return [each["value"].get("name") or each["type"] for each in items]


def test_a_question_is_opened_moved_doubled_and_deleted_by_the_keyboard_alone(
    workshop: Any, served: Any, pages: dict[str, int], shoot: Callable[..., Any]
) -> None:
    page = workshop
    page.set_viewport_size({"width": 1440, "height": 900})  # rows are to be scrolled to
    page.focus("#builder-find")
    tab_to(page, "Opening opening 5")
    page.keyboard.press("Enter")
    tab_to(page, "Which symptoms? symptoms")
    page.keyboard.press("Enter")
    expect(page.locator("[name=body-0-value-items-1-value-label]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[name=body-0-value-items-1-value-label]")).to_be_hidden()
    assert focused(page) == "Which symptoms? symptoms"
    move(page)
    shoot(settled(page), "moved")
    press(page, "DUPLICATE")
    settled(page)
    assert focused(page) == "Which symptoms? symptoms_2"
    assert page.evaluate("() => document.activeElement.name").endswith("-label")
    delete(page)
    shoot(settled(page), "deleted")
    assert violations(page, ".builder-toast") == []
    page.keyboard.press("Enter")
    assert focused(page) == "Which symptoms? symptoms_2"
    delete(page)
    page.keyboard.press("Escape")
    assert focused(page) == "So it began"
    move_section(page)
    save(page)
    assert labels(served, pages["script"]) == ["moment", "days", "weeks", "symptoms", "line"]


def move(page: Any) -> None:
    """To the end and one back, with the focus on the same button as long as it can be pressed."""
    press(page, "MOVE_DOWN")
    assert (focused(page), page.evaluate(ACTION)) == ("Which symptoms? symptoms", "MOVE_DOWN")
    told = "“Which symptoms?” stands in place 3 of 5 now."
    expect(page.locator(".w-sr-only[role=status]", has_text=told)).to_be_attached()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert (focused(page), page.evaluate(ACTION)) == ("Which symptoms? symptoms", "MOVE_UP")
    page.keyboard.press("Enter")
    assert (focused(page), page.evaluate(ACTION)) == ("Which symptoms? symptoms", "MOVE_UP")


def delete(page: Any) -> None:
    """The row that has the focus, whose buttons may stand before it; what brings it back has the focus then."""
    tab_to(page, "DELETE", "Shift+Tab" if page.evaluate(FIELD) else "Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.textContent") == "Undo"
    expect(page.locator("[data-panel-heading-text]:visible", has_text="symptoms_2")).to_have_count(
        0
    )


def move_section(page: Any) -> None:
    page.focus("#builder-find")
    tab_to(page, "Opening opening 5")
    press(page, "MOVE_DOWN")
    assert (focused(page), page.evaluate(ACTION)) == ("Opening opening 5", "MOVE_UP")
