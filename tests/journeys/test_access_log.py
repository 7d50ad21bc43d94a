"""The auditor in a real browser: a row leads to a person, a person to who saw them, a name to what that user saw; and the log stands."""

import pytest

from tests.axe import violations
from tests.people import PASSWORD

pytestmark = pytest.mark.journey
SET_UP = f"""
from django.utils import timezone
from runtime.people.actions import create_person
from runtime.audit.actions import log_access
from runtime.parties.actions import find_or_create
make = lambda name, role: create_person(by=None, username=name, email=name + "@example.org", password={PASSWORD!r}, roles=[role])
agent, auditor = make("anna", "agent"), make("otto", "auditor")
agent = getattr(agent, "user", agent)
for given in ("Bea", "Karel"):
    party, _new = find_or_create(facts={{"given_name": given, "family_name": "Maes", "phone": "04701234" + str(len(given))}}, by=agent, purpose="call")
    log_access(by=agent, deed="open", subject=party.pk, purpose="calls_back", detail="unveil phone")
"""
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_who_saw_this_person_and_what_did_this_user_see(served, page, sign_in, shoot):
    served.set_up(SET_UP)
    served.manage("worker", "--once")
    served.manage("verify_log")
    sign_in(page, served.url, "otto", PASSWORD)
    page.goto(f"{served.url}/log/")
    assert page.locator("#chain").inner_text() == "Can this log be trusted?"
    assert page.locator(".facts .pill.good").count() == 2  # the checkpoint fits, no fault
    assert violations(page) == []
    shoot(page, "everything")
    page.locator("td a[title='Who saw this person']").first.click()
    assert page.locator("h1").inner_text() == "Who saw this person"
    assert page.locator("section[aria-labelledby=who-saw] th[scope=row]").all_inner_texts() == [
        "anna"
    ]
    assert violations(page) == []
    shoot(page, "person")
    page.goto(f"{served.url}/log/?who=anna")
    assert page.locator("h1").inner_text() == "What anna saw"
    page.locator("section[aria-labelledby=by-day] th a").first.click()
    assert page.locator("section[aria-labelledby=whom-seen] tbody tr").count() == 2
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate(OVERFLOWS)
    assert violations(page) == []
    shoot(page, "user-320")
