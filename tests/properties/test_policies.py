"""What a policy decides is what somebody would find who looked at the clock every minute: in any time zone, when the clocks change."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.queues import retry
from runtime.queues.dispositions import DISPOSITIONS
from runtime.queues.retry import Ending, Past
from runtime.queues.rules import rotation
from runtime.queues.rules.ageing import Ageing
from tests.properties import policies
from tests.properties.policies import ZONES, first_minute

SEEN = 6  # days that are walked minute by minute
AGAIN = sorted(name for name, row in DISPOSITIONS.items() if row.after == "retry")


def rules(data: dict[str, Any]) -> retry.Rules:
    read = retry.read(data)
    assert isinstance(read, retry.Rules), read
    return read


@st.composite
def scenes(draw: st.DrawFn) -> tuple[dict[str, Any], datetime, list[Past]]:
    """A policy, a moment, and what was tried before it."""
    about = draw(st.sampled_from(policies.TURNS))
    data = draw(policies.openings(about))
    data["caps"] = {
        "item": draw(st.integers(1, 6)),
        "day": draw(st.integers(1, 3)),
        "gap_minutes": draw(st.integers(1, 300)),
        "lifetime": draw(st.none() | st.integers(1, 8)),
    }
    data["again"] = {
        name: {
            "minutes": draw(st.integers(1, 600)),
            "at_most": draw(st.integers(1, 4)),
            "other_daypart": draw(st.booleans()),
        }
        for name in AGAIN
    }
    now = draw(policies.moments(about))
    before = st.tuples(st.integers(1, 3000), st.sampled_from(AGAIN))
    tried = sorted(draw(st.lists(before, max_size=5)), reverse=True)
    ago = timedelta(minutes=1)
    past = [Past(now - minutes * ago, name) for minutes, name in tried]
    return data, now, [*past, Past(now, draw(st.sampled_from(AGAIN)))]


def expected_moment(data: dict[str, Any], now: datetime, past: list[Past]) -> datetime | None:
    """The first minute, as somebody finds it who reads the policy and watches the clock."""
    zone, again = ZoneInfo(data["time_zone"]), data["again"][past[-1].disposition]
    soonest = now + max(again["minutes"], data["caps"]["gap_minutes"]) * policies.MINUTE
    tried = [one.at for one in past]
    if again["other_daypart"]:
        found = first_minute(data, tried, soonest, zone, days=7, not_around=past[-1].at)
        if found is not None:
            return found
    return first_minute(data, tried, soonest, zone, days=SEEN)


def expected_end(data: dict[str, Any], past: list[Past]) -> str:
    caps, counted = data["caps"], Counter(one.disposition for one in past)
    if len(past) >= caps["item"]:
        return "item_cap"
    if caps["lifetime"] and len(past) >= caps["lifetime"]:
        return "lifetime_cap"
    last = past[-1].disposition
    return "repeat_cap" if counted[last] >= data["again"][last]["at_most"] else ""


@settings(max_examples=150, deadline=None)
@given(scenes())
def test_a_decision_is_what_a_walk_along_the_minutes_finds(
    scene: tuple[dict[str, Any], datetime, list[Past]],
) -> None:
    data, now, past = scene
    ending = Ending(DISPOSITIONS[past[-1].disposition], lifetime=len(past))
    decision = retry.decide(rules(data), ending, past, now)
    end = expected_end(data, past)
    if end:
        assert (decision.state, decision.reason) == ("exhausted", end)
        return
    assert (decision.state, decision.reason) == ("scheduled", "retry")
    expected = expected_moment(data, now, past)
    assert decision.not_before is not None
    if expected is None:
        assert decision.not_before > now + timedelta(days=SEEN)
    else:
        assert decision.not_before == expected


@settings(max_examples=100, deadline=None)
@given(scenes(), st.sampled_from(ZONES))
def test_where_the_person_is_decides_when_that_is_known(
    scene: tuple[dict[str, Any], datetime, list[Past]], zone: str
) -> None:
    data, now, past = scene
    where = ZoneInfo(zone)
    found = retry.next_time(rules(data), past, now, zone=where)
    expected = first_minute(data, [one.at for one in past], now, where, days=2)
    if expected is not None:
        assert found == expected
    elif found < now + timedelta(days=400):  # later, but open all the same
        assert retry.in_window(rules(data), found, where)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_it_is_open_when_the_clock_on_the_wall_says_so(data: st.DataObject) -> None:
    about = data.draw(st.sampled_from(policies.TURNS))
    told, moment = data.draw(policies.openings(about)), data.draw(policies.moments(about))
    read, zone = rules(told), ZoneInfo(told["time_zone"])
    for minutes in range(0, 24 * 60, 7):
        then = moment + timedelta(minutes=minutes)
        assert retry.in_window(read, then) == policies.is_open(told, then, zone)


@pytest.mark.parametrize(
    ("soonest", "expected"),
    [
        ("2026-03-28T23:00", "2026-03-30T00:15"),  # the clocks leap over 02:15 on Sunday
        ("2026-10-25T00:00", "2026-10-25T00:15"),  # 02:15, the first time
        ("2026-10-25T00:45", "2026-10-25T01:15"),  # 02:15, the second time
    ],
)
def test_an_hour_that_the_clocks_skip_is_never_open_and_one_they_repeat_is_open_twice(
    soonest: str, expected: str
) -> None:
    night = {"hours": {str(day): [["02:15", "02:45"]] for day in range(1, 8)}}
    read = rules({"calendar": night})
    found = retry.next_time(read, [], datetime.fromisoformat(soonest).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_a_place_that_leapt_over_a_day_is_not_called_on_it() -> None:
    fridays = {"hours": {"5": [["09:00", "10:00"]]}}
    read = rules({"calendar": fridays, "time_zone": "Pacific/Apia"})
    found = retry.next_time(read, [], datetime(2011, 12, 29, 12, tzinfo=UTC))
    assert found.astimezone(read.zone).date().isoformat() == "2012-01-06"


@given(
    st.lists(
        st.builds(
            rotation.Point,
            id=st.integers(1, 50),
            confirmed=st.booleans(),
            dead=st.booleans(),
            tries=st.integers(0, 4),
            kind=st.sampled_from(["", "mobile", "landline"]),
        ),
        unique_by=lambda point: point.id,
    ),
    st.builds(
        rotation.Turns,
        order=st.sampled_from(["confirmed", "newest", "oldest"]),
        rotate=st.booleans(),
        kinds=st.sampled_from([(), ("mobile",), ("landline", "mobile")]),
    ),
    st.none() | st.integers(1, 4),
)
def test_a_dead_number_and_one_that_was_tried_enough_are_not_next(
    points: list[rotation.Point], turns: rotation.Turns, cap: int | None
) -> None:
    found = rotation.next_points(points, turns, cap)
    by_id = {point.id: point for point in points}
    free = {one.id for one in points if not one.dead and (cap is None or one.tries < cap)}
    assert set(found) == free
    assert len(found) == len(free)
    if turns.rotate:
        tries = [by_id[each].tries for each in found]
        assert tries == sorted(tries)
    living = [one for one in points if not one.dead]
    assert rotation.is_capped(points, cap) == (bool(living) and not free)


@given(
    st.builds(Ageing, minutes=st.integers(1, 240), at_most=st.integers(1, 20)),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(-20, 20)), min_size=2, max_size=2),
    st.integers(5000, 20000),
)
def test_the_order_kept_is_the_order_of_priority_and_waiting_at_any_time(
    ageing: Ageing, items: list[tuple[int, int]], later: int
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    ready = [start + timedelta(minutes=minutes) for minutes, _priority in items]
    kept = [
        ageing.since(at, priority, None)
        for at, (_minutes, priority) in zip(ready, items, strict=True)
    ]
    weights = [
        max(-ageing.at_most, min(ageing.at_most, priority)) * ageing.minutes + later - minutes
        for minutes, priority in items
    ]
    assert (kept[0] < kept[1]) == (weights[0] > weights[1])
    assert (kept[0] == kept[1]) == (weights[0] == weights[1])
