"""How an agent comes to each state of a call: the demo's index call, then the vaccination desk."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.journeys.walks import add_entry, answer, answer_all, go_on, take_call
from tests.states.house import House

READY = "html[data-screen=ready]"


def home_with_work(house: House) -> Any:
    page = house.page_of("amina")
    page.goto(f"{house.url}/")
    return page


def home_without_skill(house: House) -> Any:
    page = house.page_of("gwen")
    page.goto(f"{house.url}/")
    return page


def home_without_work(house: House) -> Any:
    house.run("from runtime.queues.models import Campaign; Campaign.objects.update(open=False)")
    page = house.page_of("femke")
    page.goto(f"{house.url}/")
    expect(page.get_by_text("No campaign is open now.")).to_be_visible()
    return page


def beginning(house: House) -> Any:
    page = house.page_of("amina")
    take_call(page, house.url, "index")
    return page


def conditions(house: House) -> Any:
    """Symptoms: what a yes opens, and two answers that cannot be."""
    page = house.page_of("amina")
    answer_all(page, {"right_person": True, "good_moment": True})
    go_on(page, "identity")
    answer(page, "identity_verified", True)
    go_on(page, "result")
    answer_all(page, {"knows_result": True, "test_reason": "symptoms"})
    go_on(page, "symptoms")
    answer_all(
        page,
        {
            "has_symptoms": True,
            "breathless": True,
            "onset": "tomorrow",
            "fever": True,
            "temperature": "50",
        },
    )
    expect(page.locator("[id='n:temperature']")).to_have_class(re.compile("bad"))
    return page


def dates_read(house: House) -> Any:
    page = house.page_of("amina")
    answer_all(
        page, {"temperature": "38,5", "breathless": False, "which_symptoms": ["cough", "head"]}
    )
    page.locator("[id='q:onset']").fill("last monday")
    page.locator("[id='q:onset']").focus()
    expect(page.locator("[id='n:onset']")).to_contain_text("read as")
    return page


def entries(house: House) -> Any:
    page = house.page_of("amina")
    page.keyboard.press("Tab")
    go_on(page, "household")
    answer_all(page, {"household_size": "3", "works": False, "travelled": False})
    go_on(page, "contacts")
    for name, family, phone, relation in (
        ("Nora", "Peeters", "0470 12 34 56", "household"),
        ("Ilias", "Bakkali", "0472 91 82 73", "work"),
    ):
        add_entry(page, "contacts", {"contact_given_name": name, "contact_family_name": family, "contact_phone": phone,
                                     "relation": relation, "last_met": "yesterday"})  # fmt: skip
    return page


def entries_from_the_top(house: House) -> Any:
    page = house.page_of("amina")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    return page


def jump(house: House) -> Any:
    page = house.page_of("amina")
    page.keyboard.press("Control+k")
    page.keyboard.type("con")
    expect(page.locator("#jump [role=option]").first).to_be_visible()
    return page


def keys(house: House) -> Any:
    page = house.page_of("amina")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    return page


def ends(house: House) -> Any:
    page = house.page_of("amina")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+e")
    expect(page.locator("dialog#ends")).to_be_visible()
    return page


def callback(house: House) -> Any:
    """A time for a callback, typed."""
    page = house.page_of("amina")
    page.locator("#ends input[name=callback_at]").fill("2030-01-15T16:30")
    page.locator("#ends button[value=callback]").scroll_into_view_if_needed()
    return page


def ringing_in_a_call(house: House) -> Any:
    page = house.page_of("amina")
    page.keyboard.press("Escape")
    house.rings("newCall", extension="202", call="c-9")
    page.get_by_text("A call comes in").wait_for()
    return page


def line_gone(house: House) -> Any:
    page = house.page_of("amina")
    house.rings("hangup", extension="202", call="c-9")
    page.get_by_text("A call comes in").wait_for(state="hidden")
    page.context.set_offline(True)
    page.locator("[data-step=household] a").click()
    answer(page, "household_size", "4")
    expect(page.locator("[data-saved]")).to_contain_text("kept sealed")
    return page


def line_back(house: House) -> Any:
    page = house.page_of("amina")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("^All "), timeout=30_000)
    page.locator("[data-step=places] a").click()
    return page


def begin_desk(house: House, name: str) -> Any:
    page = house.page_of(name)
    page.goto(f"{house.url}/")
    page.click("form[action='/app/vaccination_desk/start/'] button")
    page.wait_for_selector(READY)
    return page


def people_come(page: Any, count: str) -> None:
    page.fill("[id='q:people']", count)
    page.keyboard.press("Tab")


def long_list(house: House) -> Any:
    page = begin_desk(house, "bruno")
    answer_all(page, {"given_name": "Mira", "birth_date": "27/3/85"})
    page.locator("[data-place=town] [role=combobox]").fill("hogekerke sch")
    expect(page.locator("[data-place=town] [role=option]").first).to_be_visible()
    return page


def warning(house: House) -> Any:
    page = house.page_of("bruno")
    page.keyboard.press("Enter")
    people_come(page, "12")
    answer(page, "day", "yesterday")
    expect(page.locator("[data-place=people] .warned")).to_be_visible()
    return page


def set_aside(house: House) -> Any:
    page = house.page_of("bruno")
    box = page.locator("[data-place=people] .set-aside")
    box.locator("input").fill("Three families together")
    box.locator("button").first.click()
    answer(page, "day", "in 3 days")
    return page


def side(house: House) -> Any:
    page = house.page_of("bruno")
    page.locator(
        ".path ~ h2 ~ ul button, .path ~ h2 ~ ul a, nav.screen-path [data-side]"
    ).first.click()
    expect(page.get_by_text("nobody else reads it")).to_be_visible()
    return page


def every_kind(house: House) -> Any:
    page = house.page_of("bruno")
    page.keyboard.press("Escape")
    page.locator("[data-step=health] a").click()
    answer_all(page, {"ill": True, "ill_since": "3 days ago"})
    return page


def papers(house: House) -> Any:
    page = house.page_of("bruno")
    page.locator("[data-step=papers] a").click()
    page.locator("[data-place=home] input").first.fill("Long Street")
    return page


def missing_translation(house: House) -> Any:
    page = house.page_of("bruno")
    page.locator("[data-step=who] a").click()
    page.click("[data-language=fr]")
    expect(page.locator("[data-place=birth_date] .label")).to_contain_text("Date de naissance")
    return page
