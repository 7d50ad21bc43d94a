"""Run on an installation under attack: `prepare [N]` makes N records and prints
their run tokens, `count` prints what is there, `waiting` how many effects are not done."""

import json
import sys
from typing import Any

RECORDS = "4"


def prepare(records: str = RECORDS) -> dict[str, Any]:
    from django.contrib.auth import get_user_model

    from runtime.records import actions
    from tests.crash import story

    version = story.publish()
    user = get_user_model().objects.create_user("agent")
    made = [actions.start(version=version, by=user) for _ in range(int(records))]
    sessions = [
        actions.open_session(record=record, by=user, kind="agent", purpose="call")
        for record in made
    ]
    return {
        "doors": [
            [str(record.pk), token]
            for record, (_session, token) in zip(made, sessions, strict=True)
        ]
    }


def count() -> dict[str, Any]:
    """The events of every record in their order, which of them have ended, and what the effects did."""
    from runtime.records.models import Record
    from runtime.records.store import open_record
    from tests.crash import story

    events, finished = {}, []
    for record in Record.objects.all():
        opened = open_record(record, by=None, purpose="check")
        events[str(record.pk)] = [
            [event.number, event.event.get("value")] for event in opened.events
        ]
        if record.outcome:
            finished.append(str(record.pk))
        assert bool(record.outcome) == any(
            event.event["event"] == "finished" for event in opened.events
        )
    return {"events": events, "finished": finished, **story.carried_out()}


def waiting() -> dict[str, Any]:
    from runtime.outbox.models import Effect

    return {"pending": Effect.objects.filter(state="pending").count()}


if __name__ == "__main__":
    import django

    django.setup()
    print(
        json.dumps(
            {"prepare": prepare, "count": count, "waiting": waiting}[sys.argv[1]](*sys.argv[2:])
        )
    )
