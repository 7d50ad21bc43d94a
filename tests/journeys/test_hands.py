"""Hands on the keyboard: any question by typing, a focus that is never lost, dates typed or picked, thousands of choices at once,
another language under the call; and what a screen reader is told of it all."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
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
from tests.unit.fill.towns import travels
make_person('agent', 'agent')
make_person('polyglot', 'agent')
publish(small_call(), code='small_call')
publish(travels(20000), code='far_travels')
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
    """`begin("small_call")`: an agent in front of a new record."""

    def do(code: str = "small_call", by: str = "agent", **options: Any) -> Any:
        page = new_page(**options)
        sign_in(page, installed.url, by, PASSWORD)
        page.click(f"form[action='/app/{code}/start/'] button")
        page.wait_for_selector(READY)
        return page

    return do


def in_focus(page: Any) -> str:
    return page.evaluate(IN_FOCUS)


def to_symptoms(page: Any) -> None:
    page.keyboard.press("Enter")
    page.keyboard.type("Ann")
    for key in ("Enter", "Enter", "y", "Enter", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("form.section:visible h1")).to_have_text("Symptoms")


def test_any_question_is_gone_to_by_typing(begin: Any, shoot: Any) -> None:
    page = begin()
    to_symptoms(page)
    page.keyboard.press("y")
    page.keyboard.press("/")
    expect(page.locator("dialog#jump")).to_be_visible()
    page.keyboard.type("zzz")
    expect(page.locator("[data-nothing]")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("ann")  # an answer
    expect(page.locator("#jump [role=option]").first).to_contain_text("Given name")
    expect(page.locator("#jump [role=option]").first).to_contain_text("Opening · Ann")
    shoot(page, "jump")
    assert axe.violations(page) == []
    page.keyboard.press("Escape")
    assert in_focus(page) == "sick"  # back where one was
    page.keyboard.press("/")
    page.keyboard.type("num mob")
    page.keyboard.press("Enter")
    assert in_focus(page) == "phone"
    expect(page.locator("form.section:visible h1")).to_have_text("Opening")
    page.keyboard.type("0470")
    page.keyboard.press("Control+k")  # from within a field that is typed in
    page.keyboard.type("first sym")
    page.keyboard.press("Enter")
    assert in_focus(page) == "onset"
    page.keyboard.press("Control+k")
    page.keyboard.type("closing")  # a section
    page.keyboard.press("Enter")
    expect(page.locator("form.section:visible h1")).to_have_text("Closing")
    assert in_focus(page) == "remark"


def test_who_speaks_to_the_machine_has_no_key_of_one_letter(begin: Any) -> None:
    page = begin(by="polyglot")
    page.locator("details.menu summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="With Alt").click()
    page.wait_for_selector(READY)
    page.locator("h1").first.click()
    for key in ("/", "?", "y"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-place=right_person] :checked")).to_have_count(0)
    page.keyboard.press("Alt+y")
    expect(page.locator("[data-place=right_person] :checked")).to_have_count(1)
    page.keyboard.press("Alt+/")
    expect(page.locator("dialog#jump")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("details.menu summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Alone").click()
    page.wait_for_selector(READY)
    page.keyboard.press("/")
    expect(page.locator("dialog#jump")).to_be_visible()


def test_what_is_veiled_is_not_told_by_the_jump(begin: Any) -> None:
    page = begin()
    page.fill("[id='q:birth_date']", "3/4/1981")
    page.keyboard.press("Control+k")
    page.keyboard.type("birth")
    expect(page.locator("#jump [role=option]")).to_have_count(1)
    assert "1981" not in page.locator("#jump ul").inner_text()


def test_a_question_that_vanishes_hands_the_focus_on(begin: Any) -> None:
    page = begin()
    to_symptoms(page)
    page.keyboard.press("y")
    page.focus("[id='q:onset']")
    page.evaluate(
        "document.querySelector('[data-place=sick] input[value=false]').checked = true;"
        "document.querySelector('[data-place=sick] input[value=false]').dispatchEvent(new Event('change', {bubbles: true}))"
    )  # as from another tab, or by a calculation
    expect(page.locator("[data-place=onset]")).to_be_hidden()
    page.wait_for_function(f"() => ({IN_FOCUS}) === 'place'")
    expect(page.locator("[data-live]")).to_contain_text(
        "“First symptoms on” is not asked any more."
    )
    expect(page.locator("[data-live]")).to_contain_text("Now at: Place")


def test_the_sheet_tells_the_keys_that_are_listened_to(begin: Any, shoot: Any) -> None:
    page = begin()
    page.keyboard.press("?")
    sheet = page.locator("dialog#keys")
    expect(sheet).to_be_visible()
    shoot(page, "keys")
    told = re.sub(r"\s+", " ", sheet.inner_text())
    rows = json.loads(page.locator("#screen-data").text_content())["keys"]
    spelled = {
        "Control": "Ctrl",
        "ArrowDown": "↓",
        "ArrowUp": "↑",
        "Insert": "Ins",
        "Escape": "Esc",
    }
    for row in rows:
        for key in row["deeds"]:
            last = key if key == "+" else key.split("+")[-1]
            assert key.isdigit() or spelled.get(last, last).lower() in told.lower(), key
    assert axe.violations(page) == []
    page.keyboard.press("Escape")
    assert in_focus(page) != "INPUT"


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (800, "dark"), (1400, "light")])
def test_a_date_is_typed_or_picked(begin: Any, shoot: Any, width: int, scheme: Any) -> None:
    page = begin(viewport={"width": width, "height": 800}, color_scheme=scheme)
    field, note = page.locator("[id='q:birth_date']"), page.locator("[id='n:birth_date']")
    field.focus()
    page.keyboard.type("3/4/30")
    expect(note).to_have_text("read as Thursday 3 April 1930")  # nobody is born in 2030
    page.keyboard.press("Tab")
    expect(page.locator("[data-live]")).to_contain_text("Thursday 3 April 1930")
    button = page.get_by_role("button", name="Open the calendar").first
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")  # the browser's own calendar, where no test can point
    native = page.locator("[data-native]")
    native.evaluate(
        "(field) => { field.value = '1930-05-06'; field.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    expect(field).to_have_value("1930-05-06")
    expect(note).to_have_text("read as Tuesday 6 May 1930")
    expect(field).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(field).to_have_value("1930-05-06")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    shoot(page, f"date-{width}")
    assert axe.violations(page) == []
    page.keyboard.press("Control+k")
    shoot(page, f"jump-{width}")
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_bare_digits_of_another_keyboard_choose(begin: Any) -> None:
    page = begin()
    to_symptoms(page)
    page.keyboard.press("y")
    page.locator("[data-place=which] input").first.focus()
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'é', code: 'Digit2', bubbles: true, cancelable: true}))"
    )
    assert page.locator("[data-place=which] input:checked").evaluate_all(
        "all => all.map(each => each.value)"
    ) == ["cough"]


def test_the_language_changes_and_nothing_typed_is_lost(begin: Any, shoot: Any) -> None:
    page = begin(by="polyglot")
    to_symptoms(page)
    page.keyboard.press("y")
    page.focus("[id='q:onset']")
    page.keyboard.type("some day last")  # not understood, not left yet
    page.locator("[data-language=fr]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-place=onset] .label")).to_contain_text("Premiers symptômes le")
    assert page.evaluate("document.activeElement.dataset.language") == "fr"
    expect(page.locator("[id='q:onset']")).to_have_value("some day last")
    assert page.evaluate("document.documentElement.lang") == "en"  # the agent's own screens
    missing = page.locator("[data-place=place] label.choice span").first
    assert (missing.get_attribute("lang"), missing.get_attribute("data-instead")) == ("en", "EN")
    shoot(page, "missing-translation")
    page.focus("[id='q:onset']")
    page.keyboard.press("Control+k")
    page.keyboard.type("english")  # from where one is, and back there
    page.keyboard.press("Enter")
    expect(page.locator("[data-place=onset] .label")).to_contain_text("First symptoms on")
    assert in_focus(page) == "onset"
    expect(page.locator("[id='q:onset']")).to_have_value("some day last")
    page.keyboard.press("Control+k")
    page.keyboard.type("french")
    page.keyboard.press("Enter")
    expect(page.locator("[data-place=onset] .label")).to_contain_text("Premiers symptômes le")
    page.locator("details.menu > summary").click()
    page.focus("[id='q:onset']")
    page.keyboard.press("Control+a")
    page.keyboard.type("gisteren")
    page.locator("details.menu > summary").focus()
    page.click("button[name=language][value=de]")
    page.wait_for_selector("html[lang=de][data-screen=ready]")
    expect(page.locator("[data-place=onset] .label")).to_contain_text("Premiers symptômes le")
    expect(page.locator("[id='q:onset']")).to_have_value(re.compile(r"^\d{4}-\d\d-\d\d$"))


def test_a_screen_reader_is_told_the_essential(begin: Any) -> None:
    page = begin()
    page.fill("[id='q:birth_date']", "the day of the storm")
    page.keyboard.press("Tab")
    tree = page.locator("body").aria_snapshot()
    for part in (
        "banner",
        'navigation "Path"',
        'group "Language of the conversation"',
        'heading "Opening" [level=1]',
        "main",
        'complementary "Person and history"',
        "contentinfo",
        'radiogroup "The right person',
        'textbox "Date of birth',
    ):
        assert part in tree, part
    field = page.locator("[id='q:birth_date']")
    assert field.get_attribute("aria-invalid") == "true"
    assert "n:birth_date" in field.get_attribute("aria-describedby").split()
    described = field.evaluate(
        "(field) => field.getAttribute('aria-describedby').trim().split(/ +/).map((id) => document.getElementById(id)?.textContent ?? '?').join(' ')"
    )
    assert "could not be read" in described
    assert page.locator("[role=status], [role=alert]").count() >= 3
    levels = page.evaluate(LEVELS)
    assert levels[0] in (1, 2)
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels
    assert page.evaluate(NAMELESS) == []


LEVELS = "[...document.querySelectorAll('h1, h2, h3, h4')].filter((each) => each.checkVisibility()).map((each) => Number(each.tagName[1]))"
NAMELESS = """() => {
  const named = (node) => node.labels?.length || node.innerText?.trim() || node.getAttribute('aria-label') || node.getAttribute('aria-labelledby');
  const groups = [...document.querySelectorAll('fieldset')].filter((node) => !node.querySelector('legend'));
  const controls = [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a[href], summary, dialog')];
  const bare = controls.filter((node) => node.checkVisibility() && !node.closest('[aria-hidden=true]') && !named(node));
  return [...groups, ...bare].map((node) => node.outerHTML.slice(0, 200));
}"""


# From each key pressed in the field to the next frame on the screen, as the browser itself counts it.
FRAMES = """() => {
  window.took = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown' || entry.name === 'input') window.took.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: false });
  document.querySelector('[data-place="home"] [role=combobox]').addEventListener('input', () => {
    const began = performance.now();
    requestAnimationFrame(() => setTimeout(() => window.strokes.push(performance.now() - began)));
  });
  window.strokes = [];
}"""
# How long a frame takes now, when nothing was typed.
IDLE = """() => new Promise((tell) => {
  const began = performance.now();
  requestAnimationFrame(() => setTimeout(() => tell(performance.now() - began)));
})"""
TYPED = ["bader", "stad river 9", "ker lo", "zzz", "hout", "river 1999", "molne"]


def test_twenty_thousand_choices_answer_each_key_at_once(begin: Any) -> None:
    page = begin("far_travels")
    town = page.locator('[data-place="home"] [role=combobox]')
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    town.focus()
    page.evaluate(FRAMES)
    idle = []
    for word in TYPED:
        page.keyboard.press("Control+a")
        page.keyboard.type(word, delay=60)
        page.wait_for_timeout(100)
        idle += [page.evaluate(IDLE) for _ in range(5)]
    strokes = sorted(page.evaluate("window.strokes"))
    p95 = strokes[int(len(strokes) * 0.95)]
    print(
        f"{len(strokes)} keys, idle {sorted(idle)[len(idle) // 2]:.0f} ms, p50 {strokes[len(strokes) // 2]:.0f} ms, p95 {p95:.0f} ms, most {strokes[-1]:.0f} ms; events {sorted(page.evaluate('window.took'))[-5:]}"
    )
    # Milliseconds say how busy the machine is (the goal is 50, at the 95th percentile); so a key is held against a frame in which nothing was typed.
    assert strokes[len(strokes) // 2] <= 10 * sorted(idle)[len(idle) // 2]
    page.keyboard.press("Control+a")
    page.keyboard.type("no such town")
    page.keyboard.press("Tab")
    expect(page.locator('[data-place="home"] .note')).to_have_text(
        "“no such town” is none of the choices; nothing was changed."
    )
