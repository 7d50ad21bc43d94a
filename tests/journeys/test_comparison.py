"""In a real browser: a script is changed, its draft compared, released, two versions compared, and one restored."""

from collections.abc import Callable
from typing import Any

from tests.axe import violations
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
    assert violations(page, "#main") == []
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
    assert violations(page) == []
    shoot(page, "versions")
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate(OVERFLOWS)
    shoot(page, "narrow")
    page.set_viewport_size({"width": 1440, "height": 1400})
    restore_the_first(page, served.url, shoot)
    assert page.failures == []


def restore_the_first(page: Any, url: str, shoot: Callable[..., Any]) -> None:
    """From the list of versions: a label, the data dictionary, then version 1 is the draft again."""
    page.goto(f"{url}/app/short_call/versions/")
    page.locator("summary", has_text="Labels of v1").press("Enter")
    page.locator("#label-1").fill("pilot")
    page.locator("#label-1").press("Enter")
    assert page.locator("#v1 .pill", has_text="pilot").count() == 1
    assert violations(page) == []
    shoot(page, "list")
    page.get_by_role("link", name="Data dictionary of v2").click()
    assert page.get_by_role("row", name="why_not").count() == 1
    assert violations(page) == []
    shoot(page, "dictionary")
    page.go_back()
    page.get_by_role("link", name="Restore v1").click()
    page.wait_for_selector(".comparison del")
    assert violations(page, "#main") == []
    shoot(page, "restore")
    page.get_by_role("button", name="Make version 1 the draft").press("Enter")
    page.wait_for_selector(".messages", state="visible")
    assert "The draft is as version 1 now" in page.locator(".messages").inner_text()
    shoot(page, "restored")
    publish(page)
    page.goto(f"{url}/app/short_call/compare/?old=1&new=3")
    assert page.locator(".comparison-none").count() == 1


def test_the_history_and_how_it_was(
    served: Any, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    from tests.people import PASSWORD

    served.manage(
        "shell", "-c", "from tests.people import make_person; make_person('admin', 'admin')"
    )
    sign_in(page, served.url, "admin", PASSWORD)
    for address in ("history/", "history/on/"):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{served.url}/{address}")
        assert violations(page) == []
        shoot(page, address.strip("/").replace("/", "-"))
        page.set_viewport_size({"width": 320, "height": 640})
        assert not page.evaluate(OVERFLOWS)
