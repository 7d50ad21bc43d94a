"""The load: `python -m tests.bench.loading.driving` reads one JSON object from its input and prints one, when the time is over.

One process of locust, its agents' time drawn by a seed. What was acknowledged goes into a file (`ledger`), a line each, before the agent
goes on: it is compared with the database afterwards (`checking`).
"""

import json
import os
import random
import sys
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, constant, events, task
from locust.env import Environment
from locust.exception import StopUser

from tests.bench.loading.browser import Answer, Browser, WrongAnswer
from tests.bench.loading.shift import Over, Shift

TELL = 15.0  # seconds between two lines of progress
RECOVER = 5.0  # an agent whose page failed looks again after this


class Wanted:
    """What was asked for, and who comes next."""

    told: dict[str, Any] = {}
    sessions: list[str] = []
    until = 0.0
    ledger: Any = None
    calls = 0


class Times:
    """How long each answer took, by name, in milliseconds; and what went wrong."""

    def __init__(self) -> None:
        self.took: dict[str, array[float]] = defaultdict(lambda: array("f"))
        self.lately = array("f")
        self.wrong: Counter[str] = Counter()

    def note(self, *, name: str, response_time: float, exception: Any, **_others: Any) -> None:
        self.took[name].append(response_time)
        self.lately.append(response_time)
        if exception is not None:
            self.wrong[f"{name}: {str(exception)[:160]}"] += 1


class Agent(FastHttpUser):
    """One agent, from their first page until the time is over."""

    wait_time = constant(0)
    network_timeout = connection_timeout = 60.0
    insecure = True

    def on_start(self) -> None:
        number = len(Wanted.sessions)
        browser = Browser(self, Wanted.sessions.pop(), _write)
        chance = random.Random(f"{Wanted.told['seed']} {number}")
        self.shift = Shift(browser, chance, Wanted.told["call"], Wanted.until, gevent.sleep)
        self._try(self.shift.begin)

    @task
    def work(self) -> None:
        self._try(self.shift.one_call)

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
            Wanted.calls += deed == self.shift.one_call
        except Over:
            raise StopUser from None
        except WrongAnswer:
            self.shift.beaten = 0.0
            gevent.sleep(RECOVER)
            if time.monotonic() > Wanted.until:
                raise StopUser from None

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
        with self.client.request(
            method,
            path,
            name=name,
            data=body or None,
            headers=headers,
            allow_redirects=False,
            catch_response=True,
        ) as got:
            if got.status_code not in good:
                problem = f"{got.status_code} {got.error or ''}".strip()
                got.failure(problem)
                raise WrongAnswer(problem)
            names = {key.lower(): value for key, value in got.headers.items()}
            answer = Answer(got.status_code, names, got.text or "")
            if problem := check(answer):
                got.failure(problem)
                raise WrongAnswer(problem)
            got.success()
        return answer


def _write(row: dict[str, Any]) -> None:
    Wanted.ledger.write(json.dumps(row) + "\n")


def _progress(environment: Environment, times: Times, begun: float) -> None:
    while True:
        gevent.sleep(TELL)
        lately, times.lately = sorted(times.lately), array("f")
        slow = lately[int(len(lately) * 0.95)] if lately else 0.0
        sys.stderr.write(
            f"  {time.monotonic() - begun:6.0f} s  {environment.runner.user_count:5d} agents  "  # type: ignore[union-attr]
            f"{len(lately) / TELL:7.1f} requests/s  p95 {slow:7.1f} ms  {Wanted.calls:6d} calls ended  "
            f"{sum(times.wrong.values()):4d} errors\n"
        )
        sys.stderr.flush()


def drive(told: dict[str, Any]) -> dict[str, Any]:
    """All agents come within `ramp` seconds and stay for `seconds` more."""
    times, begun = Times(), time.monotonic()
    Wanted.told, Wanted.sessions = told, told["sessions"][: told["agents"]]
    Wanted.until = begun + told["ramp"] + told["seconds"]
    with Path(told["ledger"]).open("w") as Wanted.ledger:
        environment = Environment(user_classes=[Agent], host=told["url"], events=events)
        events.request.add_listener(times.note)
        runner = environment.create_local_runner()
        telling = gevent.spawn(_progress, environment, times, begun)
        runner.start(told["agents"], spawn_rate=max(0.1, told["agents"] / max(1.0, told["ramp"])))
        gevent.sleep(Wanted.until - time.monotonic())
        left = time.monotonic() + 90
        while runner.user_count and time.monotonic() < left:  # who waits for an answer gets it
            gevent.sleep(0.2)
        unfinished = runner.user_count
        telling.kill()
        runner.quit()
    used = os.times()
    return {
        "took": {name: list(map(_short, took)) for name, took in times.took.items()},
        "wrong": dict(times.wrong.most_common(20)),
        "errors": sum(times.wrong.values()),
        "unfinished": unfinished,
        "calls": Wanted.calls,
        "seconds": time.monotonic() - begun,
        "cpu": used.user + used.system,
    }


def _short(value: float) -> float:
    return round(value, 2)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(drive(json.load(sys.stdin))))
