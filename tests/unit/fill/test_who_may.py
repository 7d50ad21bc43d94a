"""Records in other hands, addresses that do not exist, definitions in unknown languages."""

import json
import uuid
from typing import Any

import pytest

from tests.people import make_person

POSTS = ["section", "finish", "late"]


@pytest.mark.parametrize("post", POSTS)
def test_a_foreign_record_is_not_known(record: Any, browser_of: Any, post: str) -> None:
    other = browser_of(make_person("other", "agent"))
    assert other.post(f"/record/{record.pk}/{post}/").status_code == 404
    assert other.post(f"/record/{uuid.uuid4()}/{post}/").status_code == 404


def test_a_foreign_holder_gets_no_token(record: Any, browser_of: Any) -> None:
    other = browser_of(make_person("other", "agent"))
    assert other.post(f"/record/{record.pk}/token/").status_code == 409


def test_a_record_in_other_hands_is_read_only_with_a_purpose(record: Any, browser_of: Any) -> None:
    from runtime.audit.models import AccessLog

    other = make_person("other", "agent")
    client = browser_of(other)
    asked = client.get(f"/record/{record.pk}/")
    assert "Why do you open this record?" in asked.text
    assert "Given name" not in asked.text
    assert not AccessLog.objects.filter(by=other).exists()
    assert (
        "Choose one of the purposes" in client.post(f"/record/{record.pk}/", {"purpose": " "}).text
    )
    read = client.post(f"/record/{record.pk}/", {"purpose": "calls_back"})
    assert "Given name" in read.text
    assert AccessLog.objects.get(by=other).purpose == "calls_back"


def test_sensitive_answers_are_veiled_until_asked_for(
    agent: Any, record: Any, browser_of: Any
) -> None:
    from runtime.audit.models import AccessLog
    from tests.unit.fill.pages import send

    client = browser_of(agent)
    page = send(
        client, client.get(f"/record/{record.pk}/").text, given_name="Ann", right_person="true"
    ).text
    send(client, page, "stay", sick="true")
    other = make_person("other", "supervisor")
    veiled = browser_of(other).post(f"/record/{record.pk}/", {"purpose": "quality"})
    assert "••••" in veiled.text
    shown = browser_of(other).post(f"/record/{record.pk}/", {"purpose": "quality", "unveil": "1"})
    assert "••••" not in shown.text
    assert AccessLog.objects.filter(by=other, detail="unveil").count() == 1


def test_a_stranger_and_the_signed_out_are_kept_out(
    record: Any, stranger: Any, browser_of: Any
) -> None:
    assert browser_of(stranger).get(f"/record/{record.pk}/").status_code == 403
    assert browser_of(None).get(f"/record/{record.pk}/").status_code == 302


def test_a_definition_is_fetched_by_its_hash_and_kept_for_ever(
    agent: Any, version: Any, browser_of: Any
) -> None:
    answer = browser_of(agent).get(f"/definition/{version.sha256}/agent/fr.json")
    assert "immutable" in answer["Cache-Control"]
    assert json.loads(answer.content)["title"] == {"fr": "Petit appel"}


def test_an_unknown_language_is_named_with_the_known_ones(
    agent: Any, version: Any, browser_of: Any
) -> None:
    answer = browser_of(agent).get(f"/definition/{version.sha256}/agent/xx.json")
    assert answer.status_code == 404
    assert "en, fr" in answer.json()["message"]
    assert "xx" in answer.json()["message"]


@pytest.mark.parametrize(
    "address",
    [
        "/definition/0/agent/en.json",
        "/definition/{sha}/nobody/en.json",
        "/definition/{sha}/practice/en.json",
    ],
)
def test_an_agent_gets_no_other_definition(
    agent: Any, version: Any, browser_of: Any, address: str
) -> None:
    assert browser_of(agent).get(address.format(sha=version.sha256)).status_code == 404


def test_a_closed_app_takes_no_new_records(agent: Any, app: Any, browser_of: Any) -> None:
    from runtime.records.models import Record

    app.open = False
    app.save()
    answer = browser_of(agent).post(f"/app/{app.code}/start/", follow=True)
    assert "takes no new records" in answer.text
    assert not Record.objects.exists()


def test_reopening_asks_for_a_reason(agent: Any, record: Any, browser_of: Any) -> None:
    from runtime.records.actions import finish
    from tests.unit.fill.pages import send

    client = browser_of(agent)
    send(client, client.get(f"/record/{record.pk}/").text, right_person="false")
    finish(record.pk, "wrong", by=agent)
    assert (
        "Please say why"
        in client.post(f"/record/{record.pk}/reopen/", {"reason": " "}, follow=True).text
    )
    record.refresh_from_db()
    assert record.closed_at is not None
    again = client.post(f"/record/{record.pk}/reopen/", {"reason": "She called back"}, follow=True)
    record.refresh_from_db()
    assert record.closed_at is None
    assert 'data-section="opening"' in again.text


def test_an_open_record_nobody_works_on_is_taken_up(
    agent: Any, record: Any, browser_of: Any
) -> None:
    other = browser_of(make_person("other", "agent"))
    taken = other.post(f"/record/{record.pk}/continue/", follow=True)
    assert 'data-section="opening"' in taken.text


def test_late_answers_are_kept_or_dismissed(agent: Any, record: Any, browser_of: Any) -> None:
    from django.utils import timezone

    from runtime.records.actions import end_session, open_session
    from runtime.records.append import append
    from runtime.records.store import open_record

    client = browser_of(agent)
    session, token = open_session(record=record, by=agent, kind="agent", purpose="test")
    end_session(session=session, reason="test")
    event = {"event": "answered", "place": "given_name", "value": "Late"}
    assert (
        append(token, [{"id": str(uuid.uuid4()), "seen": 0, "event": event}], timezone.now()).late
        == 1
    )
    assert "1 answer of an earlier sitting came late" in client.get(f"/record/{record.pk}/").text
    client.post(f"/record/{record.pk}/late/", {"keep": "1"})
    assert open_record(record, by=agent, purpose="test").state["answers"] == {"given_name": "Late"}
    assert "came late" not in client.get(f"/record/{record.pk}/").text
