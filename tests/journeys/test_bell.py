"""Where there is a bell a page is told that the telephone rings; where the bell has gone it asks for itself."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_telephone import CALLER, SET_UP
from tests.people import PASSWORD
from tests.postgres import free_port
from tests.served import Served

RINGS = "A call comes in"


@pytest.fixture
def belled() -> Iterator[Served]:
    served = Served(BELL_PORT=str(free_port()))
    try:
        served.manage("shell", "-v0", "-c", SET_UP.replace("CALLER", CALLER))
        served.start()
        yield served
    finally:
        served.stop()


def test_a_page_that_hears_the_bell_asks_for_nothing_until_it_rings(
    belled: Served, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    from runtime.telephony.management.commands.simulate_call import post

    key = bytes.fromhex(belled.manage("telephony_provider", "pbx").split()[-1])
    call = {"from": CALLER, "to": "+3225550000", "user": "201"}

    def send(event: str, number: int) -> int:
        address = f"{belled.url}/telephony/pbx/call/"
        return post(address, key, {"event": event, "callId": f"c-{number}", **call})[0]

    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda told: asked.append(told.url) if told.url.endswith("/calls/") else None)  # fmt: skip
    page.on("console", lambda told: problems.append(told.text) if told.type == "error" else None)
    with page.expect_response(
        lambda told: f":{belled.environment['BELL_PORT']}/" in told.url
    ) as line:
        sign_in(page, belled.url, "anna", PASSWORD)
    assert line.value.status == 200
    page.wait_for_timeout(1000)
    asked.clear()
    page.wait_for_timeout(4000)
    assert asked == []
    assert send("newCall", 1) == 200
    page.get_by_text(RINGS).wait_for(timeout=3000)
    shoot(page, "rings")
    assert send("hangup", 1) == 200
    expect(page.get_by_text(RINGS)).to_be_hidden()
    assert problems == []

    belled.kill("bell")
    assert send("newCall", 2) == 200
    page.get_by_text(RINGS).wait_for(timeout=20_000)
