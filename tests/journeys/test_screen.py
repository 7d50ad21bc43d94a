"""The agent's screen in a real browser: by keyboard alone, offline and back, in two languages, light, dark and small."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.people import PASSWORD

SET_UP = """
from tests.people import make_person
from tests.unit.fill.calls import publish, small_call, small_lesson
make_person('agent', 'agent')
publish(small_call(), code='small_call')
publish(small_lesson(), code='masks')
"""
ANSWERS = """
import json
from runtime.records.models import Event, Record
from runtime.records.store import open_record
record = Record.objects.get()
opened = open_record(record, by=None, purpose='test')
counts = {'events': Event.objects.filter(record=record).count(), 'late': Event.objects.filter(late=True).count()}
print(json.dumps({'answers': opened.state['answers'], 'outcome': record.outcome, **counts}))
"""


@pytest.fixture
def called(served: Any, page: Any, sign_in: Any) -> Any:
    """An agent in front of a record they have just begun."""
    served.set_up(SET_UP)
    return begin(served, page, sign_in)


def begin(served: Any, page: Any, sign_in: Any) -> Any:
    sign_in(page, served.url, "agent", PASSWORD)
    page.click("form[action='/app/small_call/start/'] button")
    page.wait_for_selector("html[data-screen=ready]")
    return page


def kept(served: Any) -> dict[str, Any]:
    """What the server has of the only record."""
    return json.loads(served.manage("shell", "-v0", "-c", ANSWERS))


def keys(page: Any, *pressed: str) -> None:
    """Presses keys; a text of several letters is typed."""
    for key in pressed:
        if len(key) == 1 or re.fullmatch(
            r"(Shift\+|Control\+)?(Enter|Tab|Delete|Escape|Insert|[a-zA-Z])", key
        ):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


def shown(page: Any) -> str:
    return page.locator("form.section:visible h1").inner_text()


def saved(page: Any) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("^(All|1) .*saved$"))


def place_in_focus(page: Any) -> str:
    return page.evaluate("document.activeElement.closest('[data-place]')?.dataset.place ?? ''")


def test_a_call_is_made_by_keyboard_alone(
    served: Any, called: Any, shoot: Callable[..., Any]
) -> None:
    page = called
    keys(page, "Enter")  # from wherever the focus is to the first question
    assert place_in_focus(page) == "given_name"
    keys(page, "Amélie")
    assert "speaking with Amélie?" in page.locator("[data-item=line-hello]").inner_text()
    keys(page, "Enter", "3/4/1981")
    assert "Friday 3 April 1981" in page.locator("[id='n:birth_date']").inner_text()
    keys(page, "Enter")
    assert page.locator("[data-step=symptoms]").is_hidden()
    keys(page, "y")
    assert page.locator("[data-step=symptoms]").is_visible()
    keys(page, "Enter", "0470 12 34 56", "Enter")

    assert shown(page) == "Symptoms"
    assert page.locator("[data-place=onset]").is_hidden()
    keys(page, "y", "Enter")
    assert place_in_focus(page) == "onset"
    keys(page, "yesterday")
    shoot(page, "symptoms")
    keys(page, "Enter", "1", "3", "Enter", "2", "Enter")

    assert shown(page) == "Contacts"
    keys(page, "+")
    keys(page, "Nora Peeters", "Enter", "600", "Enter")
    assert shown(page) == "Closing"
    keys(page, "Shift+Enter")
    assert shown(page) == "Contacts"
    shoot(page, "contacts")
    assert page.locator("[data-table=contacts] tbody tr").inner_text().split("\t")[:2] == [
        "Nora Peeters",
        "600",
    ]
    page.keyboard.press("Control+e")
    page.wait_for_selector("dialog#ends[open]")
    shoot(page, "ends")
    page.locator("[data-outcome=done] button").focus()
    keys(page, "Enter")
    page.wait_for_url(f"{served.url}/")

    told = kept(served)
    entry = next(place for place in told["answers"] if place.endswith("contact_name")).split("/")[
        1
    ]
    assert told["outcome"] == "done"
    assert told["answers"]["given_name"] == "Amélie"
    assert told["answers"]["phone"] == "+32470123456"
    assert (told["answers"]["which"], told["answers"]["place"]) == (["fever", "taste"], "work")
    assert told["answers"][f"contacts/{entry}/minutes"] == "600"


def test_a_hidden_answer_comes_back_and_a_reload_keeps_all(served: Any, called: Any) -> None:
    page = called
    page.fill("[id='q:given_name']", "Ann")
    page.check("[data-place=right_person] input[value=true]", force=True)
    page.click("[data-go=next]")
    page.check("[data-place=sick] input[value=true]", force=True)
    page.fill("[id='q:onset']", "2026-01-05")
    page.check("[data-place=sick] input[value=false]", force=True)
    assert page.locator("[data-place=onset]").is_hidden()
    saved(page)
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    assert shown(page) == "Symptoms"
    page.check("[data-place=sick] input[value=true]", force=True)
    assert page.input_value("[id='q:onset']") == "2026-01-05"
    assert page.locator("[data-fact=until]").inner_text() == "Thursday 15 January 2026"


def test_what_was_typed_offline_is_saved_once_when_the_line_is_back(
    served: Any, called: Any, shoot: Callable[..., Any]
) -> None:
    page = called
    page.fill("[id='q:given_name']", "Before")
    saved(page)
    page.context.set_offline(True)
    page.fill("[id='q:given_name']", "Offline")
    page.check("[data-place=right_person] input[value=true]", force=True)
    page.click("[data-go=next]")
    page.check("[data-place=sick] input[value=false]", force=True)
    expect(page.locator("[data-saved]")).to_contain_text("3 answers, kept sealed in this browser.")
    shoot(page, "offline")
    page.context.set_offline(False)
    saved(page)
    told = kept(served)
    assert told["answers"] == {"given_name": "Offline", "right_person": True, "sick": False}
    events = told["events"]
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    assert (kept(served)["events"], kept(served)["late"]) == (events, 0)


def test_a_text_that_is_no_day_is_kept_as_it_was_typed(served: Any, called: Any) -> None:
    page = called
    page.fill("[id='q:birth_date']", "the day of the storm")
    page.keyboard.press("Tab")
    expect(page.locator("[id='n:birth_date']")).to_contain_text("could not be read")
    saved(page)
    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    assert page.input_value("[id='q:birth_date']") == "the day of the storm"
    expect(page.locator("[id='n:birth_date']")).to_contain_text("could not be read")
    page.focus("[id='q:birth_date']")
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text("Nothing to save yet")  # said once
    page.fill("[id='q:birth_date']", "3/4/1981")
    page.keyboard.press("Tab")
    expect(page.locator("[id='n:birth_date']")).not_to_contain_text("could not be read")
    saved(page)
    assert kept(served)["answers"]["birth_date"] == "1981-04-03"


def test_a_number_is_checked_by_the_server(called: Any) -> None:
    page = called
    page.fill("[id='q:phone']", "0470 12 34")
    page.keyboard.press("Tab")
    expect(page.locator("[id='n:phone']")).to_contain_text("could not be read")
    assert page.input_value("[id='q:phone']") == "0470 12 34"
    page.fill("[id='q:phone']", "0470 12 34 56")
    page.keyboard.press("Tab")
    expect(page.locator("[id='q:phone']")).to_have_value("+32470123456")
    assert page.locator("[id='n:phone']").inner_text() == ""


def test_the_script_changes_its_language_under_the_call(
    served: Any, called: Any, shoot: Callable[..., Any]
) -> None:
    page = called
    page.fill("[id='q:given_name']", "Ann")
    page.click("[data-language=fr]")
    expect(page.locator("[data-item=line-hello]")).to_contain_text("est-ce bien Ann")
    assert page.locator("label[for='q:given_name']").inner_text().startswith("Prénom")
    assert page.locator("[data-item=line-hello]").get_attribute("lang") == "fr"
    assert page.locator("[data-go=next]").inner_text().startswith("Next")
    shoot(page, "french")
    saved(page)
    page.reload()
    assert page.locator("label[for='q:given_name']").inner_text().startswith("Prénom")


def test_after_a_logout_elsewhere_nothing_typed_is_lost(
    served: Any, called: Any, shoot: Callable[..., Any]
) -> None:
    page = called
    address = page.url
    other = page.context.new_page()
    other.goto(f"{served.url}/")
    other.click("details.menu > summary")
    other.click("form[action='/accounts/logout/'] button")
    other.wait_for_url(lambda url: "/login" in url)
    page.fill("[id='q:given_name']", "Kept")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-save-notice]:visible")
    shoot(page, "signed-out")
    assert page.input_value("[id='q:given_name']") == "Kept"
    other.fill("input[name=login]", "agent")
    other.fill("input[name=password]", PASSWORD)
    other.click("form[action*=login] button[type=submit]")
    other.wait_for_url(lambda url: "/login" not in url)
    other.goto(address)
    assert "came late" in other.locator(".notice").first.inner_text()
    other.click("button[name=keep][value='1']")
    expect(other.locator("[id='q:given_name']")).to_have_value("Kept")


def test_a_lesson_is_failed_and_passed(
    served: Any, page: Any, sign_in: Any, shoot: Callable[..., Any]
) -> None:
    served.set_up(SET_UP)
    sign_in(page, served.url, "agent", PASSWORD)
    page.goto(f"{served.url}/lesson/masks/")
    page.click("form button.go")
    for covers, word in (("mouth", "Not passed yet"), ("mouth_and_nose", "Passed")):
        page.wait_for_selector("html[data-screen=ready]")
        page.click("[data-go=next]")
        page.check(f"[data-place=covers] input[value={covers}]", force=True)
        page.check("[data-place=daily] input[value=true]", force=True)
        shoot(page, f"quiz-{covers}")
        page.click("[data-go=end]")
        page.click("[data-finish]")
        page.wait_for_selector(".result")
        shoot(page, f"result-{covers}")
        assert page.locator(".result h2").inner_text() == word
        if word != "Passed":
            page.click(".result form button")


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("light", 1440, "light"),
        ("dark", 1440, "dark"),
        ("small", 320, "light"),
        ("wide", 2560, "light"),
    ],
)
def test_the_screen_fits(
    served: Any,
    new_page: Any,
    sign_in: Any,
    shoot: Callable[..., Any],
    name: str,
    width: int,
    scheme: str,
) -> None:
    served.set_up(SET_UP)
    page = begin(
        served, new_page(viewport={"width": width, "height": 900}, color_scheme=scheme), sign_in
    )
    shoot(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    unnamed = page.evaluate(UNNAMED)
    assert unnamed == []


# Controls that nothing names, and ids that are there twice.
UNNAMED = """() => {
  const named = (node) => node.labels?.length || node.textContent.trim() || node.getAttribute('aria-label') || node.title;
  const controls = [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a[href]')];
  const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
  const doubles = ids.filter((id, index) => ids.indexOf(id) !== index);
  const bare = controls.filter((node) => !node.closest('[aria-hidden=true]') && !named(node)).map((node) => node.outerHTML);
  return [...bare, ...doubles];
}"""
