"""A whole call of the demo by the keyboard alone: from “next call” on the home page to its outcome and back. Keys are pressed, nothing
is clicked or put into a field; what the call costs in keys is told beside the answers it gave."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.walks import sign_in, wait_for
from tests.served import Served

pytestmark = pytest.mark.journey
LOADED = """
import json
from runtime.queues.models import ImportJob
job = ImportJob.objects.get()
print(json.dumps([job.state, job.done, job.bad]))
"""
KEPT = """
import json
from runtime.records.models import Record
from runtime.records.store import open_record
record = Record.objects.filter(version__app__code='index_call', closed_at__isnull=False).get()
opened = open_record(record, by=None, purpose='test')
print(json.dumps({'outcome': record.outcome, 'answers': opened.state['answers']}))
"""
LOST = "document.activeElement === document.body || document.activeElement === null"


@pytest.fixture(scope="module")
def demo() -> Iterator[Served]:
    """The demo, its list of citizens loaded."""
    installation = Served(DEMO="1")
    try:
        installation.manage("setup_content")
        installation.manage("demo", "--citizens", "20")
        installation.start()
        wait_for(
            lambda: installation.manage("shell", "-v0", "-c", LOADED).strip() == '["done", 20, 0]'
        )
        yield installation
    finally:
        installation.stop()


class Hands:
    """What is pressed, counted. Once a record is open, the focus is looked for after each key."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.pressed = 0
        self.lost: list[str] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1
            self._look(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)
        self._look(text)

    def _look(self, what: str) -> None:
        if self.page.locator("html[data-screen=ready]").count() and self.page.evaluate(LOST):
            self.lost.append(what)

    @property
    def place(self) -> str:
        """The question in focus."""
        return self.page.evaluate("document.activeElement.closest('[data-place]')?.dataset.place ?? ''")

    def tab_to(self, selector: str, most: int = 60) -> None:
        for _ in range(most):
            self.press("Tab")
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"the Tab key does not reach {selector}")


def answer(hands: Hands, told: dict[str, str]) -> None:
    """Each question as it comes into focus: typed, or chosen by its key; Enter goes on."""
    seen = []
    while hands.place in told or hands.place.split("/")[-1] in told or hands.place:
        place = hands.place
        name = place.split("/")[-1]
        if place in seen:
            raise AssertionError(f"{place} comes twice; {seen}")
        seen.append(place)
        for key in told.get(name, "").split("|"):
            if len(key) == 1:
                hands.press(key)
            elif key:
                hands.type(key)
        before = hands.page.locator("form.section:visible h1").inner_text()
        hands.press("Enter")
        if hands.page.locator("form.section:visible h1").inner_text() != before:
            return
        if hands.page.locator("dialog#ends[open]").count():
            return


def test_a_call_is_made_without_a_mouse(
    demo: Served, new_page: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = sign_in(new_page(), demo.url, "agent")
    page.goto(f"{demo.url}/")
    hands = Hands(page)
    hands.tab_to("form[action='/queue/index/claim/'] button")
    hands.press("Enter")
    page.wait_for_selector("html[data-screen=ready]")
    shoot(page, "begun")
    begun = hands.pressed
    hands.press("Enter")
    sections = []
    for _ in range(12):
        heading = page.locator("form.section:visible h1").inner_text()
        print(heading, hands.place, page.locator("form.section:visible [data-place]:visible").evaluate_all("all => all.map(each => [each.dataset.place, each.dataset.type])"))
        sections.append(heading)
        answer(hands, TOLD)
        if page.locator("dialog#ends[open]").count() or page.locator("form.section:visible h1").inner_text() == heading:
            break
    print(sections, hands.place, hands.lost)


TOLD = {
    "right_person": "y",
    "identity_verified": "y",
}
