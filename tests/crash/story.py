"""What is carried out while processes are killed: calls with two contacts each, whose end issues a document, makes call orders and is counted."""

import uuid
from typing import Any

from tests.unit.records.scenes import CALL, Sitting, question, section

GIVEN = "Kwakkelsteyn"  # searched for in all files, as everything below that begins with it
CONTACTS = 2
EFFECTS = (
    {"effect": "notify", "arguments": {}},
    {"effect": "issue_document", "arguments": {"document": "certificate"}},
    {"effect": "spawn_items", "arguments": {"campaign": "contacts", "repeat": "contacts"}},
)
CALLED = section(
    "contacts",
    question("contact_name", fact="given_name"),
    question("contact_phone", "phone", fact="phone", settings={"country": "BE"}),
    repeat={"minimum": 0, "maximum": 20, "entry_label": {}, "party": True},
)
CALLS = {
    **CALL,
    "sections": [CALL["sections"][0], CALLED],
    "outcomes": [{**CALL["outcomes"][0], "effects": list(EFFECTS)}, CALL["outcomes"][1]],
}
CERTIFICATE = {
    **CALL,
    "kind": "document",
    "name": "certificate",
    "subject_app": "calls",
    "sections": [
        section(
            "text",
            {
                "kind": "display",
                "id": "t",
                "text": {"en": ["To ", {"answer": "given_name"}]},
                "relevance": None,
            },
        )
    ],
    "outcomes": [],
}


def publish() -> Any:
    """The call, its certificate, and the campaign of the contacts."""
    from runtime.queues.models import Campaign, Policy, Queue
    from tests.unit.queues.conftest import publish

    version = publish(CALLS, code="calls")
    publish(CERTIFICATE, code="certificate", kind="document")
    queue = Queue.objects.create(
        code="contacts",
        title="Contacts",
        policy=Policy.objects.create(code="usual", title="Usual", rules={}),
    )
    Campaign.objects.create(code="contacts", title="Contacts", queue=queue, app=version.app)
    return version


def names_of(record: uuid.UUID | str) -> list[str]:
    """Whom a call names: nobody is named by two calls."""
    return [f"{GIVEN}-{uuid.UUID(str(record)).hex}-{number}" for number in range(CONTACTS)]


def tell(version: Any, by: Any) -> None:
    """One call from its beginning to its end. One contact is known by name and phone, the other by the call that names them."""
    from runtime.records import actions

    record = actions.start(version=version, by=by, prefill={"given_name": GIVEN})
    events = []
    for number, name in enumerate(names_of(record.pk)):
        entry = f"contacts/c{number}"
        events += [
            {"event": "entry_added", "repeat": "contacts", "entry": f"c{number}"},
            {"event": "answered", "place": f"{entry}/contact_name", "value": name},
        ]
    phone = f"+3247{record.pk.int % 10**7:07d}"
    events.append({"event": "answered", "place": "contacts/c0/contact_phone", "value": phone})
    told = Sitting(record, by).say(*events)
    assert not told.refused, told
    ended = actions.finish(record.pk, "done", by=by)
    assert isinstance(ended, actions.Settled), ended


def carried_out() -> dict[str, Any]:
    """What the effects did: how often each was counted, the documents of each call, the call orders of each contact; and
    the effects that somebody was killed at: begun again without having failed."""
    from exports.documents.models import Document
    from runtime.audit.models import AccessLog
    from runtime.outbox.models import Effect
    from runtime.parties.store import open_party
    from runtime.queues.models import WorkItem

    caused = Effect.objects.exclude(outcome="")  # by the ends of calls, not by the house itself
    rows = caused.values_list("key", "state")
    cut = Effect.objects.filter(tries__gt=1, failed_at=None).values_list("effect", flat=True)
    parties = [item.party for item in WorkItem.objects.select_related("party")]
    return {
        "effects": [list(row) for row in rows],
        "interrupted": list(cut),
        "counted": list(
            AccessLog.objects.filter(purpose="crash").values_list("detail", flat=True)
        ),
        "documents": [str(record) for record in Document.objects.values_list("record", flat=True)],
        "numbers": list(Document.objects.order_by("number").values_list("number", flat=True)),
        "called": [
            open_party(party, by=None, purpose="check").given_name for party in parties if party
        ],
    }
