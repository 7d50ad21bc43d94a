"""The agent's screen in Chromium, slowed down four times: first usable paint beside a blank page's, input to next paint, bytes.

The screen is usable with the first paint that shows a field: what is typed from there on is kept and answered
(tests/journeys/test_before_ready.py). When its script answers is told beside it. The two pages take turns in one browser
that has their files already, as it has them for an agent's second call; what a first call takes is told, too.
"""

import gzip
import os
import statistics
from typing import Any

from tests.bench.figure import Figure, at_most, percentile, told
from tests.served import Served

ROUNDS = int(os.environ.get("SCREEN_ROUNDS", "7"))
QUESTIONS = 200
SLOWED = 4
INPUTS = 300
UNDER = 16  # ms: inputs quicker than that are not told by the browser
SET_UP = f"""
from tests.people import make_person
from tests.scripts import generated
from tests.unit.fill.calls import publish
make_person('agent', 'agent')
publish(generated({QUESTIONS}), code='measured')
"""
# Milliseconds from the navigation: the first paint with content, the first with a field, the first after the script answers.
WATCH = """
window.found = {inputs: new Map()};
const painted = (name) => requestAnimationFrame(() => { const channel = new MessageChannel();
  channel.port1.onmessage = () => (window.found[name] = performance.now()); channel.port2.postMessage(0); });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.interactionId)
    window.found.inputs.set(entry.interactionId, Math.max(window.found.inputs.get(entry.interactionId) ?? 0, entry.duration));
}).observe({type: 'event', durationThreshold: 16, buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntriesByName('first-contentful-paint')) window.found.paint = entry.startTime;
}).observe({type: 'paint', buffered: true});
new MutationObserver((_, watcher) => {
  if (!document.querySelector('form.section:not([hidden]) [data-place] input')) return;
  watcher.disconnect();
  painted('usable');
}).observe(document, {childList: true, subtree: true});
new MutationObserver((_, watcher) => {
  if (document.documentElement?.dataset.screen !== 'ready') return;
  watcher.disconnect();
  painted('answers');
}).observe(document, {attributes: true, subtree: true, attributeFilter: ['data-screen']});
"""
HERE = """() => {
  const box = document.activeElement?.closest('[data-place]');
  return box ? [box.dataset.type, document.activeElement.tagName] : ['', document.activeElement?.tagName ?? ''];
}"""
WORDS = {
    "integer": "12",
    "decimal": "3",
    "text": "Ab",
    "long_text": "Cd",
    "phone": "04",
    "date": "01",
}


def figures() -> list[Figure]:
    """All figures of the painted screen."""
    served = Served(DJANGO_SETTINGS_MODULE="tests.bench.blank.settings")
    try:
        served.manage("shell", "-v0", "-c", SET_UP)
        served.start(worker=False)
        return _measure(served)
    finally:
        served.stop()


def _measure(served: Served) -> list[Figure]:
    from playwright.sync_api import sync_playwright

    from tests.browser import ARGUMENTS, chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        address = _begin(context, served.url)
        found: dict[str, list[dict[str, float]]] = {"screen": [], "blank": []}
        for number in range(-2, ROUNDS):
            for name, url in (("blank", f"{served.url}/blank/"), ("screen", address)):
                reading = _reading(context, url)
                if number == -2:
                    found[f"first {name}"] = [reading]
                if number >= 0:
                    found[name].append(reading)
        took, sizes = _typed(context, address), _sizes(context, address)
        browser.close()
    return [*_painted(found), *_inputs(took), *_bytes(sizes)]


def _begin(context: Any, url: str) -> str:
    from tests.people import PASSWORD

    page = context.new_page()
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", "agent")
    page.fill("input[name=password]", PASSWORD)
    page.click("form[action*=login] button[type=submit]")
    page.click("form[action='/app/measured/start/'] button")
    page.wait_for_url("**/record/**")
    address: str = page.url
    page.close()
    return address


def _slowed(context: Any) -> Any:
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return page


def _reading(context: Any, url: str) -> dict[str, float]:
    page = _slowed(context)
    page.goto(url)
    wanted = "paint" if url.endswith("/blank/") else "answers"
    page.wait_for_function(f"() => window.found.{wanted} && window.found.paint", polling=50)
    found: dict[str, float] = page.evaluate(
        "() => ({paint: window.found.paint, usable: window.found.usable ?? window.found.paint,"
        " answers: window.found.answers ?? 0,"
        " received: performance.getEntriesByType('navigation')[0].responseEnd})"
    )
    page.close()
    return found


def _typed(context: Any, address: str) -> list[float]:
    """Milliseconds from each input to the next paint, over a walk through the script by the keyboard."""
    page = _slowed(context)
    page.goto(address)
    page.wait_for_function("() => window.found.answers", polling=50)
    pressed = 0
    while pressed < INPUTS:
        kind, tag = page.evaluate(HERE)
        keys = (
            ["1"]
            if tag == "INPUT" and kind.startswith(("choose", "yes_no"))
            else [*WORDS.get(kind, "")]
        )
        for key in [*keys, "Control+Enter" if tag == "TEXTAREA" else "Enter"]:
            page.keyboard.press(key)
            page.wait_for_timeout(30)
            pressed += 1
    page.wait_for_timeout(500)
    slow: list[float] = page.evaluate("() => [...window.found.inputs.values()]")
    page.close()
    return [*slow, *([UNDER] * (pressed - len(slow)))]


def _sizes(context: Any, address: str) -> dict[str, int]:
    """Bytes of the page's own modules and sheets of style, gzipped, as a first visit fetches them."""
    page = context.browser.new_context(storage_state=context.storage_state()).new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a builtin takes no marks
    page.goto(address)
    page.wait_for_selector("html[data-screen=ready]")
    page.wait_for_load_state("networkidle")
    html = len(gzip.compress(page.content().encode(), 9))
    found = {"page": html, "modules": 0, "styles": 0, "later": 0, "files": len(_texts(answers))}
    for kind, size in _texts(answers):
        found[kind] += size
    answers.clear()
    page.locator("form.section:not([hidden]) [data-place] input:visible").first.press("1")
    page.wait_for_timeout(2000)
    found["later"] = sum(size for _kind, size in _texts(answers))
    return found


def _texts(answers: list[Any]) -> list[tuple[str, int]]:
    """The modules and the sheets of style among answers, each with its gzipped size."""
    kinds = {"javascript": "modules", "css": "styles"}
    return [
        (name, len(gzip.compress(answer.body(), 9)))
        for answer in answers
        for kind, name in kinds.items()
        if kind in answer.headers.get("content-type", "")
    ]


def _painted(found: dict[str, list[dict[str, float]]]) -> list[Figure]:
    median = {
        name: {key: statistics.median(each[key] for each in readings) for key in readings[0]}
        for name, readings in found.items()
    }
    screen, blank = median["screen"], median["blank"]
    return [
        *(
            told(f"screen: {name}, {key}", reading[key], "ms slowed 4x")
            for name, reading in median.items()
            for key in reading
        ),
        at_most(
            "screen: usable / blank page's paint", screen["usable"] / blank["paint"], "ratio", 2
        ),
        told("screen: answers / blank page's paint", screen["answers"] / blank["paint"], "ratio"),
    ]


def _inputs(took: list[float]) -> list[Figure]:
    return [
        told("screen: inputs", len(took), "inputs"),
        told("screen: input to next paint, median", percentile(took, 50), "ms slowed 4x"),
        at_most("screen: input to next paint, p95", percentile(took, 95), "ms slowed 4x", 50),
        told("screen: input to next paint, worst", max(took), "ms slowed 4x"),
    ]


def _bytes(sizes: dict[str, int]) -> list[Figure]:
    total = (sizes["modules"] + sizes["styles"]) / 1024
    return [
        told("screen: modules, gzipped", sizes["modules"] / 1024, "KB"),
        told("screen: styles, gzipped", sizes["styles"] / 1024, "KB"),
        told("screen: files", sizes["files"], "files"),
        told(
            "screen: modules that come once somebody has typed, gzipped",
            sizes["later"] / 1024,
            "KB",
        ),
        told("screen: the page itself, gzipped", sizes["page"] / 1024, "KB"),
        at_most("screen: JavaScript and CSS, gzipped", total, "KB", 60),
    ]
