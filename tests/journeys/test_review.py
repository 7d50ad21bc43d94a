"""In a real browser: submitted, sent back with a comment at a block, corrected, approved by two of three, released."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.axe import violations
from tests.journeys.test_editor import write_small_script
from tests.journeys.workshop import open_row, sent
from tests.people import PASSWORD

MAKE = """
from tests.people import make_person
from content.models import ReviewTask
for name, role in (("editor", "editor"), ("rosa", "reviewer"), ("ruben", "reviewer"), ("rita", "reviewer")):
    make_person(name, role)
ReviewTask.objects.update(needed=2, required=True, days=3, kind="medical")
"""
PUBLISHED = """
from content.actions import make_page
from content.models import ReviewTask
from tests.bodies import DONE, SMALL
from tests.people import make_person
make_person("aster", "agent")
ReviewTask.objects.update(required=False)
make_page(kind="script", title="Small", code="small", body=SMALL, outcomes=DONE)
"""
RELEASED = """
from builder.models import Version
import json
print(json.dumps([version.evidence.get("review") for version in Version.objects.all()]))
"""


@pytest.fixture
def enter(served: Any, new_page: Callable[..., Any], sign_in: Callable[..., None]) -> Any:
    served.set_up(MAKE)

    def person(name: str) -> Any:
        page = new_page(viewport={"width": 1440, "height": 1200})
        page.set_default_timeout(40_000)
        page.failures = []
        page.on("pageerror", lambda failure: page.failures.append(str(failure)))
        sign_in(page, served.url, name, PASSWORD)
        return page

    return person


def menu(page: Any, action: str) -> None:
    page.wait_for_selector("[name=outcomes-0-id]", state="attached")  # the last of the blocks
    page.wait_for_load_state("load")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator(f"button[name={action}]").click()


def autosaved(page: Any) -> None:
    page.locator("[data-w-autosave-state-value=saved]").wait_for(state="attached")


def says(page: Any, words: str) -> None:
    page.locator(".messages li", has_text=words).first.wait_for()


def our_violations(page: Any) -> list[str]:
    return violations(page, "main")


def test_from_a_draft_over_a_rejection_to_a_release(
    served: Any, enter: Any, shoot: Callable[..., Any]
) -> None:
    editor = enter("editor")
    write_small_script(editor, served.url)
    editor.wait_for_url("**/edit/**", wait_until="commit")  # once it has saved itself
    menu(editor, "action-publish")
    editor.get_by_text("has given 0 of 2 approvals").first.wait_for()
    shoot(editor, "refused")
    menu(editor, "action-submit")
    says(editor, "submitted")

    rosa = enter("rosa")
    rosa.goto(f"{served.url}/admin/")
    shoot(rosa, "home-of-a-reviewer")
    assert our_violations(rosa) == []
    rosa.locator("#waiting-to-review ~ ul a", has_text="Short call").click()
    rosa.wait_for_selector("#judge")
    shoot(rosa, "review")
    assert our_violations(rosa) == []
    comment_at_the_question(rosa, "Ask it more kindly", shoot)
    rosa.goto(f"{served.url}/admin/")
    rosa.locator("#waiting-to-review ~ ul a", has_text="Short call").click()
    rosa.get_by_role("button", name="Send back").focus()
    rosa.keyboard.press("Enter")
    rosa.get_by_text("Say what must change").wait_for()
    rosa.get_by_label("What must change").fill("See my comment at the question.")
    rosa.get_by_role("button", name="Send back").focus()
    rosa.keyboard.press("Enter")
    says(rosa, "Sent back")

    correct(editor, served.url, shoot)
    for name, told in (("rosa", "waits for the next one"), ("rita", "Approved and released")):
        page = rosa if name == "rosa" else enter(name)
        page.goto(f"{served.url}/admin/")
        page.locator("#waiting-to-review ~ ul a", has_text="Short call").click()
        page.get_by_role("button", name="Approve").click()
        says(page, told)
        shoot(page, f"approved-by-{name}")
    kept = json.loads(served.manage("shell", "-c", RELEASED).splitlines()[-1])
    assert [[each["by"] for each in one] for one in kept] == [["rosa", "rita"]]
    editor.goto(f"{served.url}/admin/")
    shoot(editor, "home-of-an-editor")
    assert our_violations(editor) == []
    assert editor.failures + rosa.failures == []


def comment_at_the_question(page: Any, text: str, shoot: Callable[..., Any]) -> None:
    """Through Wagtail's button beside the field of an opened question."""
    page.get_by_role("link", name="Back to the page").click()
    open_first_question(page)
    page.wait_for_timeout(600)
    label = page.locator("[name=body-0-value-items-0-value-label]")
    field = label.locator("xpath=ancestor::div[contains(@class, 'w-field--commentable')][1]")
    field.hover()
    field.locator("[data-comment-add]").first.click()
    shoot(page, "comment")
    page.locator(".comment textarea").last.fill(text)
    page.locator(".comment button[type=submit], .comment .comment__button--primary").first.click()
    page.wait_for_selector("[name=comments-0-text]", state="attached")  # it goes with the page
    sent(page, page.locator("footer button", has_text="Save").first)


def open_first_question(page: Any) -> None:
    """Its row and the one around it, unless the address has opened them."""
    page.wait_for_selector("[name=body-0-id]", state="attached")
    page.wait_for_timeout(1500)
    label = page.locator("[name=body-0-value-items-0-value-label]")
    if not label.is_visible():
        open_row(page, "Opening")
        question = page.locator("[data-streamfield-child] [data-streamfield-child]").first
        question.locator("[data-panel-toggle]").first.click()
    label.wait_for()


def correct(page: Any, url: str, shoot: Callable[..., Any]) -> None:
    """The author sees the comment at the block, rewords the question and submits again."""
    page.goto(f"{url}/admin/")
    row = page.locator("#waiting-submitted ~ ul li", has_text="Short call")
    assert "sent back: See my comment" in row.inner_text()
    shoot(page, "sent-back")
    row.locator("a").click()
    assert "Ask it more kindly" in page.locator("main").inner_text()
    shoot(page, "review-of-the-author")
    page.locator(".review-remarks a").first.click()
    open_first_question(page)
    page.locator(".comment", has_text="Ask it more kindly").first.wait_for()
    shoot(page, "comment-at-the-block")
    page.fill("[name=body-0-value-items-0-value-label]", "May I take a moment of your time?")
    menu(page, "action-submit")
    says(page, "submitted")


def test_two_people_release_in_an_emergency(
    served: Any, enter: Any, shoot: Callable[..., Any]
) -> None:
    editor = enter("editor")
    write_small_script(editor, served.url)
    editor.wait_for_url("**/edit/**", wait_until="commit")
    menu(editor, "action-publish")
    refused = editor.get_by_role("link", name="What stands in the way of this release").first
    refused.wait_for()
    autosaved(editor)  # the report is on the draft that is kept
    refused.click()
    editor.get_by_role("link", name="Release in an emergency").first.click()
    editor.get_by_label("Why it cannot wait").fill("The hotline opens in an hour.")
    shoot(editor, "asked-for")
    assert violations(editor, "main") == []
    editor.get_by_role("button", name="Ask for the release").focus()
    editor.keyboard.press("Enter")
    says(editor, "Somebody else with the right confirms it here")

    rosa = enter("rosa")
    rosa.goto(f"{served.url}/admin/")
    shoot(rosa, "home-with-an-emergency")
    rosa.locator("#waiting-emergency ~ ul a").click()
    rosa.get_by_role("button", name="Confirm and release now").focus()
    rosa.keyboard.press("Enter")
    says(rosa, "Released. It is to be reviewed afterwards.")
    shoot(rosa, "released")

    rita = enter("rita")
    rita.goto(f"{served.url}/admin/")
    assert "review afterwards" in rita.locator("#waiting-emergency ~ ul").inner_text()
    rita.locator("#waiting-emergency ~ ul a").click()
    rita.get_by_role("button", name="Approve", exact=True).click()
    says(rita, "Your judgement is kept with the release.")
    shoot(rita, "judged")
    assert violations(rita, "main") == []
    assert editor.failures + rosa.failures + rita.failures == []


def test_a_proposal_reaches_the_committee(
    served: Any, enter: Any, shoot: Callable[..., Any]
) -> None:
    served.manage("shell", "-c", PUBLISHED)
    agent = enter("aster")
    agent.goto(f"{served.url}/proposals/")
    assert violations(agent) == []
    agent.get_by_role("link", name="Propose a change").click()
    agent.get_by_role("link", name="Small").click()
    agent.get_by_label("What it is about").select_option(label="Start › Reached the person")
    agent.get_by_label("What should change").fill("Say who is calling first")
    agent.get_by_label("Why").fill("People hang up.")
    shoot(agent, "proposing")
    assert violations(agent) == []
    agent.get_by_role("button", name="Propose").click()
    agent.get_by_role("row", name="Say who is calling first").wait_for()
    shoot(agent, "proposed")

    rosa = enter("rosa")
    rosa.goto(f"{served.url}/admin/")
    shoot(rosa, "home-of-the-committee")
    rosa.locator("#waiting-proposals ~ ul a").click()
    rosa.get_by_label("Decision").select_option(label="accepted")
    rosa.get_by_label("Priority").select_option(label="high")
    shoot(rosa, "deciding")
    assert violations(rosa) == []
    rosa.get_by_role("button", name="Keep").click()
    agent.goto(f"{served.url}/proposals/")
    assert "accepted" in agent.get_by_role("row", name="Say who is calling first").inner_text()
