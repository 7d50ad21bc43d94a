"""What was typed and never sent outlasts a killed browser, and lies in its profile for nobody to read."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
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
TAKEN_UP_ONE = "1 answer that had not been sent is saved now."
OTHER = "from tests.people import make_person; make_person('other', 'agent')"
BOTH = """
from runtime.records.models import Record
from runtime.records.store import open_record
print({str(one.pk): open_record(one, by=None, purpose='test').state for one in Record.objects.all()})
"""
CONTROL = "Kwikzilver-Controle"
CAN_SEAL = "async () => (await navigator.locks.query()).held.some((lock) => lock.name.startsWith('unsent '))"
LAST_ROW = """() => new Promise((done, failed) => {
  const asked = indexedDB.open("scriptorium");
  asked.onerror = failed;
  asked.onsuccess = () => {
    const rows = asked.result.transaction("unsent").objectStore("unsent").getAllKeys();
    rows.onerror = failed;
    rows.onsuccess = () => (asked.result.close(), done(rows.result.at(-1) ?? null));
  };
})"""


@pytest.fixture
def killable(browser: Any, tmp_path: Path) -> Iterator[Killable]:
    made = Killable(browser.browser_type, tmp_path / "profile")
    yield made
    made.kill()


@pytest.fixture
def called(served: Any, killable: Killable, sign_in: Any) -> Any:
    """An agent in front of a record they have just begun, in a browser that can be killed."""
    served.set_up(SET_UP)
    page = begin(served, killable.start(), sign_in)
    page.wait_for_function(CAN_SEAL)  # the keys are there: the line may go
    return page


def sealed(page: Any, count: int = 1) -> None:
    """All of it: the words stand there from the first answer on."""
    words = "1 answer," if count == 1 else f"{count} answers,"
    expect(page.locator("[data-saved]")).to_contain_text(f"{words} kept sealed in this browser")


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end


def shelved(page: Any, still: int = 3) -> None:
    """Something is written, and nothing is written any more."""
    read: list[int | None] = [None]
    while read[-1] is None or len(set(read[-still:])) > 1 or len(read) < still:
        time.sleep(0.5)
        read.append(page.evaluate(LAST_ROW))
        assert len(read) < 100, f"never at rest: {read}"


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
    sealed(page, 3)
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


def test_a_page_that_was_drawn_while_the_home_was_sending_is_drawn_anew(
    served: Any, called: Any, killable: Killable, sign_in: Any
) -> None:
    """Who goes on from the home at once: the page they come to knows nothing of what is saved meanwhile."""
    address = called.url
    typed_offline(called, killable)
    killable.kill()
    page = killable.start()
    killable.context.clear_cookies()
    held: list[Any] = []
    page.route("**/save/", lambda route: held.append(route), times=1)  # noqa: PLW0108 - a builtin takes no marks
    sign_in(page, served.url, "agent", PASSWORD)
    until(lambda: page.wait_for_timeout(100) or held)

    def drawn_before(route: Any) -> None:
        drawn = route.fetch()
        held[0].continue_()
        until(lambda: kept(served)["events"] == 1)
        time.sleep(1)  # the home takes it off the shelf
        route.fulfill(response=drawn)

    page.route(address, drawn_before, times=1)
    page.goto(address)
    expect(page.locator("[id='q:given_name']")).to_have_value(TYPED)
    expect(page.locator("[data-saved]")).to_have_text(TAKEN_UP_ONE)
    assert kept(served)["events"] == 1


def test_a_word_that_was_half_typed_is_there(
    served: Any, called: Any, killable: Killable, sign_in: Any
) -> None:
    page, address = called, called.url
    killable.context.set_offline(True)
    page.focus("[id='q:given_name']")
    page.clock.pause_at(
        datetime.now(UTC) + timedelta(seconds=1)
    )  # the typing never comes to a pause
    page.keyboard.type(TYPED)
    shelved(page)
    killable.kill()
    page = killable.start()
    killable.context.clear_cookies()
    sign_in(page, served.url, "agent", PASSWORD)
    page.goto(address)
    expect(page.locator("[id='q:given_name']")).to_have_value(TYPED)
    assert kept(served)["events"] == 1


def test_the_home_sends_what_was_left_and_says_so(
    served: Any, called: Any, killable: Killable, sign_in: Any, shoot: Any
) -> None:
    typed_offline(called, killable)
    killable.kill()
    page = killable.start()
    killable.context.clear_cookies()  # as when the session has expired meanwhile
    sign_in(page, served.url, "agent", PASSWORD)
    said = page.locator("[data-arriving]")
    expect(said).to_contain_text(TAKEN_UP_ONE)
    shoot(page, "arrived")
    assert (kept(served)["answers"], kept(served)["late"]) == ({"given_name": TYPED}, 0)
    said.locator("a").click()
    expect(page.locator("[id='q:given_name']")).to_have_value(TYPED)
    page.goto(served.url)
    page.wait_for_load_state("networkidle")
    assert said.is_hidden()  # once


def test_another_person_at_the_same_browser_neither_sees_nor_sends_it(
    served: Any, called: Any, killable: Killable, sign_in: Any
) -> None:
    served.manage("shell", "-v0", "-c", OTHER)
    address = called.url
    typed_offline(called, killable)
    killable.kill()
    page = killable.start()
    killable.context.clear_cookies()
    sign_in(page, served.url, "other", PASSWORD)
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-arriving]").is_hidden()
    page.click("form[action='/app/small_call/start/'] button")
    page.wait_for_selector("html[data-screen=ready]")
    page.wait_for_load_state("networkidle")
    assert page.input_value("[id='q:given_name']") == ""
    assert "answers" in served.manage("shell", "-v0", "-c", BOTH)
    assert TYPED not in served.manage("shell", "-v0", "-c", BOTH)
    page.goto(served.url)
    killable.context.clear_cookies()
    sign_in(page, served.url, "agent", PASSWORD)
    expect(page.locator("[data-arriving]")).to_contain_text(TAKEN_UP_ONE)
    page.goto(address)
    expect(page.locator("[id='q:given_name']")).to_have_value(TYPED)


def test_the_search_finds_what_a_page_writes_in_clear(called: Any, killable: Killable) -> None:
    """Where it did not find this, it would find nothing of ours either."""
    page = called
    typed_offline(page, killable)
    page.evaluate(f"localStorage.setItem('note', {CONTROL!r})")
    page.wait_for_timeout(
        8000
    )  # a browser writes now and then what it needs to restore its windows
    found = {word for word, _file in found_in(killable.written(), [TYPED, CONTROL])}
    killable.kill()
    assert found | {word for word, _ in found_in(killable.written(), [TYPED, CONTROL])} == {
        CONTROL
    }


def typed_offline(page: Any, killable: Killable) -> None:
    killable.context.set_offline(True)
    page.fill("[id='q:given_name']", TYPED)
    page.keyboard.press("Tab")
    sealed(page)
