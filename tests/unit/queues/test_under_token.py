"""What a page asks for between its saves: it stands under the run token, as they do."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.people.actions import bump_epoch
from runtime.queues import actions
from runtime.queues.models import WorkItem
from runtime.records import actions as records
from runtime.records.append import append
from runtime.records.models import Record, Session

JSON = {"Accept": "application/json"}


@pytest.fixture
def held(queue: Any, item: Any, agent: Any) -> WorkItem:
    item()
    actions.claim(queue=queue, by=agent, now=timezone.now())
    return WorkItem.objects.get()


@pytest.fixture
def token(held: WorkItem, agent: Any) -> str:
    return run_token(held.record, agent, held.fence)


def run_token(record: Any, by: Any, fence: int = 0, kind: str = "agent") -> str:
    return records.resume_session(record=record, by=by, kind=kind, purpose="call", fence=fence)[1]


def post(name: str, pk: Any, token: str) -> tuple[int, dict[str, Any]]:
    """By a client that is not signed in, and has no cookie that a form would bring."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    headers = {**JSON, **({"X-Run-Token": token} if token else {})}
    answer = client.post(reverse(name, args=[pk]), headers=headers)
    return answer.status_code, answer.json()


def both(held: WorkItem, token: str) -> list[tuple[int, str]]:
    told = [post("record-settle", held.record_id, token), post("item-heartbeat", held.pk, token)]
    return [(status, body.get("code", "")) for status, body in told]


def test_a_page_settles_its_record_and_keeps_its_item(
    held: WorkItem, token: str, agent: Any
) -> None:
    event = {"event": "answered", "place": "first_name", "value": "Zoë"}
    told = append(token, [{"id": str(uuid.uuid4()), "seen": 0, "event": event}], timezone.now())
    status, settled = post("record-settle", held.record_id, token)
    assert (status, settled["number"]) == (200, told.acknowledged[0]["number"])
    assert set(settled) == {"number", "missing", "problems", "conflicts"}
    row = AccessLog.objects.get(deed="settle")
    assert (row.by, row.record, row.purpose) == (agent, held.record_id, "call")
    before = held.lease_until
    status, beat = post("item-heartbeat", held.pk, token)
    held.refresh_from_db()
    assert (status, beat) == (200, {"lease_until": held.lease_until.isoformat()})
    assert held.lease_until > before


def test_few_questions_are_asked(
    held: WorkItem, token: str, django_assert_max_num_queries: Any
) -> None:
    post("record-settle", held.record_id, token)
    with django_assert_max_num_queries(13):
        post("record-settle", held.record_id, token)
    with django_assert_max_num_queries(4):
        post("item-heartbeat", held.pk, token)


@pytest.mark.parametrize("made_up", ["", "x", "A" * 400, "é", "A" * 5000])
def test_without_a_token_nothing_is_told(held: WorkItem, made_up: str) -> None:
    code = "token_unknown" if made_up else "signed_out"
    assert both(held, made_up) == [(401, code), (401, code)]
    assert not AccessLog.objects.filter(deed="settle").exists()


def test_a_token_opens_its_own_record_and_item_only(
    held: WorkItem, item: Any, queue: Any, second_agent: Any, token: str
) -> None:
    item()
    actions.claim(queue=queue, by=second_agent, now=timezone.now())
    theirs = WorkItem.objects.exclude(pk=held.pk).get()
    until = theirs.lease_until
    assert both(theirs, token) == [(403, "foreign"), (409, "not_holder")]
    theirs.refresh_from_db()
    assert theirs.lease_until == until


def test_a_citizens_token_opens_neither(held: WorkItem, agent: Any) -> None:
    token = run_token(held.record, agent, kind="public")
    assert both(held, token) == [(403, "foreign"), (403, "foreign")]


def test_who_gave_it_back_settles_nothing(held: WorkItem, token: str, agent: Any) -> None:
    actions.release(item=held, by=agent, now=timezone.now())
    assert both(held, token) == [(409, "session_ended"), (409, "session_ended")]


def test_whose_rights_changed_settles_nothing(held: WorkItem, token: str, agent: Any) -> None:
    bump_epoch(person=agent.person, reason="test")
    assert both(held, token) == [(409, "rights_changed"), (409, "rights_changed")]


def test_a_closed_record_is_not_settled(held: WorkItem, token: str) -> None:
    Record.objects.update(closed_at=timezone.now())
    assert both(held, token)[0] == (409, "record_closed")


def test_a_token_of_yesterday_is_told_to_sign_in(
    held: WorkItem, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + timezone.timedelta(hours=13)  # type: ignore[attr-defined]
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert both(held, token) == [(401, "token_expired"), (401, "token_expired")]
    assert Session.objects.get(ended_at=None)
