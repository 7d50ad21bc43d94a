"""What the page hands to the browser's half of the screen."""

import json
import re
from typing import Any

from runtime.records.models import Session


def handed(page: str) -> dict[str, Any]:
    found = re.search(r'id="screen-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found.group(1))


def test_the_browser_is_told_the_name_of_the_cookie_against_forged_requests(
    agent: Any, record: Any, browser_of: Any, settings: Any
) -> None:
    settings.CSRF_COOKIE_NAME = "__Host-csrf"
    page = browser_of(agent).get(f"/record/{record.pk}/").text
    assert handed(page)["csrf_cookie"] == "__Host-csrf"


def test_a_page_loaded_again_goes_on_in_its_sitting(
    agent: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    tokens = {handed(client.get(f"/record/{record.pk}/").text)["token"] for _again in range(3)}
    assert len(tokens) == 3
    assert Session.objects.filter(record=record).count() == 1


def test_the_number_to_dial_names_its_contact_point(
    agent: Any, version: Any, browser_of: Any
) -> None:
    from django.utils import timezone

    from runtime.parties.actions import find_or_create
    from runtime.queues.actions import claim, create_item
    from runtime.queues.models import Attempt, Campaign, Policy, Queue, WorkItem

    facts = {"given_name": "Ann", "family_name": "Maes", "phone": "+32470123456"}
    party, _new = find_or_create(facts=facts, by=None, purpose="test")
    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    queue = Queue.objects.create(code="calls", title="Calls", policy=policy)
    campaign = Campaign.objects.create(code="spring", title="Spring", queue=queue, app=version.app)
    create_item(campaign=campaign, party=party, by=None)
    claim(queue=queue, by=agent, now=timezone.now())
    item, point = WorkItem.objects.get(), party.contact_points.get().pk
    client = browser_of(agent)
    page = client.get(f"/record/{item.record_id}/").text
    assert f'data-dial="{point}" href="tel:+32470123456"' in page
    begun = client.post(
        handed(page)["urls"]["attempt"],
        {"point": str(point)},
        headers={"accept": "application/json"},
    )
    assert begun.status_code == 200
    assert Attempt.objects.get().contact_point_id == point
