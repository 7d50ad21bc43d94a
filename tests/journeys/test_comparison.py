"""In a real browser: a script is changed, its draft compared, released, two versions compared, and one restored."""

from collections.abc import Callable
from typing import Any

from tests.journeys.test_editor import open_script, workshop, write_small_script
from tests.journeys.test_pages import OVERFLOWS, UNNAMED
from tests.journeys.workshop import open_row, publish

__all__ = ["workshop"]  # a fixture


def menu_of(page: Any, name: str) -> None:
    """One of the buttons behind the page's header."""
    page.locator(
        ".w-slim-header [data-controller=w-dropdown] button, header [data-w-dropdown-target=toggle]"
    ).first.click()
    page.get_by_role("link", name=name).first.click()


def test_a_draft_is_compared_and_two_versions(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page = workshop
    write_small_script(page, served.url)
    publish(page)
    open_script(page, served.url)
    open_row(page, "Opening")
    open_row(page, "Why not?")
    page.fill("[name=body-0-value-items-1-value-label]", "Why is it not a good moment?")
    page.fill(
        "[name=body-0-value-items-1-value-choices]",
        "Busy at work\ndriving = Is driving a car\nIll",
    )
    page.get_by_role("button", name="Save draft").first.click()
    page.wait_for_load_state()
    menu_of(page, "Compare with a version")
    page.wait_for_selector(".comparison")
    assert page.locator(".comparison ins", has_text="is it").count() == 1
    shoot(page, "draft")
    page.get_by_role("button", name="Choices").press("Enter")
    page.wait_for_url("**kind=choices**")
    assert page.locator(".comparison tbody tr").count() == 1
    page.get_by_role("button", name="In words").press("Enter")
    page.wait_for_selector(".comparison .changes")
    assert page.locator(".comparison li", has_text="Added choice “Ill”").count() == 1
    open_script(page, served.url)
    publish(page)
    page.goto(f"{served.url}/app/short_call/compare/")
    assert page.locator("h1").inner_text() == "Short call: from v1 to v2"
    assert page.locator("del", has_text="?").count() == 0
    assert page.evaluate(UNNAMED) == []
    shoot(page, "versions")
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate(OVERFLOWS)
    shoot(page, "narrow")
    assert page.failures == []
