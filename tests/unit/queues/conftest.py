"""A queue with a campaign whose app is a small script, and people to call."""

import itertools
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # a Wednesday, 11:00 in Brussels


def question(name: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {
        "kind": "question",
        "id": f"q-{name}",
        "name": name,
        "type": kind,
        "label": {"en": name},
        **more,
    }


def section(name: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": f"s-{name}", "name": name, "title": {"en": name}, "items": list(items), **more}


def call_script(**more: Any) -> dict[str, Any]:
    """Who is it, how are they, whom did they meet; two outcomes."""
    return {
        "format": 1,
        "kind": "script",
        "name": "call",
        "languages": ["en", "fr"],
        "title": {"en": "Call"},
        "sections": [
            section(
                "person",
                question("first_name", fact="given_name"),
                question("last_name", fact="family_name"),
                question("feels_well", "yes_no"),
                question("met_on", "date"),
            ),
            section(
                "contacts",
                question("contact_first", fact="given_name"),
                question("contact_last", fact="family_name"),
                question("contact_phone", "phone", fact="phone"),
                question("contact_number", "national_number", fact="national_number"),
                question("contact_met", "date"),
                repeat={
                    "minimum": 0,
                    "maximum": 20,
                    "entry_label": {"en": "Contact"},
                    "party": True,
                },
            ),
        ],
        "outcomes": [
            {"id": "o-done", "name": "done", "label": {"en": "Done"}, "complete": False},
            {
                "id": "o-no",
                "name": "no",
                "label": {"en": "Refused"},
                "complete": False,
                "disposition": "refused",
            },
        ],
        **more,
    }


def publish(definition: dict[str, Any], *, code: str, kind: str = "script") -> Any:
    """A version of an app, as publishing would store it."""
    from django.utils import timezone

    from builder.definition import dump, load, sha256
    from builder.models import App, Version

    app, _new = App.objects.get_or_create(
        code=code, defaults={"kind": kind, "title": code, "translation_key": uuid.uuid4()}
    )
    read = load({**definition, "kind": kind, "name": code})
    return Version.objects.create(
        app=app,
        number=app.versions.count() + 1,
        sha256=sha256(read),
        definition=dump(read),
        created_at=timezone.now(),
    )


@pytest.fixture
def version(db: None) -> Any:
    return publish(call_script(), code="call")


@pytest.fixture
def policy(db: None) -> Any:
    from runtime.queues.models import Policy

    return Policy.objects.create(code="usual", title="Usual", rules={})


@pytest.fixture
def queue(policy: Any) -> Any:
    from runtime.queues.models import Queue

    return Queue.objects.create(code="calls", title="Calls", policy=policy)


@pytest.fixture
def campaign(queue: Any, version: Any) -> Any:
    from runtime.queues.models import Campaign

    return Campaign.objects.create(code="spring", title="Spring", queue=queue, app=version.app)


_numbers = itertools.count(100000)


@pytest.fixture
def person(db: None) -> Any:
    """`person(given_name="Ann")`: a party with a phone of its own."""
    from runtime.parties.actions import find_or_create

    def make(**facts: str) -> Any:
        number = f"+32470{next(_numbers)}"
        known = {"given_name": "Ann", "family_name": "Peeters", "phone": number, **facts}
        return find_or_create(facts=known, by=None, purpose="test")[0]

    return make


@pytest.fixture
def item(campaign: Any, person: Any) -> Any:
    """`item()`: a ready work item about somebody new."""
    from runtime.queues.actions import Wanted, create_item

    def make(**wanted: Any) -> Any:
        party = wanted.pop("party", None) or person()
        where = wanted.pop("campaign", campaign)
        return create_item(campaign=where, party=party, by=None, wanted=Wanted(**wanted))[0]

    return make


@pytest.fixture
def second_agent(db: None) -> Any:
    from tests.people import make_person

    return make_person("second", "agent")
