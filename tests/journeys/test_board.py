"""A supervisor's morning: the board, a list under a filter, a deed to several items with its preview and the way back, the day's report."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.walks import sign_in

PASSWORD = "a long password 12"
SET_UP = f"""
from datetime import timedelta
from django.utils import timezone
from runtime.parties.actions import find_or_create
from runtime.queues import actions
from runtime.queues.models import Campaign, Policy, Queue
from tests.people import make_person
from tests.unit.queues.conftest import call_script, publish

for name, role in (("sofia", "supervisor"), ("anna", "agent")):
    person = make_person(name, role)
    person.set_password("{PASSWORD}")
    person.save()
policy = Policy.objects.create(code="usual", title="Usual", rules={{}})
queue = Queue.objects.create(code="calls", title="Calls", policy=policy)
version = publish(call_script(), code="call")
campaign = Campaign.objects.create(code="spring", title="Spring", queue=queue, app=version.app)
for number in range(40):
    facts = {{"given_name": "Bo", "family_name": f"Vandenberge{{number}}", "phone": f"+324701234{{number:02}}"}}
    party, _new = find_or_create(facts=facts, by=None, purpose="test")
    actions.create_item(campaign=campaign, party=party, by=None)
actions.claim(queue=queue, by=person, now=timezone.now() + timedelta(seconds=1))
"""


def test_a_supervisors_morning(
    served: Any, new_page: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    served.set_up(SET_UP)
    page = new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, served.url, "sofia", PASSWORD)
    page.goto(f"{served.url}/board/?queue=calls")
    live = page.locator("#live")
    expect(live).to_contain_text("39")
    expect(live).to_contain_text("anna")
    assert violations(page) == []
    shoot(page, "board")

    page.get_by_role("link", name="Work items").first.click()
    expect(page.locator("#items tbody tr")).to_have_count(40)
    assert "Vandenberge" not in page.content()
    assert violations(page) == []
    shoot(page, "items")
    for number in (0, 1, 2):
        page.locator("#items tbody input[type=checkbox]").nth(number).check()
    page.get_by_label("What to do").select_option("rank")
    page.locator("#deed-form").get_by_label("Priority", exact=True).fill("7")
    page.get_by_role("button", name="Preview for the ticked ones").click()

    expect(page.locator("#wanted")).to_contain_text("of 3 items")
    assert violations(page) == []
    shoot(page, "preview")
    page.get_by_role("button", name="Do it to").click()
    expect(page.locator("#done")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#undone")).to_be_visible(timeout=30_000)
    shoot(page, "taken-back")

    page.goto(f"{served.url}/board/?queue=calls")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    page.goto(f"{served.url}/board/report/?queue=calls")
    assert violations(page) == []
    shoot(page, "report")
    for address in ("board/?queue=calls", "board/items/", "board/report/?queue=calls"):
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(f"{served.url}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    shoot(page, "narrow")
    assert errors == []
