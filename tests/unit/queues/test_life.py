"""The life of items under a policy, at random, through the real actions: no illegal step, nobody called outside the hours or above a cap."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from runtime.outbox.models import Effect
from runtime.queues import actions
from runtime.queues.actions import bulks, recomputing
from runtime.queues.bulks import Bulk
from runtime.queues.claimed import Claimed
from runtime.queues.deeds import Told
from runtime.queues.models import Attempt, Campaign, Policy, Queue, WorkItem
from tests.properties.policies import is_open
from tests.unit.queues.conftest import call_script, publish

START = datetime(2026, 3, 27, 7, 0, tzinfo=UTC)  # a Friday; in the night to Sunday the clocks leap
ZONE = ZoneInfo("Europe/Brussels")
HOURS = {str(day): [["08:00", "12:00"], ["13:00", "20:15"]] for day in range(1, 7)}
EVENINGS = {str(day): [["17:30", "24:00"]] for day in range(1, 8)}
USUAL = {
    "calendar": {"hours": HOURS, "holidays": {"2026-03-30": [["10:00", "11:00"]]}},
    "window": None,
    "caps": {"item": 4, "number": 2, "day": 2, "lifetime": 6, "gap_minutes": 30},
    "ageing": {"minutes": 60, "at_most": 5},
}
POLICIES = (
    USUAL,
    {**USUAL, "calendar": {"hours": EVENINGS, "holidays": {}}},
    {**USUAL, "caps": {"item": 2, "number": 1, "day": 1, "lifetime": 3, "gap_minutes": 90}},
    {**USUAL, "window": {"days": [1, 3, 6], "from": "09:00", "until": "11:00"}},
)
ENDED = {"resolved", "exhausted", "withdrawn"}
# From a state to those that one action may bring an item to (a claim looks for what came due, and takes back what lapsed, before).
STEPS = {
    "": {"scheduled", "ready"},
    "scheduled": {"scheduled", "ready", "active", "exhausted", "withdrawn"},
    "ready": {"ready", "scheduled", "active", "exhausted", "withdrawn"},
    "active": {"active", "ready", "scheduled", "resolved", "exhausted", "withdrawn"},
    "resolved": {"resolved"},
    "exhausted": {"exhausted"},
    "withdrawn": {
        "withdrawn",
        "scheduled",
        "ready",
    },  # only where a supervisor takes the deed back
}
DEEDS: dict[str, dict[str, Any]] = {
    "put_off": {},
    "hasten": {},
    "rank": {"lane": 0, "priority": 3},
    "reserve": {},
    "unreserve": {},
    "take_back": {},
    "withdraw": {"reason": "other"},
}
DISPOSITIONS = ("busy", "no_answer", "third_party", "voicemail", "wrong_number", "refused")


class Clock:
    now = START


class Life(RuleBasedStateMachine):
    """Two agents, two campaigns of one queue, some people with two numbers each, and time that passes."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [transaction.atomic(using=name) for name in ("default", "keys")]
        for block in self.blocks:
            block.__enter__()
        Clock.now = START
        self.numbers = itertools.count(100000)
        self.data: dict[str, Any] = USUAL
        self.policy = Policy.objects.create(code="life", title="Life", rules=USUAL)
        self.queue = Queue.objects.create(code="life", title="Life", policy=self.policy)
        app = publish(call_script(), code="life").app
        self.campaigns = [
            Campaign.objects.create(code=code, title=code, queue=self.queue, app=app)
            for code in ("spring", "autumn")
        ]
        self.agents = self.make_agents()
        self.states: dict[Any, str] = {}
        self.done: Bulk | None = None
        self.undone = False
        self.parties = [self.make_party() for _each in range(2)]
        self.make(0, 0, 0)

    def make_agents(self) -> list[Any]:
        from tests.people import make_person

        self.supervisor = make_person("life-supervisor", "supervisor")
        return [make_person(f"life-{name}", "agent") for name in ("ann", "bea")]

    def make_party(self) -> Any:
        from runtime.parties.actions import find_or_create, update_facts

        phones = [f"+32470{next(self.numbers)}" for _each in range(2)]
        facts = {"given_name": "Ann", "family_name": "Peeters", "phone": phones[0]}
        party = find_or_create(facts=facts, by=None, purpose="test")[0]
        update_facts(party=party, facts={"phone": phones[1]}, by=None)
        return party

    def teardown(self) -> None:
        for block, name in zip(reversed(self.blocks), ("keys", "default"), strict=True):
            transaction.set_rollback(True, using=name)
            block.__exit__(None, None, None)

    def held(self, agent: int) -> WorkItem | None:
        return WorkItem.objects.filter(assignee=self.agents[agent], state="active").first()

    @rule(party=st.integers(0, 1), campaign=st.integers(0, 1), wish=st.integers(-300, 3000))
    def make(self, party: int, campaign: int, wish: int) -> None:
        Clock.now += timedelta(seconds=1)  # no two are made at once: the order hangs on no chance
        wanted = actions.Wanted(
            priority=wish % 7, not_before=Clock.now + timedelta(minutes=wish) if wish > 0 else None
        )
        actions.create_item(
            campaign=Campaign.objects.get(pk=self.campaigns[campaign].pk),
            party=self.parties[party],
            by=None,
            wanted=wanted,
        )

    @rule(minutes=st.sampled_from([1, 31, 120, 240, 720]))
    def wait(self, minutes: int) -> None:
        Clock.now += timedelta(minutes=minutes)

    @rule(agent=st.integers(0, 1))
    def claim(self, agent: int) -> None:
        busy = self.held(agent)
        queue = Queue.objects.get(pk=self.queue.pk)
        answer = actions.claim(queue=queue, by=self.agents[agent], now=Clock.now)
        if isinstance(answer, Claimed) and busy is None:
            self.check_call(WorkItem.objects.get(pk=answer.item))

    def check_call(self, item: WorkItem) -> None:
        """What is handed out may be called now: counted and looked up here without any of the rules."""
        last = item.events.filter(event__in=("disposed", "called")).order_by("-pk").first()
        if last is not None and (last.event == "called" or last.data["reason"] == "callback"):
            return
        caps = self.data["caps"]
        ended = Attempt.objects.filter(ended_at__isnull=False).exclude(disposition="")
        own = list(ended.filter(item=item).values_list("started_at", flat=True))
        today = Clock.now.astimezone(ZONE).date()
        assert is_open(self.data, Clock.now, ZONE)
        assert len(own) < caps["item"]
        assert sum(at.astimezone(ZONE).date() == today for at in own) < caps["day"]
        assert ended.filter(item__party=item.party_id).count() < caps["lifetime"]

    @rule(agent=st.integers(0, 1), number=st.integers(0, 1))
    def dial(self, agent: int, number: int) -> None:
        item = self.held(agent)
        if item is None:
            return
        points = list(item.party.contact_points.filter(kind="phone").order_by("pk"))
        point = points[number]
        tried = Attempt.objects.filter(item=item, contact_point=point).exclude(disposition="")
        may = tried.count() < self.data["caps"]["number"] and point.status != "wrong"
        try:
            actions.start_attempt(item=item, by=self.agents[agent], now=Clock.now, point=point.pk)
        except ValueError:
            assert not may
        else:
            assert may

    @rule(
        disposition=st.sampled_from(DISPOSITIONS[:3]),
        minutes=st.sampled_from([31, 121, 500]),
        times=st.integers(1, 5),
    )
    def try_in_vain(self, disposition: str, minutes: int, times: int) -> None:
        """Whole calls that reach nobody, and the time until the next."""
        for number in range(times):
            self.claim(0)
            self.dial(0, number % 2)
            self.dispose(0, disposition)
            Clock.now += timedelta(minutes=minutes)

    @rule(agent=st.integers(0, 1), disposition=st.sampled_from(DISPOSITIONS))
    def dispose(self, agent: int, disposition: str) -> None:
        item = self.held(agent)
        if item is not None:
            actions.dispose(
                item=item, disposition=disposition, by=self.agents[agent], now=Clock.now
            )

    @rule(agent=st.integers(0, 1), minutes=st.integers(1, 4000))
    def promise(self, agent: int, minutes: int) -> None:
        item = self.held(agent)
        if item is not None:
            at = Clock.now + timedelta(minutes=minutes)
            actions.dispose(
                item=item,
                disposition="callback",
                by=self.agents[agent],
                now=Clock.now,
                callback_at=at,
            )

    @rule(agent=st.integers(0, 1))
    def release(self, agent: int) -> None:
        item = self.held(agent)
        if item is not None:
            actions.release(item=item, by=self.agents[agent], now=Clock.now)

    @rule()
    def take_back(self) -> None:
        actions.expire_leases(now=Clock.now)

    @rule(number=st.integers(0, 3), agent=st.integers(0, 1))
    def person_calls(self, number: int, agent: int) -> None:
        item = self.item(number)
        if self.held(agent) is None:
            actions.take_up(item=item, by=self.agents[agent], now=Clock.now)
        else:
            actions.call_was_missed(item=item, now=Clock.now, provider_call="test:1")

    @rule(number=st.integers(2, 3))
    def withdraw(self, number: int) -> None:
        actions.withdraw(item=self.item(number), by=None, reason="test")

    @rule(
        deed=st.sampled_from(sorted(DEEDS)), number=st.integers(0, 3), minutes=st.integers(1, 4000)
    )
    def supervise(self, deed: str, number: int, minutes: int) -> None:
        """A supervisor's deed to an item and to those around it; what cannot be done is left."""
        until = Clock.now + timedelta(minutes=minutes)
        own = {
            "put_off": {"until": until},
            "reserve": {"agent": self.agents[minutes % 2].pk, "until": until},
        }
        made = bulks.order(
            by=self.supervisor,
            deed=deed,
            told=Told(**{**DEEDS[deed], **own.get(deed, {})}),
            items=[self.item(number).pk, self.item(number + 1).pk],
        )
        assert isinstance(made, Bulk)
        bulks.go(bulk=made, by=self.supervisor)
        self.done = Bulk.objects.get(pk=made.pk)
        assert self.done.done == made.wanted

    @rule()
    def take_a_deed_back(self) -> None:
        if self.done is None or not bulks.undo(bulk=self.done, by=self.supervisor):
            return
        row = Bulk.objects.get(pk=self.done.pk)
        assert row.undone + sum(row.kept.values()) == row.done
        self.undone = True

    def item(self, number: int) -> WorkItem:
        items = list(WorkItem.objects.order_by("created_at"))
        return items[min(number, len(items) - 1)]

    @rule(number=st.integers(0, len(POLICIES) - 1))
    def change_policy(self, number: int) -> None:
        policy = Policy.objects.get(pk=self.policy.pk)
        policy.rules = self.data = POLICIES[number]
        actions.save_policy(policy=policy, by=self.supervisor)
        while effect := Effect.objects.filter(effect="recompute", state="pending").first():
            recomputing.recompute(effect.arguments, effect)
            Effect.objects.filter(pk=effect.pk).update(state="done")

    @invariant()
    def each_step_is_legal(self) -> None:
        now = dict(WorkItem.objects.values_list("pk", "state"))
        for item, state in now.items():
            was = self.states.get(item, "")
            assert state in STEPS[was], (was, state)
            assert was != "withdrawn" or state == was or self.undone
        self.states, self.undone = now, False

    @invariant()
    def what_waits_waits_for_an_open_hour(self) -> None:
        for item in WorkItem.objects.filter(state="scheduled"):
            last = item.events.filter(event__in=("disposed", "postponed")).order_by("-pk").first()
            if last is None or last.data.get("reason") != "callback":
                assert is_open(self.data, item.not_before, ZONE), item.not_before

    @invariant()
    def nobody_has_two_and_no_person_is_called_twice_at_once(self) -> None:
        active = WorkItem.objects.filter(state="active")
        for column in ("assignee", "party"):
            values = list(active.values_list(column, flat=True))
            assert len(values) == len(set(values))
        assert not WorkItem.objects.filter(state__in=ENDED, assignee__isnull=False).exists()


def test_the_life_of_items(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=50,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
