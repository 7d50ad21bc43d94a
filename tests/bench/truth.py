"""A campaign as it may really go, played through the real actions: an independent model, more detailed than the simulator's.

People have habits (at home by day, towards evening, hardly ever), agents have a pace of their own, come late, have lunch and short breaks, and look
again every few minutes while there is nothing to do. Claims, attempts and dispositions are those of the house, at the times of the model;
nothing of the simulator is used here.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Brussels")
MONDAY = date(2026, 3, 2)
RULES = {
    "window": {"days": [1, 2, 3, 4, 5], "from": "09:00", "until": "18:00"},
    "caps": {"item": 4, "day": 2, "gap_minutes": 30},
    "lease_minutes": 120,
}
ANSWERS = {  # how likely somebody answers at which hour, by their habits
    "day": {9: 0.5, 10: 0.5, 11: 0.45, 12: 0.35, 13: 0.35, 14: 0.45, 15: 0.4, 16: 0.3, 17: 0.3},
    "evening": {
        9: 0.1,
        10: 0.1,
        11: 0.15,
        12: 0.3,
        13: 0.25,
        14: 0.15,
        15: 0.25,
        16: 0.5,
        17: 0.6,
    },
    "hardly": dict.fromkeys(range(9, 18), 0.04),
}
LOOKS_AGAIN = timedelta(minutes=3)


@dataclass
class Person:
    """Whoever is called, as nobody knows them."""

    habit: str
    wrong: bool
    refuses: bool
    voicemail: bool


@dataclass
class Agent:
    """Whoever calls: a pace, and the hours of a day."""

    user: Any
    pace: float
    chance: random.Random
    free: datetime = field(default=datetime.max.replace(tzinfo=UTC))

    def day(self, day: date) -> list[tuple[datetime, datetime]]:
        """When they work on a day: four stretches around a lunch and two short breaks."""
        if day.isoweekday() > 5:
            return []
        chance = random.Random(f"{self.user.pk}:{day}")
        moment = datetime.combine(day, time(9), ZONE) + timedelta(minutes=chance.uniform(0, 12))
        found = []
        for length, rest in ((100, 14), (80, 45), (100, 14), (90, 0)):
            end = moment + timedelta(minutes=length + chance.uniform(-8, 8))
            found.append((moment, end))
            moment = end + timedelta(minutes=rest + chance.uniform(-3, 6))
        return found

    def works_from(self, moment: datetime) -> datetime:
        """That moment, or when they come (back) to work."""
        day = moment.astimezone(ZONE).date()
        while True:
            for start, end in self.day(day):
                if moment < end:
                    return max(moment, start)
            day += timedelta(days=1)


@dataclass
class Campaign:
    """The campaign, its people, its agents, and the clock."""

    row: Any
    agents: list[Agent]
    people: dict[Any, Person]
    chance: random.Random
    now: datetime

    @property
    def open(self) -> int:
        from runtime.queues.models import WorkItem
        from runtime.queues.states import TERMINAL

        return WorkItem.objects.filter(campaign=self.row).exclude(state__in=TERMINAL).count()

    def go_on(self, until: datetime | None = None, ended: int | None = None) -> datetime:
        """Until a moment, or until so many items have ended, or until nothing is open; when the last item ended."""
        last, many, left = self.now, 0, self.open
        while left and (ended is None or many < ended):
            agent = min(self.agents, key=lambda one: one.free)
            if until is not None and agent.free > until:
                break
            self.now = agent.free
            if self._turn(agent):
                last, many, left = agent.free, many + 1, left - 1
        return last

    def _turn(self, agent: Agent) -> bool:
        """One look of an agent for work, and the call that follows; whether an item ended by it."""
        from runtime.queues import actions
        from runtime.queues.claimed import Claimed
        from runtime.queues.models import WorkItem

        with clock(lambda: self.now):
            claimed = actions.claim(queue=self.row.queue, by=agent.user, now=self.now)
            if not isinstance(claimed, Claimed):
                agent.free = agent.works_from(self.now + LOOKS_AGAIN)
                return False
            item = WorkItem.objects.get(pk=claimed.item)
            dials = self.now + timedelta(seconds=agent.chance.uniform(5, 25))
            actions.start_attempt(item=item, by=agent.user, now=dials)
            name, took = self._call(self.people[item.pk], agent, dials)
            self.now = dials + took
            back = None
            if name == "callback":
                back = agent.works_from(self.now + timedelta(hours=self.chance.uniform(2, 20)))
            gone = actions.dispose(
                item=item, disposition=name, by=agent.user, now=self.now, callback_at=back
            )
        rest = timedelta(seconds=agent.chance.expovariate(1 / 20))
        agent.free = agent.works_from(self.now + rest)
        if gone.state in ("resolved", "exhausted"):
            agent.free = max(agent.free, self.now)
            return True
        return False

    def _call(self, person: Person, agent: Agent, at: datetime) -> tuple[str, timedelta]:
        chance = self.chance
        if person.wrong:
            return "wrong_number", timedelta(seconds=chance.uniform(20, 50))
        if chance.random() > ANSWERS[person.habit].get(at.astimezone(ZONE).hour, 0.0):
            if chance.random() < 0.06:
                return "busy", timedelta(seconds=chance.uniform(15, 30))
            name = "voicemail" if person.voicemail else "no_answer"
            return name, timedelta(seconds=chance.uniform(40, 80))
        if person.refuses:
            return "refused", timedelta(seconds=chance.uniform(40, 150))
        if chance.random() < 0.08:
            return "callback", timedelta(seconds=chance.uniform(50, 120))
        talk = chance.lognormvariate(5.85, 0.45) * agent.pace
        return "reached", timedelta(seconds=min(talk, 3600))


@contextmanager
def clock(now: Any) -> Iterator[None]:
    """The house's clock shows the model's time."""
    with mock.patch("django.utils.timezone.now", now):
        yield


def begin(row: Any, *, items: int, agents: int, seed: int) -> Campaign:
    """A list of people nobody has called, on a Monday morning, for a campaign that is set up."""
    from runtime.queues.actions import create_item
    from tests.people import make_person

    chance = random.Random(f"truth {seed}")
    monday = MONDAY + timedelta(weeks=seed)  # days that were counted and closed stay so
    beginning = datetime.combine(monday, time(8, 30), ZONE).astimezone(UTC)
    people = {}
    with clock(lambda: beginning):
        for _number in range(items):
            item, _new = create_item(campaign=row, party=None, by=None)
            people[item.pk] = Person(
                chance.choices(["day", "evening", "hardly"], [5, 4, 1])[0],
                chance.random() < 0.04,
                chance.random() < 0.07,
                chance.random() < 0.2,
            )
    team = [
        Agent(
            make_person(f"truth-{seed}-{number}", "agent"),
            chance.uniform(0.8, 1.25),
            random.Random(f"agent {seed} {number}"),
        )
        for number in range(agents)
    ]
    for one in team:
        one.free = one.works_from(beginning)
    return Campaign(row, team, people, chance, beginning)
