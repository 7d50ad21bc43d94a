"""One course of a campaign: agents take items, attempts end by chance, the policy decides, until nothing is open.

Three things happen, each at its second, in a heap: an item comes due, an agent ends an attempt, an agent comes to work. Who has nothing
to do waits, and is woken by the next item that comes due. A callback goes to whoever is free then, first of all; in the house
its promiser has it first, within the grace: that changes who, hardly when.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from runtime.queues.dispositions import DISPOSITIONS
from runtime.queues.retry import Decision, Ending, Past, Rules, decide
from runtime.queues.simulating.hours import DAYS_AT_MOST, Shifts
from runtime.queues.simulating.rates import Chance, Rates

HOUR = 3600
FIRST = -1  # before every lane: what was promised
DUE, ENDS, COMES = 0, 1, 2
Decide = Callable[[Rules, Ending, Sequence[Past], datetime], Decision]


@dataclass(frozen=True, slots=True)
class Open:
    """An open item: its place in the order, when it may be called, its attempts so far."""

    lane: int
    priority: int
    not_before: datetime
    past: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """With whom, by which rules, when, and what is known of attempts."""

    agents: int
    rules: Rules
    rates: Rates
    shifts: Shifts


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it. `ended` counts items done by hour, `busy` seconds that agents had items by hour, both from the beginning."""

    done: float | None  # seconds from the beginning; None: not within a year
    resolved: int
    exhausted: int
    left: int
    attempts: int
    ended: Mapping[int, int]
    busy: Mapping[int, float]


class _Course:
    """The state of one course; nobody sees it from outside."""

    def __init__(self, plan: Plan, items: Sequence[Open], chance: Chance) -> None:
        self.plan, self.chance = plan, chance
        self.zone = plan.shifts.zone
        self.past: dict[int, list[Past]] = {
            at: list(item.past) for at, item in enumerate(items) if item.past
        }
        self.order = [(item.lane, -item.priority) for item in items]
        self.ready: list[tuple[int, int, float, int]] = []
        self.heap: list[tuple[float, int, int, int]] = []
        self.idle: list[int] = []
        self.until = [0.0] * plan.agents
        self.counts: Counter[str] = Counter()
        self.ended: Counter[int] = Counter()
        self.busy: defaultdict[int, float] = defaultdict(float)
        self.last = 0.0
        self.hours: dict[int, int] = {}
        self._place(items)

    def _place(self, items: Sequence[Open]) -> None:
        for at, item in enumerate(items):
            moment = self.plan.shifts.seconds(item.not_before)
            if moment <= 0:
                self.ready.append((*self.order[at], moment, at))
            else:
                self.heap.append((moment, DUE, at, 0))
        heapify(self.ready)
        heapify(self.heap)
        for agent in range(self.plan.agents):
            self._comes(agent, 0.0)

    def run(self, many: int) -> Run:
        horizon = DAYS_AT_MOST * 24.0 * HOUR
        while self.heap and self.heap[0][0] <= horizon:
            now, kind, one, item = heappop(self.heap)
            if kind == DUE:
                self._due(one, now)
            elif kind == ENDS:
                self._ends(one, item, now)
            else:
                self._takes(one, now)
        left = many - self.counts["resolved"] - self.counts["exhausted"]
        return Run(
            None if left else self.last,
            self.counts["resolved"],
            self.counts["exhausted"],
            left,
            self.counts["attempts"],
            self.ended,
            self.busy,
        )

    def _due(self, item: int, now: float) -> None:
        heappush(self.ready, (*self.order[item], now, item))
        while self.idle and self.ready:
            self._takes(self.idle.pop(), now)

    def _takes(self, agent: int, now: float) -> None:
        """An agent without an item looks for one."""
        if now >= self.until[agent]:
            self._comes(agent, now)
        elif self.ready:
            self._calls(agent, heappop(self.ready)[3], now)
        else:
            self.idle.append(agent)

    def _comes(self, agent: int, now: float) -> None:
        """The agent works from now on, or comes when work begins again; never, where it does not within a year."""
        first = max(0, int(now // (24 * HOUR)))
        for day in range(first, DAYS_AT_MOST):
            for start, end in self.plan.shifts.spans(day, agent, self.plan.agents):
                if end > now:
                    self.until[agent] = end
                    heappush(self.heap, (max(now, start), COMES, agent, 0))
                    return

    def _calls(self, agent: int, item: int, now: float) -> None:
        moment = self._moment(now)
        past = self.past.setdefault(item, [])
        number = len(past) + 1
        before = past[-1].disposition if past else ""
        ended = self.plan.rates.disposition(number, self._hour(now, moment), before, self.chance)
        past.append(Past(moment, ended))
        took = self.plan.rates.seconds(ended, self.chance)
        self.counts["attempts"] += 1
        self._spent(now, took)
        heappush(self.heap, (now + took, ENDS, agent, item))

    def _spent(self, now: float, took: float) -> None:
        """Each hour has what was spent in it."""
        while took > 0:
            hour = int(now // HOUR)
            part = min(took, (hour + 1) * HOUR - now)
            self.busy[hour] += part
            now, took = now + part, took - part

    def _ends(self, agent: int, item: int, now: float) -> None:
        """The item goes on; its agent takes the next one after a pause, chosen now: some seconds change nothing."""
        self._goes(item, now)
        self._takes(agent, now + 2 * self.plan.rates.pause * self.chance())

    def _goes(self, item: int, now: float) -> None:
        """The policy says where the item goes."""
        past, moment = self.past[item], self._moment(now)
        kind = DISPOSITIONS[past[-1].disposition]
        at = None
        if kind.needs_time:
            at = moment + timedelta(seconds=self.plan.rates.callback_seconds(self.chance))
        other = kind.after == "next_number" and self.chance() < self.plan.rates.other_number
        decision = decide(self.plan.rules, Ending(kind, at, other), past, moment)
        if decision.state == "scheduled" and decision.not_before is not None:
            if decision.reserved_until is not None:
                self.order[item] = (FIRST, self.order[item][1])
            back = self.plan.shifts.seconds(decision.not_before)
            heappush(self.heap, (max(now, back), DUE, item, 0))
            return
        self.counts[decision.state] += 1
        self.ended[int(now // HOUR)] += 1
        self.last = max(self.last, now)
        del self.past[item]

    def _hour(self, now: float, moment: datetime) -> int:
        """The hour of the day, the same for a quarter of an hour: to ask the zone each time takes longer than all else."""
        quarter = int(now // 900)
        if quarter not in self.hours:
            self.hours[quarter] = moment.astimezone(self.zone).hour
        return self.hours[quarter]

    def _moment(self, now: float) -> datetime:
        return self.plan.shifts.beginning + timedelta(seconds=now)


def play(plan: Plan, items: Sequence[Open], chance: Chance) -> Run:
    """One course; `chance` gives numbers from 0 to 1, the same ones for the same course."""
    return _Course(plan, items, chance).run(len(items))
