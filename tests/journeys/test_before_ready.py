"""An agent who types before the page's script answers: the fields stand there with the first paint, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.test_screen import SET_UP, kept
from tests.people import PASSWORD

pytestmark = pytest.mark.journey
SCRIPT = "**/static/*/runtime/screen/screen.mjs"


@pytest.fixture
def painted(served: Any, page: Any, sign_in: Any) -> tuple[Any, Callable[[], None]]:
    """A page whose script has not come yet, and what lets it come."""
    served.set_up(SET_UP)
    sign_in(page, served.url, "agent", PASSWORD)
    waiting: list[Any] = []
    page.route(SCRIPT, lambda route: waiting.append(route))  # noqa: PLW0108 - a builtin takes no marks
    page.click("form[action='/app/small_call/start/'] button", no_wait_after=True)
    page.wait_for_selector("[id='q:given_name']")

    def come() -> None:
        for route in waiting:
            route.continue_()
        page.wait_for_selector("html[data-screen=ready]")

    return page, come


def test_what_is_typed_before_the_script_answers_is_saved(served: Any, painted: Any) -> None:
    page, come = painted
    page.locator("[id='q:given_name']").press_sequentially("Ann")
    page.check("[data-place=right_person] input[value=true]", force=True)
    come()
    assert page.input_value("[id='q:given_name']") == "Ann"
    page.click("[data-go=next]")
    page.wait_for_function("() => document.querySelector('[data-section=symptoms]:not([hidden])')")
    page.wait_for_selector("[data-saved]:has-text('saved')")
    answers = kept(served)["answers"]
    assert (answers["given_name"], answers["right_person"]) == ("Ann", True)


def test_enter_before_the_script_answers_goes_on_by_the_server(served: Any, painted: Any) -> None:
    page, _come = painted
    page.check("[data-place=right_person] input[value=true]", force=True)
    page.locator("[id='q:given_name']").press_sequentially("Ann")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[data-section=symptoms]:not([hidden])")
    answers = kept(served)["answers"]
    assert (answers["given_name"], answers["right_person"]) == ("Ann", True)
