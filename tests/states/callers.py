"""Who is on the line: asked of whom we call and of who calls us; what rings; and what an agent learns first."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.walks import answer_all, go_on
from tests.states.house import House

READY = "html[data-screen=ready]"


def asking(house: House) -> Any:
    page = house.page_of("elif")
    page.goto(f"{house.url}/")
    page.click("form[action='/queue/verified/claim/'] button")
    page.wait_for_selector("html[data-line=ready]")
    return page


def wrong(house: House) -> Any:
    page = house.page_of("elif")
    page.get_by_label("Date of birth").fill("3/7/85")
    page.get_by_label("Postcode").fill("9031")
    page.keyboard.press("Enter")
    page.get_by_text("This is not what is known").wait_for()
    return page


def somebody_else(house: House) -> Any:
    page = house.page_of("elif")
    page.keyboard.press("Alt+1")
    expect(page.get_by_label("Day and time")).to_be_focused()
    return page


def failed(house: House) -> Any:
    page = house.page_of("elif")
    for _turn in range(2):
        page.get_by_label("Date of birth").fill("1/1/1980")
        page.get_by_role("button", name="Compare").click()
    page.get_by_role("heading", name="It cannot be verified who this is").wait_for()
    return page


def guardian(house: House) -> Any:
    page = house.page_of("elif")
    page.keyboard.press("Alt+3")
    page.wait_for_url(lambda url: "/verification" not in url)
    asking(house)
    page.get_by_label("Date of birth").wait_for()
    page.get_by_label("Date of birth").fill(
        house.run(
            "from datetime import timedelta; from django.utils import timezone; print(timezone.localdate() - timedelta(days=4000))"
        )
    )
    page.get_by_label("Postcode").fill("9031")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="A parent or guardian").wait_for()
    return page


def ringing(house: House) -> Any:
    page = house.page_of("elif")
    page.get_by_role("button", name="Give back").click()
    page.goto(f"{house.url}/")
    house.rings("newCall")
    page.get_by_text("A call comes in").wait_for()
    return page


def who_calls(house: House) -> Any:
    page = house.page_of("elif")
    page.get_by_role("link", name="Who is it?").click()
    page.get_by_role("heading", name="Who is calling?").wait_for()
    return page


def unknown_caller(house: House) -> Any:
    page = house.page_of("elif")
    house.rings("hangup")
    house.rings("newCall", caller="+32470999888", call="c-2")
    page.goto(f"{house.url}/")
    page.get_by_role("link", name="Who is it?").click()
    page.get_by_text("Nobody is known by this number.").wait_for()
    return page


def missed(house: House) -> Any:
    page = house.page_of("elif")
    house.rings("hangup", caller="+32470999888", call="c-2")
    for _again in range(40):  # the worker decides that nobody took it
        page.goto(f"{house.url}/")
        if page.get_by_role("heading", name="Missed calls").count():
            return page
        page.wait_for_timeout(500)
    raise AssertionError("The call was not missed.")


def lesson(house: House) -> Any:
    page = house.page_of("gwen")
    page.goto(f"{house.url}/lesson/tracing_lesson/")
    page.click("main form button.go")
    page.wait_for_selector(READY)
    return page


def quiz(house: House) -> Any:
    page = house.page_of("gwen")
    go_on(page, "quiz")
    answer_all(
        page,
        {"voicemail": "callback", "tell_index": True, "emergency": ["breath"], "days_before": "2"},
    )
    return page


def result(house: House) -> Any:
    page = house.page_of("gwen")
    page.keyboard.press("Control+e")
    page.locator("dialog#ends button.go:visible").first.click()
    page.wait_for_selector("section.result")
    return page
