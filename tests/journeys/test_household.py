"""What hangs on other answers, in a real browser: flags that follow, a default, choices that cascade, a warning, entries in
entries, a section at the side. An agent fills it with the keyboard; then an editor writes such a script, and it is called."""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.walks import all_saved, answer
from tests.people import PASSWORD

SET_UP = """
from tests.people import make_person
from tests.unit.fill.calls import publish
from tests.unit.fill.household import household
make_person('agent', 'agent')
publish(household(), code='household')
"""
STATE = """
import json
from runtime.records.models import Record
from runtime.records.store import open_record
print(json.dumps(open_record(Record.objects.get(), by=None, purpose='test').state))
"""


@pytest.fixture
def screen(served: Any, page: Any, sign_in: Any) -> Any:
    """An agent in front of the household; at the end the page has met no error."""
    failures: list[str] = []
    page.on("pageerror", lambda failure: failures.append(str(failure)))
    served.set_up(SET_UP)
    sign_in(page, served.url, "agent", PASSWORD)
    page.click("form[action='/app/household/start/'] button")
    page.wait_for_selector("html[data-screen=ready]")
    yield page
    assert failures == []


def kept(served: Any, page: Any) -> dict[str, Any]:
    all_saved(page)
    return json.loads(served.manage("shell", "-v0", "-c", STATE))


def box(page: Any, place: str) -> Any:
    return page.locator(f'[data-place="{place}"]')


def fill(page: Any, place: str, text: str) -> None:
    """Type, and go on to the next field."""
    page.locator(f'[id="q:{place}"]').fill(text)
    page.keyboard.press("Tab")


def test_marks_follow_and_a_default_is_confirmed(served: Any, screen: Any, shoot: Any) -> None:
    page = screen
    expect(box(page, "email").locator("[data-optional]")).to_be_hidden()
    fill(page, "sealed", "a")
    fill(page, "phone", "1")
    expect(box(page, "email").locator("[data-optional]")).to_be_visible()
    expect(page.locator('[id="q:sealed"]')).to_have_attribute("readonly", "")
    expect(box(page, "sealed").locator("[data-locked]")).to_be_visible()
    fill(page, "onset", "2026-03-01")
    until = page.locator('[id="q:until"]')
    expect(until).to_have_value("2026-03-11")
    expect(box(page, "until").locator(".note")).to_contain_text("11 March 2026")
    expect(box(page, "until").locator("[data-suggested]")).to_be_visible()
    shoot(page, "household-default")
    until.focus()
    page.keyboard.press("Enter")  # to pass is not to confirm
    fill(page, "onset", "2026-03-02")
    expect(until).to_have_value("2026-03-12")
    expect(box(page, "until").locator(".note")).to_contain_text("12 March 2026")
    until.focus()
    page.keyboard.press("Tab")  # to the calendar
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # on the button
    expect(box(page, "until").locator("[data-suggested]")).to_be_hidden()
    assert kept(served, page)["answers"]["until"] == "2026-03-12"
    until.fill("")
    page.locator('[id="q:phone"]').focus()
    expect(until).to_have_value("2026-03-12")
    expect(box(page, "until").locator("[data-suggested]")).to_be_visible()
    assert "until" not in kept(served, page)["answers"]


def test_choices_cascade_and_what_is_not_offered_is_kept(served: Any, screen: Any) -> None:
    page = screen
    towns = box(page, "town").locator("label.choice:visible")
    expect(towns).to_have_count(0)
    answer(page, "province", "west")
    expect(towns).to_have_count(2)
    expect(towns.first.locator("kbd")).to_have_text("1")
    towns.first.locator("input").focus()
    page.keyboard.press("2")
    assert kept(served, page)["answers"]["town"] == "ostend"
    answer(page, "province", "east")
    expect(towns).to_have_text(["1Ghent"])
    expect(box(page, "town").locator("[data-kept]")).to_contain_text("Ostend")
    towns.first.locator("input").focus()
    page.keyboard.press("Enter")
    assert kept(served, page)["answers"]["town"] == "ostend"
    answer(page, "province", "west")
    expect(box(page, "town").locator("input[value=ostend]")).to_be_checked()
    expect(box(page, "town").locator("[data-kept]")).to_be_hidden()


def test_a_warning_is_set_aside_by_keyboard(served: Any, screen: Any, shoot: Any) -> None:
    page = screen
    fill(page, "people", "4")
    warned = box(page, "people").locator("[data-warned]")
    expect(warned).to_be_visible()
    expect(box(page, "people").locator(".note.bad")).to_have_count(0)
    shoot(page, "household-warning")
    reason = warned.locator("[data-reason]")
    reason.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-live]")).to_contain_text("say why the warning")
    page.keyboard.type("Counted twice")
    page.keyboard.press("Enter")
    expect(warned).to_contain_text("Set aside: Counted twice")
    expect(reason).to_be_hidden()
    assert kept(served, page)["overridden"] == {"people": "Counted twice"}
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    expect(warned).to_contain_text("Set aside: Counted twice")
    fill(page, "people", "5")
    expect(reason).to_be_visible()


def test_a_side_section_returns_and_entries_lie_in_entries(
    served: Any, screen: Any, shoot: Any
) -> None:
    page = screen
    fill(page, "phone", "1")
    fill(page, "people", "2")
    page.click("[data-go=next]")
    expect(page.locator("form[data-section=tests]")).to_be_visible()
    page.keyboard.press("Control+b")
    expect(page.locator("form[data-section=notes]")).to_be_visible()
    expect(page.locator("[data-go=next]")).to_contain_text("Return")
    page.locator('[id="q:note"]').fill("Called before")
    shoot(page, "household-aside")
    page.keyboard.press("Control+b")
    expect(page.locator("form[data-section=tests]")).to_be_visible()
    page.click("[data-open=notes]")
    expect(page.locator('[id="q:note"]')).to_have_value("Called before")
    page.click("[data-go=next]")
    page.click("[data-go=next]")
    expect(page.locator("form[data-section=persons]")).to_be_visible()
    expect(page.locator("[data-add=persons]")).to_have_count(0)
    expect(page.locator("[data-table=persons] tbody tr")).to_have_count(2)
    page.locator('[id="q:persons/1/who"]').fill("Ann")
    page.keyboard.press("Enter")
    page.keyboard.press("y")
    page.click('[data-add="persons/1/visits"]')
    hours = page.locator('[data-entries="persons/1/visits"] [data-type=integer] input')
    expect(hours).to_be_focused()
    expect(page.locator('[data-entries="persons/1/visits"] .label')).to_contain_text(
        "Hours of Ann"
    )
    page.keyboard.type("3")
    shoot(page, "household-entries")
    page.keyboard.press("Enter")  # on to the next person
    expect(page.locator('[id="q:persons/2/who"]')).to_be_focused()
    page.keyboard.type("Bo")
    page.locator('[data-table=persons] [data-edit="1"]').click()
    page.click('[data-add="persons/1/visits"]')
    page.locator('[data-table="persons/1/visits"] [data-remove]').last.click()
    state = kept(served, page)
    (visit,) = state["entries"]["persons/1/visits"]
    assert state["answers"][f"persons/1/visits/{visit}/hours"] == "3"
    assert state["answers"]["persons/2/who"] == "Bo"
    assert state["answers"]["note"] == "Called before"
    page.click("[data-step=home] a")
    fill(page, "people", "1")
    page.click("[data-step=persons] a")
    expect(page.locator("[data-table=persons] tbody tr")).to_have_count(1)
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    expect(page.locator(f'[id="q:persons/1/visits/{visit}/hours"]')).to_have_value("3")
