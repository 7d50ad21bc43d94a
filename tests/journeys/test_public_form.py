"""A citizen fills a public form, leaves it, goes on at another device and sends it; with JavaScript, without, and where the scripts do
not arrive. Every state is looked at by axe (which is a script itself), fits 320 pixels, and is shot in three widths and two themes."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.test_pages import OVERFLOWS, complaints_of

pytestmark = pytest.mark.journey
SET_UP = """
from tests.definitions import data, outcome, question, section
from tests.unit.fill.calls import publish, small_call
from tests.unit.fill.kinds import every_kind
from tests.unit.selfservice.conftest import opened_to_public
texts = {'en': {'before': 'Tell us how you are.\\n\\nHave your identity card at hand.', 'after': 'We call you within two days.'}}
opened_to_public(publish(small_call(kind='form'), code='small_call'), **texts)
kinds = every_kind()
kinds['kind'] = 'form'
kinds['outcomes'] = [outcome('done')]
kinds['sections'][0]['items'] += [question('paper', 'file'), question('sign', 'signature'), question('letters', 'long_text')]
opened_to_public(publish(kinds, code='kinds'))
"""
ANSWERS = """
import json
from runtime.records.models import Record
from runtime.records.store import open_record
row = Record.objects.latest('created_at')
opened = open_record(row, by=None, purpose='test')
print(json.dumps({'outcome': row.outcome, 'answers': opened.state['answers']}))
"""
LOOKS = ((320, "light"), (320, "dark"), (800, "light"), (1400, "dark"))
WAYS = ("on", "off", "lost")


@pytest.fixture
def house(served: Any) -> Any:
    served.manage("shell", "-v0", "-c", SET_UP)
    return served


def answers(house: Any) -> dict[str, Any]:
    return json.loads(house.manage("shell", "-v0", "-c", ANSWERS))


def looked_at(page: Any, shoot: Any, way: str, name: str) -> None:
    """In the widths and themes: no violation, nothing wider than the page."""
    if way == "off":
        return
    for width, theme in LOOKS if way == "on" else LOOKS[:1]:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.evaluate(OVERFLOWS), (name, width)
        shoot(page, f"{way}-{name}-{theme}-{width}")
    assert violations(page) == [], name
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 400, "height": 900})


def sitting(new_page: Any, way: str) -> Any:
    """A page of somebody with scripts on, off, or lost on the way."""
    page = new_page(java_script_enabled=way != "off")
    if way == "lost":
        page.route("**/*.mjs", lambda route: route.abort())
    return page


def press(page: Any, words: str) -> None:
    """A button, and the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def arrived(page: Any, script: bool) -> None:
    if script:
        page.wait_for_selector("html[data-form=ready]")


@pytest.mark.parametrize("way", WAYS)
def test_it_is_filled_left_and_sent_from_another_device(
    house: Any, new_page: Any, shoot: Any, way: str
) -> None:
    page = sitting(new_page, way)
    heard = complaints_of(page)
    page.goto(f"{house.url}/form/small_call/")
    looked_at(page, shoot, way, "begin")
    link, code = left_for_later(page, shoot, way)
    other = sitting(new_page, way)
    heard_there = complaints_of(other)
    other.goto(link)
    taken_up(other, code, shoot, way)
    filled_in(other, shoot, way)
    sent(other, shoot, way)
    found = answers(house)
    assert found["outcome"] == "done"
    assert found["answers"]["birth_date"] == "1985-04-03"
    assert [name for name in found["answers"] if name.endswith("/contact_name")]
    # the browser tells of pages with an error, and of lost scripts
    expected = ["422", "ERR_FAILED"]
    assert [told for told in heard + heard_there if not any(e in told for e in expected)] == []


def left_for_later(page: Any, shoot: Any, way: str) -> tuple[str, str]:
    """The first section, wrong at first; then the link and the code to come back."""
    script = way == "on"
    press(page, "Begin")
    arrived(page, script)
    expect(page.get_by_text("Step 1 of 2")).to_be_visible()
    looked_at(page, shoot, way, "section")

    page.fill("[id='q:given_name']", "Ann")
    page.fill("[id='q:birth_date']", "banana")
    press(page, "Next")
    arrived(page, script)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    expect(summary.get_by_role("link")).to_have_count(2)
    looked_at(page, shoot, way, "wrong")
    summary.get_by_role("link").first.click()
    page.fill("[id='q:birth_date']", "3/4/1985")
    page.check("input[name='a:right_person'][value=true]")
    press(page, "Next")
    arrived(page, script)
    expect(page.get_by_role("heading", name="Symptoms")).to_be_visible()

    press(page, "Save and continue later")
    press(page, "Get a link and a code")
    code = page.locator(".form-code").inner_text()
    link = page.get_by_label("Link", exact=True).input_value()
    looked_at(page, shoot, way, "later")
    return link, code


def taken_up(other: Any, code: str, shoot: Any, way: str) -> None:
    """A wrong code, then the right one."""
    other.fill("#code", "0000 0000 0000")
    press(other, "Continue")
    expect(other.get_by_role("alert")).to_contain_text("do not fit together")
    looked_at(other, shoot, way, "code")
    other.fill("#code", code.lower())
    press(other, "Continue")
    arrived(other, way == "on")


def filled_in(other: Any, shoot: Any, way: str) -> None:
    """What opens with an answer, and an entry."""
    script = way == "on"
    other.check("input[name='a:sick'][value=true]")
    if script:  # at once
        expect(other.locator("[id='q:onset']")).to_be_visible()
        expect(other.locator("[data-saved]")).to_have_text("Everything is saved")
    else:
        press(other, "Next")
    other.fill("[id='q:onset']", "yesterday")
    press(other, "Next")
    arrived(other, script)

    if script:
        other.get_by_role("button", name="+ Contact").click()
    else:
        press(other, "+ Contact")
    other.locator("input[id$='/contact_name']").last.fill("Carl")
    looked_at(other, shoot, way, "entries")
    press(other, "Next")
    arrived(other, script)
    press(other, "Next")


def sent(other: Any, shoot: Any, way: str) -> None:
    """Checked, sent; and the way back shows nothing any more."""
    expect(other.get_by_role("heading", level=1)).to_have_text(
        "Check your answers before you send them"
    )
    expect(other.get_by_text("Carl")).to_be_visible()
    looked_at(other, shoot, way, "check")
    press(other, "Send")
    expect(other.get_by_role("heading", level=1)).to_have_text("We have received your form")
    looked_at(other, shoot, way, "done")
    other.go_back()
    other.wait_for_load_state()
    expect(other.get_by_text("Ann")).to_have_count(0)


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_of_question_is_answered(
    house: Any, new_page: Any, shoot: Any, way: str
) -> None:
    script = way == "on"
    page = sitting(new_page, way)
    page.goto(f"{house.url}/form/kinds/")
    press(page, "Begin")
    arrived(page, script)
    for place, text in (
        ("at", "14:05"),
        ("since", "3/4/2026 14:05"),
        ("began", "march 2026"),
        ("mail", "ann@example.org"),
        ("site", "https://example.org/"),
        ("who.given_name", "Ann"),
        ("who.family_name", "Peeters"),
        ("home.street", "Long Street"),
        ("home.postcode", "1000"),
        ("home.city", "Brussels"),
        ("weight.number", "71"),
        ("letters", "one\ntwo"),
        ("sign", "Ann Peeters"),
    ):
        page.locator(f"[name='a:{place}']").first.fill(text)
    page.check("input[name='a:pain'][value='3']")
    page.check("input[name='a:agreed'][value=true]")
    page.check("input[name='a:signs.cough'][value=yes]")
    page.check("input[name='a:signs.fever'][value=no]")
    page.locator("[name='a:order']").first.select_option("green")
    page.locator("[name='a:weight.unit']").select_option("kg")
    if script:
        page.locator("[data-place=town] [role=combobox]").fill("Town 7 ")
        page.locator("[data-place=town] [role=option]").first.click()
    else:
        page.locator("[name='a:town']").select_option("t7")
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear all"}
    page.locator("input[type=file]").first.set_input_files(letter)
    looked_at(page, shoot, way, "kinds")
    press(page, "Next")
    arrived(page, script)
    expect(page.get_by_role("heading", name="Two")).to_be_visible()
    press(page, "Next")
    expect(page.get_by_text("letter.txt")).to_be_visible()
    looked_at(page, shoot, way, "kinds-check")
    press(page, "Send")
    found = answers(house)["answers"]
    assert found["town"] == "t7"
    assert found["paper"]["name"] == "letter.txt"
    assert found["signs"] == {"cough": "yes", "fever": "no"}
    assert len(found) >= 16


def test_a_line_that_is_gone_costs_nothing(house: Any, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{house.url}/form/small_call/")
    press(page, "Begin")
    arrived(page, True)
    page.context.set_offline(True)
    page.fill("[id='q:given_name']", "Ann")
    page.check("input[name='a:right_person'][value=true]")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet", timeout=10_000)
    assert page.input_value("[id='q:given_name']") == "Ann"
    kept = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await indexedDB.databases()])"
    )
    assert kept == "[{},{},[]]"
    page.context.set_offline(False)
    press(page, "Next")
    expect(page.get_by_role("heading", name="Symptoms")).to_be_visible()
    assert answers(house)["answers"] == {"given_name": "Ann", "right_person": True}
    assert re.search("/form/at/", page.url)
