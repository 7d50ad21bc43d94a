"""Which deed may be done to which item, and why not: values alone."""

from datetime import UTC, datetime, timedelta

import pytest

from runtime.queues.deeds import DEEDS, REASONS, Seen, Told, hindrance, missing
from runtime.queues.states import STATES, TERMINAL

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
TOLD = {
    "put_off": Told(until=NOW),
    "hasten": Told(),
    "rank": Told(priority=7),
    "reserve": Told(agent=1, until=NOW),
    "unreserve": Told(),
    "take_back": Told(),
    "move": Told(queue=2),
    "withdraw": Told(reason="settled"),
}
POSSIBLE = {
    "put_off": {"ready", "scheduled"},
    "hasten": {"scheduled"},
    "rank": {"ready", "scheduled", "active", "waiting"},
    "reserve": {"ready", "scheduled"},
    "unreserve": {"ready", "scheduled"},
    "take_back": {"active"},
    "move": {"ready", "scheduled"},
    "withdraw": {"ready", "scheduled", "waiting"},
}


def seen(state: str, **more: object) -> Seen:
    return Seen(state, 1, **{"reserved_for": 5, **more})  # type: ignore[arg-type]


def test_every_deed_has_a_case_here() -> None:
    assert set(TOLD) == set(POSSIBLE) == set(DEEDS)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_for_some_states_and_says_why_it_is_not_for_others(deed: str) -> None:
    found = {state for state in STATES if not hindrance(deed, TOLD[deed], seen(state))}
    assert found == POSSIBLE[deed]
    assert all(hindrance(deed, TOLD[deed], seen(state)) == "ended" for state in TERMINAL)


def test_what_would_change_nothing_is_told() -> None:
    assert hindrance("rank", Told(priority=3, lane=1), seen("ready", priority=3)) == "same"
    assert hindrance("rank", Told(never_due=True), seen("ready")) == "same"
    assert hindrance("reserve", TOLD["reserve"], seen("ready", reserved_for=1)) == "same"
    assert hindrance("unreserve", Told(), seen("ready", reserved_for=None)) == "same"
    assert hindrance("move", Told(queue=1), seen("ready")) == "same"
    assert hindrance("put_off", Told(until=NOW), seen("scheduled", not_before=NOW)) == "same"
    later = seen("scheduled", not_before=NOW + timedelta(hours=1))
    assert hindrance("put_off", Told(until=NOW), later) == ""


def test_somebody_at_work_is_told_apart_from_waiting() -> None:
    assert hindrance("withdraw", TOLD["withdraw"], seen("active")) == "at_work"
    assert hindrance("put_off", TOLD["put_off"], seen("waiting")) == "waits"
    assert hindrance("take_back", Told(), seen("ready")) == "nobody"


def test_a_deed_names_what_it_lacks() -> None:
    assert missing("put_off", Told()) == "until"
    assert missing("reserve", Told(until=NOW)) == "agent"
    assert missing("move", Told()) == "queue"
    assert missing("rank", Told()) == "rank"
    assert missing("withdraw", Told(reason="because")) == "reason"
    assert missing("rank", Told(never_due=True)) == ""
    assert not any(missing("withdraw", Told(reason=one)) for one in REASONS)
    assert not any(missing(deed, told) for deed, told in TOLD.items())
