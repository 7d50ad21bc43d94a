"""Every kind of field in a real browser: typed, picked, ordered, found by typing; kept as it is meant."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.people import PASSWORD

SET_UP = """
from tests.people import make_person
from tests.unit.fill.calls import publish
from tests.unit.fill.kinds import every_kind
make_person('agent', 'agent')
publish(every_kind(), code='every_kind')
"""
STATE = """
import json
from runtime.records.models import Record
from runtime.records.store import open_record
opened = open_record(Record.objects.get(), by=None, purpose='test')
print(json.dumps({name: opened.state[name] for name in ('answers', 'unreadable')}))
"""
KEPT = {
    "at": "14:30",
    "began": "2019-03",
    "mail": "Ann@example.org",
    "pain": "0",
    "order": ["blue", "red"],
    "town": "t7",
    "agreed": False,
    "weight": {"number": "72.5", "unit": "kg"},
    "who": {"given_name": "Ann", "birth_date": "1985-04-03", "phone": "+32470123456"},
    "signs": {"cough": "yes", "fever": "no"},
}


@pytest.fixture
def screen(served: Any, page: Any, sign_in: Any) -> Any:
    """An agent in front of a form that has every kind."""
    served.set_up(SET_UP)
    sign_in(page, served.url, "agent", PASSWORD)
    page.click("form[action='/app/every_kind/start/'] button")
    page.wait_for_selector("html[data-screen=ready]")
    return page


def kept(served: Any) -> dict[str, Any]:
    return json.loads(served.manage("shell", "-v0", "-c", STATE))


def saved(page: Any) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("^(All|1) .*saved$"))


def note(page: Any, place: str) -> Any:
    return page.locator(f'[id="n:{place}"]')


def fill(page: Any, place: str, text: str) -> None:
    page.locator(f'[id="q:{place}"]').fill(text)


def test_every_kind_of_field_is_answered(served: Any, screen: Any, shoot: Any) -> None:
    page = screen
    fill(page, "at", "14h30")
    expect(note(page, "at")).to_contain_text("14:30")
    fill(page, "began", "march 2019")
    expect(note(page, "began")).to_contain_text("March 2019")
    fill(page, "mail", "Ann@Example.ORG")
    page.locator('[data-place="pain"] input').first.focus()
    page.keyboard.press("0")
    expect(page.locator('[data-place="pain"] input[value="0"]')).to_be_checked()
    page.locator('[data-place="agreed"] input').first.focus()
    page.keyboard.press("n")
    order = page.locator('[data-place="order"] select')
    order.nth(0).select_option("blue")
    order.nth(1).select_option("red")
    fill(page, "weight.number", "72,5")
    page.locator('[id="q:weight.unit"]').select_option("kg")
    expect(note(page, "weight")).to_have_text("")
    fill(page, "who.given_name", "Ann")
    fill(page, "who.birth_date", "3/4/1985")
    fill(page, "who.phone", "0470 12 34 56")
    page.locator('[data-part="cough"] input').first.focus()
    page.keyboard.press("1")
    page.locator('[data-part="fever"] input').first.focus()
    page.keyboard.press("2")
    town = page.locator('[data-place="town"] [role=combobox]')
    town.focus()
    page.keyboard.type("riv 7")
    expect(page.locator('[data-place="town"] [role=option]').first).to_have_text(
        "Town 7 upon River"
    )
    page.keyboard.press("Enter")
    expect(town).to_have_value("Town 7 upon River")
    shoot(page, "kinds-of-field")
    page.locator('[id="q:site"]').focus()
    saved(page)
    assert kept(served) == {"answers": KEPT, "unreadable": []}
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    expect(town).to_have_value("Town 7 upon River")
    expect(page.locator('[id="q:who.phone"]')).to_have_value("+32470123456")
    assert page.locator("[data-place=secret]").count() == 0


def test_what_cannot_be_read_is_told_and_kept(served: Any, screen: Any) -> None:
    page = screen
    fill(page, "site", "javascript:alert(1)")
    page.locator('[id="q:mail"]').focus()
    expect(note(page, "site")).to_contain_text("could not be read")
    fill(page, "who.birth_date", "in the war")
    page.locator('[id="q:mail"]').focus()
    expect(note(page, "who")).to_contain_text("could not be read")
    order = page.locator('[data-place="order"] select')
    order.nth(0).select_option("blue")
    order.nth(1).select_option("blue")
    expect(note(page, "order")).to_contain_text("could not be read")
    saved(page)
    assert sorted(kept(served)["unreadable"]) == ["order", "site", "who"]


def test_half_a_quantity_is_told_and_escape_leaves_a_list_alone(served: Any, screen: Any) -> None:
    page = screen
    fill(page, "weight.number", "5")
    town = page.locator('[data-place="town"] [role=combobox]')
    town.fill("zzz")
    expect(page.locator('[data-place="town"] [role=option]')).to_have_count(0)
    page.locator('[id="q:mail"]').focus()
    expect(town).to_have_value("")
    town.fill("12 upon")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(town).to_have_value("")
    saved(page)
    assert kept(served)["answers"] == {"weight": {"number": "5"}}


def test_the_options_speak_the_language_of_the_conversation(screen: Any) -> None:
    page = screen
    page.click('[data-language="fr"]')
    expect(
        page.locator('[data-place="order"] select').first.locator("option").nth(1)
    ).to_have_text("Rouge")
    expect(page.locator('[data-place="town"] select option').nth(1)).to_have_text(
        "Town 0 upon River (EN)"
    )


def test_a_text_without_a_translation_shows_in_which_language_it_is(
    screen: Any, shoot: Any
) -> None:
    page = screen
    mail, mark = page.locator('[data-text="question-mail/label"]'), "(node) => getComputedStyle(node, '::after').content"  # fmt: skip
    assert (mail.get_attribute("lang"), mail.get_attribute("data-instead")) == ("en", None)
    page.click('[data-language="fr"]')
    expect(mail).to_have_attribute("data-instead", "EN")
    assert "EN" in mail.evaluate(mark) or "attr(data-instead)" in mail.evaluate(mark)
    assert mail.get_attribute("lang") == "en"
    red = page.locator('[data-place="order"] select').first.locator("option").nth(1)
    expect(red).to_have_text("Rouge")
    shoot(page, "stands-in")
    saved(page)
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    expect(mail).to_have_attribute("data-instead", "EN")
    page.click('[data-language="en"]')
    expect(mail).not_to_have_attribute("data-instead", "EN")
    assert mail.evaluate(mark) == "none"
