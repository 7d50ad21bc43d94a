"""Every state of the agent's screen and of the pages around a call, visited once: no violation that axe finds, nothing wider than 320
pixels, nothing small or hidden; at 200 %, in forced colours and without motion, too. The table is `tests.states.table`."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.test_pages import complaints_of
from tests.states.checks import wrong_in
from tests.states.house import House
from tests.states.table import CHAPTERS

pytestmark = pytest.mark.journey
# The browser tells of a line that is gone, of a session that ended (what asks for calls is led to the login), of a form with errors.
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "401", "403", "409", "422")


@pytest.fixture(scope="module")
def house(browser: Any) -> Iterator[House]:
    built = House(browser)
    try:
        yield built.open()
    finally:
        built.close()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_state_is_for_everybody(house: House, chapter: str) -> None:
    wrong: list[str] = []
    heard: dict[Any, list[str]] = {}
    for state in CHAPTERS[chapter]:
        page = state.come(house)
        if page not in heard:
            heard[page] = complaints_of(page)
        wrong += wrong_in(state, page)
    told = [one for each in heard.values() for one in each]
    assert "\n".join(wrong) == ""
    assert [one for one in told if not any(known in one for known in EXPECTED)] == []
