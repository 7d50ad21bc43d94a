"""The editor page in Chromium: scripts of 17, 200 and 500 questions beside a plain StreamField of 200 plain StructBlocks.

The variants take turns on one server and one machine. Times are medians on the clock, from the navigation to a page that
can be worked with; processor times of the browser's page and of the server are told beside them.
"""

import json
import os
import statistics
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, at_most, told
from tests.served import Served

ROUNDS = int(os.environ.get("EDITOR_ROUNDS", "3"))
SIZES = (17, 200, 500)
PLAIN = 200
OPENINGS = (1, 3, 5, 7, 9, 11)  # questions of the last section
SETTINGS = "tests.bench.plain.settings"
READY = """() => document.readyState === 'complete' && window.wagtail && window.wagtail.editHandler
  && (window.wagtail.editHandler.getPanelByName('body').getBoundWidget() || {}).children?.length > 0"""
TICK = 1 / os.sysconf("SC_CLK_TCK")
# Click, and wait until what came of it was painted: milliseconds.
OPENED = """(toggle) => new Promise((done) => {
  const begun = performance.now();
  toggle.click();
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - begun); channel.port2.postMessage(0); });
})"""
TOGGLES = "[data-contentpath=body] [data-streamfield-child]{deeper} > section [data-panel-toggle]"


def run() -> list[Figure]:
    """All figures; every page is loaded anew for each reading."""
    served = Served(DJANGO_SETTINGS_MODULE=SETTINGS)
    try:
        pages = _write(served)
        served.start(worker=False)
        return _figures(_read(served, pages))
    finally:
        served.stop()


def _write(served: Served) -> dict[str, int]:
    served.manage("migrate", "--run-syncdb", "-v0")
    served.manage("setup_content")
    sizes = json.dumps(SIZES)
    code = f"from tests.bench.plain.writing import write; write({sizes}, {PLAIN})"
    pages: dict[str, int] = json.loads(served.manage("shell", "-v0", "-c", code).splitlines()[-1])
    return pages


Readings = dict[str, dict[str, list[float]]]


def _read(served: Served, pages: dict[str, int]) -> Readings:
    from playwright.sync_api import sync_playwright

    from tests.browser import ARGUMENTS, chromium

    found: Readings = {name: {} for name in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1440, "height": 1200})
        context.set_default_timeout(120_000)
        _sign_in(context, served.url)
        for number in range(-1, ROUNDS):
            for name, pk in pages.items():
                if number < 0 and name.startswith("plain"):
                    continue  # to warm the server up with it takes a minute
                reading = _reading(context, served, f"{served.url}/admin/pages/{pk}/edit/", name)
                for key, value in reading.items() if number >= 0 else ():
                    found[name].setdefault(key, []).append(value)
        browser.close()
    return found


def _sign_in(context: Any, url: str) -> None:
    from tests.people import PASSWORD

    page = context.new_page()
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", "editor")
    page.fill("input[name=password]", PASSWORD)
    page.click("form[action*=login] button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    page.close()


def _reading(context: Any, served: Served, address: str, name: str) -> dict[str, float]:
    page = context.new_page()
    meter = context.new_cdp_session(page)
    meter.send("Performance.enable")
    page.goto(address, wait_until="commit")
    page.wait_for_function(READY, polling=20)
    ready = page.evaluate("() => performance.now()")
    found = {"ready": ready / 1000, "cpu": _busy(meter)}
    found["nodes"] = page.evaluate("() => document.querySelectorAll('*').length")
    if name.startswith("lazy"):
        found |= _openings(page, meter)
        found |= _autosave(page, meter, served)
    page.close()
    return found


def _openings(page: Any, meter: Any) -> dict[str, float]:
    """How long it takes to open the last section, a first question in it, and others (their median)."""
    toggle = page.locator(TOGGLES.format(deeper="")).last
    found = {"section": toggle.evaluate(OPENED)}
    page.wait_for_timeout(300)
    rows = page.locator(TOGGLES.format(deeper=" [data-streamfield-child]"))
    took = []
    for place in OPENINGS:
        page.wait_for_timeout(300)
        before = _busy(meter)
        took.append((rows.nth(place).evaluate(OPENED), (_busy(meter) - before) * 1000))
    found["first question"] = took[0][0]
    found["question"] = statistics.median(wall for wall, _cpu in took[1:])
    found["question cpu"] = statistics.median(cpu for _wall, cpu in took[1:])
    return found


def _autosave(page: Any, meter: Any, served: Served) -> dict[str, float]:
    """From the server's first byte of work to its answer, for a draft of which one word changed."""
    page.wait_for_timeout(3000)  # from when on Wagtail looks for changes
    before, busy = _server_cpu(served), _busy(meter)
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "/edit/" in answer.url
    ) as told_back:
        page.locator("#id_title").press_sequentially("!")
    answer = told_back.value
    answer.finished()
    assert answer.status == 200, answer.status
    timing = answer.request.timing
    return {
        "save": timing["responseEnd"] / 1000,
        "save server cpu": _server_cpu(served) - before,
        "save page cpu": _busy(meter) - busy,
    }


def _busy(meter: Any) -> float:
    """Processor seconds of the page's main thread so far."""
    figures = meter.send("Performance.getMetrics")["metrics"]
    return next(float(each["value"]) for each in figures if each["name"] == "TaskDuration")


def _server_cpu(served: Served) -> float:
    """Processor seconds of the server's processes so far."""
    leader, total = served.processes["server"].pid, 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[3]) == leader:
            total += int(fields[11]) + int(fields[12])
    return total * TICK


def _figures(found: Readings) -> list[Figure]:
    median = {
        name: {key: statistics.median(values) for key, values in readings.items()}
        for name, readings in found.items()
    }
    small, middle, large = (median[f"lazy {size}"] for size in SIZES)
    plain = median[f"plain {PLAIN}"]
    return [
        *(
            told(f"editor: {name}, {key}", reading[key], unit)
            for name, reading in median.items()
            for key, unit in (("ready", "s"), ("cpu", "s CPU"), ("nodes", "nodes"))
        ),
        at_most("editor: 200 ready / plain", middle["ready"] / plain["ready"], "ratio", 1 / 4),
        at_most("editor: 200 nodes / plain", middle["nodes"] / plain["nodes"], "ratio", 1 / 40),
        at_most("editor: 500 ready / 17", large["ready"] / small["ready"], "ratio", 1.5),
        told("editor: 500 CPU / 17", large["cpu"] / small["cpu"], "ratio"),
        at_most("editor: autosave 500 / 200", large["save"] / middle["save"], "ratio", 2.7),
        *(
            told(f"editor: autosave of {size}, {key}", median[f"lazy {size}"][key], unit)
            for size in SIZES[1:]
            for key, unit in (
                ("save", "s"),
                ("save server cpu", "s CPU"),
                ("save page cpu", "s CPU"),
            )
        ),
        told("editor: opening a section of 500", large["section"], "ms"),
        told("editor: opening the first question of 500", large["first question"], "ms"),
        told("editor: opening a question of 500, CPU", large["question cpu"], "ms CPU"),
        at_most("editor: opening a question of 500", large["question"], "ms", 100),
    ]
