"""What becomes of an item after an attempt: tables."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from builder.definition import DISPOSITIONS as NAMES
from runtime.queues import retry
from runtime.queues.dispositions import DISPOSITIONS
from runtime.queues.retry import Ending, Past

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # Wednesday 11:00 in Brussels
OFFICE = {"days": [1, 2, 3, 4, 5], "from": "09:00", "until": "12:00"}


def rules(**parts: Any) -> retry.Rules:
    read = retry.read(parts)
    assert isinstance(read, retry.Rules), read
    return read


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def past(*dispositions: str, since: datetime = NOW) -> list[Past]:
    """Attempts a week apart, the last one now."""
    weeks = range(len(dispositions) - 1, -1, -1)
    return [
        Past(since - timedelta(weeks=n), one) for n, one in zip(weeks, dispositions, strict=True)
    ]


def test_the_table_knows_what_outcomes_may_name() -> None:
    assert tuple(DISPOSITIONS) != ()
    assert set(DISPOSITIONS) == set(NAMES)


@pytest.mark.parametrize(
    ("disposition", "state", "reason", "minutes"),
    [
        ("reached", "resolved", "terminal", None),
        ("refused", "resolved", "terminal", None),
        ("other", "resolved", "terminal", None),
        ("unreachable", "exhausted", "unreachable", None),
        ("wrong_number", "exhausted", "number", None),
        ("busy", "scheduled", "retry", 30),  # 15 minutes, but the gap is 30
        ("no_answer", "scheduled", "retry", 120),
        ("voicemail", "scheduled", "retry", 240),
        ("language_barrier", "scheduled", "retry", 30),
    ],
)
def test_the_first_attempt_with_the_usual_rules(
    disposition: str, state: str, reason: str, minutes: int | None
) -> None:
    decision = retry.decide(rules(), Ending(DISPOSITIONS[disposition]), past(disposition), NOW)
    soonest = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert decision == retry.Decision(state, reason, soonest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("history", "state", "reason"),
    [
        (("busy", "busy"), "scheduled", "retry"),
        (("busy", "busy", "busy"), "exhausted", "repeat_cap"),
        (("voicemail", "voicemail"), "exhausted", "repeat_cap"),
        (("no_answer", "busy", "no_answer", "no_answer"), "scheduled", "retry"),
        (("no_answer", "busy", "no_answer", "busy", "no_answer"), "exhausted", "item_cap"),
    ],
)
def test_caps_end_the_tries(history: tuple[str, ...], state: str, reason: str) -> None:
    decision = retry.decide(rules(), Ending(DISPOSITIONS[history[-1]]), past(*history), NOW)
    assert (decision.state, decision.reason) == (state, reason)


def test_a_callback_is_at_its_time_whatever_the_window_says_and_reserved_for_a_while() -> None:
    promised = at("2026-03-07T22:00")
    ending = Ending(DISPOSITIONS["callback"], callback_at=promised)
    decision = retry.decide(rules(window=OFFICE), ending, past("callback"), NOW)
    assert decision == retry.Decision(
        "scheduled", "callback", promised, promised + timedelta(minutes=15)
    )


def test_a_wrong_number_goes_on_to_the_next_number_at_once() -> None:
    ending = Ending(DISPOSITIONS["wrong_number"], other_number=True)
    decision = retry.decide(rules(), ending, past("wrong_number"), NOW)
    assert decision == retry.Decision("scheduled", "next_number", NOW)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-04T08:30", "2026-03-04T10:30"),  # inside the window
        ("2026-03-04T10:30", "2026-03-05T08:00"),  # two hours later it is closed
        ("2026-03-06T10:30", "2026-03-09T08:00"),  # Friday: on Monday
        ("2026-03-28T10:30", "2026-03-30T07:00"),  # the clocks go forward that night
    ],
)
def test_a_retry_waits_for_the_window_in_its_own_time_zone(now: str, expected: str) -> None:
    moment = at(now)
    ending = Ending(DISPOSITIONS["no_answer"])
    decision = retry.decide(rules(window=OFFICE), ending, past("no_answer", since=moment), moment)
    assert decision.not_before == at(expected)


def test_the_cap_of_a_day_moves_a_retry_to_the_next_day() -> None:
    tries = [Past(NOW - timedelta(hours=1), "busy"), Past(NOW, "busy")]
    decision = retry.decide(rules(), Ending(DISPOSITIONS["busy"]), tries, NOW)
    assert decision.not_before == at("2026-03-04T23:00")  # midnight in Brussels


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"time_zone": "Moon/Base"}, "time_zone"),
        ({"time_zone": "../etc"}, "time_zone"),
        ({"window": {"from": "20:00", "until": "09:00"}}, "window"),
        ({"window": {"days": [8], "from": "09:00", "until": "10:00"}}, "window"),
        ({"window": {"days": [], "from": "09:00", "until": "10:00"}}, "window"),
        ({"window": "always"}, "window"),
        ({"caps": {"item": 0}}, "caps.item"),
        ({"caps": {"day": "2"}}, "caps.day"),
        ({"caps": {"gap_minutes": True}}, "caps.gap_minutes"),
        ({"again": {"reached": {"minutes": 1, "at_most": 1}}}, "again.reached"),
        ({"again": {"busy": 3}}, "again.busy"),
        ({"again": {"busy": {"minutes": 5}}}, "again.busy.at_most"),
        ({"callback": {"days": -1}}, "callback.days"),
        ({"lease_minutes": None}, "lease_minutes"),
    ],
)
def test_rules_that_cannot_be_read_are_problems(parts: dict[str, Any], place: str) -> None:
    read = retry.read(parts)
    assert isinstance(read, list)
    assert [problem.place for problem in read] == [place]


def test_what_a_policy_leaves_out_has_its_default() -> None:
    assert retry.read({"caps": {"day": 3}, "again": {}}) == retry.read(
        {"caps": {"item": 5, "day": 3, "gap_minutes": 30}}
    )
