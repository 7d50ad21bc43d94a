"""In a real browser: a script written from a blank page, its condition picked in the widget; and a vetoed publish.

It also holds `builder/static/builder/adapter.js` to what it assumes of Wagtail's editor page.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.workshop import (
    add,
    blank_page,
    home_of,
    open_row,
    pick_condition,
    publish,
    write,
)

MAKE_EDITOR = """
from tests.people import make_person
make_person("editor", "editor")
"""
SAVED = """
from content.models import ScriptPage
from builder.models import Version
import json
page = ScriptPage.objects.get(slug="%s")
version = Version.objects.filter(app__translation_key=page.translation_key).order_by("-number").first()
print(json.dumps({
    "definition": json.loads(version.definition) if version else None,
    "number": version.number if version else 0,
    "revisions": page.revisions.count(),
}))
"""


@pytest.fixture
def workshop(served: Any, page: Any, sign_in: Callable[..., None]) -> Any:
    """The browser, signed in as an editor."""
    from tests.people import PASSWORD

    served.set_up(MAKE_EDITOR)
    page.set_viewport_size({"width": 1440, "height": 1400})
    page.failures = []
    page.on("pageerror", lambda failure: page.failures.append(str(failure)))
    sign_in(page, served.url, "editor", PASSWORD)
    return page


def saved(served: Any, slug: str) -> dict[str, Any]:
    return json.loads(served.manage("shell", "-c", SAVED % slug).splitlines()[-1])


def write_small_script(page: Any, url: str) -> None:
    blank_page(page, url, "script", "Short call")
    add(page, "body")
    write(page, "body-0-value-title", "Opening")
    items = "body-0-value-items"
    add(page, items, "Yes or no")
    write(page, f"{items}-0-value-label", "Is it a good moment?")
    add(page, items, "Choose one")
    write(page, f"{items}-1-value-label", "Why not?")
    page.fill(f"[name={items}-1-value-choices]", "Busy at work\ndriving = Is driving")
    pick_condition(page, f"{items}-1-value-relevance", "Is it a good moment?", "no")
    add(page, "outcomes")
    write(page, "outcomes-0-value-label", "Done")


def test_a_script_from_a_blank_page(workshop: Any, served: Any, shoot: Callable[..., Any]) -> None:
    write_small_script(workshop, served.url)
    shoot(workshop, "written")
    publish(workshop)
    assert "published" in workshop.locator(".messages").inner_text()
    found = saved(served, "short-call")
    section = found["definition"]["sections"][0]
    moment, why = section["items"]
    assert (section["name"], moment["name"], why["name"]) == (
        "opening",
        "is_it_a_good_moment",
        "why_not",
    )
    assert why["relevance"] == ["eq", ["answer", "is_it_a_good_moment"], ["value", "bool", False]]
    assert [choice["name"] for choice in why["settings"]["choices"]] == ["busy_at_work", "driving"]
    assert found["definition"]["outcomes"][0]["name"] == "done"
    assert workshop.failures == []


def test_a_vetoed_publish_opens_the_path_and_marks_the_block(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    write_small_script(workshop, served.url)
    publish(workshop)
    open_script(workshop, served.url)
    open_row(workshop, "Opening")
    open_row(workshop, "Why not?")
    workshop.fill("[name=body-0-value-items-1-value-choices]", "")
    publish(workshop)
    assert "Opening › Why not?" in workshop.locator(".messages").inner_text()
    marked = workshop.locator(
        "[data-streamfield-child] [data-streamfield-child]", has_text="has no choices"
    )
    marked.wait_for()
    assert marked.count() == 1
    assert workshop.locator("[name=body-0-value-items-1-value-choices]").is_visible()
    question = (
        workshop.locator("[name=body-0-value-items-1-value-relevance]")
        .locator("xpath=..")
        .get_by_label("Question")
    )
    assert question.locator("option:checked").inner_text() == "Is it a good moment?"
    shoot(workshop, "vetoed")
    workshop.fill("[name=body-0-value-items-1-value-choices]", "busy = Busy")
    publish(workshop)
    assert saved(served, "short-call")["number"] == 2
    assert workshop.failures == []


def open_script(page: Any, url: str) -> None:
    page.goto(home_of(page, url))
    page.locator("table a", has_text="Short call").first.click()
    page.wait_for_selector("[name=body-0-value-lazystate]", state="attached")


def form_data(page: Any) -> dict[str, str]:
    script = "() => Object.fromEntries(new FormData(document.querySelector('#page-edit-form')))"
    posted = page.evaluate(script)
    return {name: value for name, value in posted.items() if name.startswith(("body", "outcomes"))}


def test_closed_blocks_stay_closed_and_opening_is_no_change(workshop: Any, served: Any) -> None:
    write_small_script(workshop, served.url)
    publish(workshop)
    open_script(workshop, served.url)
    closed = form_data(workshop)
    assert sorted(name for name in closed if name.startswith("body")) == [
        "body-0-deleted",
        "body-0-id",
        "body-0-order",
        "body-0-type",
        "body-0-value-lazystate",
        "body-count",
    ]
    open_row(workshop, "Opening")
    assert (
        "asked when “Is it a good moment” is no"
        in workshop.locator("[data-contentpath=body]").first.inner_text()
    )
    open_row(workshop, "Why not?")
    assert form_data(workshop) == closed


def test_a_copied_question_gets_its_own_id_and_name(workshop: Any, served: Any) -> None:
    write_small_script(workshop, served.url)
    publish(workshop)
    open_script(workshop, served.url)
    open_row(workshop, "Opening")
    first = workshop.locator("[data-streamfield-child] [data-streamfield-child]").first
    first.locator("[data-streamfield-action=DUPLICATE]").first.click()
    workshop.wait_for_selector("[name=body-0-value-items-2-value-label]")
    publish(workshop)
    items = saved(served, "short-call")["definition"]["sections"][0]["items"]
    assert [item["name"] for item in items] == [
        "is_it_a_good_moment",
        "is_it_a_good_moment_2",
        "why_not",
    ]
    assert len({item["id"] for item in items}) == 3
