"""A data officer sets how long records are kept, sees what would go, switches the rule on, and holds what must be kept."""

import json

import pytest

from tests.axe import violations
from tests.people import PASSWORD

pytestmark = pytest.mark.journey
SCENE = f"""
import datetime as dt
from django.utils import timezone
from runtime.people.actions import create_person
from runtime.records import actions
from runtime.records.models import Record
from tests.unit.records.scenes import CALL, make_version
create_person(by=None, username="officer", email="o@example.org", password={PASSWORD!r}, roles=["data_officer"])
version = make_version(CALL)
for number in range(12):
    record = actions.start(version=version, by=None, prefill={{"persons": str(number)}})
    actions.finish(record.pk, "refused", by=None)
Record.objects.update(closed_at=timezone.now() - dt.timedelta(days=40))
print(record.pk)
"""
LEFT = """
import json
from runtime.audit.models import AccessLog
from runtime.records.models import Record
print(json.dumps([Record.objects.filter(erased_at=None).count(), AccessLog.objects.filter(detail__startswith="erased").count()]))
"""


def test_a_rule_is_looked_at_before_it_erases_and_what_is_held_stays(served, page, sign_in, shoot):
    held = served.set_up(SCENE).split()[-1]
    sign_in(page, served.url, "officer", PASSWORD)
    page.get_by_role("link", name="Keeping and erasing").click()
    page.get_by_label("Its number, or the code of the app").fill(held)
    page.get_by_label("Why").fill("file 2026/12")
    page.get_by_role("button", name="Hold it").press("Enter")
    page.get_by_text("It is held from now on").wait_for()
    shoot(page, "holds")
    assert violations(page) == []
    page.get_by_role("link", name="Call", exact=True).click()
    page.get_by_label("Days after closing").fill("30")
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_text("11 records were closed more than 30 days ago.").wait_for()
    page.get_by_text("1 more is kept").wait_for()
    shoot(page, "rule")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 900})
    assert violations(page) == []
    shoot(page, "rule-dark-320")
    page.get_by_role("button", name="Switch on").press("Enter")
    page.get_by_text("It is on: the worker erases").wait_for()
    served.manage("worker", "--once")
    left, certificates = json.loads(served.manage("shell", "-v0", "-c", LEFT).splitlines()[-1])
    assert (left, certificates) == (1, 11)


ONE = f"""
from runtime.parties.actions import find_or_create
from runtime.people.actions import create_person
from runtime.records import actions
from runtime.records.references import reference_of
from tests.unit.records.scenes import CALL, make_version
create_person(by=None, username="officer", email="o@example.org", password={PASSWORD!r}, roles=["data_officer"])
party, _new = find_or_create(facts={{"given_name": "Ann", "family_name": "Kwakkelsteyn"}}, by=None, purpose="import")
print(reference_of(actions.start(version=make_version(CALL), by=None, party=party).pk))
"""


def test_one_person_is_erased_with_the_keyboard_and_the_certificate_is_there_to_print(
    served, page, sign_in, shoot
):
    reference = served.set_up(ONE).split()[-1]
    sign_in(page, served.url, "officer", PASSWORD)
    page.goto(f"{served.url}/retention/")
    page.get_by_role("link", name="Erase a person").press("Enter")
    page.get_by_label("Reference").fill(reference.lower())
    page.get_by_role("button", name="Show what goes").press("Enter")
    page.get_by_text("1 record, with its answers and files").wait_for()
    again = page.get_by_label("The same reference once more")
    again.fill("7K3M-Q2PX-4")
    again.press("Enter")
    page.get_by_text("This is not the same reference.").wait_for()
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 900})
    shoot(page, "one-dark-320")
    assert violations(page) == []
    page.get_by_label("The same reference once more").fill(reference)
    page.get_by_role("button", name="Erase for good").press("Enter")
    page.get_by_role("heading", name="Certificate of erasure").wait_for()
    assert "Kwakkelsteyn" not in page.content()
    assert violations(page) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1400, "height": 900})
    shoot(page, "one-erased")
    assert violations(page) == []
