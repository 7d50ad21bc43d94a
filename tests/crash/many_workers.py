"""Workers that a broker nudges, killed together with it: `make drill-workers`. Needs RabbitMQ (Debian: apt-get install rabbitmq-server).

Effects are carried out by Celery's workers. One of them is killed now and then; each third time the broker dies, too, and comes back.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.broker import Broker
from tests.crash.test_effects import MINUTES, Carried, each_once
from tests.served import Served


@pytest.fixture
def broker() -> Iterator[Broker]:
    made = Broker()
    yield made
    made.remove()


@dataclass
class Nudged(Carried):
    """With a broker that is no safer than its workers."""

    node: Any = None

    def killed(self) -> None:
        if self.kills % 3 == 1:
            self.node.kill()
            self.node.start()


@pytest.mark.timeout(60 * MINUTES)
def test_each_effect_happens_once_in_effect_though_workers_and_broker_die(broker: Broker) -> None:
    each_once(Nudged(seed=31, broker=broker.url, node=broker))


LATE = """
import time
from django.db import transaction
from runtime.outbox import actions
from runtime.outbox.models import Effect
waited = []
for number in range(40):
    time.sleep(0.137)
    with transaction.atomic():
        actions.enqueue(effect="recompute", key=f"late{number}", arguments={"policy": "none"})
    begun = time.monotonic()
    while Effect.objects.get(key=f"late{number}").tries == 0:
        time.sleep(0.005)
    waited.append(time.monotonic() - begun)
waited.sort()
print("median", round(1000 * waited[20]), "p95", round(1000 * waited[37]))
"""


def waits(served: Served) -> tuple[int, int]:
    """Milliseconds until a worker has begun what was ordered: median, p95."""
    found = re.search(r"median (\d+) p95 (\d+)", served.manage("shell", "-v0", "-c", LATE))
    assert found
    return int(found[1]), int(found[2])


@pytest.mark.timeout(300)
def test_a_nudged_worker_begins_sooner_than_one_that_looks_by_itself(broker: Broker) -> None:
    found = {}
    for url in ("", broker.url):
        served = Served(BROKER_URL=url)
        served.logs["worker"] = served.home / "worker.log"
        celery = (
            "-m",
            "celery",
            "--app",
            "config.tasks",
            "worker",
            "--beat",
            "--concurrency",
            "1",
        )
        try:
            served._spawn("worker", *(celery if url else ("manage.py", "worker")))
            time.sleep(8)
            found[bool(url)] = waits(served)
        finally:
            served.stop()
    print(f"by itself: {found[False]} ms, nudged: {found[True]} ms (median, p95)")
    assert found[True][0] < found[False][0]
