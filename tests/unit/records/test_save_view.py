"""The save endpoint, with the browser's own ways of going wrong."""

import json
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from runtime.people.actions import bump_epoch
from runtime.records import actions
from runtime.records.models import Event, Record
from tests.unit.records.scenes import Sitting

pytestmark = pytest.mark.django_db


def answered(place: str, value: Any) -> dict[str, Any]:
    return {"event": "answered", "place": place, "value": value}


def post(sitting: Sitting, body: Any, record: Any = None, token: str | None = None) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    client = Client(enforce_csrf_checks=True)
    return client.post(
        f"/record/{record or sitting.record.pk}/save/",
        data,
        content_type="application/json",
        headers={"X-Run-Token": sitting.token if token is None else token},
    )


def test_a_batch_is_acknowledged(sitting: Sitting) -> None:
    item = sitting.item(answered("given_name", "Anna"))
    answer = post(sitting, {"events": [item]})
    assert answer.status_code == 200
    assert answer.json() == {
        "acknowledged": [{"id": item["id"], "number": 1}],
        "refused": [],
        "late": 0,
        "code": "",
        "message": "",
    }
    assert answer["Cache-Control"] == "no-store"


def test_saving_asks_the_database_one_thing(sitting: Sitting) -> None:
    post(sitting, {"events": [sitting.item(answered("ill", True))]})
    with CaptureQueriesContext(connection) as queries:
        post(sitting, {"events": [sitting.item(answered("ill", False))]})
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 1
    assert "INSERT INTO records_event" in asked[0]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"events": {}}',
        b'{"events": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"events"' + b":" * 9,
    ],
)
def test_a_body_that_is_no_batch_is_told(sitting: Sitting, body: bytes) -> None:
    answer = post(sitting, body)
    assert (answer.status_code, answer.json()["code"]) == (400, "json")
    assert answer.json()["message"]


def test_ten_megabytes_are_too_much(sitting: Sitting) -> None:
    answer = post(sitting, {"events": [sitting.item(answered("given_name", "x" * 10_000_000))]})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert "1 MB" in answer.json()["message"]
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "value",
    [
        b"NaN",
        b"Infinity",
        b"1.5",
        b"1e999",
        b"9" * 5000,
        b'"\\u0000"',
        b'"\\ud800"',
        b'{"a": {"b": []}}',
        b"[[[]]]",
    ],
)
def test_odd_json_spoils_its_own_item_only(sitting: Sitting, value: bytes) -> None:
    good = sitting.item(answered("ill", True))
    bad = (
        json.dumps(sitting.item(answered("given_name", "HERE"))).encode().replace(b'"HERE"', value)
    )
    answer = post(sitting, b'{"events": [' + bad + b"," + json.dumps(good).encode() + b"]}")
    told = answer.json()
    assert answer.status_code == 200
    assert [row["id"] for row in told["acknowledged"]] == [good["id"]]
    assert len(told["refused"]) == 1


def test_without_a_token_nothing_is_saved(sitting: Sitting) -> None:
    answer = post(sitting, {"events": [sitting.item(answered("ill", True))]}, token="")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_unknown")
    assert not Event.objects.exists()


def test_a_signed_in_person_without_a_token_saves_nothing(
    sitting: Sitting, agent: Any, client: Client
) -> None:
    client.force_login(agent)
    answer = client.post(
        f"/record/{sitting.record.pk}/save/", "{}", content_type="application/json"
    )
    assert answer.status_code in {401, 403}
    assert not Event.objects.exists()


def test_a_foreign_token_saves_nothing(sitting: Sitting, version: Any, agent: Any) -> None:
    other = actions.start(version=version, by=agent)
    answer = post(sitting, {"events": [sitting.item(answered("ill", True))]}, record=other.pk)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign")
    assert not Event.objects.exists()


def test_a_record_that_is_not_there_is_told_like_a_foreign_one(sitting: Sitting) -> None:
    answer = post(sitting, {"events": []}, record=uuid.uuid4())
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign")


def test_after_a_logout_what_was_typed_waits(sitting: Sitting, agent: Any) -> None:
    bump_epoch(person=agent.person, reason="logout")
    answer = post(sitting, {"events": [sitting.item(answered("ill", True))]})
    assert (answer.status_code, answer.json()["code"], answer.json()["late"]) == (
        409,
        "rights_changed",
        1,
    )
    assert answer.json()["message"]


def test_reading_the_address_is_not_allowed(sitting: Sitting) -> None:
    address = f"/record/{sitting.record.pk}/save/"
    assert Client().get(address, headers={"X-Run-Token": sitting.token}).status_code == 405


def test_a_database_that_is_away_is_told_without_data(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def away(*_: Any) -> None:
        raise DatabaseError("Key (value)=(Anna) already exists")

    monkeypatch.setattr("runtime.records.statement._run", away)
    answer = post(sitting, {"events": [sitting.item(answered("given_name", "Anna"))]})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "Anna" not in answer.content.decode() + caplog.text


def test_a_missing_key_file_is_told_and_writes_nothing(
    sitting: Sitting, settings: Any, tmp_path: Any
) -> None:
    settings.KEY_DIR = tmp_path
    answer = post(sitting, {"events": [sitting.item(answered("ill", True))]})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert not Event.objects.exists()
    assert Record.objects.get().settled_number == 0
