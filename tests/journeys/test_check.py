"""In a real browser: faults in one of the demo's scripts, from the check to the block, mended, and the check again."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.axe import violations
from tests.journeys.test_editor import workshop
from tests.journeys.test_rehearsal import preview_of
from tests.journeys.workshop import open_row, settled

assert workshop  # a fixture

# The demo's call to a contact, with a question that is asked when another one is yes and no at once, and an end that is too narrow.
PLANT = """
from config.demo.bodies import body_of, outcomes_of
from config.demo.contact_call import CONTACT_CALL
from content.actions import make_page
from tests.bodies import ask, when
body, outcomes = body_of(CONTACT_CALL), outcomes_of(CONTACT_CALL)
never = when(("right_person", "eq", True), ("right_person", "eq", False))
for end in outcomes:
    end["value"]["effects"] = []  # what they name is not published here
body[0]["value"]["items"].append(ask("text", "isolation_advice", "Isolation advice", relevance=never))
page = make_page(kind="script", title="Planted call", code="planted_call", body=body, outcomes=outcomes, publish=False)
print(page.pk)
"""
# 300 questions in pairs, of which each second one hangs on its first: too many to be looked at while somebody waits.
LARGE = """
from content.actions import make_page
from tests.bodies import DONE, ask, section, when
pairs = [
    (ask("integer", f"number_{at}"), ask("text", f"why_{at}", relevance=when((f"number_{at}", "gt", "5"))))
    for at in range(150)
]
body = [section(f"Part {at}", *(item for pair in pairs[at:at + 15] for item in pair)) for at in range(0, 150, 15)]
page = make_page(kind="script", title="Large call", code="large_call", body=body, outcomes=DONE, publish=False)
print(page.pk)
"""
# An end that a “no” leads past, and a question whose way there is two answers long.
DEAD_END = """
from content.actions import make_page
from tests.bodies import ask, outcome, section, when
body = [
    section("Start", ask("yes_no", "well", "Are you well?", required=True)),
    section("Symptoms", ask("integer", "days", "For how many days?", required=True, maximum="3"), ask("text", "why", "Why so long?", relevance=when(("days", "gt", "7"))), relevance=when(("well", "eq", False))),
]
ends = [outcome("good", relevance=when(("well", "eq", True)))]
page = make_page(kind="script", title="Dead end", code="dead_end", body=body, outcomes=ends, publish=False)
print(page.pk)
"""
LANGUAGES = {"fr": "Contrôle", "nl": "Controle", "de": "Prüfung", "en": "Check"}


def made(served: Any, program: str) -> str:
    """The address of the check of a page that a program makes."""
    pk = served.set_up(program).splitlines()[-1]
    return f"{served.url}/admin/check/{pk}/"


def test_a_planted_fault_is_found_opened_and_mended(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page, address = workshop, made(served, PLANT)
    page.goto(address)
    line = page.locator(".check-line[data-code=contradiction]")
    assert line.count() == 1
    assert "Isolation advice" in line.inner_text()
    assert page.locator("[data-check-group=error] .check-line").count() == 1
    assert violations(page, ".check") == []
    shoot(page, "found")
    line.get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda now: "#block-" in now)
    block = page.locator(f"[id='{page.url.partition('#')[2]}']")
    settled(page)
    if not block.is_visible():  # its section is closed
        open_row(page, "Opening")
        settled(page)
    if not block.get_by_role("button", name="Remove this condition").count():
        open_row(page, "Isolation advice")
    block.wait_for()
    shoot(page, "opened")
    page.wait_for_function(
        "document.querySelector('[data-check-status]').textContent.includes('Error: 1')"
    )
    remove = block.get_by_role("button", name="Remove this condition").last
    remove.focus()
    page.keyboard.press("Enter")
    with page.expect_navigation():
        page.locator("[name=action-publish], button.action-save").first.evaluate("b => b.click()")
    page.goto(address)
    assert page.locator("[data-check-group=error]").count() == 0
    assert page.locator(".check-line[data-code=contradiction]").count() == 0
    assert page.locator("#blocks-unreachable").count() == 0
    shoot(page, "clean")
    assert page.failures == []


def test_the_filter_hides_by_keyboard(workshop: Any, served: Any) -> None:
    page = workshop
    page.goto(made(served, PLANT))
    box = page.locator("[data-check-filter] input[value=error]")
    box.focus()
    page.keyboard.press("Space")
    assert not page.locator("[data-check-group=error]").is_visible()
    page.keyboard.press("Space")
    assert page.locator("[data-check-group=error]").is_visible()


def test_a_large_draft_is_looked_at_by_the_worker(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page = workshop
    page.goto(made(served, LARGE))
    page.locator("[data-check-progress] progress").wait_for()
    assert violations(page, ".check") == []
    shoot(page, "under-way")
    page.locator("#blocks-reached").wait_for(timeout=90_000)
    assert page.locator("[data-check-progress]").count() == 0
    shoot(page, "looked-at")
    assert page.failures == []


def test_a_finding_is_played_in_the_preview(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    """Its answers stand there, it stands at the place, and says what is seen; who goes on, goes on from there."""
    page, address = workshop, made(served, DEAD_END)
    page.set_default_timeout(60_000)
    page.goto(address)
    line = page.locator(".check-line[data-code=only_after_wrong]")
    assert violations(page, ".check") == []
    shoot(page, "to-play")
    line.get_by_role("link", name="Play it").focus()
    page.keyboard.press("Enter")
    frame = preview_of(page)
    frame.locator("[data-place=well] input[value=false]").wait_for(state="attached")
    assert frame.locator("[data-place=well] input[value=false]").is_checked()
    frame.locator("[data-place=why].rehearsal-at").wait_for()
    frame.get_by_text("From the check: “Why so long?” is only reached after").wait_for()
    page.locator("[name=body-1-value-items-1-value-label]").wait_for()  # the editor is there, too
    shoot(page, "played")
    frame.locator("[data-place=days] input").fill("2")
    frame.locator("[data-place=why]").wait_for(state="hidden")
    frame.get_by_text("From the check").wait_for(state="detached")
    assert page.failures == []


def test_a_finding_that_is_mended_says_so_instead_of_being_played(
    workshop: Any, served: Any
) -> None:
    page, address = workshop, made(served, DEAD_END)
    editor = address.replace("/check/", "/pages/") + "edit/"
    page.goto(f"{editor}?play=0123456789abcdef")
    page.locator("[data-check-play]", has_text="This finding cannot be played").wait_for(
        state="visible"
    )


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_it_speaks_the_languages_of_the_house(
    workshop: Any, served: Any, shoot: Callable[..., Any], language: str
) -> None:
    page, address = workshop, made(served, PLANT)
    page.goto(f"{address}?language={language}")
    assert page.title().startswith(LANGUAGES[language])
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator(".check-line[data-code=contradiction]").count() == 1
    shoot(page, language)
