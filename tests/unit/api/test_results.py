"""What came of it: attempts and outcomes; what there is: campaigns, queues, apps and the schemas of their records."""

from typing import Any

import jsonschema_rs

from builder.models import load
from runtime.api.record_schema import schema_of
from runtime.queues import actions
from runtime.queues.models import WorkItem
from tests.unit.queues.conftest import NOW


def test_attempts_and_outcomes_are_told_without_who_tried(
    program: Any, item: Any, queue: Any, agent: Any, campaign: Any
) -> None:
    row, other = item(not_before=NOW), item()
    WorkItem.objects.filter(pk=other.pk).update(state="waiting")
    held = actions.claim(queue=queue, by=agent, now=NOW)
    assert isinstance(held, actions.Claimed)
    tried = actions.start_attempt(item=row, by=agent, now=NOW)
    mine = program()
    assert mine.get("outcomes").json()["found"] == []
    row.refresh_from_db()
    actions.dispose(item=row, disposition="refused", by=agent, now=NOW)
    told = mine.get(f"attempts?item={row.pk}").json()["found"]
    assert [(one["id"], one["disposition"]) for one in told] == [(tried.pk, "refused")]
    assert mine.get("attempts?campaign=autumn").json()["found"] == []
    assert mine.get(f"attempts?item={other.pk}").json()["found"] == []
    assert "agent" not in str(told)
    (ended,) = mine.get("outcomes?campaign=spring").json()["found"]
    assert (ended["item"], ended["party"]) == (str(row.pk), str(row.party_id))
    assert (ended["app"], ended["version"]) == ("call", 1)
    assert (ended["outcome"], ended["disposition"]) == ("", "refused")
    assert ended["at"] is not None
    assert mine.get("outcomes?since=2199-01-01T00:00:00Z").json()["found"] == []
    assert mine.get("outcomes?outcome=done").json()["found"] == []


def test_queues_campaigns_and_apps_are_listed(program: Any, campaign: Any) -> None:
    mine = program()
    assert mine.get("queues").json()["found"] == [{"code": "calls", "title": "Calls"}]
    assert mine.get("campaigns").json()["found"] == [
        {"code": "spring", "title": "Spring", "queue": "calls", "app": "call", "open": True}
    ]
    assert mine.get("apps").json()["found"] == [
        {"code": "call", "kind": "script", "title": "call", "open": True, "versions": [1]}
    ]


def test_a_versions_schema_says_what_its_records_hold(program: Any, version: Any) -> None:
    mine = program("apps:read")
    answer = mine.get("apps/call/versions/1/schema.json")
    assert answer["Content-Type"] == "application/schema+json"
    told = answer.json()
    jsonschema_rs.meta.validate(told)
    assert told == schema_of(load(version.pk), code="call", number=1, sha256=version.sha256)
    fits = jsonschema_rs.Draft202012Validator(told).is_valid
    assert fits({"first_name": "Ann", "met_on": "2026-03-01", "contacts": []})
    assert fits({"contacts": [{"contact_first": "Bo"}]})
    for wrong in (
        {"met_on": "yesterday"},
        {"shoe_size": "43"},
        {"contact_first": "Bo"},
        {"contacts": [{"first_name": "Bo"}]},
    ):
        assert not fits(wrong), wrong
    same = mine.get("apps/call/versions/1/schema.json", if_none_match=answer["ETag"])
    assert same.status_code == 304
    for nothing in ("apps/call/versions/2/schema.json", "apps/other/versions/1/schema.json"):
        assert mine.get(nothing).status_code == 404
    far = mine.get(f"apps/call/versions/{10**30}/schema.json")
    assert far.status_code == 422
