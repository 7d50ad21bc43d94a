"""Run on the installation when the load is over: `python -m tests.bench.loading.checking LEDGER` compares what was acknowledged with
what is there, and prints what it counted as JSON; `.. pending` says how many effects are not done.

Each acknowledged answer must stand in its record, opened, with the value that was typed; each ended call has one attempt and is done;
each effect happened once.
"""

import json
import multiprocessing
import os
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

Said = dict[str, list[Any]]  # the record -> [id, place, value] of each acknowledged event


def read(ledger: Path) -> tuple[Said, dict[str, str]]:
    """What was acknowledged, and how calls ended, by record."""
    said, finished = defaultdict(list), {}
    with ledger.open() as lines:
        for line in lines:
            row = json.loads(line)
            said[row["record"]] += row.get("said", [])
            if "finished" in row:
                finished[row["record"]] = row["finished"]
    return dict(said), finished


def compare(ledger: str) -> dict[str, Any]:
    """Everything; nothing of it is personal."""
    said, finished = read(Path(ledger))
    records = sorted(said)
    parts = os.cpu_count() or 1
    with multiprocessing.get_context("fork").Pool(parts) as pool:
        found = pool.map(_lost, [{one: said[one] for one in records[part::parts]} for part in range(parts)])  # fmt: skip
    return {
        "records": len(records),
        "acknowledged": sum(map(len, said.values())),
        "lost": sum(lost for lost, _other in found),
        "different": sum(other for _lost, other in found),
        "ended": len(finished),
        **_calls(finished),
        **_effects(finished),
    }


def _lost(said: Said) -> tuple[int, int]:
    """How many acknowledged events are not there, and how many say something else."""
    from django.db import connections

    connections.close_all()
    told = [_lost_of(record, rows) for record, rows in said.items()]
    connections.close_all()
    return sum(lost for lost, _other in told), sum(other for _lost, other in told)


def _lost_of(record: str, rows: list[Any]) -> tuple[int, int]:
    from runtime.records.models import Event, Record
    from runtime.records.store import open_record

    row = Record.objects.get(pk=record)
    numbers = {str(one): n for one, n in Event.objects.filter(record=row, late=False).values_list("client_id", "number")}  # fmt: skip
    opened = {
        one.number: one.event for one in open_record(row, by=None, purpose="load check").events
    }
    there = [(numbers[one], place, value) for one, place, value in rows if one in numbers]
    other = [
        number
        for number, place, value in there
        if (opened[number].get("place", ""), opened[number].get("value")) != (place, value)
    ]
    return len(rows) - len(there), len(other)


def _calls(finished: dict[str, str]) -> dict[str, int]:
    from runtime.queues.models import Attempt, WorkItem
    from runtime.records.models import Record

    done = {str(pk): outcome for pk, outcome in Record.objects.exclude(outcome="").values_list("pk", "outcome")}  # fmt: skip
    items = WorkItem.objects.filter(record__in=done)
    tries = Counter(Attempt.objects.filter(item__in=items).values_list("item__record", flat=True))
    ways = Attempt.objects.filter(item__in=items).values_list("disposition", flat=True)
    twice = WorkItem.objects.exclude(record=None).values_list("record", flat=True)
    return {
        "not_ended": sum(done.get(record) != outcome for record, outcome in finished.items()),
        "calls": len(done),
        "attempts_amiss": sum(tries[one] != 1 for one in items.values_list("record", flat=True))
        + sum(way != "reached" for way in ways),
        "items_amiss": items.exclude(state="resolved").count()
        + len(twice)
        - len(set(twice))
        + abs(len(items) - len(done)),
    }


def _effects(finished: dict[str, str]) -> dict[str, Any]:
    from django.db.models import F

    from runtime.effects.models import Notice
    from runtime.effects.sending import reference
    from runtime.outbox.models import Effect
    from runtime.parties.models import Party
    from runtime.queues.models import Spawned, WorkItem
    from runtime.records.models import Record

    calls = Record.objects.exclude(outcome="").count()
    caused = Effect.objects.exclude(outcome="")
    sent = caused.filter(effect="notify", state="done").values_list("key", flat=True)
    waits = sorted(
        span.total_seconds()
        for span in caused.filter(state="done").values_list(F("done_at") - F("created_at"), flat=True)
    )  # fmt: skip
    return {
        "effects": caused.count(),
        "effects_amiss": abs(caused.filter(state="done").count() - 3 * calls)
        + abs(Spawned.objects.count() - calls)
        + abs(WorkItem.objects.filter(queue__code="contacts").count() - calls)
        + abs(Notice.objects.count() - calls),
        "references": sorted(map(reference, sent)),
        "waited": [waits[len(waits) // 2], waits[int(len(waits) * 0.95)], waits[-1]]
        if waits
        else [],
        "parties": Party.objects.count(),
    }


def pending(_nothing: str) -> dict[str, int]:
    from runtime.outbox.models import Effect

    return {"pending": Effect.objects.exclude(state__in=("done", "given_up")).count()}


if __name__ == "__main__":
    import django

    django.setup()
    what = pending if sys.argv[1] == "pending" else compare
    sys.stdout.write(json.dumps(what(sys.argv[1])) + "\n")
