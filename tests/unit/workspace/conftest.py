"""A queue that asks who is on the line, somebody it is about, and an agent at the screen."""

from typing import Any

import pytest

from tests.unit.queues import conftest as queues
from tests.unit.telephony import conftest as telephony

campaign, item, person, policy = queues.campaign, queues.item, queues.person, queues.policy
queue, second_agent, version = queues.queue, queues.second_agent, queues.version
key, provider, send = telephony.key, telephony.provider, telephony.send


@pytest.fixture
def asking(policy: Any) -> Any:
    """The queue asks for two facts."""

    def ask(**rules: Any) -> None:
        policy.rules = {**policy.rules, "verification": rules}
        policy.save()

    ask()
    return ask


@pytest.fixture
def bo(person: Any) -> Any:
    def make(**facts: Any) -> Any:
        usual = {
            "given_name": "Bo",
            "family_name": "Maes",
            "birth_date": "1985-07-30",
            "address": "Nieuwstraat 1201, 9031 Gent",
            "national_number": "85.07.30-033.28",
        }
        return person(**{**usual, **facts})

    return make


@pytest.fixture
def agents(client_of: Any, agent: Any) -> Any:
    return client_of(agent, headers={"accept-language": "en"})
