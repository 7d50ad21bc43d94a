"""A whole call of the demo by the keyboard alone: from “next call” on the home page to its outcome and back. Keys are pressed, nothing
is clicked or put into a field; what the call costs in keys is told beside the answers it gave."""

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from tests.forked import Forked
from tests.journeys.walks import sign_in, wait_for

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
def demo() -> Iterator[Forked]:
    """The demo, its list of citizens loaded."""
    installation = Forked(DEMO="1")
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
        with contextlib.suppress(Error):  # the page is left this very moment
            if self.page.locator("html[data-screen=ready]").count() and self.page.evaluate(LOST):
                self.lost.append(what)

    @property
    def place(self) -> str:
        """The question in focus."""
        return self.page.evaluate(
            "document.activeElement.closest('[data-place]')?.dataset.place ?? ''"
        )

    def tab_to(self, selector: str, most: int = 60) -> None:
        for _ in range(most):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"the Tab key does not reach {selector}")


def heading(page: Any) -> str:
    return page.locator("form.section:visible h1").inner_text()


def ends(page: Any) -> bool:
    return page.locator("dialog#ends[open]").count() > 0


def answer(hands: Hands, given: dict[str, str]) -> None:
    """Each question of a section as it comes into focus: chosen by its keys or typed, and Enter goes on."""
    page, began, seen = hands.page, heading(hands.page), set()
    while heading(page) == began and not ends(page):
        place = hands.place
        assert place not in seen, f"{place} is asked again"
        seen.add(place)
        for told in given.get(place.rsplit("/", 1)[-1], ()):
            hands.type(told)
        long = page.evaluate("document.activeElement.matches('textarea')")
        hands.press("Control+Enter" if long else "Enter")


def test_a_call_is_made_without_a_mouse(
    demo: Forked, new_page: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = sign_in(new_page(), demo.url, "agent")
    page.goto(f"{demo.url}/")
    hands = Hands(page)
    hands.tab_to("form[action='/queue/index/claim/'] button")
    hands.press("Enter")
    page.wait_for_selector("html[data-screen=ready]")
    known = len(json.loads(page.locator("#screen-data").text_content())["state"]["answers"])
    hands.press("Enter")  # from wherever the focus is to the first question
    sections = []
    while not ends(page):
        sections.append(heading(page))
        assert len(sections) < 15, sections
        if sections[-1] == "Contacts":
            hands.press("+")
        answer(hands, ANSWERS)
        shoot(page, "under-way")
    shoot(page, "ends")
    hands.tab_to("[data-outcome=completed] button")
    hands.press("Enter")
    page.wait_for_url(f"{demo.url}/**")
    expect(page.locator("form[action='/queue/index/claim/'] button")).to_be_visible()
    kept = json.loads(demo.manage("shell", "-v0", "-c", KEPT))
    given = len(kept["answers"]) - known
    print(
        f"{len(sections)} sections, {given} answers given ({known} were known), {hands.pressed} keys: "
        f"{hands.pressed / given:.1f} keys an answer"
    )
    assert kept["outcome"] == "completed"
    assert kept["answers"]["which_symptoms"] == ["cough", "head"]
    assert hands.lost == []


# By the name of a question: the texts and the keys, one after the other.
ANSWERS = {
    "right_person": ["y"],
    "good_moment": ["y"],
    "identity_verified": ["y"],
    "knows_result": ["y"],
    "test_reason": ["1"],
    "has_symptoms": ["y"],
    "onset": ["yesterday"],
    "fever": ["y"],
    "temperature": ["38,5"],
    "which_symptoms": ["1", "3"],
    "household_size": ["3"],
    "works": ["n"],
    "travelled": ["n"],
    "contact_given_name": ["Quirine"],
    "contact_family_name": ["Zandvliet"],
    "contact_phone": ["0471827364"],
    "relation": ["1"],
    "last_met": ["-1"],
    "minutes": ["600"],
    "can_isolate": ["y"],
    "wants_certificate": ["y"],
    "remarks": ["Sleeps badly"],
}
