"""Two people at one page, each in a browser of their own; and a connection that is lost while somebody writes."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.scripts_to_edit import MAKE, edit, save, saved
from tests.journeys.workshop import open_row, pick_condition, publish, write

PEOPLE = """
from tests.people import make_person
anna = make_person("anna", "editor")
anna.first_name, anna.last_name = "Anna", "Aert"
anna.save()
"""
MOMENT = "body-0-value-items-0-value-label"
ADVICE = "body-1-value-items-0-value-text"


@pytest.fixture
def script(served: Any) -> int:
    served.set_up(PEOPLE)
    made = json.loads(served.set_up(MAKE).splitlines()[-1])
    pk: int = made["script"]
    return pk


@pytest.fixture
def two(
    served: Any, script: int, new_page: Callable[..., Any], sign_in: Callable[..., None]
) -> tuple[Any, Any]:
    """Anna and the editor, both with the script open."""
    from tests.people import PASSWORD

    pages = []
    for name in ("anna", "editor"):
        page = new_page(viewport={"width": 1440, "height": 1200})
        page.failures = []
        page.on("pageerror", lambda failure, page=page: page.failures.append(str(failure)))
        sign_in(page, served.url, name, PASSWORD)
        edit(page, served.url, script)
        page.wait_for_timeout(
            3000
        )  # until Wagtail has seen what the page holds, it notices no edit
        pages.append(page)
    return pages[0], pages[1]


def words(served: Any, pk: int) -> tuple[str, str]:
    """The first question's label and the advice of the draft."""
    first, second = saved(served, pk)["body"]
    return first["value"]["items"][0]["value"]["label"], second["value"]["items"][0]["value"][
        "text"
    ]


def change_moment(page: Any, text: str) -> None:
    open_row(page, "Opening")
    open_row(page, "Is it a good moment?")
    write(page, MOMENT, text)


def change_advice(page: Any, text: str) -> None:
    open_row(page, "Advice")
    open_row(page, "Stay at home")
    write(page, ADVICE, text)


def wait_saved(page: Any) -> None:
    page.wait_for_selector("[data-w-autosave-state-value=saved]", state="attached", timeout=30_000)


def test_two_authors_on_two_sections_keep_both(
    two: tuple[Any, Any], served: Any, script: int, shoot: Callable[..., Any]
) -> None:
    anna, editor = two
    change_moment(anna, "Do you have time?")
    save(anna)
    change_advice(editor, "Stay at home for a week.")
    notice = editor.locator(".authors__notice")
    notice.wait_for(timeout=30_000)
    assert "Anna Aert" in notice.inner_text()
    shoot(editor, "told")
    assert words(served, script) == ("Do you have time?", "Stay at home for a week.")
    notice.get_by_role("button", name="Show them").click()
    editor.wait_for_selector("#builder-find")
    editor.locator("[data-panel-heading-text]", has_text="Opening").first.wait_for()
    open_row(editor, "Opening")
    editor.locator("[data-panel-heading-text]", has_text="Do you have time?").wait_for()
    assert anna.failures + editor.failures == []


def test_who_saves_the_same_label_second_is_asked_at_the_block(
    two: tuple[Any, Any], served: Any, script: int, shoot: Callable[..., Any]
) -> None:
    anna, editor = two
    change_moment(anna, "Do you have time?")
    save(anna)
    change_advice(editor, "Stay at home for a week.")
    change_moment(editor, "Is this a bad moment?")
    editor.locator(".authors__notice--lost", has_text="Save draft").wait_for(timeout=30_000)
    save(editor)
    asked = editor.locator(".authors__both")
    assert "Do you have time?" in asked.inner_text()
    assert "Is this a bad moment?" in asked.inner_text()
    assert editor.locator(f"[name={MOMENT}]").input_value() == "Is this a bad moment?"
    marked = editor.locator("[data-streamfield-child] .w-field__errors, .help-critical")
    assert "Do you have time?" in " ".join(marked.all_inner_texts())
    shoot(editor, "asked")
    assert violations(editor, ".authors__both") == []
    asked.get_by_label("Keep mine").focus()
    editor.keyboard.press("Space")
    save(editor)
    assert words(served, script) == ("Is this a bad moment?", "Stay at home for a week.")
    assert editor.failures == []


def test_a_question_deleted_here_and_asked_about_there_is_settled_at_the_block(
    two: tuple[Any, Any], served: Any, script: int, shoot: Callable[..., Any]
) -> None:
    anna, editor = two
    open_row(anna, "Opening")
    moment = anna.locator("[data-streamfield-child]").filter(has_text="Is it a good moment?")
    moment.last.locator("[data-streamfield-action=DELETE]").first.click()
    anna.get_by_role("button", name="Delete it all the same").click()
    save(anna)
    open_row(editor, "Advice")
    open_row(editor, "Stay at home")
    relevance = ADVICE.replace("text", "relevance")
    expect(editor.locator(f"[name={relevance}]")).to_be_attached()
    pick_condition(editor, relevance, "Is it a good moment?", "yes")
    publish(editor)
    asked = editor.locator(".authors__both")
    expect(asked).to_contain_text("used by “Advice › Stay at home, please.”")
    told = "Anna Aert deleted “Opening › Is it a good moment?”, which is used here now."
    expect(editor.locator(".help-critical", has_text=told)).to_be_visible()
    asked.scroll_into_view_if_needed()
    shoot(editor, "asked")
    assert violations(editor, ".authors__both") == []
    asked.get_by_label("Keep mine").focus()
    editor.keyboard.press("Space")
    publish(editor)
    expect(editor.locator(".messages")).to_contain_text("has been published")
    first, second = saved(served, script)["body"]
    assert first["value"]["items"][0]["value"]["label"] == "Is it a good moment?"
    row = second["value"]["items"][0]["value"]["relevance"]["rows"][0]
    assert row["question"] == first["value"]["items"][0]["id"]
    assert anna.failures + editor.failures == []


def test_what_is_typed_without_a_connection_is_saved_when_it_is_back(
    two: tuple[Any, Any], served: Any, script: int, shoot: Callable[..., Any]
) -> None:
    _anna, editor = two
    served.kill("server")
    change_moment(editor, "Do you have time?")
    notice = editor.locator(".authors__notice")
    editor.locator(".authors__notice--lost", has_text="no connection").wait_for(timeout=30_000)
    shoot(editor, "lost")
    served.start(worker=False)
    editor.locator(".authors__notice", has_text="everything is saved").wait_for(timeout=60_000)
    assert notice.is_visible()
    assert words(served, script)[0] == "Do you have time?"
    assert editor.failures == []
