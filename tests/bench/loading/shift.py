"""An agent at work: call after call, each with answers at intervals drawn by chance, until the time is over."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bench.loading import script
from tests.bench.loading.browser import Browser

HEARTBEAT = 60.0  # as `saving.mjs`
TOGETHER = 0.35  # answers within this time go in one batch, as `queue.mjs`
AT_HOME, AT_END = (
    0.06,
    0.04,
)  # of a call's time: before it is claimed, and before the end is pressed


class Over(Exception):
    """The time is over; what was begun stays as it is."""


@dataclass
class Shift:
    """`call` seconds a call in the mean, until `until` on the clock; `sleep` waits."""

    browser: Browser
    chance: random.Random
    call: float
    until: float
    sleep: Callable[[float], None] = time.sleep
    calls: int = 0
    beaten: float = 0.0

    def begin(self) -> None:
        """Signed in, at home."""
        self.browser.home()

    def one_call(self) -> None:
        """From home to home."""
        browser = self.browser
        self._pause(AT_HOME * self.call)
        browser.claim()
        self.beaten = time.monotonic()
        dialled = False
        for name, places in script.answers():
            browser.save({"event": "section_opened", "section": name})
            if not dialled:
                browser.dial()
                dialled = True
            else:
                browser.settle()  # what the section before came to
            self._answer(places, name)
        self._pause(AT_END * self.call)
        browser.settle()
        browser.finish()
        self.beaten = 0.0
        self.calls += 1

    def _answer(self, places: list[tuple[str, list[Any]]], section: str) -> None:
        """One after the other; those that are given within a moment go together."""
        waiting = []
        if section == "contacts":
            waiting.append({"event": "entry_added", "repeat": section, "entry": script.ENTRY})
        for place, likely in places:
            gap = self._gap()
            if gap > TOGETHER and waiting:
                self.browser.save(*waiting)
                waiting = []
            self._wait(gap)
            value = self.chance.choice(likely) if likely else self._about_somebody(place)
            waiting.append({"event": "answered", "place": place, "value": value})
        self.browser.save(*waiting)

    def _about_somebody(self, place: str) -> str:
        number = self.chance.randrange(10**9)
        name = place.rsplit("_", 1)[1]
        said = {"name": f"Contact-{number}", "phone": f"+324{70_000_000 + number % 20_000_000}"}
        return said.get(name, "2026-03-10")

    def _gap(self) -> float:
        """Seconds until the next answer: mostly some, now and then many, hardly ever none."""
        if self.call <= 0:
            return 1.0
        mean = self.call * (1 - AT_HOME - AT_END) / 40
        return self.chance.gammavariate(2.0, mean / 2.0)

    def _pause(self, mean: float) -> None:
        self._wait(self.chance.uniform(0.5, 1.5) * mean)

    def _wait(self, seconds: float) -> None:
        """Heartbeats go while somebody thinks."""
        if self.call <= 0:
            return
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            if now >= self.until:
                raise Over
            beat = self.beaten + HEARTBEAT if self.beaten else end
            self.sleep(max(0.0, min(end, beat, self.until) - now))
            if self.beaten and time.monotonic() >= self.beaten + HEARTBEAT:
                self.beaten += HEARTBEAT
                self.browser.beat()
        if now >= self.until:
            raise Over
