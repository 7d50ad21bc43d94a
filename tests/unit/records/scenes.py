"""A small version to fill: every kind of question, a repeat, a calculation, two outcomes."""

import json
import uuid
from typing import Any

from django.utils import timezone

from builder.definition import dump, load
from builder.models import App, Version
from runtime.records import actions
from runtime.records.append import Appended, append
from runtime.records.folding import Snapshot
from runtime.records.models import Record
from runtime.records.store import open_record
from runtime.records.store.sealing import RecordKeys, open_snapshot


def question(name: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {
        "kind": "question",
        "id": f"q-{name}",
        "name": name,
        "type": kind,
        "label": {"en": name.capitalize()},
        "hint": {},
        "required": False,
        "relevance": None,
        "settings": {},
        "constraints": [],
        "clearance": "personal",
        "read_only": False,
        "fact": None,
        "right": None,
        "points": "1",
        "explanation": {},
        **more,
    }


def section(
    name: str, *items: dict[str, Any], repeat: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "id": f"s-{name}",
        "name": name,
        "title": {"en": name.capitalize()},
        "relevance": None,
        "items": list(items),
        "repeat": repeat,
    }


COLOURS = {
    "choices": [{"name": "red", "label": {"en": "Red"}}, {"name": "blue", "label": {"en": "Blue"}}]
}
CALL = {
    "format": 1,
    "kind": "script",
    "name": "call",
    "languages": ["en", "fr"],
    "title": {"en": "Call"},
    "pass_percent": None,
    "subject_app": None,
    "sections": [
        section(
            "person",
            question("given_name", fact="given_name", required=True),
            question("mobile", "phone", fact="phone"),
            question("ill", "yes_no"),
            question("since", "date", relevance=["answer", "ill"]),
            question("persons", "integer"),
            question("rate", "decimal"),
            question("colour", "choose_one", settings=COLOURS),
            question("colours", "choose_several", settings=COLOURS),
            question("file_number", read_only=True),
            {
                "kind": "calculation",
                "id": "c-until",
                "name": "until",
                "type": "date",
                "label": {"en": "Until"},
                "shown": True,
                "expression": ["add_days", ["answer", "since"], ["value", "number", "7"]],
                "relevance": None,
            },
        ),
        section(
            "contacts",
            question("contact_name"),
            repeat={"minimum": 0, "maximum": 20, "entry_label": {}, "party": True},
        ),
    ],
    "outcomes": [
        {
            "id": "o-done",
            "name": "done",
            "label": {"en": "Done"},
            "relevance": None,
            "complete": True,
            "disposition": "reached",
            "effects": [
                {"effect": "notify", "arguments": {"to": "team", "text": "done"}},
            ],
        },
        {
            "id": "o-refused",
            "name": "refused",
            "label": {"en": "Refused"},
            "relevance": None,
            "complete": False,
            "disposition": "refused",
            "effects": [],
        },
    ],
}


def make_version(definition: dict[str, Any]) -> Version:
    text = dump(load(json.dumps(definition)))
    app = App.objects.create(
        code=f"call-{uuid.uuid4().hex[:8]}",
        kind="script",
        title="Call",
        translation_key=uuid.uuid4(),
    )
    return Version.objects.create(
        app=app, number=1, sha256=uuid.uuid4().hex * 2, definition=text, created_at=timezone.now()
    )


class Sitting:
    """Somebody at a record, whose browser numbers what it has seen."""

    def __init__(self, record: Any, by: Any, fence: int = 0) -> None:
        self.record, self.by = record, by
        self.session, self.token = actions.open_session(
            record=record, by=by, kind="agent", purpose="call", fence=fence
        )
        self.seen = 0

    def say(self, *events: dict[str, Any], **more: Any) -> Appended:
        batch = [self.item(event, **more) for event in events]
        return self.send(batch)

    def send(self, batch: list[Any], **more: Any) -> Appended:
        told = append(self.token, batch, more.get("now") or timezone.now())
        self.seen = max(
            [self.seen, *(row["number"] for row in told.acknowledged if not row.get("late"))]
        )
        return told

    def item(self, event: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "id": str(more.get("id") or uuid.uuid4()),
            "seen": more.get("seen", self.seen),
            "event": event,
        }

    def answer(self, place: str, value: Any, **more: Any) -> Appended:
        return self.say({"event": "answered", "place": place, "value": value}, **more)


def settle(record: Record, by: Any = None) -> actions.Settled:
    return actions.settle(record.pk, by=by, purpose="call")


def finish(record: Record, by: Any, outcome: str = "done") -> Any:
    return actions.finish(record.pk, outcome, by=by)


def is_what_its_events_say(record: Record) -> bool:
    """Whether the stored snapshot is the state of all its events folded anew, up to the number it names."""
    record = Record.objects.get(pk=record.pk)
    stored = open_snapshot(RecordKeys.of(record), record)
    opened = open_record(record, by=None, purpose="check")
    assert stored is not None
    snapshot = Snapshot.load(stored, record.snapshot_number)
    return (snapshot.state, snapshot.number, snapshot.found_conflicts()) == (
        opened.state,
        opened.number,
        opened.conflicts,
    )
