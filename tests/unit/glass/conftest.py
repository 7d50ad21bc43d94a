"""Somebody to see, with a record that has an answer of each clearance."""

import uuid
from typing import Any

import pytest

from tests.definitions import calculation, data, outcome, question, section
from tests.people import PASSWORD
from tests.unit.fill.calls import publish
from tests.unit.queues import conftest as queues
from tests.unit.telephony import conftest as telephony

campaign, item, policy, queue, version = (
    queues.campaign,
    queues.item,
    queues.policy,
    queues.queue,
    queues.version,
)
person = queues.person
provider = telephony.provider
ANSWERS = {"shop": "Bakery", "town": "Ghent", "ill": "Measles", "hiding": "Shelter-9"}
REASON = "Ambulance asks which medicines she takes"


def script() -> dict[str, Any]:
    levels = dict(zip(ANSWERS, ("open", "personal", "sensitive", "sealed"), strict=True))
    asked = [question(name, clearance=level, label=name) for name, level in levels.items()]
    follows = calculation("follows", "text", ["answer", "hiding"], label="Follows", shown=True)
    return data(
        section("all", *asked, follows, title="Said of {hiding}"), outcomes=[outcome("done")]
    )


@pytest.fixture
def bea(db: None) -> Any:
    from runtime.parties.actions import find_or_create

    facts = {"given_name": "Bea", "family_name": "Maes", "phone": "0470123456"}
    return find_or_create(facts=facts, by=None, purpose="test")[0]


@pytest.fixture
def karel(db: None) -> Any:
    from runtime.parties.actions import find_or_create

    facts = {"given_name": "Karel", "family_name": "Claes", "phone": "0470654321"}
    return find_or_create(facts=facts, by=None, purpose="test")[0]


@pytest.fixture
def record(bea: Any, supervisor: Any) -> Any:
    from django.utils import timezone

    from runtime.records import actions as records
    from runtime.records.append import append

    made = records.start(version=publish(script(), code="clear"), party=bea, by=supervisor)
    _session, token = records.open_session(
        record=made, by=supervisor, kind="agent", purpose="test"
    )
    batch = [
        {
            "id": str(uuid.uuid4()),
            "seen": 0,
            "event": {"event": "answered", "place": k, "value": v},
        }
        for k, v in ANSWERS.items()
    ]
    assert append(token, batch, timezone.now()).refused == []
    records.settle(made.pk, by=supervisor, purpose="test")
    records.finish(made.pk, "done", by=supervisor, purpose="test")
    return made


@pytest.fixture
def client(client_of: Any, agent: Any) -> Any:
    return client_of(agent, headers={"accept-language": "en"})


@pytest.fixture
def break_it() -> Any:
    """`break_it(client, party)`: posts what the page asks for."""
    from django.urls import reverse

    def post(client: Any, party: Any, **posted: str) -> Any:
        said = {"reason": REASON, "password": PASSWORD, **posted}
        return client.post(reverse("glass", args=[party.pk]), said)

    return post
