"""What may happen to a record: two answers to one question, a session that ended, a newer version; and reading it when it is closed."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.journeys.walks import all_saved, answer, answer_all, end_call
from tests.states.calls import READY, begin_desk, people_come
from tests.states.house import House

OTHER = """
from django.contrib.auth import get_user_model
from runtime.records.models import Record
from tests.unit.records.scenes import Sitting
other = get_user_model().objects.get(username='femke')
Sitting(Record.objects.get(pk='{record}'), other).answer('given_name', 'Mirjam', seen=0)
"""
NEWER = """
from runtime.records import actions
from runtime.records.models import Record
from tests.states.scripts import newer_desk
from tests.unit.records.newer import release
record = Record.objects.get(pk='{record}')
actions.end_sessions_of(record=record, reason='released')
release(record.version, 'opening', newer_desk(), {{}})
"""


def record_of(page: Any) -> str:
    return re.search(r"/record/([0-9a-f-]{36})/", page.url)[1]


def conflict(house: House) -> Any:
    page = begin_desk(house, "chloe")
    answer(page, "given_name", "Mira")
    people_come(page, "2")
    all_saved(page)
    house.run(OTHER.format(record=record_of(page)))
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator("[data-conflicts]")).to_be_visible()
    return page


def carried_over(house: House) -> Any:
    page = house.page_of("chloe")
    page.locator("[data-conflicts] button").first.click()
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("saved$"))
    record = record_of(page)
    page.goto(f"{house.url}/")
    house.run(NEWER.format(record=record))
    page.goto(f"{house.url}/record/{record}/")
    if page.locator(f"form[action='/record/{record}/continue/'] button").count():
        page.locator(f"form[action='/record/{record}/continue/'] button").click()
    page.wait_for_selector(READY)
    expect(page.locator("body")).to_contain_text("This script was updated")
    return page


def session_ended(house: House) -> Any:
    page = begin_desk(house, "dirk")
    other = page.context.new_page()
    other.goto(f"{house.url}/")
    other.click("details.menu > summary")
    other.click("form[action='/accounts/logout/'] button")
    other.wait_for_url(lambda url: "/login" in url)
    other.close()
    answer(page, "given_name", "Kept")
    page.wait_for_selector("[data-save-notice]:visible")
    return page


def purpose(house: House) -> Any:
    page = begin_desk(house, "femke")
    answer_all(page, {"given_name": "Mira", "birth_date": "27/3/1985", "day": "tomorrow"})
    if page.locator("[data-place=phone]").count():
        answer(page, "phone", "0470 12 34 56")
    page.locator("[data-step=health] a").click()
    answer_all(page, {"ill": False, "allergies": ["egg", "wasps"]})
    record = record_of(page)
    end_call(page, "planned")
    page.goto(f"{house.url}/record/{record}/")
    return page


def reading(house: House) -> Any:
    page = house.page_of("femke")
    page.locator("input[name=purpose]").first.check()
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator(".reading")).to_contain_text("Mira")
    return page
