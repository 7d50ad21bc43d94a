"""A whole installation in small: a call with records, a person, a queue with somebody to call, a document, a feed, a lesson."""

import base64
import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps

from exports.documents.actions import issue
from runtime.parties import actions as parties
from runtime.queues.actions import create_item
from runtime.queues.models import Campaign, Policy, Queue
from runtime.records import actions as records
from tests.unit.exports import given, making
from tests.unit.fill.calls import publish, small_lesson

APPS = ("records", "parties", "queues", "exports", "outbox", "search", "vault")
CALLED = {"given_name": "Bea", "family_name": "Maes", "phone": "0470123456"}


@dataclass(frozen=True)
class World:
    version: Any
    record: Any  # open, held by the agent
    closed: Any
    party: Any
    campaign: Any
    document: Any
    feed: Any


def make_world(agent: Any, data_officer: Any) -> World:
    version = given.publish(making.call())
    template = given.publish(making.certificate())
    publish(small_lesson(), code="masks")
    closed = given.maker(version, agent)(**given.FEVERISH)
    held = records.start(version=version, by=agent)
    records.open_session(record=held, by=agent, kind="agent", purpose="call")
    party, _new = parties.find_or_create(facts=CALLED, by=agent, purpose="test")
    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    queue = Queue.objects.create(code="calls", title="Calls", policy=policy)
    campaign = Campaign.objects.create(code="spring", title="Spring", queue=queue, app=version.app)
    create_item(campaign=campaign, party=party, by=None)
    return World(
        version=version,
        record=held,
        closed=closed,
        party=party,
        campaign=campaign,
        document=issue(template=template, record=closed, by=agent),
        feed=given.a_feed(version, data_officer),
    )


def rows() -> Counter[str]:
    """How many rows each table of answers, people, work and keys holds."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return Counter({model.__name__: model.objects.count() for model in models})


def write_keys(folder: Path) -> None:
    """Key files as another installation would have them."""
    key = base64.b64encode(os.urandom(32)).decode()
    folder.mkdir(exist_ok=True)
    for name in ("ring.json", "index.key"):
        (folder / name).touch(0o600)
    (folder / "ring.json").write_text(json.dumps({"current": 1, "keys": {"1": key}}))
    (folder / "index.key").write_text(base64.b64encode(os.urandom(32)).decode())
