"""Breaking the glass in a real browser: the way to it, the banner, the mail's board, the judgement; by keyboard, without JavaScript, narrow."""

import pytest

from tests.axe import violations
from tests.people import PASSWORD

pytestmark = pytest.mark.journey
SET_UP = f"""
from runtime.people.actions import create_person
from runtime.parties.actions import find_or_create
make = lambda name, role: create_person(by=None, username=name, email=name + "@example.org", password={PASSWORD!r}, roles=[role])
agent, officer = make("anna", "agent"), make("dirk", "data_officer")
facts = {{"given_name": "Bea", "family_name": "Maes", "phone": "0470123456", "birth_date": "1985-07-30"}}
find_or_create(facts=facts, by=agent.user, purpose="call")
"""
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
REASON = "Ambulance asks which medicines she takes"


def sound(page, shoot, name):
    assert violations(page) == []
    assert not page.evaluate(OVERFLOWS)
    shoot(page, name)


def entered(page):
    """The page after the key Enter."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def to_the_person(page, url):
    page.goto(f"{url}/find/")
    page.get_by_label("A question about a document").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("searchbox").fill("Maes Bea")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bea Maes").first.click()


def test_an_emergency_from_the_person_to_the_judgement(served, page, sign_in, shoot):
    served.set_up(SET_UP)
    sign_in(page, served.url, "anna", PASSWORD)
    to_the_person(page, served.url)
    page.get_by_role("link", name="An emergency: break the glass").click()
    assert "B••• M•••" in page.locator("main h2").first.inner_text()
    sound(page, shoot, "asked")
    page.get_by_label("Why must you see this person now?").fill(REASON)
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    entered(page)
    assert page.get_by_label("Why must you see this person now?").input_value() == REASON
    sound(page, shoot, "wrong-password")
    page.locator("input[type=password]").fill(PASSWORD)
    entered(page)
    assert page.locator("h1").inner_text() == "Bea Maes"
    with page.expect_navigation():
        page.get_by_role("button", name="Show: Phone number").click()
    assert "470" in page.locator("dl.facts").inner_text().replace(" ", "")
    sound(page, shoot, "broken")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{served.url}/")
    sound(page, shoot, "home-320")
    page.get_by_role("button", name="End now").focus()
    entered(page)
    assert page.locator("aside.glass").count() == 0

    served.manage("worker", "--once")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.context.clear_cookies()
    sign_in(page, served.url, "dirk", PASSWORD)
    page.goto(f"{served.url}/")
    assert "1 broken glass waits to be judged." in page.locator("main").inner_text()
    sound(page, shoot, "board")
    page.goto(f"{served.url}/broken-glass/")
    sound(page, shoot, "waiting")
    page.get_by_role("link", name="Judge").first.click()
    assert REASON in page.locator("blockquote").inner_text()
    page.get_by_label("It was justified").focus()
    page.keyboard.press("Space")
    sound(page, shoot, "judging")
    page.set_viewport_size({"width": 320, "height": 640})
    sound(page, shoot, "judging-320")
    with page.expect_navigation():
        page.get_by_role("button", name="Judge").click()
    sound(page, shoot, "judged-320")


def test_without_javascript_it_is_the_same(served, browser, sign_in):
    served.set_up(SET_UP)
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, served.url, "anna", PASSWORD)
    page.goto(f"{served.url}/find/")
    page.get_by_label("A question about a document").check()
    page.get_by_role("button", name="Go on").click()
    page.locator("input[name=text]").fill("Maes Bea")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bea Maes").first.click()
    page.get_by_role("link", name="An emergency: break the glass").click()
    page.get_by_label("Why must you see this person now?").fill(REASON)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Break the glass").click()
    assert page.locator("h1").inner_text() == "Bea Maes"
    page.get_by_role("button", name="End now").click()
    assert page.locator("aside.glass").count() == 0
    context.close()
