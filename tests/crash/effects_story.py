"""What is carried out while workers are killed: calls with two contacts each, whose end tells two receivers, makes call orders and keeps
a fact."""

import uuid
from typing import Any

from tests.unit.records.scenes import CALL, Sitting, question, section

GIVEN, CONTACTS = "Kwakkelsteyn", 2
TEXT = {"en": ["Call back: ", {"answer": "given_name"}]}
EFFECTS = (
    {"effect": "notify", "arguments": {"channel": "web"}, "text": TEXT},
    {"effect": "notify", "arguments": {"channel": "post"}, "text": TEXT},
    {"effect": "spawn_items", "arguments": {"campaign": "contacts", "repeat": "contacts"}},
    {"effect": "set_fact", "arguments": {"fact": "language", "answer": "spoken"}},
)
CALLED = section(
    "contacts",
    question("contact_name", fact="given_name"),
    repeat={"minimum": 0, "maximum": 20, "entry_label": {}, "party": True},
)
SCRIPT = {
    **CALL,
    "sections": [
        {**CALL["sections"][0], "items": [*CALL["sections"][0]["items"], question("spoken")]},
        CALLED,
    ],
    "outcomes": [{**CALL["outcomes"][0], "effects": list(EFFECTS)}, CALL["outcomes"][1]],
}


def prepare(records: str, web: str) -> dict[str, Any]:
    from django.contrib.auth import get_user_model

    from runtime.effects.actions import channels
    from runtime.queues.models import Campaign, Policy, Queue
    from tests.unit.queues.conftest import publish

    version = publish(SCRIPT, code="calls")
    user = get_user_model().objects.create_user("agent")
    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    queue = Queue.objects.create(code="contacts", title="Contacts", policy=policy)
    Campaign.objects.create(code="contacts", title="Contacts", queue=queue, app=version.app)
    face = channels.Face("Duty", "en", "personal")
    told = {"web": ("service", f"json://127.0.0.1:{web}/"), "post": ("mail", "d@example.org")}
    for code, (kind, address) in told.items():
        channels.create_channel(code=code, kind=kind, face=face, address=address, by=user)
    for _number in range(int(records)):
        _call(version, user)
    return {"effects": int(records) * len(EFFECTS)}


def _call(version: Any, user: Any) -> None:
    from runtime.parties.actions import find_or_create
    from runtime.records import actions

    facts = {"given_name": GIVEN, "national_number": uuid.uuid4().hex}
    party, _new = find_or_create(facts=facts, by=None, purpose="crash")
    record = actions.start(version=version, by=user, party=party, prefill={"given_name": GIVEN})
    events = [{"event": "answered", "place": "spoken", "value": "nl"}]
    for number in range(CONTACTS):
        entry, name = f"c{number}", f"{GIVEN}-{record.pk.hex}-{number}"
        events += [
            {"event": "entry_added", "repeat": "contacts", "entry": entry},
            {"event": "answered", "place": f"contacts/{entry}/contact_name", "value": name},
        ]
    assert not Sitting(record, user).say(*events).refused
    assert isinstance(actions.finish(record.pk, "done", by=user), actions.Settled)


def count() -> dict[str, Any]:
    """What is done, and how often each thing that effects make is there."""
    from django.db.models import Count

    from runtime.effects.models import Descent, Notice
    from runtime.effects.sending import reference
    from runtime.outbox.models import Effect
    from runtime.queues.models import Spawned, WorkItem, WorkItemEvent
    from runtime.records.models import Record

    caused = Effect.objects.exclude(outcome="")  # by the ends of calls, not by the house itself
    states = dict(caused.values_list("state").annotate(Count("pk")))
    codes = dict(
        Effect.objects.exclude(last_problem="").values_list("last_problem").annotate(Count("pk"))
    )
    sent = Effect.objects.filter(effect="notify", state="done")
    return {
        "states": states,
        "codes": codes,
        "interrupted": Effect.objects.filter(tries__gt=1, failed_at=None).count(),
        "records": Record.objects.count(),
        "items": WorkItem.objects.count(),
        "created": WorkItemEvent.objects.filter(event="created").count(),
        "spawned": Spawned.objects.count(),
        "descents": Descent.objects.count(),
        "notices": Notice.objects.count(),
        "references": sorted(reference(key) for key in sent.values_list("key", flat=True)),
        "languages": _languages(),
    }


def _languages() -> int:
    """Of how many persons the fact was kept."""
    from runtime.parties.store import open_party
    from runtime.records.models import Record

    records = Record.objects.select_related("party")
    told = (open_party(one.party, by=None, purpose="check").language for one in records)
    return sum(language == "nl" for language in told)
