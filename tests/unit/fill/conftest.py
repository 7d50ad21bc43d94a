"""An agent with a record of a small call open in front of them."""

from typing import Any

import pytest

from tests.unit.fill.calls import publish, small_call


@pytest.fixture
def version(db: None) -> Any:
    return publish(small_call(), code="small_call")


@pytest.fixture
def app(version: Any) -> Any:
    return version.app


@pytest.fixture
def browser_of(client_of: Any) -> Any:
    """`browser_of(user)`: a client that speaks English."""
    return lambda user: client_of(user, headers={"accept-language": "en"})


@pytest.fixture
def record(agent: Any, app: Any, browser_of: Any) -> Any:
    """A record that the agent began."""
    from runtime.records.models import Record

    browser_of(agent).post(f"/app/{app.code}/start/")
    return Record.objects.get()
