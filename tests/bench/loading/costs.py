"""What each kind of request costs the processor: one agent plays calls alone and without a pause, and after each answer what the web
processes and the database have used is read, to the nanosecond. From it, what the whole room asks of the machine."""

import http.client
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.bench.figure import Figure, told
from tests.bench.loading.browser import Answer, Browser, WrongAnswer
from tests.bench.loading.house import House
from tests.bench.loading.shift import Shift
from tests.bench.loading.usage import running

CALLS = 12
WARM = 2
QUIET = 0.004  # seconds in which what goes on after an answer ends
TELEPHONE = ("/calls/", 0.7)  # asked for by each page of an agent where a telephone is connected


class Counting:
    """A line that counts what each request costs: web and database, in milliseconds of the processor."""

    def __init__(self, house: House) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        roles = house.roles()
        self.web, self.database = roles["web"](), roles["database"]
        self.spent: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def ask(
        self,
        method: str,
        path: str,
        *,
        name: str,
        headers: dict[str, str],
        body: str = "",
        good: tuple[int, ...] = (200,),
        check: Callable[[Answer], str] = lambda _answer: "",
    ) -> Answer:
        database = self.database()
        before = running(self.web), running(database)
        self.line.request(method, path, body or None, {**headers, "Accept-Encoding": "identity"})
        got = self.line.getresponse()
        text = got.read().decode()
        time.sleep(QUIET)
        used = running(self.web) - before[0], running(database) - before[1]
        self.spent[name].append((used[0] / 1e6, used[1] / 1e6))
        answer = Answer(got.status, {key.lower(): value for key, value in got.getheaders()}, text)
        if got.status not in good or check(answer):
            raise WrongAnswer(f"{name}: {got.status} {check(answer)}")
        return answer


def run(house: House, session: str, agents: int, call: float) -> list[Figure]:
    """Milliseconds by kind, and the processors that all agents need."""
    line = Counting(house)
    shift = Shift(Browser(line, session, lambda _row: None), random.Random(1), 0, 0)
    shift.begin()
    for number in range(WARM + CALLS):
        if number == WARM:
            line.spent.clear()
        shift.one_call()
        shift.browser.cache.clear() if os.environ.get("COLD") else _stale(shift.browser)
    calls = {name: len(spent) / CALLS for name, spent in line.spent.items()}
    _others(shift)
    return _figures(line.spent, calls, agents, call)


def _stale(browser: Browser) -> None:
    """Minutes have passed since: what is kept for less is asked for again."""
    for kept in browser.cache.values():
        kept.until -= 300


def _others(shift: Shift) -> None:
    """What is asked by the clock, not by the call."""
    shift.browser.claim()
    for _turn in range(CALLS):
        shift.browser.beat()
        shift.browser._get(TELEPHONE[0], "telephone", (200, 204))


def _figures(spent: Any, calls: dict[str, float], agents: int, call: float) -> list[Figure]:
    a_second = {name: agents * count / call for name, count in calls.items()}
    a_second |= {"heartbeat": agents / 60, "telephone": agents / TELEPHONE[1]}
    found, need = [], [0.0, 0.0]
    for name, rows in sorted(spent.items()):
        means = [_middle([row[part] for row in rows]) for part in (0, 1)]
        about = f"{calls.get(name, 0):g} a call, {a_second[name]:.1f} a second"
        what = f"load, CPU of {name} ({about} for {agents} agents)"
        found += [told(f"{what}, {part}", mean, "ms") for part, mean in zip(("web", "database"), means, strict=True)]  # fmt: skip
        if name != "telephone":
            need = [sofar + a_second[name] * mean / 1000 for sofar, mean in zip(need, means, strict=True)]  # fmt: skip
    parts = zip(("web", "database"), need, strict=True)
    return found + [told(f"load, {agents} agents need, {part}", value, "cores") for part, value in parts]  # fmt: skip


def _middle(values: list[float]) -> float:
    """The mean without the dearest and the cheapest tenth."""
    cut, values = len(values) // 10, sorted(values)
    kept = values[cut : len(values) - cut]
    return sum(kept) / len(kept)
