"""Finding a person in a real browser: with the keyboard as one types, and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.axe import violations
from tests.people import PASSWORD

PEOPLE = """
from django.contrib.auth.models import Group, User
from runtime.parties.actions import find_or_create
agent = User.objects.create_user("anna", "anna@example.org", "%s")
agent.groups.set([Group.objects.get(name="agent")])
for given, family, born in (("Hélène", "Van den Berghe", "1985-07-30"), ("Helena", "Vandenbroeck", "1990-01-02"), ("Luc", "Peeters", "1950-05-06")):
    facts = {"given_name": given, "family_name": family, "birth_date": born, "phone": "0470123456"}
    find_or_create(facts=facts, by=agent, purpose="import")
"""

HOTLINE = """
from django.contrib.auth.models import User
from tests.unit.find.hotline import hotline
agent = User.objects.get(username="anna")
record = hotline(agent, given_name="Helene", family_name="Vandenberge", birth_date="1985-07-30")
print(record.pk)
"""


@pytest.fixture
def workplace(served: Any) -> Any:
    served.set_up(PEOPLE % PASSWORD)
    return served


def choose_purpose(page: Any, url: str) -> None:
    page.goto(f"{url}/find/")
    page.get_by_label("The person is on the line").check()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector("input[name=text]")


def test_an_agent_finds_a_misspelt_name_while_typing_and_opens_it_with_the_keys(
    workplace: Any, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    problems: list[str] = []
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    sign_in(page, workplace.url, "anna", PASSWORD)
    choose_purpose(page, workplace.url)
    page.keyboard.type("elene vandenberg", delay=30)
    hit = page.locator("button.hit", has_text="Hélène Van den Berghe")
    hit.wait_for()
    shoot(page, "hits")
    assert "berg" not in page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Hélène Van den Berghe").wait_for()
    assert "30 July 1985" not in page.inner_text("main")
    page.get_by_role("button", name="Show: Date of birth").click()
    page.get_by_text("30 July 1985").wait_for()
    shoot(page, "person")
    assert problems == []


def test_the_same_works_without_javascript(
    workplace: Any, new_page: Callable[..., Any], sign_in: Callable[..., None]
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, workplace.url, "anna", PASSWORD)
    choose_purpose(page, workplace.url)
    page.fill("input[name=text]", "peters luc")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Luc Peeters").click()
    page.get_by_role("heading", name="Luc Peeters").wait_for()


def test_hits_fit_a_narrow_screen(
    workplace: Any,
    new_page: Callable[..., Any],
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
) -> None:
    page = new_page(viewport={"width": 320, "height": 700}, color_scheme="dark")
    sign_in(page, workplace.url, "anna", PASSWORD)
    choose_purpose(page, workplace.url)
    page.fill("input[name=text]", "helen")
    page.locator("button.hit").first.wait_for()
    page.locator("button.hit").first.scroll_into_view_if_needed()
    shoot(page, "narrow-hits")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("summary", has_text="Filters").click()
    shoot(page, "narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_a_row_says_why_it_was_found_and_who_stands_together(
    workplace: Any, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    sign_in(page, workplace.url, "anna", PASSWORD)
    choose_purpose(page, workplace.url)
    page.keyboard.type("123456")
    page.get_by_role("heading", name="3 people with the same phone").wait_for()
    assert page.locator("button.hit").count() == 3
    shoot(page, "together")
    page.fill("input[name=text]", "elene berghe 30 juli 85")
    page.get_by_text("Hélène: one letter off · born on that day").wait_for()
    assert page.locator("mark").all_inner_texts() == ["Hélène", "Van den Berghe"]
    assert page.get_by_text("Read as a date of birth: 30 July 1985").is_visible()
    page.locator("[data-said]", has_text="1 person found").wait_for(state="attached")
    shoot(page, "reasons")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.locator("button.hit:focus").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Hélène Van den Berghe").wait_for()


def test_a_slow_server_never_holds_up_who_types_and_old_answers_never_come_late(
    workplace: Any, page: Any, sign_in: Callable[..., None]
) -> None:
    sign_in(page, workplace.url, "anna", PASSWORD)
    choose_purpose(page, workplace.url)
    # The first question is answered after the second one: a page that waits, or takes what comes, shows Luc at the end.
    page.evaluate(
        """() => {
          const real = window.fetch;
          let first = true;
          window.fetch = async (...given) => {
            const slow = first;
            first = false;
            const answer = await real(...given);
            if (slow) await new Promise(done => setTimeout(done, 3000));
            return answer;
          };
        }"""
    )
    page.keyboard.type("luc peeters")
    page.get_by_text("Still searching").wait_for()
    page.fill("input[name=text]", "vandenbroeck")
    page.locator("button.hit", has_text="Helena").wait_for()
    page.wait_for_timeout(3500)
    assert page.locator("button.hit").all_inner_texts()[0].startswith("Helena")
    assert not page.get_by_text("Still searching").is_visible()


def test_filters_work_while_typing_and_stand_in_no_address(
    workplace: Any, page: Any, sign_in: Callable[..., None], shoot: Callable[..., Any]
) -> None:
    sign_in(page, workplace.url, "anna", PASSWORD)
    choose_purpose(page, workplace.url)
    page.keyboard.type("peeters luc")
    page.locator("button.hit", has_text="Luc").wait_for()
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("State").select_option("open")
    page.get_by_text("The filters leave out 1 person who fits the words.").wait_for()
    shoot(page, "filtered")
    assert violations(page) == []
    page.get_by_role("button", name="No filters").click()
    page.locator("button.hit", has_text="Luc").wait_for()
    assert page.url == f"{workplace.url}/find/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_is_entered_and_may_be_kept_already_is_asked_for_before_the_call_ends(
    scheme: str,
    workplace: Any,
    new_page: Callable[..., Any],
    sign_in: Callable[..., None],
    shoot: Callable[..., Any],
) -> None:
    width = 320 if scheme == "dark" else 1280
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    record = workplace.manage("shell", "-v0", "-c", HOTLINE).strip().splitlines()[-1]
    sign_in(page, workplace.url, "anna", PASSWORD)
    page.goto(f"{workplace.url}/record/{record}/")
    page.wait_for_selector("html[data-screen=ready]")
    page.locator("[data-go=end]").first.click()
    page.locator("[data-outcome=done] button").click()
    page.get_by_role("heading", name="Is it somebody we know?").wait_for()
    shoot(page, f"doubles-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.get_by_label("Hélène Van den Berghe").check()
    page.get_by_role("button", name="End the call").click()
    page.get_by_text("The call has ended and everything is saved.").wait_for()
