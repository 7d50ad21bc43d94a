"""Many browsers in one process: saves through kept connections for some seconds, and tells how many were acknowledged.

`python -m tests.bench.browsers` reads one JSON object from its input (port, doors, connections, batch, seconds) and prints one:
how many batches and answers were acknowledged, how many were not, and how long the answers took (milliseconds, p50 and p95).
"""

import http.client
import json
import statistics
import sys
import threading
import time
import uuid
from typing import Any


class Browser(threading.Thread):
    """One connection to one record."""

    def __init__(self, port: int, door: list[str], batch: int, end: float) -> None:
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.address, token = f"/record/{door[0]}/save/", door[1]
        self.headers = {"Content-Type": "application/json", "X-Run-Token": token}
        self.batch, self.end = batch, end
        self.answers, self.bad = 0, 0
        self.took: list[float] = []

    def run(self) -> None:
        while time.perf_counter() < self.end:
            begun = time.perf_counter()
            told = self._save()
            self.took.append((time.perf_counter() - begun) * 1000)
            self.answers += told
            self.bad += told != self.batch

    def _save(self) -> int:
        event = {"event": "answered", "place": "given_name", "value": "Anna Peeters"}
        events = [{"id": str(uuid.uuid4()), "seen": 0, "event": event} for _ in range(self.batch)]
        self.connection.request("POST", self.address, json.dumps({"events": events}), self.headers)
        answer = self.connection.getresponse()
        told = json.loads(answer.read())
        return len(told["acknowledged"]) if answer.status == 200 else 0


def main() -> None:
    wanted: dict[str, Any] = json.load(sys.stdin)
    end = time.perf_counter() + wanted["seconds"]
    doors = wanted["doors"]
    browsers = [
        Browser(wanted["port"], doors[number % len(doors)], wanted["batch"], end)
        for number in range(wanted["connections"])
    ]
    begun = time.perf_counter()
    for browser in browsers:
        browser.start()
    for browser in browsers:
        browser.join()
    took = sorted(one for browser in browsers for one in browser.took)
    told = {
        "batches": len(took),
        "answers": sum(browser.answers for browser in browsers),
        "bad": sum(browser.bad for browser in browsers),
        "seconds": time.perf_counter() - begun,
        "p50": statistics.median(took),
        "p95": statistics.quantiles(took, n=20)[-1],
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
