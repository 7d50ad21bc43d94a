"""A program with a token, and the house of `tests/unit/queues`: a queue, a campaign whose app is a small script, people to call."""

import itertools
import json
from typing import Any

import pytest

from tests.unit.queues.conftest import (  # noqa: F401 - fixtures
    campaign,
    item,
    person,
    policy,
    queue,
    version,
)

PERSON = {"given_name": "Zoë", "family_name": "Peeters", "phone": "0470 12 34 56"}
_keys = itertools.count(1)


class Program:
    """Asks with a token, as another program does: no cookie, no page."""

    def __init__(self, text: str, token: Any = None) -> None:
        from django.test import Client

        self.text, self.token, self.client = text, token, Client(raise_request_exception=False)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """`body` as JSON, unless it is bytes."""
        told = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = (
            {"Authorization": f"Bearer {self.text}", **_named(headers)} if self.text else headers
        )
        kind = sent.pop("Content-Type", "application/json")
        return self.client.generic(
            method, f"/api/v1/{path}", told or b"", content_type=kind, headers=sent
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def make(self, path: str, body: Any, key: str = "") -> Any:
        return self.ask("POST", path, body, idempotency_key=key or f"key-number-{next(_keys)}")


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-").title(): value for name, value in headers.items()}


@pytest.fixture
def program(admin: Any) -> Any:
    """`program("items:read")`: one with a token of these scopes; of all without any."""

    from runtime.api.actions.tokens import Grant, make_token
    from runtime.api.scopes import SCOPES

    def make(*scopes: str, **more: Any) -> Program:
        grant = Grant(title="CRM", purpose="crm", scopes=scopes or tuple(SCOPES), **more)
        token, text = make_token(grant=grant, days=30, by=admin)
        return Program(text, token)

    return make
