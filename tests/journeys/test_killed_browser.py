"""What was typed and never sent outlasts a killed browser, and lies in its profile for nobody to read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_screen import SET_UP, begin, kept
from tests.killable import Killable
from tests.people import PASSWORD
from tests.traces import found_in

TYPED = "Grünspan-Kanarie"
TAKEN_UP = "%s answers that had not been sent are saved now."
CONTROL = "Kwikzilver-Controle"


@pytest.fixture
def killable(browser: Any, tmp_path: Path) -> Iterator[Killable]:
    made = Killable(browser.browser_type, tmp_path / "profile")
    yield made
    made.kill()


@pytest.fixture
def called(served: Any, killable: Killable, sign_in: Any) -> Any:
    """An agent in front of a record they have just begun, in a browser that can be killed."""
    served.manage("shell", "-v0", "-c", SET_UP)
    return begin(served, killable.start(), sign_in)


def sealed(page: Any) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("kept sealed in this browser")


def test_what_was_typed_offline_is_there_after_the_browser_was_killed(
    served: Any, called: Any, killable: Killable, sign_in: Any
) -> None:
    page = called
    address = page.url
    killable.context.set_offline(True)
    page.fill("[id='q:given_name']", TYPED)
    page.check("[data-place=right_person] input[value=true]", force=True)
    page.click("[data-go=next]")
    page.check("[data-place=sick] input[value=false]", force=True)
    sealed(page)
    killable.kill()
    assert kept(served)["answers"] == {}
    assert sorted(set(found_in(killable.written(), [TYPED]))) == []

    page = killable.start()
    killable.context.clear_cookies()
    sign_in(page, served.url, "agent", PASSWORD)
    page.goto(address)
    expect(page.locator("[data-place=sick] input[value=false]")).to_be_checked()
    expect(page.locator("[data-saved]")).to_have_text(TAKEN_UP % 3)
    told = kept(served)
    assert told["answers"] == {"given_name": TYPED, "right_person": True, "sick": False}
    assert told["late"] == 0
    killable.kill()
    assert sorted(set(found_in(killable.written(), [TYPED]))) == []
