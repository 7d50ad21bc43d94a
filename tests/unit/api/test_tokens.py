"""Tokens: shown once, kept as a digest, for what they are for, as long as they stand, as often as they may."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from runtime.api.actions import spending
from runtime.api.actions.tokens import find_token, revoke_token
from runtime.api.models import Spent, Token
from runtime.api.scopes import SCOPES
from tests.unit.api.conftest import Program

WANTED = {
    "title": "CRM",
    "purpose": "crm",
    "scopes": ["items:read"],
    "clearance": "open",
    "everywhere": "on",
    "days": "30",
    "rate": "60",
}


def test_a_token_is_shown_once_and_kept_as_a_digest(admin: Any, client_of: Any) -> None:
    client = client_of(admin)
    shown = client.post("/tokens/new/", WANTED)
    text = next(word for word in shown.content.decode().split() if "scr_" in word)
    text = text.replace('class="mono">', "").removesuffix("</p>")
    assert shown.headers["Cache-Control"].count("no-store")
    token = Token.objects.get()
    assert find_token(text, now=timezone.now()) == token
    assert token.prefix in text
    listed = client.get("/tokens/").content.decode()
    assert token.prefix in listed
    assert text not in listed
    row = Token.objects.values().get()
    assert text[15:] not in str(row)


def test_who_made_and_revoked_a_token_stands_in_the_history(admin: Any, client_of: Any) -> None:
    client = client_of(admin)
    client.post("/tokens/new/", WANTED)
    token = Token.objects.get()
    client.post(f"/tokens/{token.pk}/revoke/")
    assert {row.history_user for row in token.history.all()} == {admin}
    assert "revoked" in client.get("/tokens/").content.decode()
    assert "CRM" in client.get("/history/?kind=api.token").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"everywhere": ""},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"purpose": "Ann Peeters"},
        {"days": "4000"},
        {"clearance": "sealed"},
    ],
)
def test_a_token_for_nothing_or_for_ever_is_refused(
    wrong: dict[str, Any], admin: Any, client_of: Any
) -> None:
    assert client_of(admin).post("/tokens/new/", {**WANTED, **wrong}).status_code == 400
    assert not Token.objects.exists()


def test_a_token_that_is_unknown_revoked_or_out_of_its_time_opens_nothing(
    program: Any, admin: Any
) -> None:
    mine = program("items:read")
    assert mine.get("items").status_code == 200
    wrong = mine.text[:-1] + ("a" if mine.text[-1] != "a" else "b")
    for text in ("", "scr_", wrong, mine.text.upper(), "é" * 20):
        answer = Program(text).get("items")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    Token.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert mine.get("items").status_code == 401
    Token.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))
    assert revoke_token(token=mine.token, by=admin)
    assert mine.get("items").status_code == 401
    assert not revoke_token(token=mine.token, by=admin)


def test_a_session_lets_nobody_in(admin: Any, client_of: Any) -> None:
    assert client_of(admin).get("/api/v1/items").status_code == 401


def test_a_scope_opens_its_operations_and_no_others(program: Any) -> None:
    asked = {
        "items:read": "items",
        "attempts:read": "attempts",
        "outcomes:read": "outcomes",
        "campaigns:read": "campaigns",
        "apps:read": "apps",
    }
    for scope in SCOPES:
        one = program(scope)
        for wanted, path in asked.items():
            assert one.get(path).status_code == (200 if scope == wanted else 403), (scope, path)
        assert one.make("items", {"campaign": "spring"}).status_code == (
            422 if scope == "items:write" else 403
        )
        assert one.make("parties", {"person": {}}).status_code == (
            422 if scope == "parties:write" else 403
        )


def test_a_token_asks_as_often_as_it_may(program: Any) -> None:
    mine, other = program("items:read", rate=2), program("items:read", rate=2)
    now = timezone.now()
    minute = int(now.timestamp()) // 60
    for _each in range(2):
        assert mine.get("items").status_code == 200
    if int(timezone.now().timestamp()) // 60 != minute:
        pytest.fail("the minute was over while it was asked twice: a slow machine")
    refused = mine.get("items")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert other.get("items").status_code == 200
    spending.forget(now=now + dt.timedelta(minutes=5))
    assert not Spent.objects.exists()


def test_its_last_use_is_known(program: Any) -> None:
    mine = program("items:read")
    mine.get("items")
    mine.token.refresh_from_db()
    assert mine.token.used_at is not None
    assert mine.token.history.count() == 1
