"""Somebody calls: from the telephone system's webhook to the record where it stopped, without a second item."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.people import PASSWORD
from tests.traces import found_in, unread

CALLER = "+32470111222"
SET_UP = """
import uuid
from django.utils import timezone
from tests.people import make_person
from tests.unit.fill.calls import publish, small_call
from runtime.parties.actions import find_or_create
from runtime.queues import actions as queues
from runtime.queues.models import Campaign, Policy, Queue
from runtime.records import actions as records
from runtime.records.append import append
from runtime.telephony import actions as telephony
anna, bert = make_person('anna', 'agent'), make_person('bert', 'agent')
app = publish(small_call(), code='small_call').app
policy = Policy.objects.create(code='usual', title='Usual', rules={'window': {'days': [0, 1, 2, 3, 4, 5, 6], 'from': '00:00', 'until': '23:59'}})
queue = Queue.objects.create(code='calls', title='Calls', policy=policy)
campaign = Campaign.objects.create(code='spring', title='Spring', queue=queue, app=app)
facts = {'given_name': 'Bo', 'family_name': 'Maes', 'birth_date': '1985-07-30', 'phone': 'CALLER'}
party, _new = find_or_create(facts=facts, by=None, purpose='import')
item, _new = queues.create_item(campaign=campaign, party=party, by=None)
claimed = queues.claim(queue=queue, by=bert, now=timezone.now())
event = {'event': 'answered', 'place': 'given_name', 'value': 'Bo-Yi'}
print(append(claimed.token, [{'id': str(uuid.uuid4()), 'seen': 0, 'event': event}], timezone.now()).status)
records.settle(claimed.record, by=None, purpose='settle')
queues.dispose(item=item, disposition='no_answer', by=bert, now=timezone.now())
provider, _new = telephony.make_provider(code='pbx', title='PBX', by=None)
telephony.add_extension(provider=provider, extension='201', name='anna', by=None)
telephony.add_extension(provider=provider, extension='202', name='bert', by=None)
"""
LEFT = """
import json
from runtime.queues.models import Attempt, WorkItem
from runtime.records.models import Record
item = WorkItem.objects.get()
told = [[row.direction, row.provider_call, row.connected_at is not None] for row in item.attempt_rows.order_by('pk')]
print(json.dumps({'state': item.state, 'agent': item.assignee.username, 'records': Record.objects.count(), 'attempts': told}))
"""


@pytest.fixture
def exchange(served: Any) -> Any:
    """The installation and its telephone system: `send(event, callId=..)` gives the status."""
    from runtime.telephony.management.commands.simulate_call import post

    served.manage("shell", "-v0", "-c", SET_UP.replace("CALLER", CALLER))
    key = bytes.fromhex(served.manage("telephony_provider", "pbx").split()[-1])

    def send(event: str, **told: Any) -> int:
        body = {
            "event": event,
            "callId": "c-1",
            "from": CALLER,
            "to": "+3225550000",
            "user": "201",
        }
        return post(f"{served.url}/telephony/pbx/call/", key, {**body, **told})[0]

    return send


def test_an_incoming_call_leads_to_the_right_open_record_without_a_second_item(
    served: Any,
    exchange: Any,
    page: Any,
    new_page: Any,
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
) -> None:
    problems: list[str] = []
    page.on("console", lambda told: problems.append(told.text) if told.type == "error" else None)
    sign_in(page, served.url, "anna", PASSWORD)
    other = new_page()
    sign_in(other, served.url, "bert", PASSWORD)
    began = time.monotonic()
    assert exchange("newCall") == 200
    page.get_by_text("A call comes in").wait_for()
    seen = time.monotonic() - began
    shoot(page, "box")
    assert axe.violations(page) == []
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_text("A call comes in")).to_be_hidden()
    page.wait_for_timeout(1500)
    assert not page.get_by_text("A call comes in").is_visible()  # until something happens
    assert exchange("answer") == 200
    page.get_by_text("You are talking on the telephone").wait_for()
    assert not other.get_by_text("A call comes in").is_visible()
    clicked = time.monotonic()
    page.get_by_role("button", name="Open the record").click()
    page.wait_for_selector("html[data-screen=ready]")
    opened = time.monotonic() - clicked
    print(f"webhook to box {seen:.2f} s, press to record {opened:.2f} s")
    expect(page.get_by_label("Given name")).to_have_value("Bo-Yi")
    shoot(page, "record")
    assert exchange("hangup", cause="normalClearing") == 200
    assert exchange("hangup", cause="normalClearing") == 200  # told twice
    left = json.loads(served.manage("shell", "-v0", "-c", LEFT))
    assert left == {
        "state": "active",
        "agent": "anna",
        "records": 1,
        "attempts": [["", "", False], ["in", "pbx:c-1", True]],
    }
    assert seen + opened < 10
    assert problems == []


def test_who_calls_is_asked_for_and_an_unknown_number_leads_to_finding_by_name(
    served: Any,
    exchange: Any,
    new_page: Any,
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
) -> None:
    page = new_page(viewport={"width": 320, "height": 700}, color_scheme="dark")
    sign_in(page, served.url, "anna", PASSWORD)
    exchange("newCall")
    page.get_by_role("link", name="Who is it?").click()
    page.get_by_role("heading", name="Bo-Yi Maes").wait_for()
    assert CALLER not in page.content()
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    shoot(page, "candidate")
    assert not page.get_by_text("A call comes in").is_visible()  # the page says it itself
    exchange("hangup", cause="cancel")
    told = served.manage(
        "simulate_call",
        "pbx",
        "--url",
        served.url,
        "--from",
        "+32470999888",
        "--agent",
        "201",
        "--call-id",
        "c-2",
    )
    assert "newCall c-2: 200" in told
    page.goto(served.url)
    page.get_by_text("Nobody is known by this number").wait_for()
    page.get_by_role("link", name="Who is it?").click()
    page.get_by_role("button", name="Find by name").click()
    page.wait_for_selector("input[name=text]")  # its purpose is known: the person is on the line


def test_the_pages_of_the_telephones(
    served: Any,
    exchange: Any,
    page: Any,
    new_page: Any,
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
) -> None:
    served.manage(
        "shell", "-v0", "-c", "from tests.people import make_person; make_person('ada', 'admin')"
    )
    sign_in(page, served.url, "ada", PASSWORD)
    page.goto(f"{served.url}/telephony/")
    page.get_by_role("heading", name="PBX").wait_for()
    assert axe.violations(page) == []
    shoot(page, "systems")
    agents = new_page()
    sign_in(agents, served.url, "anna", PASSWORD)
    agents.goto(f"{served.url}/settings/telephone/")
    agents.get_by_label("How a number is dialled").fill("javascript:{number}")
    agents.get_by_role("button", name="Save").click()
    agents.get_by_text("It begins with tel:, sip: or https://.").wait_for()
    assert axe.violations(agents) == []
    shoot(agents, "mine")
    agents.get_by_label("How a number is dialled").fill("sip:{number}@pbx.example.org")
    agents.get_by_role("button", name="Save").click()
    agents.get_by_text("Saved.").wait_for()
    exchange("newCall")
    agents.get_by_role("button", name="Open the record").click()
    agents.wait_for_selector("html[data-screen=ready]")
    assert agents.locator("a[data-dial]").get_attribute("href") == f"sip:{CALLER}@pbx.example.org"
    exchange("newCall", callId="c-9")
    agents.get_by_text("A call comes in").wait_for()
    assert axe.violations(agents) == []
    shoot(agents, "during-a-call")


def test_no_number_lies_in_clear_in_any_file(
    served: Any, exchange: Any, page: Any, sign_in: Callable[..., None]
) -> None:
    digits = CALLER.removeprefix("+32")
    unknown = "470999888"
    sign_in(page, served.url, "anna", PASSWORD)
    assert exchange("newCall", callId=f"sip-0{digits}@pbx") == 200
    assert exchange("hangup", callId=f"sip-0{digits}@pbx") == 200
    assert exchange("newCall", callId="c-3", **{"from": f"+32{unknown}"}) == 200
    assert exchange("ring", **{"from": f"0{digits}"}) == 400
    page.goto(f"{served.url}/pop?number=0{digits}")
    page.get_by_role("heading", name="Bo-Yi Maes").wait_for()
    assert digits not in page.url
    page.goto(f"{served.url}/pop?provider=pbx&call=0{unknown}")  # there is none: 404, in the log
    served.kill("server")
    files = [file for file in served.home.rglob("*") if file.is_file()]
    assert (
        unread(files, {"*/scriptorium.sqlite3*": "newCall", "*/server.log": "Not Found: /pop"})
        == []
    )
    assert sorted(found_in(files, [digits, unknown])) == []


def test_the_same_event_sent_many_times_at_once_counts_once(served: Any, exchange: Any) -> None:
    with ThreadPoolExecutor(12) as crowd:
        answers = list(crowd.map(exchange, ["newCall", "answer", "hangup"] * 12))
    assert answers == [200] * 36
    counted = "from runtime.telephony.models import Call, CallEvent; print(Call.objects.count(), CallEvent.objects.count())"
    assert served.manage("shell", "-v0", "-c", counted).split() == ["1", "3"]
