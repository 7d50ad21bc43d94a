"""Every place of every role, in a real browser: it opens, breaks no policy, fits a narrow screen, says its language."""

import pytest

from tests.people import PASSWORD

pytestmark = pytest.mark.journey
ROLES = (
    "agent",
    "supervisor",
    "data_officer",
    "admin",
    "auditor",
    "editor",
    "trainer",
    "reviewer",
)
PEOPLE = f"""
from runtime.people.actions import create_person
for role in {ROLES!r}:
    create_person(by=None, username=role, email=role + "@example.org", password={PASSWORD!r}, roles=[role])
"""
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
UNNAMED = """() => [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea')]
  .filter(part => part.checkVisibility && part.checkVisibility())
  .filter(part => !(part.innerText || '').trim() && !part.getAttribute('aria-label') && !part.getAttribute('aria-labelledby')
    && !(part.labels && part.labels.length) && !part.title)
  .map(part => part.outerHTML.slice(0, 120))"""


def complaints_of(page) -> list[str]:
    """What the browser complains about from now on, refused scripts and styles among it."""
    heard: list[str] = []
    page.on(
        "console", lambda message: heard.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def staffed(served):
    served.set_up(PEOPLE)
    return served


def test_every_place_of_every_role(staffed, new_page, sign_in, shoot):
    wrong = []
    for role in ROLES:
        page = new_page()
        heard = complaints_of(page)
        sign_in(page, staffed.url, role, PASSWORD)
        links = page.locator(".places a")
        places = [links.nth(number).get_attribute("href") for number in range(links.count())]
        assert places, role
        for place in places:
            page.set_viewport_size({"width": 1440, "height": 900})
            answer = page.goto(staffed.url + place)
            if answer.status != 200:
                wrong.append((role, place, answer.status))
            if place.startswith("/admin/"):
                continue
            page.set_viewport_size({"width": 320, "height": 640})
            if page.evaluate(OVERFLOWS):
                wrong.append((role, place, "wider than a narrow screen"))
            wrong += [(role, place, part) for part in page.evaluate(UNNAMED)]
        wrong += [(role, "", complaint) for complaint in heard]
    assert wrong == []
    shoot(page, "last")


def test_the_keyboard_alone_signs_in_and_the_theme_and_language_stay(staffed, page, shoot):
    page.goto(f"{staffed.url}/log/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("input[name=login]")
    page.keyboard.type("auditor")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/log/")
    page.click("summary")
    page.click("button[name=theme][value=dark]")
    page.wait_for_load_state()
    page.click("summary")
    page.click("button[name=language][value=fr]")
    page.wait_for_load_state()
    page.goto(f"{staffed.url}/log/")
    assert page.evaluate(
        "[document.documentElement.lang, document.documentElement.dataset.theme]"
    ) == ["fr", "dark"]
    shoot(page, "dark")


def test_a_refused_page_is_a_page(staffed, page, sign_in, shoot):
    sign_in(page, staffed.url, "agent", PASSWORD)
    answer = page.goto(f"{staffed.url}/people/")
    assert answer.status == 403
    assert page.locator("h1").inner_text() == "This is not open to you"
    shoot(page, "refused")
