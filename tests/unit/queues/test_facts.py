"""The folds of facts agree with plain loops over the same events, in whatever parts they are counted."""

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.queues.dispositions import ALL
from runtime.queues.facts import clocks, counts, lives, presence, readings
from runtime.queues.facts.told import Event, Try, read_event, read_try

ZONE = ZoneInfo("Europe/Brussels")
START = datetime(2026, 3, 27, 20, 0, tzinfo=UTC)  # summer time begins two nights later
SPACE = UUID(int=7)
NAMES = [row.name for row in ALL]
WHERE = {"resolved": "resolved", "exhausted": "exhausted"}


@st.composite
def histories(draw: Any) -> list[tuple[list[Event], list[Try]]]:
    """Lives of some items: each made, then claimed and let go in one way or another, sometimes after its end."""
    return [draw(life(uuid5(SPACE, str(number)))) for number in range(draw(st.integers(1, 4)))]


@st.composite
def life(draw: Any, item: UUID) -> tuple[list[Event], list[Try]]:
    now = START + timedelta(minutes=draw(st.integers(0, 4000)))
    events, tries = [Event(item, "created", now)], []
    for _turn in range(draw(st.integers(0, 5))):
        now += timedelta(minutes=draw(st.integers(0, 900)))
        agent = draw(st.integers(1, 3))
        events.append(Event(item, "claimed", now, by=agent))
        begun = None
        if draw(st.booleans()):
            now += timedelta(seconds=draw(st.integers(0, 90)))
            begun = now
            events.append(Event(item, "attempted", now, by=agent))
        now += timedelta(seconds=draw(st.integers(1, 5000)))
        way = draw(st.sampled_from(["disposed", "disposed", "disposed", "released", "expired"]))
        name = draw(st.sampled_from(NAMES)) if way == "disposed" else ""
        if begun or way == "disposed":
            tries.append(draw(attempt(item, agent, begun or now, now, name)))
        state = draw(st.sampled_from(["resolved", "scheduled", "scheduled", "exhausted"]))
        more = {"disposition": name, "state": state, "reason": "retry"} if name else {}
        events.append(Event(item, way, now, by=None if way == "expired" else agent, **more))
        if name and state != "scheduled":
            break
    if draw(st.booleans()):
        now += timedelta(minutes=draw(st.integers(0, 3000)))
        events.append(Event(item, draw(st.sampled_from(["withdrawn", "wanted_again"])), now))
    return events, tries


@st.composite
def attempt(draw: Any, item: UUID, agent: int, begun: datetime, ended: datetime, name: str) -> Try:
    if draw(st.booleans()):
        return Try(item, agent, begun, ended, name)
    rang = begun + timedelta(seconds=draw(st.integers(0, 5)))
    answered = rang + timedelta(seconds=draw(st.integers(0, 40))) if draw(st.booleans()) else None
    hung_up = (answered or rang) + timedelta(seconds=draw(st.integers(0, 600)))
    return Try(item, agent, begun, ended, name, "sim:1", rang, answered, hung_up)


def all_steps(told: list[tuple[list[Event], list[Try]]]) -> list[lives.Step]:
    return [step for events, tries in told for step in lives.steps(events, tries)]


@settings(max_examples=150, deadline=None)
@given(histories())
def test_the_counts_are_those_of_plain_loops(told: Any) -> None:
    found = counts.fold_all({}, all_steps(told), ZONE)
    ended = [(events, one) for events, tries in told for one in tries if one.disposition]
    made = [one for _events, tries in told for one in tries]
    hours: Counter[int] = Counter()
    for _events, one in ended:
        hours[one.started.astimezone(ZONE).hour] += 1
    reached = sum(one.disposition == "reached" for _events, one in ended)
    assert readings.total(found, "tries") == len(ended)
    assert readings.reached_share(found) == (reached / len(ended) if ended else None)
    assert {hour: many for hour, many, _ in readings.attempts_by_hour(found) if many} == hours
    assert readings.total(found, "call", "unknown") == sum(not one.call for one in made)
    assert readings.total(found, "seconds", "connected") == sum(
        round((one.hung_up - one.connected).total_seconds())
        for one in made
        if one.connected and one.hung_up
    )


@settings(max_examples=150, deadline=None)
@given(histories())
def test_items_are_those_of_plain_loops(told: Any) -> None:
    found = counts.fold_all({}, all_steps(told), ZONE)
    to_reach: Counter[int] = Counter()
    waited: Counter[int] = Counter()
    still_open: Counter[str] = Counter()
    for events, tries in told:
        real = [one for one in tries if one.disposition]
        ways = [at for at, one in enumerate(real, 1) if one.disposition == "reached"]
        to_reach.update(ways[:1])
        begun = [e.at for e in events if e.event == "attempted"] + [one.started for one in real]
        if begun:
            waited[int((min(begun) - events[0].at).total_seconds()) // 60] += 1
        if is_open(events):
            still_open[events[0].at.astimezone(ZONE).date().isoformat()] += 1
    assert Counter(dict(readings.spread(found, "reached_after"))) == to_reach
    assert Counter(dict(readings.spread(found, "first_after"))) == waited
    assert {day: n for day, n in readings.by_part(found, "open", 1).items() if n} == still_open
    day = max(events[-1].at for events, _tries in told).astimezone(ZONE).date()
    assert sum(many for _age, many in readings.ageing(found, day)) == sum(still_open.values())


def is_open(events: list[Event]) -> bool:
    """By looking at the last event that says where the item went."""
    for event in reversed(events):
        if event.event == "withdrawn":
            return False
        if event.event == "disposed":
            return event.state == "scheduled"
        if event.event in {"created", "claimed", "released", "expired", "wanted_again"}:
            return True
    raise AssertionError("an item without events")


@settings(max_examples=100, deadline=None)
@given(histories(), st.randoms(use_true_random=False), st.integers(0, 60))
def test_parts_in_any_order_are_the_whole(told: Any, chance: Any, cut: int) -> None:
    several = all_steps(told)
    whole = counts.fold_all({}, several, ZONE)
    chance.shuffle(several)
    parts = (several[:cut], several[cut:])
    kept = [counts.load(counts.dump(counts.fold_all({}, part, ZONE))) for part in parts]
    assert counts.dump(counts.plus(*kept)) == counts.dump(whole)
    one = {}
    for step in several:
        one = counts.fold(one, step, ZONE)
    assert counts.dump(one) == counts.dump(whole)
    held = [found for step in several if (found := presence.held_of(step, 1)) is not None]
    together = presence.fold_all({}, held)
    halves = [presence.fold_all({}, part) for part in (held[:cut], held[cut:])]
    again = presence.load(presence.dump(presence.plus(*halves)))
    assert presence.dump(again) == presence.dump(together)


@settings(max_examples=100, deadline=None)
@given(histories())
def test_an_agents_time_is_that_of_minutes_ticked_off(told: Any) -> None:
    """Presence, second by second: there while having an item, or between two with less than half an hour between them."""
    held = [found for step in all_steps(told) if (found := presence.held_of(step)) is not None]
    agents = presence.fold_all({}, held)
    for agent, worked in agents.items():
        own = sorted((one.since, one.until) for one in held if one.agent == agent)
        there, last = 0.0, None
        for since, until in own:
            begin = since if last is None or since - last > presence.AWAY else last
            there += max(0.0, (until - max(begin, last or begin)).total_seconds())
            last = until if last is None else max(last, until)
        assert worked.present_seconds == round(there)
        assert worked.items == len(own)
        assert worked.busy_seconds == sum((until - since).seconds for since, until in own)


def test_what_was_taken_back_counts_until_the_last_sign() -> None:
    item, at = UUID(int=1), START
    events = [
        Event(item, "created", at),
        Event(item, "claimed", at, by=5),
        Event(item, "attempted", at + timedelta(minutes=2), by=5),
        Event(item, "expired", at + timedelta(minutes=40)),
    ]
    held = [presence.held_of(step) for step in lives.steps(events)]
    assert held[-1] == presence.Held(5, at, at + timedelta(minutes=2))
    assert presence.idle_share(presence.fold_all({}, [held[-1]])) == 0.0
    assert presence.idle_share({}) is None


def test_the_clocks_of_an_item_explain_themselves() -> None:
    item, hour = UUID(int=1), timedelta(hours=1)
    back = START + 51 * hour
    events = [
        Event(item, "created", START),
        Event(item, "claimed", START + hour, by=5),
        Event(item, "attempted", START + hour, by=5),
        Event(item, "disposed", START + 2 * hour, 5, "callback", "scheduled", "callback", back),
        Event(item, "unverified", START + 3 * hour, by=5),
        Event(item, "claimed", START + 53 * hour, by=5),
    ]
    first, resolve = clocks.clocks(lives.steps(events), clocks.Always(), START + 54 * hour)
    assert (first.elapsed, first.stopped) == (hour, START + hour)
    assert (resolve.elapsed, resolve.paused_total) == (3 * hour, 51 * hour)
    assert clocks.explain(resolve) == "3 h; paused 2 d 3 h: waiting for the time that was promised"
    assert clocks.due(resolve, 4 * hour, clocks.Always()) == START + 55 * hour
    assert clocks.due(resolve, 2 * hour, clocks.Always()) == START + 53 * hour
    assert clocks.due(first, hour, clocks.Always()) is None


def test_a_clock_never_pauses_while_an_item_waits_for_us() -> None:
    item, hour = UUID(int=1), timedelta(hours=1)
    for on, paused in (("us", 0), ("party", 5), ("somewhere", 5)):
        events = [
            Event(item, "created", START),
            Event(item, "disposed", START, 5, "other", "waiting", "terminal", on=on),
        ]
        clock = clocks.clocks(lives.steps(events), clocks.Always(), START + 5 * hour)[1]
        assert clock.paused_total == paused * hour
        assert clock.elapsed == (5 - paused) * hour


def test_an_attempt_is_counted_after_the_one_before_it() -> None:
    item, hour = UUID(int=1), timedelta(hours=1)
    named = ("voicemail", "no_answer", "reached")
    ends = [START + number * hour for number in (1, 2, 3)]
    events = [Event(item, "created", START)]
    events += [Event(item, "disposed", at, 5, name) for at, name in zip(ends, named, strict=True)]
    tries = [Try(item, 5, at, at, name) for at, name in zip(ends, named, strict=True)]
    found = counts.fold_all({}, lives.steps(events, tries), ZONE)
    assert {key[1:]: many for key, many in found.items() if key[0] == "again"} == {
        ("voicemail", "no_answer"): 1,
        ("no_answer", "reached"): 1,
    }


def test_an_end_that_is_taken_back_keeps_what_had_passed() -> None:
    item, hour = UUID(int=1), timedelta(hours=1)
    events = [
        Event(item, "created", START),
        Event(item, "withdrawn", START + hour),
        Event(item, "wanted_again", START + 9 * hour),
    ]
    clock = clocks.clocks(lives.steps(events), clocks.Always(), START + 11 * hour)[1]
    assert clock.elapsed == 3 * hour
    assert clock.stopped is None


class Office:
    """From eight to ten, every day; another set of hours computes anew from the same events."""

    def between(self, since: datetime, until: datetime) -> timedelta:
        minute, found = timedelta(minutes=1), timedelta()
        while since < until:
            found += minute if since.hour in (8, 9) else timedelta()
            since += minute
        return found

    def after(self, since: datetime, spent: timedelta) -> datetime:
        while spent > timedelta():
            spent -= timedelta(minutes=1) if since.hour in (8, 9) else timedelta()
            since += timedelta(minutes=1)
        return since


def test_only_hours_that_count_are_counted() -> None:
    item, hour = UUID(int=1), timedelta(hours=1)
    events = [Event(item, "created", START)]  # twenty hours UTC
    clock = clocks.clocks(lives.steps(events), Office(), START + 13 * hour)[1]
    assert clock.elapsed == hour
    assert (
        clocks.due(clock, 3 * hour, Office()) == START + 37 * hour
    )  # an hour each morning and the next


@settings(max_examples=100, deadline=None)
@given(histories(), st.integers(0, 9000))
def test_clocks_run_or_pause_at_every_moment(told: Any, minutes: int) -> None:
    for events, tries in told:
        now = events[-1].at + timedelta(minutes=minutes)
        resolve = clocks.clocks(lives.steps(events, tries), clocks.Always(), now)[1]
        gone = sum(
            (
                following.at - event.at
                for event, following in itertools.pairwise(events)
                if not is_open(events[: events.index(event) + 1])
            ),
            timedelta(),
        )
        last = timedelta() if is_open(events) else now - events[-1].at
        assert resolve.elapsed + resolve.paused_total == now - events[0].at - gone - last


def test_rows_are_read_once_and_what_is_odd_counts_as_not_said() -> None:
    at, item = START, UUID(int=1)
    row = {"item_id": item, "event": "disposed", "at": at, "by_id": 3, "data": None}
    assert read_event(row) == Event(item, "disposed", at, 3)
    row["data"] = {"not_before": "yesterday", "state": 7, "reason": "retry"}
    assert read_event(row) == Event(item, "disposed", at, 3, reason="retry")
    row["data"] = {"not_before": "2026-03-01T10:00:00+00:00"}
    assert read_event(row).back == datetime(2026, 3, 1, 10, tzinfo=UTC)
    told = {
        "item_id": item, "agent_id": 3, "started_at": at, "ended_at": at, "disposition": "busy",
        "provider_call": "", "rang_at": at, "connected_at": None, "hung_up_at": at - timedelta(seconds=3),
    }  # fmt: skip
    read = read_try(told)
    assert (read.rang_seconds, read.connected_seconds, read.wrap_up_seconds) == (0, None, 3)


def test_figures_of_nothing_are_none() -> None:
    assert readings.reached_share({}) is None
    assert readings.attempts_by_hour({}) == []
    assert readings.quantile([], 0.5) is None
    assert readings.mean_seconds({}, "handle", "handled") is None


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.9, 10), (0.0, 1)])
def test_a_quantile_is_a_value_that_was_seen(share: float, value: int) -> None:
    assert readings.quantile([(10, 2), (1, 3), (2, 5)], share) == value
