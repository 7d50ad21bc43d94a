"""Home of an agent, in a browser: one way on with the focus; what was promised, is open, is new, and the day; narrow, dark, without
scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.test_telephone import CALLER, SET_UP
from tests.people import PASSWORD

BUSY = """
from datetime import timedelta
from django.contrib.auth import get_user_model
from runtime.queues.models import Attempt, Skill, WorkItem
from builder.models import Version
from tests.unit.fill.calls import publish as published
now = timezone.now()
def made(**more):
    other, _new = find_or_create(facts={'given_name': 'P', 'family_name': str(len(more)) + str(WorkItem.objects.count())}, by=None, purpose='import')
    row, _new = queues.create_item(campaign=campaign, party=other, by=None)
    WorkItem.objects.filter(pk=row.pk).update(**more)
    return row
made(state='ready')
worked = queues.claim(queue=queue, by=anna, now=now)
queues.dispose(item=WorkItem(pk=worked.item), disposition='refused', by=anna, now=now)
Attempt.objects.filter(agent=anna).update(started_at=now, connected_at=now, hung_up_at=now + timedelta(minutes=7))
made(state='ready')
for minutes in (-95, 45, 1500):
    at = now + timedelta(minutes=minutes)
    made(state='scheduled', not_before=at, reserved_for=anna, reserved_until=at + timedelta(hours=2), attempts=1)
first = app.versions.get()
Version.objects.create(app=app, number=first.number + 1, sha256=first.sha256, definition=first.definition, note='Ask for the telephone first.', created_at=timezone.now())
lesson = published(small_call(), code='a_lesson').app
gated = Queue.objects.create(code='gated', title='Gated', policy=policy)
gated.skills.add(Skill.objects.create(code='tracing', title='Tracing', lesson_app=lesson))
Campaign.objects.create(code='other', title='Other', queue=gated, app=app)
"""


@pytest.fixture
def busy(served: Any) -> Any:
    served.manage("shell", "-v0", "-c", SET_UP.replace("CALLER", CALLER) + BUSY)
    return served


def test_home_shows_what_is_next_and_the_enter_key_begins_it(
    busy: Any, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    sign_in(page, busy.url, "anna", PASSWORD)
    expect(page.get_by_role("button", name="Next call")).to_be_focused()
    for told in ("overdue:", "Ask for the telephone first.", "Take the lesson", "7 min"):
        expect(page.get_by_text(told).first).to_be_visible()
    assert page.locator("main .go").count() == 1
    assert axe.violations(page) == []
    shoot(page, "busy")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-screen=ready]")
    page.goto(busy.url)
    expect(page.get_by_role("link", name="Continue the call")).to_be_focused()
    assert page.locator("main .go").count() == 1
    assert axe.violations(page) == []
    shoot(page, "in-a-call")


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_home_fits_a_narrow_dark_screen_without_scripts_in_each_language(
    busy: Any,
    new_page: Callable[..., Any],
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
    language: str,
) -> None:
    page = new_page(
        viewport={"width": 320, "height": 900},
        color_scheme="dark",
        java_script_enabled=False,
        locale=language,
    )
    sign_in(page, busy.url, "anna", PASSWORD)
    shoot(page, language)
    assert page.locator("main").bounding_box()["width"] <= 320
    page.locator("main .go").click()
    page.wait_for_url("**/record/**")


def test_home_of_a_quiet_morning_says_what_to_do(
    served: Any,
    new_page: Callable[..., Any],
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
) -> None:
    served.manage(
        "shell", "-v0", "-c", "from tests.people import make_person; make_person('cleo', 'agent')"
    )
    for width, scheme in ((320, "dark"), (1440, "light")):
        page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        sign_in(page, served.url, "cleo", PASSWORD)
        page.get_by_text("No call yet today.").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe.violations(page) == []
        shoot(page, f"quiet-{width}")
