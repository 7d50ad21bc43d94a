"""A release in a real browser: the report, a rename that is declared, open records that follow, the note to the agent, and the way back.

An editor releases, the worker carries over, an agent goes on, a supervisor undoes.
"""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import OVERFLOWS, UNNAMED, complaints_of
from tests.people import PASSWORD

pytestmark = pytest.mark.journey

SET_UP = """
import json
from tests.people import make_person
from tests.unit.content.test_release_report import AFTER, BEFORE
from tests.bodies import DONE
from content.actions import make_page
from content.setup import set_up
from builder.compile import with_ids
from builder.models import Version
from runtime.records import actions
set_up()
editor, agent = make_person("editor", "editor"), make_person("agent", "agent")
make_person("supervisor", "supervisor")
script = make_page(kind="script", title="Household call", code="small", by=editor, body=BEFORE, outcomes=DONE)
page = script.get_latest_revision_as_object()
page.body = json.dumps(with_ids(AFTER, [], page.code)[0])
page.save_revision()
record = actions.start(version=Version.objects.get(), by=agent)
print(script.pk, record.pk)
"""
ANSWER = """
import uuid
from django.utils import timezone
from django.contrib.auth import get_user_model
from runtime.records import actions
from runtime.records.append import append
from runtime.records.models import Record
record = Record.objects.get()
agent = get_user_model().objects.get(username="agent")
session, token = actions.open_session(record=record, by=agent, kind="agent", purpose="call")
answers = {"reached": True, "remark": "calls at noon", "given_name": "Ann", "household": "3"}
append(token, [{"id": str(uuid.uuid4()), "seen": 0, "event": {"event": "answered", "place": place, "value": value}}
    for place, value in answers.items()], timezone.now())
actions.end_session(session=session, reason="released")
"""
LEAVE = """
from runtime.records import actions
from runtime.records.models import Record
actions.end_sessions_of(record=Record.objects.get(), reason="released")
"""


@pytest.fixture
def release(served: Any) -> Any:
    """(number of the page, id of the record) of a script with a draft, and an open record that nobody holds."""
    pk, record = served.set_up(SET_UP).split()[-2:]
    served.manage("shell", "-v0", "-c", ANSWER)
    return pk, record


def came_through(page: Any, url: str, word: str) -> None:
    """The page of open records, when the worker is through."""
    for _again in range(30):
        page.goto(f"{url}/app/small/open/")
        if page.locator(f".pill:text-is('{word}')").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"no record {word}")


def opened(page: Any) -> None:
    page.locator("summary", has_text="The records that followed").click()


def test_a_release_from_its_report_to_its_undoing(
    served: Any, release: Any, new_page: Any, sign_in: Any, shoot: Any
) -> None:
    pk, record = release
    editor, agent, supervisor = new_page(), new_page(), new_page()
    heard = [complaints_of(page) for page in (editor, agent, supervisor)]

    sign_in(editor, served.url, "editor", PASSWORD)
    editor.goto(f"{served.url}/admin/release/{pk}/")
    expect(editor.locator("#follow")).to_contain_text("“First name” removed")
    expect(editor.locator("#follow")).to_contain_text("suggested: please check")
    expect(editor.locator("#report-records")).to_contain_text("v1")
    editor.set_viewport_size({"width": 1440, "height": 1700})
    shoot(editor, "report")
    editor.get_by_label("“Anything else?” (remark) is now").select_option("note")
    editor.get_by_label("now, in the background").check()
    editor.get_by_role("button", name="Keep and release now").click()
    expect(editor.locator(".messages")).to_contain_text("The draft was released.")
    came_through(editor, served.url, "followed")
    opened(editor)
    shoot(editor, "followed")
    assert editor.evaluate(UNNAMED) == []
    editor.set_viewport_size({"width": 320, "height": 640})
    assert not editor.evaluate(OVERFLOWS)

    sign_in(agent, served.url, "agent", PASSWORD)
    agent.goto(f"{served.url}/record/{record}/")
    agent.locator(f"form[action='/record/{record}/continue/'] button").click()
    agent.wait_for_selector("html[data-screen=ready]")
    expect(agent.locator("body")).to_contain_text("1 answer needs asking: Since when?")
    expect(agent.locator("body")).to_contain_text("1 earlier answer has no place in it")
    expect(agent.locator('[id="q:note"]')).to_have_value("calls at noon")
    shoot(agent, "note")
    agent.locator('[id="q:household_size"]').fill("4")
    agent.keyboard.press("Tab")
    expect(agent.locator("[data-saved]")).to_have_text("1 answer saved")
    served.manage("shell", "-v0", "-c", LEAVE)

    sign_in(supervisor, served.url, "supervisor", PASSWORD)
    supervisor.goto(f"{served.url}/app/small/open/")
    supervisor.get_by_role("button", name="Undo: bring them back").click()
    expect(supervisor.locator("main")).to_contain_text("records return")  # or returned already
    came_through(supervisor, served.url, "returned")
    opened(supervisor)
    shoot(supervisor, "returned")
    supervisor.goto(f"{served.url}/record/{record}/")
    supervisor.locator("input[name=purpose][value=quality]").check()
    supervisor.get_by_role("button", name="Open", exact=True).click()
    expect(supervisor.locator(".reading")).to_contain_text("Ann")
    expect(supervisor.get_by_role("row", name="People in the household")).to_contain_text("4")
    supervisor.locator("summary", has_text="History").click()
    shoot(supervisor, "read")
    assert heard == [[], [], []]
