"""Workers are killed while the records of an app follow to a newer version, and while they return."""

import json
import random
import sqlite3
import time
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.crash.attack import until
from tests.environment import kind
from tests.served import Served

RECORDS = 150
ROUNDS = 3
WORKERS = ("worker", "second")
PREPARE = f"""
from django.contrib.auth import get_user_model
from runtime.records import actions
from tests.unit.records.newer import release
from tests.unit.records.scenes import CALL, make_version
user, version = get_user_model().objects.create_user("agent"), make_version(CALL)
for number in range({RECORDS}):
    actions.start(version=version, by=user, prefill={{"persons": str(number), "colours": ["red"]}})
release(version, "now")
"""
UNDO = """
from runtime.records import following
from runtime.records.models import CarryOver
print(following.undo(carry=CarryOver.objects.get(), by=None))
"""
COUNT = """
import json
from runtime.records.models import Carried, CarryOver, Record
from runtime.records.store import open_record
from tests.unit.records.scenes import is_what_its_events_say
found = []
for record in Record.objects.select_related("version"):
    opened = open_record(record, by=None, purpose="check")
    kinds = [read.event["event"] for read in opened.events if read.event["event"].startswith("carried")]
    found.append([record.version.number, kinds, opened.state["answers"], is_what_its_events_say(record)])
print(json.dumps({"found": found, "rows": Carried.objects.count()}))
"""


def ask(served: Served, what: str) -> Any:
    return served.manage("shell", "-v0", "-c", what).splitlines()[-1]


def through(served: Served, column: str) -> int:
    """How many records have followed (`number`), or returned (`undone_at`), by now."""
    text = f"SELECT COUNT({column}) FROM records_carried"
    if kind() == "sqlite":
        with closing(sqlite3.connect(served.data_dir / "scriptorium.sqlite3")) as connection:
            return int(connection.execute(text).fetchone()[0])
    with psycopg.connect(served.environment["DATABASE_URL"]) as connection:
        return int(connection.execute(text).fetchone()[0])


def attacked(served: Served, column: str, chance: random.Random) -> int:
    """Two workers, killed in the middle of it again and again, then left alone until all are through; how many kills there were."""
    for _round in range(ROUNDS):
        before = through(served, column)
        workers(served)
        until(lambda before=before: through(served, column) > before, seconds=60)
        time.sleep(chance.uniform(0, 0.3))
        ended(served)
        assert before < through(served, column) < RECORDS
    workers(served)
    until(lambda: through(served, column) == RECORDS, seconds=60)
    ended(served)
    return 2 * ROUNDS


def workers(served: Served) -> None:
    for name in WORKERS:
        served._spawn(name, "manage.py", "worker")


def ended(served: Served) -> None:
    for name in WORKERS:
        served.kill(name)


@pytest.mark.timeout(420)
def test_each_record_follows_once_and_returns_once() -> None:
    served, chance = Served(), random.Random(51)
    served.logs["second"] = served.home / "second.log"
    try:
        served.manage("shell", "-v0", "-c", PREPARE)
        kills = attacked(served, "number", chance)
        there = json.loads(ask(served, COUNT))
        ask(served, UNDO)
        kills += attacked(served, "undone_at", chance)
        back = json.loads(ask(served, COUNT))
    finally:
        served.stop()
    print(f"{kills} kills")
    assert there["rows"] == back["rows"] == RECORDS
    assert [row[:2] for row in there["found"]] == [[2, ["carried_over"]]] * RECORDS
    assert [row[:2] for row in back["found"]] == [[1, ["carried_over", "carried_back"]]] * RECORDS
    assert all(row[3] for row in (*there["found"], *back["found"]))
    peoples = sorted(int(row[2]["people"]) for row in there["found"])
    assert peoples == list(range(RECORDS))
    assert all(row[2]["colours"] == ["red"] for row in back["found"])
    assert sorted(int(row[2]["persons"]) for row in back["found"]) == list(range(RECORDS))
