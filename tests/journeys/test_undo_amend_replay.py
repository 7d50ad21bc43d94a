"""What was answered can be taken back by keyboard, a closed record is amended with a reason, and a supervisor replays it as it went."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.forked import Forked
from tests.people import PASSWORD

pytestmark = pytest.mark.journey
SET_UP = """
from tests.people import make_person
from tests.unit.fill.calls import publish, small_call
make_person('agent', 'agent')
make_person('other', 'agent')
make_person('supervisor', 'supervisor')
publish(small_call(), code='small_call')
"""
LOG = """
import json
from runtime.records.models import Record
from runtime.records.store import open_record
record = Record.objects.order_by('-created_at').first()
opened = open_record(record, by=None, purpose='test')
told = [[e.event['event'], e.event.get('place') or e.event.get('repeat'), e.event.get('value'), 'undoes' in e.event, 'redoes' in e.event] for e in opened.events]
print(json.dumps({'answers': opened.state['answers'], 'entries': opened.state['entries'], 'events': told}))
"""
READY = "html[data-screen=ready]"
IN_FOCUS = "document.activeElement.closest('[data-place]')?.dataset.place ?? document.activeElement.tagName"


@pytest.fixture(scope="module")
def installed() -> Iterator[Forked]:
    installation = Forked()
    try:
        installation.manage("shell", "-v0", "-c", SET_UP)
        installation.start()
        yield installation
    finally:
        installation.stop()


@pytest.fixture
def begin(installed: Forked, new_page: Callable[..., Any], sign_in: Any) -> Callable[..., Any]:
    """An agent in front of a new record."""

    def do(by: str = "agent", **options: Any) -> Any:
        page = new_page(**options)
        sign_in(page, installed.url, by, PASSWORD)
        page.click("form[action='/app/small_call/start/'] button")
        if options.get("java_script_enabled", True):
            page.wait_for_selector(READY)
        return page

    return do


def log(installed: Forked) -> dict[str, Any]:
    return json.loads(installed.manage("shell", "-v0", "-c", LOG))


def said(page: Any, words: str) -> None:
    expect(page.locator("[data-live]")).to_contain_text(words)


def saved(page: Any) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("saved")


def test_the_last_answers_are_taken_back_one_after_the_other(
    begin: Any, installed: Forked, shoot: Any
) -> None:
    page = begin()
    keys = page.keyboard
    keys.press("Enter")
    keys.type("Ann")
    keys.press("Enter")
    keys.press("Enter")
    keys.press("y")
    keys.press("Enter")
    keys.press("Enter")
    expect(page.locator("form.section:visible h1")).to_have_text("Symptoms")
    keys.press("Control+z")
    said(page, "Undone: The right person, was yes")
    expect(page.locator("form.section:visible h1")).to_have_text("Opening")
    assert page.evaluate(IN_FOCUS) == "right_person"
    keys.press("Control+z")
    said(page, "Undone: Given name, was Ann")
    assert page.evaluate(IN_FOCUS) == "given_name"
    expect(page.locator("[id='q:given_name']")).to_have_value("")
    keys.press("Control+z")
    said(page, "There is nothing of this sitting left to undo.")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    keys.press("Control+y")
    said(page, "Done again: Given name")
    expect(page.locator("[id='q:given_name']")).to_have_value("Ann")
    keys.press("Control+Shift+Z")
    said(page, "Done again: The right person")
    shoot(page, "done-again")
    assert axe.violations(page) == []
    saved(page)
    told = log(installed)
    assert told["answers"] == {"given_name": "Ann", "right_person": True}
    assert [row[3] for row in told["events"]].count(True) == 2
    assert [row[4] for row in told["events"]].count(True) == 2


def test_a_field_that_is_typed_in_keeps_the_browsers_own_undo_until_it_is_left(
    begin: Any, installed: Forked
) -> None:
    page = begin()
    field = page.locator("[id='q:given_name']")
    field.fill("Ann")
    page.keyboard.press("Tab")
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type("e")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("Ann")  # the browser's: one letter
    page.keyboard.press("Tab")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("")
    saved(page)
    assert log(installed)["answers"] == {}


def test_an_entry_comes_back_with_its_answers_without_a_line(
    begin: Any, installed: Forked
) -> None:
    page = begin()
    page.locator("[data-place=right_person] label").first.click()
    page.keyboard.press("/")
    page.keyboard.type("contacts")
    page.locator("#jump [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("+")
    page.keyboard.type("Bo")
    page.keyboard.press("Enter")
    page.keyboard.type("15")
    page.keyboard.press("Tab")
    saved(page)
    page.context.set_offline(True)
    page.locator("[data-remove]").click()
    expect(page.locator("[data-row]")).to_have_count(0)
    page.keyboard.press("Control+z")
    said(page, "Undone: Contact 1 is there again")
    expect(page.locator("[data-row]")).to_contain_text("Bo")
    page.get_by_role("button", name="Undo").click()
    said(page, "Undone: Minutes, was 15")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    told = log(installed)
    ((name, value),) = [pair for pair in told["answers"].items() if "/" in pair[0]]
    assert (name.split("/")[2], value) == ("contact_name", "Bo")
    page.reload()
    page.wait_for_selector(READY)
    page.get_by_role("button", name="Undo").click()  # the page was drawn anew, and knows the steps
    said(page, "Undone: Name, was Bo")


def test_a_closed_record_is_amended_with_a_reason_and_replayed_as_it_went(
    begin: Any, installed: Forked, new_page: Any, sign_in: Any, shoot: Any
) -> None:
    page = begin()
    address = page.url.split("?")[0]
    page.locator("[id='q:given_name']").fill("Ann")
    page.keyboard.press("Tab")
    page.locator("[data-place=right_person] label").first.click()
    page.get_by_role("button", name="Next").click()
    page.locator("[data-place=sick] label").last.click()
    saved(page)
    shoot(page, "before-the-end")
    end_call(page, "Interview done")
    page.goto(address)
    page.get_by_label("Something has to be corrected").check()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_label("Why is it opened again?").fill("typo in name")
    shoot(page, "amend-form")
    page.get_by_role("button", name="Reopen").click()
    page.wait_for_selector(READY)
    page.locator("[data-step=opening] a").click()
    page.locator("[id='q:given_name']").fill("Anne")
    page.keyboard.press("Tab")
    saved(page)
    end_call(page, "Interview done")

    watching = new_page()
    problems: list[str] = []
    watching.on("pageerror", lambda error: problems.append(str(error)))
    sign_in(watching, installed.url, "supervisor", PASSWORD)
    watching.goto(address)
    watching.get_by_label("Checking the quality of the work").check()
    watching.get_by_role("button", name="Open", exact=True).click()
    amended = watching.locator(".amended")
    expect(amended).to_contain_text("typo in name")
    expect(amended.locator("del")).to_have_text("Ann")
    expect(amended.locator("ins")).to_have_text("Anne")
    shoot(watching, "versions")
    assert axe.violations(watching) == []
    watching.get_by_role("link", name="Replay it as it went").click()
    watching.get_by_label("Checking the quality of the work").check()
    assert axe.violations(watching) == []
    watching.get_by_role("button", name="Replay").click()
    expect(watching.locator(".replay-where")).to_contain_text("Before anything happened")
    replayed_by_keyboard(watching, shoot)
    assert problems == []


def replayed_by_keyboard(page: Any, shoot: Any) -> None:
    keys, where = page.keyboard, page.locator(".replay-where")
    told = page.locator("[data-told]")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    keys.press("ArrowRight")
    expect(where).to_contain_text("Step 1 of")
    expect(told).to_contain_text("Step 1 of")
    name = page.locator(".replayed [id='q:given_name']")
    expect(name).to_have_value("Ann")
    expect(name).to_be_disabled()
    keys.press("ArrowLeft")
    expect(where).to_contain_text("Before anything happened")
    expect(name).to_have_value("")
    keys.press("End")
    expect(page.locator("[data-way=forth]")).to_have_attribute("aria-disabled", "true")
    shoot(page, "replay-end")
    assert axe.violations(page) == []
    keys.press("Home")
    expect(where).to_contain_text("Before anything happened")
    page.locator("[data-speed] select").select_option("64")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("[data-way=forth]")).to_have_attribute(
        "aria-disabled", "true", timeout=20_000
    )
    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")
    page.locator("[data-part=steps] li a").first.click()
    page.set_viewport_size({"width": 320, "height": 720})
    shoot(page, "replay-narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe.violations(page) == []


def test_a_replay_without_a_script_is_a_list_of_links(
    begin: Any, installed: Forked, new_page: Any, sign_in: Any
) -> None:
    page = begin()
    page.locator("[id='q:given_name']").fill("Ann")
    page.keyboard.press("Tab")
    saved(page)
    address = page.url.split("?")[0]
    plain = new_page(java_script_enabled=False)
    sign_in(plain, installed.url, "supervisor", PASSWORD)
    plain.goto(f"{address}replay/")
    plain.get_by_label("Checking the quality of the work").check()
    plain.get_by_role("button", name="Replay").click()
    plain.get_by_role("link", name="One step on").click()
    expect(plain.locator(".replay-where")).to_contain_text("Step 1 of")
    plain.locator("[data-part=steps] li a").last.click()
    expect(plain.locator(".replayed [id='q:given_name']")).to_have_value("Ann")
    plain.locator("[data-jump] input").fill("0")
    plain.get_by_role("button", name="Go", exact=True).click()
    expect(plain.locator(".replay-where")).to_contain_text("Before anything happened")


def end_call(page: Any, outcome: str) -> None:
    page.keyboard.press("Control+e")
    page.locator("#ends").get_by_text(outcome).click()
    with page.expect_navigation():
        page.locator("#ends form button.go").first.click()
