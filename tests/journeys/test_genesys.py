"""The telephone system's own frame: our page holds it, dials through it and hears of calls; what is forged is not heard."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.fake_genesys import softphone
from tests.journeys.test_telephone import CALLER, SET_UP
from tests.people import PASSWORD

FRAMED = """
from runtime.telephony.models import Provider
telephony.keep_frame(provider=Provider.objects.get(), address='ADDRESS', client='abc-1', by=None)
"""
SAVE = re.compile("Save ?: Softphone")
ATTEMPTS = """
import json
from runtime.queues.models import Attempt, WorkItem
from runtime.telephony.models import Call
told = [[row.direction, row.provider_call, row.ring_seconds is not None, row.talk_seconds is not None] for row in Attempt.objects.order_by('pk')]
print(json.dumps({'attempts': told, 'items': WorkItem.objects.count(), 'calls': Call.objects.count()}))
"""


@pytest.fixture
def frame(served: Any) -> Iterator[str]:
    """An installation whose telephone system has a frame: its address."""
    with softphone(served.url) as address:
        program = SET_UP.replace("CALLER", CALLER) + FRAMED.replace("ADDRESS", address)
        served.manage("shell", "-v0", "-c", program)
        yield address


@pytest.fixture
def anna(served: Any, frame: str, page: Any, sign_in: Callable[..., None]) -> tuple[Any, Any, Any]:
    """Her working page, her telephone page, and the frame in it."""
    sign_in(page, served.url, "anna", PASSWORD)
    telephone = page.context.new_page()
    telephone.goto(f"{served.url}/telephone/")
    telephone.get_by_text("The telephone is ready").wait_for()
    inside = next(one for one in telephone.frames if one.url == frame)
    page.bring_to_front()
    return page, telephone, inside


def left(served: Any) -> dict[str, Any]:
    return json.loads(served.manage("shell", "-v0", "-c", ATTEMPTS))


def test_who_calls_pops_up_and_the_calls_log_is_kept(
    served: Any, anna: tuple[Any, Any, Any], shoot: Callable[..., Any]
) -> None:
    page, telephone, inside = anna
    inside.evaluate(f"Framework.screenPop('{CALLER}', call('g-1', 'Inbound', '{CALLER}'))")
    page.get_by_text("A call comes in").wait_for()
    assert axe.violations(telephone) == []
    shoot(telephone, "rings")
    connected = f"call('g-1', 'Inbound', '{CALLER}', {{isConnected: true}})"
    inside.evaluate(f"tell('change', {{old: {{}}, new: {connected}}})")
    page.get_by_text("You are talking on the telephone").wait_for()
    page.get_by_role("button", name="Open the record").click()
    page.wait_for_selector("html[data-screen=ready]")
    expect(page.get_by_label("Given name")).to_have_value("Bo-Yi")
    over = f"call('g-1', 'Inbound', '{CALLER}', {{isConnected: false, isDisconnected: true}})"
    inside.evaluate(f"tell('disconnect', {over})")
    kept = inside.evaluate(f"log({over})")
    assert len(kept) == 36
    told = left(served)
    assert told["attempts"][-1] == ["in", "pbx:g-1", True, True]
    assert (told["items"], told["calls"]) == (1, 1)
    inside.evaluate(f"Framework.openCallLog({{id: '{kept}'}})")
    asked = telephone.locator("#content").get_by_role(
        "link", name="Who is it?"
    )  # the box may say it, too
    expect(asked).to_be_focused()
    assert "Somebody Else" not in telephone.content()


def test_a_press_dials_through_the_frame(
    served: Any, anna: tuple[Any, Any, Any], shoot: Callable[..., Any]
) -> None:
    page, telephone, inside = anna
    again = "from django.utils import timezone; from runtime.queues.models import WorkItem; WorkItem.objects.update(state='ready', not_before=timezone.now(), attempts=0)"
    served.manage("shell", "-v0", "-c", again)
    page.goto(served.url)
    page.get_by_role("button", name="Next call").click()
    page.wait_for_selector("html[data-screen=ready]")
    page.locator("a[data-dial]").click()
    telephone.get_by_text("outgoing").wait_for()
    assert inside.evaluate("dialled") == [{"type": "call", "number": CALLER, "autoPlace": True}]
    for category, more in (
        ("connect", "isConnected: true"),
        ("disconnect", "isDisconnected: true"),
    ):
        inside.evaluate(f"tell('{category}', call('g-out', 'Outbound', '{CALLER}', {{{more}}}))")
    telephone.get_by_text("ended").wait_for()
    assert len(inside.evaluate(f"log(call('g-out', 'Outbound', '{CALLER}'))")) == 36
    assert left(served)["attempts"][-1] == ["out", "pbx:g-out", True, True]
    telephone.close()
    page.locator("a[data-dial]").click()
    page.get_by_text("The telephone is not open.").wait_for()
    assert axe.violations(page) == []
    shoot(page, "telephone-closed")


def test_what_is_forged_is_not_heard(served: Any, anna: tuple[Any, Any, Any], frame: str) -> None:
    _page, telephone, inside = anna
    forged = {"type": "screenPop", "data": {"interactionId": "forged", "searchString": CALLER}}
    telephone.evaluate("told => window.postMessage(told, '*')", json.dumps(forged))  # our own page
    stranger = telephone.evaluate_handle(
        """address => new Promise((done) => {
          const other = document.createElement('iframe');
          other.onload = () => done(other);
          other.src = address;
          document.body.append(other);
        })""",
        frame,
    )  # the very origin, but not the frame: another window of it
    telephone.wait_for_timeout(300)
    within = stranger.as_element().content_frame()
    within.evaluate("told => window.parent.postMessage(told, '*')", json.dumps(forged))
    for garbled in (
        "{",
        "[]",
        "null",
        '{"type":"screenPop"}',
        '{"type":"dial","data":{}}',
        "x" * 70000,
    ):
        inside.evaluate("told => window.parent.postMessage(told, '*')", garbled)
    inside.evaluate("window.parent.postMessage({type: 'screenPop', data: {}}, '*')")
    inside.evaluate(
        "tell('add', call('g\\u0000', 'Inbound', '1')), tell('add', {id: 'chat', isChat: true})"
    )
    # towards the frame: only the page that holds it, at the house's origin
    inside.evaluate(
        "told => window.postMessage(told, '*')",
        json.dumps({"type": "clickToDial", "data": {"number": "+3290000"}}),
    )
    telephone.evaluate(
        "new BroadcastChannel('scriptorium-telephone').postMessage({dial: 'javascript:1', id: 'x'})"
    )
    telephone.wait_for_timeout(1500)
    assert inside.evaluate("dialled") == []
    assert left(served)["calls"] == 0
    assert telephone.locator("[data-calls-made] li").count() == 0


def test_only_the_configured_origin_is_framed_and_one_telephone_is_open(
    served: Any, anna: tuple[Any, Any, Any], frame: str
) -> None:
    page, telephone, _inside = anna
    refused: list[str] = []
    telephone.on("console", lambda told: refused.append(told.text))
    other = frame.replace("127.0.0.1", "localhost")
    telephone.evaluate("address => { document.querySelector('iframe').src = address }", other)
    telephone.wait_for_timeout(500)
    assert any("frame-src" in text for text in refused)
    second = page.context.new_page()
    answer = second.goto(f"{served.url}/telephone/")
    second.get_by_text("The telephone is open in another window already").wait_for()
    origin = frame.removesuffix("/crm/index.html")
    assert f"frame-src {origin};" in answer.headers["content-security-policy"] + ";"
    assert "frame-src" not in page.goto(served.url).headers["content-security-policy"]


def test_the_pages_fit_a_narrow_dark_screen(
    served: Any, frame: str, new_page: Callable[..., Any], sign_in: Callable[..., None], shoot: Any
) -> None:
    page = new_page(viewport={"width": 320, "height": 700}, color_scheme="dark")
    sign_in(page, served.url, "anna", PASSWORD)
    page.goto(f"{served.url}/telephone/")
    page.get_by_text("The telephone is ready").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe.violations(page) == []
    shoot(page, "telephone")
    page.goto(f"{served.url}/settings/telephone/")
    page.get_by_text("by the telephone page").wait_for()
    assert axe.violations(page) == []


def test_an_admin_names_the_frame(
    served: Any, frame: str, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    served.manage(
        "shell", "-v0", "-c", "from tests.people import make_person; make_person('ada', 'admin')"
    )
    sign_in(page, served.url, "ada", PASSWORD)
    page.goto(f"{served.url}/telephony/")
    address = page.get_by_label("Address of the frame")
    expect(address).to_have_value(frame)
    address.fill("http://pbx.example.org/frame")
    page.get_by_role("button", name=SAVE).click()
    page.get_by_text("Write the address of the telephone’s frame").wait_for()
    expect(address).to_have_value("http://pbx.example.org/frame")
    assert axe.violations(page) == []
    address.fill("https://apps.example.org/crm/index.html")
    page.get_by_role("button", name=SAVE).click()
    page.get_by_text("framework.js?client=abc-1").wait_for()
    shoot(page, "telephony")


def test_our_page_stands_inside_their_window_without_a_cookie(
    served: Any,
    frame: str,
    page: Any,
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
) -> None:
    sign_in(page, served.url, "anna", PASSWORD)
    theirs = page.context.new_page()
    ours = f"{served.url}/inside/pbx/?conversation=g-1&language=nl-be"
    refused: list[str] = []
    theirs.on("console", lambda told: refused.append(told.text))
    theirs.goto(
        frame.replace("127.0.0.1", "localhost").replace("/crm/index.html", f"/other?{ours}")
    )
    theirs.wait_for_timeout(500)
    assert any(
        "frame-ancestors" in text for text in refused
    )  # another origin than the configured one
    theirs.goto(frame.replace("/crm/index.html", f"/other?{served.url}/"))
    theirs.wait_for_timeout(500)
    assert sum("frame-ancestors" in text for text in refused) == 2  # no other page of ours
    theirs.goto(frame.replace("/crm/index.html", f"/other?{ours}"))
    held = theirs.frame_locator("iframe")
    with page.context.expect_page() as opened:
        held.get_by_role("button", name="Dit venster binnenlaten").click()
    window = opened.value
    assert axe.violations(window) == []
    shoot(window, "let-in")
    window.get_by_role("button", name="Let it in").click()
    held.get_by_text("Nu geen gesprek").wait_for()
    served.manage(
        "simulate_call",
        "pbx",
        "--url",
        served.url,
        "--from",
        CALLER,
        "--agent",
        "201",
        "--call-id",
        "g-1",
    )
    held.get_by_text("1 persoon heeft dit nummer").wait_for()
    shoot(theirs, "inside")
    inside = next(one for one in theirs.frames if "/inside/" in one.url)
    assert "Maes" not in inside.content()
    with page.context.expect_page() as work:
        held.get_by_role("link", name="Openen in Scriptorium").click()
    work.value.get_by_role("heading", name="Bo-Yi Maes").wait_for()
    page.goto(served.url)
    page.locator("summary", has_text="anna").click()
    page.get_by_role("button", name="Log out").click()
    held.get_by_text("Dit venster is niet meer aangemeld").wait_for()  # with the rights, at once
