"""Somebody calls: from the telephone system's webhook to the field of their open record, painted in Chromium.

The page is told by the bell. The agent presses as soon as the box is there. The record is on the screen with the first paint that shows a field with its
answer; when its script answers is told beside it.
"""

import os
import statistics
import time
from typing import Any

from tests.bench.figure import Figure, at_most, percentile, told
from tests.bench.painting import WATCH
from tests.postgres import free_port
from tests.served import Served

ROUNDS = int(os.environ.get("INCOMING_ROUNDS", "20"))
LEFT = "from runtime.queues.models import WorkItem; from runtime.records.models import Record; print(WorkItem.objects.count(), Record.objects.count())"


def run() -> list[Figure]:
    """Seconds of each part, and of the whole."""
    from tests.journeys.test_telephone import CALLER, SET_UP

    served = Served(BELL_PORT=str(free_port()))
    try:
        served.manage("shell", "-v0", "-c", SET_UP.replace("CALLER", CALLER))
        key = bytes.fromhex(served.manage("telephony_provider", "pbx").split()[-1])
        served.start()
        return _figures(_rounds(served, key, CALLER), served.manage("shell", "-v0", "-c", LEFT))
    finally:
        served.stop()


def _rounds(served: Served, key: bytes, caller: str) -> list[tuple[float, float, float]]:
    """For each call: webhook to box, press to the painted field, and to the script's answer."""
    from playwright.sync_api import sync_playwright

    from tests.browser import ARGUMENTS, chromium
    from tests.people import PASSWORD

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(WATCH)
        page.goto(f"{served.url}/accounts/login/")
        page.fill("input[name=login]", "anna")
        page.fill("input[name=password]", PASSWORD)
        page.click("form[action*=login] button[type=submit]")
        found = [_round(page, served.url, key, caller, number) for number in range(-2, ROUNDS)]
        browser.close()
    return found[2:]  # the first ones fetch the files


def _round(
    page: Any, url: str, key: bytes, caller: str, number: int
) -> tuple[float, float, float]:
    from runtime.telephony.management.commands.simulate_call import post

    call = {"callId": f"c{number}", "from": caller, "to": "+3225550000", "user": "201"}
    page.goto(url)
    page.wait_for_timeout(300 + 37 * number % 700)  # at any moment between two looks of the bell
    began = time.monotonic()
    assert post(f"{url}/telephony/pbx/call/", key, {"event": "newCall", **call})[0] == 200
    # Asked every 20 ms: the locators' own waiting asks every half a second, as long as what is measured.
    page.wait_for_function("() => document.querySelector('[data-calls] button')", polling=20)
    box = time.monotonic() - began
    page.get_by_role("button", name="Open the record").click(no_wait_after=True)
    page.wait_for_function("() => window.found?.answers", polling=20)
    assert page.get_by_label("Given name").input_value() == "Bo-Yi"
    painted, answered = page.evaluate(
        "() => [window.found.usable, window.found.answers]"
    )  # since the press
    post(f"{url}/telephony/pbx/call/", key, {"event": "hangup", "cause": "cancel", **call})
    return box, painted / 1000, answered / 1000


def _figures(rounds: list[tuple[float, float, float]], left: str) -> list[Figure]:
    whole = [box + painted for box, painted, _answered in rounds]
    return [
        told("incoming: webhook to box, median", statistics.median(r[0] for r in rounds), "s"),
        told(
            "incoming: press to painted field, median",
            statistics.median(r[1] for r in rounds),
            "s",
        ),
        told(
            "incoming: press to the script's answer, median",
            statistics.median(r[2] for r in rounds),
            "s",
        ),
        at_most("incoming: webhook to record, median", statistics.median(whole), "s", 1),
        at_most("incoming: webhook to record, p95", percentile(whole, 95), "s", 1),
        at_most(
            "incoming: items and records beyond the one",
            sum(map(int, left.split())) - 2,
            "rows",
            0,
        ),
    ]
