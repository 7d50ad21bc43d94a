"""Who is on the line: asked before the record opens, for who is called and for who calls; by keyboard, and without JavaScript."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.test_telephone import CALLER, SET_UP
from tests.people import PASSWORD

ASKING = (
    SET_UP.replace(
        "'phone': 'CALLER'", "'phone': 'CALLER', 'address': 'Nieuwstraat 12, 9031 Gent'"
    )
    .replace("'days': [0, ", "'days': [")
    .replace("rules={", "rules={'verification': {}, ")
    .replace("CALLER", CALLER)
    + """
from runtime.queues.models import WorkItem
WorkItem.objects.update(state='ready', not_before=timezone.now())
"""
)
NEXT_DAY = """
import datetime as dt
from django.db.models import F
from runtime.queues.models import Attempt, WorkItem
day = dt.timedelta(days=1)
Attempt.objects.update(started_at=F('started_at') - day, ended_at=F('ended_at') - day)
WorkItem.objects.update(state='ready', not_before=F('not_before') - day)
"""
SECRETS = ("1985", "Gent", "9031")
LEFT = """
import json
from runtime.audit.models import AccessLog
from runtime.queues.models import Attempt, Verification, WorkItem
from runtime.records.models import Record
told = list(AccessLog.objects.filter(deed='verify').exclude(detail='ask').order_by('pk').values_list('detail', flat=True))
rows = [[row.state, row.matched] for row in Verification.objects.order_by('began_at')]
ends = list(Attempt.objects.order_by('pk').values_list('disposition', flat=True))
print(json.dumps({'log': told, 'rows': rows, 'items': WorkItem.objects.count(), 'records': Record.objects.count(), 'ends': ends}))
"""


@pytest.fixture
def asked(served: Any) -> Any:
    served.manage("shell", "-v0", "-c", ASKING)
    return served


def left(served: Any) -> Any:
    return json.loads(served.manage("shell", "-v0", "-c", LEFT))


def test_a_call_out_opens_its_record_when_the_person_proved_who_they_are(
    asked: Any, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    sign_in(page, asked.url, "anna", PASSWORD)
    page.get_by_role("button", name="Next call").press("Enter")
    page.get_by_text("Am I speaking with Bo-Yi Maes?").wait_for()
    assert not [one for one in SECRETS if one in page.content()]
    assert axe.violations(page) == []
    shoot(page, "asking")
    expect(page.get_by_label("Date of birth")).to_be_focused()
    page.keyboard.type("3/7/85")  # digits that are typed stay in their field
    page.keyboard.press("Tab")
    page.keyboard.type("9031")
    page.keyboard.press("Enter")
    page.get_by_text("This is not what is known").wait_for()
    assert axe.violations(page) == []
    shoot(page, "wrong")
    expect(page.get_by_label("Postcode")).to_have_value("9031")
    page.get_by_label("Date of birth").fill("30/7/85")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-screen=ready]")
    page.get_by_text("Reference").wait_for()
    shoot(page, "record")
    told = left(asked)
    assert told["log"] == ["wrong birth_date,postcode", "verified birth_date,postcode"]
    assert told["rows"] == [["verified", ["birth_date", "postcode"]]]
    assert problems == []


def test_every_other_way_is_one_key_and_leads_to_an_end(
    asked: Any, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    sign_in(page, asked.url, "anna", PASSWORD)
    page.get_by_role("button", name="Next call").press("Enter")
    page.wait_for_selector("html[data-line=ready]")
    page.keyboard.press("Alt+1")
    expect(page.get_by_label("Day and time")).to_be_focused()
    assert axe.violations(page) == []
    shoot(page, "somebody-else")
    page.get_by_role("button", name="They do not say when").press("Enter")
    page.wait_for_url(lambda url: "next=" in url)
    asked.manage("shell", "-v0", "-c", NEXT_DAY)
    page.goto(asked.url)
    page.locator("main form[action*=claim] button").press("Enter")
    page.wait_for_selector("html[data-line=ready]")
    page.locator("h1").click()
    page.keyboard.press("2")  # a digit alone goes there and takes nothing
    expect(page.get_by_role("button", name="Voicemail")).to_be_focused()
    page.keyboard.press("Alt+2")
    page.wait_for_url(lambda url: "next=" in url)
    assert left(asked)["ends"] == ["no_answer", "third_party", "voicemail"]


def test_who_calls_is_found_by_name_and_goes_on_where_it_stopped(
    asked: Any, new_page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    page = new_page(viewport={"width": 320, "height": 700}, color_scheme="dark")
    sign_in(page, asked.url, "anna", PASSWORD)
    page.get_by_role("button", name="Somebody calls me").press("Enter")
    page.locator("input[name=text]").fill("Maes")
    page.locator("input[name=text]").press("Enter")
    hit = page.get_by_role("button", name="Bo-Yi Maes")
    hit.wait_for()
    assert "1985" not in page.locator("[data-hits]").inner_text()
    hit.press("Enter")
    page.get_by_text("What is your name").wait_for()
    assert not [one for one in (*SECRETS, "Bo-Yi", "Maes") if one in page.content()]
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    shoot(page, "caller")
    page.get_by_label("Date of birth").fill("30/7/1985")
    page.get_by_label("Postcode").fill("9031")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-screen=ready]")
    expect(page.get_by_label("Given name")).to_have_value("Bo-Yi")
    shoot(page, "caller-record")
    told = left(asked)
    assert (told["items"], told["records"]) == (1, 1)


def test_without_javascript_it_is_asked_too_and_failing_has_its_end(
    asked: Any, new_page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, asked.url, "anna", PASSWORD)
    page.get_by_role("button", name="Next call").click()
    for _turn in range(3):
        page.get_by_label("Date of birth").fill("1/1/1980")
        page.get_by_label("Postcode").fill("1000")
        page.get_by_role("button", name="Compare").click()
    page.get_by_role("heading", name="It cannot be verified who this is").wait_for()
    shoot(page, "failed")
    page.get_by_role("button", name="Could not be verified").click()
    told = left(asked)
    assert told["ends"] == ["no_answer", "not_verified"]
    assert told["rows"] == [["failed", []]]
