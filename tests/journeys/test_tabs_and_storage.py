"""Two tabs on one record, a browser that keeps nothing, and somebody else who signs in while a page stays open."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.test_screen import SET_UP, begin, called, kept, saved
from tests.people import PASSWORD
from tests.traces import shown_in

__all__ = ["called"]

FULL = """
IDBObjectStore.prototype.add = () => { throw new DOMException("no room", "QuotaExceededError"); };
"""
FORBIDDEN = "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });"


def test_two_tabs_know_what_was_given_in_the_other(served: Any, called: Any) -> None:
    first = called
    second = first.context.new_page()
    second.goto(first.url)
    second.wait_for_selector("html[data-screen=ready]")
    first.fill("[id='q:given_name']", "Ann")
    first.keyboard.press("Tab")
    expect(second.locator("[id='q:given_name']")).to_have_value("Ann")
    assert "speaking with Ann?" in second.locator("[data-item=line-hello]").inner_text()
    first.context.set_offline(True)
    second.check("[data-place=right_person] input[value=true]", force=True)
    expect(first.locator("[data-place=right_person] input[value=true]")).to_be_checked()
    first.fill("[id='q:given_name']", "Anna")
    first.keyboard.press("Tab")
    expect(second.locator("[id='q:given_name']")).to_have_value("Anna")
    first.context.set_offline(False)
    for tab in (first, second):
        saved(tab)
    told = kept(served)
    assert told["answers"] == {"given_name": "Anna", "right_person": True}
    assert told["late"] == 0


def test_a_tab_that_is_closed_hands_on_what_it_had_to_the_next(served: Any, called: Any) -> None:
    first = called
    first.context.set_offline(True)
    first.fill("[id='q:given_name']", "Ann")
    first.keyboard.press("Tab")
    expect(first.locator("[data-saved]")).to_contain_text("kept sealed")
    address = first.url
    second = first.context.new_page()
    first.close(run_before_unload=False)
    second.context.set_offline(False)
    second.goto(address)
    expect(second.locator("[id='q:given_name']")).to_have_value("Ann")
    assert kept(served)["answers"] == {"given_name": "Ann"}


def goes_on_in_memory(served: Any, page: Any) -> None:
    said = page.locator("[data-save-notice]")
    page.context.set_offline(True)
    page.fill("[id='q:given_name']", "Ann")
    page.keyboard.press("Tab")
    expect(said).to_contain_text("This browser keeps nothing")
    expect(page.locator("[data-saved]")).to_contain_text("held only by this page. Keep it open.")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    saved(page)
    assert kept(served)["answers"] == {"given_name": "Ann"}


def test_where_the_storage_is_full_the_page_says_so_and_goes_on(
    served: Any, page: Any, sign_in: Any, shoot: Any
) -> None:
    served.set_up(SET_UP)
    page.add_init_script(FULL)
    begin(served, page, sign_in)
    goes_on_in_memory(served, page)
    shoot(page, "full")


def test_where_the_storage_is_forbidden_the_page_says_so_and_goes_on(
    served: Any, page: Any, sign_in: Any
) -> None:
    served.set_up(SET_UP)
    page.add_init_script(FORBIDDEN)
    begin(served, page, sign_in)
    goes_on_in_memory(served, page)


def test_a_page_never_sends_as_another_person_who_signed_in_meanwhile(
    served: Any, called: Any, sign_in: Any
) -> None:
    served.manage(
        "shell",
        "-v0",
        "-c",
        "from tests.people import make_person; make_person('other', 'agent')",
    )
    page, address = called, called.url
    page.context.set_offline(True)
    page.fill("[id='q:given_name']", "Ann")
    page.keyboard.press("Tab")
    page.context.clear_cookies()
    page.context.set_offline(False)
    other = page.context.new_page()
    page.context.set_offline(True)
    page.context.set_offline(False)
    sign_in(other, served.url, "other", PASSWORD)
    saved(page)  # under the token of the sitting it was typed in
    status = page.evaluate(
        """async () => (await fetch(JSON.parse(document.getElementById('screen-data').textContent).urls.token,
        { method: 'POST', headers: { 'X-CSRFToken': document.cookie.match(/csrftoken=([^;]+)/)[1] } })).status"""
    )
    assert status == 409
    other.goto(address)
    assert shown_in(other.content(), "Ann") == []


CONFLICT = """
from django.contrib.auth import get_user_model
from runtime.records.models import Record
from tests.people import make_person
from tests.unit.records.scenes import Sitting
Sitting(Record.objects.get(), make_person('bob', 'agent')).answer('given_name', 'Anna', seen=0)
"""


def test_two_answers_stand_side_by_side_and_a_key_decides(
    served: Any, called: Any, shoot: Any
) -> None:
    page = called
    page.fill("[id='q:given_name']", "Ann")
    saved(page)
    served.manage("shell", "-v0", "-c", CONFLICT)
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    notice = page.locator("[data-conflicts]")
    expect(notice.locator("button")).to_have_text(["Anna (bob)", "Ann (agent)"])
    assert page.locator(".notice:visible").count() == 1
    shoot(page, "conflict")
    notice.locator("button").nth(1).press("Enter")
    assert notice.is_hidden()
    expect(page.locator("[id='q:given_name']")).to_have_value("Ann")
    saved(page)
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    assert notice.is_hidden()
    assert kept(served)["answers"]["given_name"] == "Ann"
