"""The steps that people take, as the journeys tell them: sign in, answer, go on, end the call."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from config.demo.accounts import PASSWORD


def sign_in(page: Any, url: str, name: str, password: str = PASSWORD) -> Any:
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda address: "/login" not in address)
    return page


def sign_out(page: Any, url: str) -> None:
    page.goto(f"{url}/")
    page.click("details.menu > summary")
    page.click("form[action='/accounts/logout/'] button")
    page.wait_for_url(lambda address: "/login" in address)


def take_call(page: Any, url: str, queue: str) -> None:
    """From the home page to the agent's screen."""
    page.goto(f"{url}/")
    page.click(f"form[action='/queue/{queue}/claim/'] button")
    page.wait_for_selector("html[data-screen=ready]")


def answer(page: Any, place: str, value: Any) -> None:
    """Answer one question, as its type is answered: words typed, one or several chosen, a file sent."""
    question = page.locator(f"[data-place='{place}']")
    if isinstance(value, dict):
        question.locator("input[type=file]").set_input_files(value)
        expect(question.locator(".kept a")).to_be_visible()
        return
    chosen = [str(value).lower()] if isinstance(value, bool) else value
    if question.get_attribute("data-type") == "choose_one":
        chosen = [value]
    if isinstance(chosen, list):
        for each in chosen:
            question.locator(f"label:has(input[value='{each}'])").click()
    else:
        question.locator("input[type=text], textarea").fill(value)
        page.keyboard.press("Tab")


def answer_all(page: Any, answers: dict[str, Any]) -> None:
    for place, value in answers.items():
        answer(page, place, value)


def go_on(page: Any, section: str) -> None:
    """To the next section, which must be the one expected."""
    page.click("[data-go=next]")
    expect(page.locator(f"form.section[data-section={section}]")).to_be_visible()


def add_entry(page: Any, repeat: str, answers: dict[str, Any]) -> None:
    page.click(f"[data-add={repeat}]")
    entry = page.locator(f"[data-entries={repeat}] [data-entry]").last.get_attribute("data-entry")
    answer_all(page, {f"{repeat}/{entry}/{name}": value for name, value in answers.items()})


def all_saved(page: Any) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("^All "))


def end_call(page: Any, outcome: str) -> None:
    page.keyboard.press("Control+e")
    page.wait_for_selector("dialog#ends[open]")
    button = page.locator(f"[data-outcome={outcome}] button")
    expect(button).to_be_enabled()
    button.click()
    page.wait_for_url(lambda address: "/record/" not in address)


def wait_for(done: Callable[[], Any], seconds: float = 60) -> None:
    """Until the worker has carried out what is waiting."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "The worker did not get there."
        time.sleep(0.3)


def tab_to(page: Any, selector: str, presses: int = 60) -> None:
    """Tab until the focus is there, as somebody without a mouse does."""
    for _press in range(presses):
        if page.evaluate("part => document.activeElement.matches(part)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{presses} presses of Tab did not lead to {selector}.")


OPEN = """() => {
  const shown = [...document.querySelectorAll('form.section:not([hidden]) [data-place]')].filter((box) => box.offsetParent);
  const answered = (box) => [...box.querySelectorAll('input, textarea, select')]
    .some((part) => part.matches('[type=radio], [type=checkbox]') ? part.checked : part.value.trim() !== '');
  const box = shown.find((each) => !answered(each));
  return box && [box.dataset.place, box.dataset.type, box.querySelector('input')?.value ?? ''];
}"""
GIVEN: dict[str, Any] = {
    "date": "yesterday",
    "time": "8:30",
    "integer": "2",
    "decimal": "2",
    "text": "Words",
    "long_text": "Words",
    "file": {"name": "words.txt", "mimeType": "text/plain", "buffer": b"Words"},
}


def answer_rest(page: Any, most: int = 60) -> None:
    """Answer what the section still asks, the first choice each time; what that opens, too."""
    for _question in range(most):
        found = page.evaluate(OPEN)
        if found is None:
            return
        place, kind, first = found
        chosen = {"yes_no": True, "choose_one": first, "choose_several": [first]}
        answer(page, place, {**GIVEN, **chosen}[kind])
    raise AssertionError(f"The section still asks after {most} answers.")
