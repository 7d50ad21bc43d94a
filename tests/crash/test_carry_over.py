"""Workers are killed while the records of an app follow to a newer version, and while they return."""

import json
import random
import time
from typing import Any

import pytest

from tests.served import Served

RECORDS = 150
KILLS = 5
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
LEFT = """
from runtime.records import following
from runtime.records.models import CarryOver
print(following.waiting(CarryOver.objects.get()).count())
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


def attacked(served: Served, chance: random.Random) -> int:
    """Two workers, each killed again and again until nothing is left to do; how many kills there were."""
    kills, end = 0, time.monotonic() + 150
    while time.monotonic() < end:
        for name in ("worker", "second"):
            served._spawn(name, "manage.py", "worker")
        time.sleep(chance.uniform(3, 6) if kills < 2 * KILLS else 12)
        for name in ("worker", "second"):
            served.kill(name)
            kills += 1
        if int(ask(served, LEFT)) == 0:
            return kills
    raise AssertionError("the records did not come through")


@pytest.mark.timeout(420)
def test_each_record_follows_once_and_returns_once() -> None:
    served, chance = Served(), random.Random(51)
    served.logs["second"] = served.home / "second.log"
    try:
        served.manage("shell", "-v0", "-c", PREPARE)
        kills = attacked(served, chance)
        there = json.loads(ask(served, COUNT))
        ask(served, UNDO)
        kills += attacked(served, chance)
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
