"""A call whose end tells somebody, and receivers that count."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.receiving import Post, Web
from tests.unit.queues import conftest as queues
from tests.unit.queues.conftest import call_script, publish

policy, queue = queues.policy, queues.queue


@pytest.fixture
def web() -> Iterator[Web]:
    receiver = Web()
    yield receiver
    receiver.close()


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    receiver = Post()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", receiver.port
    yield receiver
    receiver.close()


@pytest.fixture
def channel(admin: Any) -> Any:
    from runtime.effects.actions import channels

    def make(code: str, address: str, kind: str = "service", **face: Any) -> Any:
        told = {"title": code.capitalize(), "language": "en", "clearance": "personal", **face}
        return channels.create_channel(
            code=code, kind=kind, face=channels.Face(**told), address=address, by=admin
        )

    return make


def with_effects(*effects: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The small script, whose outcome `done` has these effects."""
    script = call_script(**more)
    script["outcomes"][0]["effects"] = list(effects)
    return script


def notify(channel: str, text: Any, **more: Any) -> dict[str, Any]:
    told = text if isinstance(text, dict) else {"en": text}
    return {"effect": "notify", "arguments": {"channel": channel}, "text": told, **more}


@pytest.fixture
def end(agent: Any) -> Any:
    """Ends a record of a script, after some answers; the record."""
    from runtime.records import actions
    from tests.unit.records.scenes import Sitting

    def ended(script: Any, outcome: str = "done", party: Any = None, **answers: Any) -> Any:
        version = script if hasattr(script, "pk") else publish(script, code="call")
        record = actions.start(version=version, by=agent, party=party)
        sitting = Sitting(record, agent)
        for name, value in answers.items():
            sitting.answer(name, value)
        told = actions.finish(record.pk, outcome, by=agent)
        assert isinstance(told, actions.Settled), told
        record.refresh_from_db()
        return record

    return ended


DAILY = {"effect": "follow_up", "arguments": {"campaign": "daily", "days": "3", "until": "no"}}


@pytest.fixture
def bo(db: None) -> Any:
    from runtime.parties.actions import find_or_create

    facts = {"given_name": "Bo", "family_name": "Maes", "phone": "+32470999001"}
    return find_or_create(facts=facts, by=None, purpose="test")[0]


@pytest.fixture
def daily(queue: Any) -> Any:
    from runtime.queues.models import Campaign

    app = publish(call_script(), code="daily_call").app
    return Campaign.objects.create(code="daily", title="Daily", queue=queue, app=app)
