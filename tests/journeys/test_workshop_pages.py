"""Every page of our own in the workshop, in a real browser: it opens, nothing in it keeps anybody out, no policy is broken."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.axe import violations
from tests.journeys.test_editor import workshop
from tests.journeys.test_pages import complaints_of

pytestmark = pytest.mark.journey
assert workshop  # a fixture
MAKE = """
from django.contrib.auth import get_user_model
from content.starts import STARTS, begin
from content.models import HomePage
editor = get_user_model().objects.get(username="editor")
start = next(each for each in STARTS if each.name == "tracing")
pages = begin(start=start, parent=HomePage.objects.order_by("depth", "pk")[0], by=editor)
for page in reversed(pages):
    page.get_latest_revision().publish(user=editor)
from content.models import SharedSection
from content.sections.actions import make_section
from tests.bodies import ask, section
shared = make_section(title="Intake", code="intake", section=section("Intake", ask("text", "city")), by=editor)
print(pages[0].pk, pages[0].code, shared.pk)
"""
# The addresses, under /admin/; {page} is a published script, {code} its app.
OWN = (
    "",
    "starts/",
    "import-form/",
    "flow/{page}/",
    "release/{page}/",
    "translations/{page}/",
    "check/{page}/",
    "compare/{page}/",
    "tests/{page}/",
    "review/{page}/",
    "emergency/{page}/",
    "restore/{code}/1/",
    "snippets/content/choicelist/",
    "snippets/content/sharedsection/",
    "shared-sections/{section}/used/",
)


def test_every_page_of_the_workshop(workshop: Any, served: Any, shoot: Callable[..., Any]) -> None:
    page = workshop
    made, code, shared = served.set_up(MAKE).splitlines()[-1].split()
    heard = complaints_of(page)
    wrong: list[tuple[str, object]] = []
    for address in OWN:
        to = address.format(page=made, code=code, section=shared)
        answered = page.goto(f"{served.url}/admin/{to}")
        page.wait_for_load_state("networkidle")
        shoot(page, address.partition("/")[0] or "home")
        if answered.status != 200:
            wrong.append((address, answered.status))
        wrong += [(address, each) for each in violations(page)]
    assert wrong == []
    assert heard == []
