"""A campaign from its list to its report: loaded, called, not answered, called back, reached; the contacts that were named are called
in their turn, the ones known already once, and who was reached is called again each day."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.walks import (
    add_entry,
    all_saved,
    answer_all,
    end_call,
    go_on,
    sign_in,
    take_call,
)

PASSWORD = "a long password 12"
SET_UP = f"""
from runtime.queues.models import Campaign, Policy, Queue
from tests.people import make_person
from tests.unit.queues.conftest import call_script, publish

for name, role in (("sofia", "supervisor"), ("anna", "agent")):
    person = make_person(name, role)
    person.set_password("{PASSWORD}")
    person.save()
effects = [
    {{"effect": "spawn_items", "arguments": {{"campaign": "contacts", "repeat": "contacts"}}}},
    {{"effect": "follow_up", "arguments": {{"campaign": "daily", "days": "3", "until": "no"}}}},
]
script = call_script()
script["outcomes"][0]["effects"] = effects
always = {{"window": {{"days": [0, 1, 2, 3, 4, 5, 6], "from": "00:00", "until": "23:59"}}}}
policy = Policy.objects.create(code="usual", title="Usual", rules=always)
for code, definition in (("calls", script), ("contacts", call_script()), ("daily", call_script())):
    queue = Queue.objects.create(code=code, title=code.title(), policy=policy)
    app = publish(definition, code=f"{{code}}_app").app
    Campaign.objects.create(code=code, title=code.title(), queue=queue, app=app)
"""
LIST = """First name;Last name;Phone
Bo;Maes;0470 11 22 33
Eve;Nobody;not a number
"""
# What was put off until tomorrow is due, at whatever hour this runs.
DUE = """
from datetime import timedelta
from django.utils import timezone
from runtime.queues.models import WorkItem
tomorrow = timezone.localdate() + timedelta(days=1)
WorkItem.objects.filter(state="scheduled", not_before__date__lte=tomorrow).update(not_before=timezone.now())
"""
# The worker counts the day every minute, a minute behind.
COUNT = """
from datetime import timedelta
from django.utils import timezone
from runtime.queues.actions import facts
facts.keep(now=timezone.now() + timedelta(minutes=1))
"""
LEFT = """
import json
import time
from collections import Counter
from runtime.queues.models import WorkItem
print(json.dumps({f"{code} {state}": many for (code, state), many in Counter(WorkItem.objects.values_list("campaign__code", "state")).items()}))
"""
CONTACTS = (  # the second is the first again, the third the one who is called
    {"contact_first": "Cy", "contact_last": "Wouters", "contact_phone": "0470 99 90 01"},
    {"contact_first": "CY", "contact_last": "wouters", "contact_phone": "+32 470 99 90 01"},
    {"contact_first": "Dé", "contact_last": "Peeters", "contact_phone": "0470 99 90 02"},
)


def left(served: Any) -> dict[str, int]:
    """How many items of each campaign are in each state."""
    return json.loads(served.manage("shell", "-v0", "-c", LEFT))


def becomes(served: Any, wanted: dict[str, int]) -> None:
    """The worker gets there."""
    deadline = time.monotonic() + 60
    while (now := left(served)) != wanted:
        assert time.monotonic() < deadline, now
        time.sleep(0.3)


def load(page: Any, url: str) -> None:
    """A list with one good line and a bad one: looked at first, then loaded."""
    page.goto(f"{url}/campaign/calls/")
    page.get_by_role("link", name="Load a list").first.click()
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("row", name="not a phone number").wait_for(timeout=30_000)
    page.get_by_role("button", name="Load the list").click()
    page.get_by_role("link", name="To the campaign").click(timeout=30_000)
    expect(page.locator("#states")).to_contain_text("Ready")


def without_outcome(page: Any, end: str, **typed: str) -> None:
    """The call ends, and nobody was asked anything."""
    page.keyboard.press("Control+e")
    for name, value in typed.items():
        page.fill(f"dialog#ends [name={name}]", value)
    page.click(f"dialog#ends button[value={end}]")
    page.wait_for_url(lambda address: "/record/" not in address)


def reach(page: Any, served: Any) -> None:
    """Bo answers and names whom he met."""
    take_call(page, served.url, "calls")
    answer_all(page, {"feels_well": True})
    go_on(page, "contacts")
    for contact in CONTACTS:
        add_entry(page, "contacts", contact)
    all_saved(page)
    end_call(page, "done")
    page.wait_for_url(lambda address: "/record/" not in address)


def test_a_campaign_from_its_list_to_its_report(
    served: Any, new_page: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    served.set_up(SET_UP)
    sofia, anna = (sign_in(new_page(), served.url, name, PASSWORD) for name in ("sofia", "anna"))
    load(sofia, served.url)
    shoot(sofia, "loaded")

    take_call(anna, served.url, "calls")
    without_outcome(anna, "no_answer")
    expect(anna.locator(".messages, .message").first).to_contain_text("It comes back:")
    served.manage("shell", "-v0", "-c", DUE)
    take_call(anna, served.url, "calls")
    tomorrow = timezone.localtime() + timedelta(days=1)
    without_outcome(anna, "callback", callback_at=f"{tomorrow:%Y-%m-%dT%H:%M}")
    assert left(served) == {"calls scheduled": 1}
    served.manage("shell", "-v0", "-c", DUE)

    reach(anna, served)
    expected = {"calls resolved": 1, "contacts ready": 2, "daily scheduled": 3}
    becomes(served, expected)
    called = set()
    for _contact in range(2):
        take_call(anna, served.url, "contacts")
        called.add(anna.input_value("[id='q:first_name']"))
        shoot(anna, "contact")
        end_call(anna, "done")
        anna.wait_for_url(lambda address: "/record/" not in address)
    assert len(called) == 2
    assert "Dé" in called
    served.manage("shell", "-v0", "-c", DUE)
    take_call(anna, served.url, "daily")
    assert anna.input_value("[id='q:first_name']") == "Bo"
    end_call(anna, "no")
    anna.wait_for_url(lambda address: "/record/" not in address)
    ended = {
        "calls resolved": 1,
        "contacts resolved": 2,
        "daily resolved": 1,
        "daily withdrawn": 2,
    }
    becomes(served, ended)

    served.manage("shell", "-v0", "-c", COUNT)
    sofia.goto(f"{served.url}/board/?queue=calls")
    shoot(sofia, "board")
    assert violations(sofia) == []
    sofia.goto(f"{served.url}/board/report/?queue=calls")
    report = sofia.locator("main")
    for words in ("No answer", "Call back at a time", "Reached"):
        expect(report).to_contain_text(words)
    shoot(sofia, "report")
    assert violations(sofia) == []
