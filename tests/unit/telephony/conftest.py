"""A telephone system that signs, an agent at its extension, and the people of the queue."""

import json
import time
from typing import Any

import pytest

from tests.unit.queues.conftest import (  # noqa: F401  fixtures
    campaign,
    item,
    person,
    policy,
    queue,
    second_agent,
    version,
)

CALLER = "+32470111222"
ADDRESS = "https://apps.example.org/crm/index.html?crm=framework"


@pytest.fixture
def provider(db: None, agent: Any) -> Any:
    from runtime.telephony.actions import add_extension, make_provider

    made, _created = make_provider(code="pbx", title="PBX", by=None)
    add_extension(provider=made, extension="201", name="agent", by=None)
    return made


@pytest.fixture
def framed(provider: Any) -> Any:
    from runtime.telephony.actions import keep_frame

    keep_frame(provider=provider, address=ADDRESS, client="abc-1", by=None)
    return provider


@pytest.fixture
def key(provider: Any) -> bytes:
    from runtime.telephony.sealed import provider_key

    return provider_key(provider.code, provider.serial)


@pytest.fixture
def send(client: Any, key: bytes) -> Any:
    """`send("newCall", callId="1")`: a signed event; `stamp`, `signature`, `body` and `content_type` may be others."""
    from runtime.telephony.signing import sign

    def send(event: str = "newCall", **told: Any) -> Any:
        stamp = told.pop("stamp", int(time.time()))
        content_type = told.pop("content_type", "application/json")
        usual = {
            "event": event,
            "callId": "c-1",
            "from": CALLER,
            "to": "+3225550000",
            "user": "201",
        }
        body = told.pop("body", None)
        signature = told.pop("signature", None)
        raw = json.dumps({**usual, **told}).encode() if body is None else body
        return client.post(
            "/telephony/pbx/call/",
            raw,
            content_type=content_type,
            headers={
                "X-Scriptorium-Timestamp": str(stamp),
                "X-Scriptorium-Signature": sign(key, stamp, raw)
                if signature is None
                else signature,
                "Accept-Language": "en",
            },
        )

    return send
