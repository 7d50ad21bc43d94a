"""What the tests of exports begin with: a published call and certificate, records in it, an institute's feed."""

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from builder.definition import dump, load, sha256
from builder.models import App, Version
from exports.feeds import actions as feeds
from exports.feeds.models import Feed
from runtime.parties import actions as parties
from runtime.records import actions as records
from runtime.records.models import Record

ANN = {"given_name": "Ann", "family_name": "Peeters", "national_number": "85073000160"}
FEVERISH = {
    **ANN,
    "fever": True,
    "onset": "2026-11-20",
    "symptoms": ["cough", "loss"],
    "severity": "hard",
    "degrees": "39.5",
}


def publish(data: dict[str, Any], number: int = 1) -> Version:
    """A version of this definition."""
    definition = load(data)
    app, _ = App.objects.get_or_create(
        code=data["name"],
        defaults={
            "kind": data["kind"],
            "title": data["name"].title(),
            "translation_key": uuid.uuid4(),
        },
    )
    return Version.objects.create(
        app=app,
        number=number,
        sha256=sha256(definition),
        definition=dump(definition),
        created_at=timezone.now(),
    )


Make = Callable[..., Record]


def maker(version: Version, agent: Any) -> Make:
    """`make(**answers)`: a finished record; `finish=False` leaves it open, `party=True` gives it a person."""

    def made(
        *, finish: bool = True, party: bool = False, language: str = "en", **answers: Any
    ) -> Record:
        person = None
        if party:
            facts = {name: value for name, value in answers.items() if name in ANN}
            person, _ = parties.find_or_create(facts=facts, by=agent, purpose="test")
        record = records.start(
            version=version, party=person, by=agent, prefill=answers, language=language
        )
        if finish:
            done = records.finish(record.pk, "refused", by=agent)
            assert isinstance(done, records.Settled)
        record.refresh_from_db()
        return record

    return made


def a_feed(version: Version, data_officer: Any) -> Feed:
    """A feed of the call to a health institute."""
    institute = feeds.create_institute(code="health", title="Health institute", by=data_officer)
    draft = feeds.Draft("Cases", "institute", "surveillance")
    made = feeds.create_feed(
        code="cases", institute=institute, app=version.app, draft=draft, by=data_officer
    )
    columns = [
        {"column": "PERSON", "source": "_person"},
        {"column": "FEVER", "source": "fever"},
        {"column": "ONSET", "source": "onset"},
        {"column": "COUGH", "source": "symptoms.cough"},
        {"column": "OUTCOME", "source": "_outcome"},
    ]
    return feeds.set_columns(feed=made, columns=columns, by=data_officer)
