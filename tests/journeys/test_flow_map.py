"""In a real browser: from a script to its flow map, and from a stop back to its block."""

from collections.abc import Callable
from typing import Any

from tests.journeys.test_editor import open_script, workshop, write_small_script
from tests.journeys.workshop import publish

assert workshop  # a fixture


def test_an_editor_walks_from_the_flow_map_to_the_block(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page = workshop
    write_small_script(page, served.url)
    publish(page)
    open_script(page, served.url)
    page.locator(".w-slim-header [data-controller=w-dropdown] button, header [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("link", name="Flow map").first.click()
    page.wait_for_selector("svg.flow")
    shoot(page, "flow-map")
    page.locator("summary", has_text="The same in words").click()
    assert page.locator(".flow-words li", has_text="Opening").count() == 1
    page.locator("svg.flow a", has_text="Opening").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "#block-" in address)
    block = page.locator(f"[id='{page.url.partition('#')[2]}']")
    block.wait_for()
    assert "Opening" in block.inner_text()
    page.wait_for_timeout(300)
    box = block.bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"]
    assert page.failures == []
