"""In a real browser, one script's whole way: written, played, kept as a test, sent back, corrected, approved, released at its date,
changed, compared with what it was, and restored.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.journeys.test_editor import open_script, saved, write_small_script
from tests.journeys.test_rehearsal import open_preview
from tests.journeys.test_review import comment_at_the_question, menu, says
from tests.journeys.workshop import add, open_row, sent, write
from tests.people import PASSWORD

SET_UP = """
from tests.people import make_person
from content.models import ReviewTask
make_person("editor", "editor")
make_person("rosa", "reviewer")
ReviewTask.objects.update(needed=1, required=True)
"""
# The moment of what waits for its date is now: what is a day in the calendar is none for who waits here.
DATE_COMES = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
waiting = Revision.objects.get(approved_go_live_at__isnull=False)
waiting.approved_go_live_at = timezone.now() - timedelta(minutes=1)
waiting.content = {**waiting.content, "go_live_at": waiting.approved_go_live_at.isoformat()}
waiting.save(update_fields=["approved_go_live_at", "content"])
"""
TOMORROW = """
from datetime import timedelta
from django.utils.timezone import localtime
print((localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M"))
"""
ITEMS = "body-0-value-items"
POLITE, SHORT = "May I take a moment of your time?", "Do you have a minute?"
PATIENCE = 60_000  # milliseconds

Enter = Callable[[str], Any]
Shoot = Callable[..., Any]


@pytest.fixture
def enter(served: Any, new_page: Callable[..., Any], sign_in: Callable[..., None]) -> Enter:
    """`enter("rosa")`: a browser of her own, in which she is signed in."""
    served.set_up(SET_UP)

    def person(name: str) -> Any:
        page = new_page(viewport={"width": 1440, "height": 1200})
        page.set_default_timeout(PATIENCE)
        page.failures = []
        page.on("pageerror", lambda failure: page.failures.append(str(failure)))
        sign_in(page, served.url, name, PASSWORD)
        return page

    return person


def test_a_script_from_its_draft_to_being_restored(
    served: Any, enter: Enter, shoot: Shoot
) -> None:
    author, rosa = enter("editor"), enter("rosa")
    author_writes(author, served.url, shoot)
    author_plays_and_keeps_a_test(author, shoot)
    open_script(author, served.url)
    author_submits(author)
    reviewer_sends_back(rosa, served.url, shoot)
    author_corrects(author, served.url, shoot)
    author_sets_the_date(author, served, shoot)
    author_submits(author)
    reviewer_approves(rosa, served.url, "it goes live at its date")
    shoot(rosa, "approved")
    the_date_comes(author, served, shoot)

    author_rewords(author, served.url, SHORT)
    author_submits(author)
    reviewer_approves(rosa, served.url, "Approved and released")
    author_compares(author, served.url, shoot)
    author_restores(author, served, shoot)
    assert author.failures + rosa.failures == []


def author_writes(page: Any, url: str, shoot: Shoot) -> None:
    """Three questions: the second hangs on a condition that is picked, the third on a formula."""
    write_small_script(page, url)
    add(page, ITEMS, "Text")
    write(page, f"{ITEMS}-2-value-label", "Where are you driving?")
    condition = page.locator(f"[name={ITEMS}-2-value-relevance]").locator("xpath=..")
    condition.get_by_role("button", name="Write a formula").click()
    condition.get_by_label("Formula").fill("why_not = driving")
    condition.get_by_label("Formula").press("Tab")
    shoot(page, "written")
    sent(page, page.locator("footer button", has_text="Save").first)
    page.wait_for_url("**/edit/**")


def author_plays_and_keeps_a_test(page: Any, shoot: Shoot) -> None:
    page.wait_for_selector("[name=outcomes-0-id]", state="attached")  # the last of the blocks
    page.wait_for_load_state("load")
    frame = open_preview(page)
    where = frame.locator("[data-place=where_are_you_driving]")
    assert where.is_hidden()
    frame.locator("[data-place=is_it_a_good_moment] input[value=false]").check()
    frame.locator("[data-place=why_not] input[value=driving]").check()
    where.wait_for()
    shoot(page, "played")
    frame.get_by_role("button", name="Save this run as a test").click()
    frame.get_by_label("Name of the test").fill("At the wheel")
    shoot(page, "keeping-a-test")
    frame.get_by_role("button", name="Save the test").click()
    frame.get_by_text("Kept as the test “At the wheel”.").wait_for()


def author_submits(page: Any) -> None:
    menu(page, "action-submit")
    says(page, "submitted")


def to_review(page: Any, url: str) -> None:
    page.goto(f"{url}/admin/")
    page.locator("#waiting-to-review ~ ul a", has_text="Short call").click()
    page.wait_for_selector("#judge")


def reviewer_sends_back(page: Any, url: str, shoot: Shoot) -> None:
    to_review(page, url)
    page.get_by_role("link", name="Report: what stands in the way, tests").click()
    page.wait_for_selector("#gate-review")
    shoot(page, "report-of-the-reviewer")
    page.go_back()
    comment_at_the_question(page, "Ask it more kindly", shoot)
    to_review(page, url)
    page.get_by_label("What must change").fill("See my comment at the question.")
    page.get_by_role("button", name="Send back").click()
    says(page, "Sent back")
    shoot(page, "sent-back")


def author_corrects(page: Any, url: str, shoot: Shoot) -> None:
    """From the first page over the review to the very field, where the comment stands."""
    page.goto(f"{url}/admin/")
    page.locator("#waiting-submitted ~ ul a", has_text="Short call").click()
    page.locator(".review-remarks a").first.click()
    label = page.locator(f"[name={ITEMS}-0-value-label]")
    label.wait_for()
    page.locator(".comment", has_text="Ask it more kindly").first.wait_for()
    shoot(page, "comment-at-the-block")
    label.fill(POLITE)


def author_sets_the_date(page: Any, served: Any, shoot: Shoot) -> None:
    tomorrow = served.manage("shell", "-v0", "-c", TOMORROW).splitlines()[-1]
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.get_by_role("button", name="Set schedule").click()
    dialog = page.locator("#schedule-publishing-dialog")
    dialog.locator("[name=go_live_at]").fill(tomorrow)
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    calendar.wait_for()
    dialog.get_by_role("heading").click()
    calendar.wait_for(state="hidden")
    shoot(page, "date")
    sent(page, dialog.get_by_role("button", name="Save schedule"))


def reviewer_approves(page: Any, url: str, told: str) -> None:
    to_review(page, url)
    page.get_by_role("button", name="Approve", exact=True).click()
    says(page, told)


def the_date_comes(page: Any, served: Any, shoot: Shoot) -> None:
    """It waits on the first page until its date; then the worker releases it, without anybody."""
    page.goto(f"{served.url}/admin/")
    expect(page.locator("#waiting-to-come ~ ul")).to_contain_text("Short call")
    shoot(page, "to-come")
    assert saved(served, "short-call")["number"] == 0
    served.manage("shell", "-v0", "-c", DATE_COMES)
    address = f"{served.url}/app/short_call/versions/"
    for _try in range(120):  # the worker looks every half minute
        answer = page.goto(address)
        if answer.ok:
            break
        page.wait_for_timeout(500)
    page.locator("#v1").wait_for()
    shoot(page, "released-by-the-worker")


def author_rewords(page: Any, url: str, words: str) -> None:
    open_script(page, url)
    open_row(page, "Opening")
    open_row(page, POLITE)
    page.fill(f"[name={ITEMS}-0-value-label]", words)


def author_compares(page: Any, url: str, shoot: Shoot) -> None:
    page.goto(f"{url}/app/short_call/compare/?old=1&new=2")
    expect(page.locator("h1")).to_have_text("Short call: from v1 to v2")
    expect(page.locator(".comparison ins").first).to_be_visible()
    expect(page.locator(".comparison tbody tr")).to_have_count(1)
    assert violations(page) == []
    shoot(page, "compared")


def author_restores(page: Any, served: Any, shoot: Shoot) -> None:
    """Version 1 is the draft, and as it was approved once it needs nobody now."""
    page.goto(f"{served.url}/app/short_call/versions/")
    page.get_by_role("link", name="Restore v1").click()
    page.wait_for_selector(".comparison del")
    shoot(page, "restore")
    page.get_by_role("button", name="Make version 1 the draft").press("Enter")
    says(page, "The draft is as version 1 now")
    shoot(page, "restored")
    menu(page, "action-publish")
    says(page, "published")
    found = saved(served, "short-call")
    assert found["number"] == 3
    assert found["definition"]["sections"][0]["items"][0]["label"] == {"en": POLITE}
    page.goto(f"{served.url}/app/short_call/compare/?old=1&new=3")
    expect(page.locator(".comparison-none")).to_be_visible()
    page.goto(f"{served.url}/app/short_call/versions/")
    page.locator("#v3").wait_for()
    assert "sha256" not in page.locator("main").inner_text()
    assert violations(page) == []
    shoot(page, "three-versions")
