"""Random definitions and commands: both engines print the same bytes, and neither ever raises."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.definition import check, diff, dump, load, project
from builder.problems import say
from runtime.engine import advance, canonical, replay, start, view
from tests.fuzz import found
from tests.node import Twin
from tests.properties.aims import AIMS, ANYTHING, Aim
from tests.properties.arbitrary import TODAY, definitions
from tests.properties.asked import commands
from tests.properties.planted import FAULTS, Fault
from tests.properties.twins import play_both

CALM = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)


@CALM
@given(aim=st.sampled_from([ANYTHING, *AIMS.values()]), more=st.data())
def test_the_twins_print_the_same_bytes(twin: Twin, aim: Aim, more: st.DataObject) -> None:
    made = more.draw(definitions(aim))
    definition = load(made)
    assert [say(problem) for problem in check(definition) if not problem.warning] == []
    history = play_both(twin, made, more.draw(commands(made, aim)))
    # A state is the fold of its events, from the start and after a journey through JSON.
    folded, state = start(definition, "fr"), start(definition, "fr")
    for event in history:
        folded = replay(definition, folded, [event])
    assert canonical(replay(definition, state, json.loads(canonical(history)))) == canonical(
        folded
    )


@pytest.mark.parametrize("fault", [row for row in FAULTS if row.soon], ids=lambda row: row.says)
def test_a_fault_of_a_twin_is_found(fault: Fault) -> None:
    """The others are planted by `make fuzz`."""
    assert found(fault, 7) is not None


@CALM
@given(made=definitions())
def test_a_definition_survives_being_stored(made: dict[str, Any]) -> None:
    definition = load(made)
    assert load(dump(definition)) == definition
    assert dump(load(dump(definition))) == dump(definition)
    assert diff(definition, load(dump(definition))) == ()
    for audience in ("agent", "learner", "public", "practice"):
        for language in (None, "fr"):
            shown = project(definition, audience, language)
            assert load(dump(shown)) == shown


@CALM
@given(one=definitions(), other=definitions())
def test_any_two_definitions_can_be_compared(one: dict[str, Any], other: dict[str, Any]) -> None:
    changes = diff(load(one), load(other))
    assert (changes == ()) == (load(one) == load(other))


@CALM
@given(made=definitions(), more=st.data())
def test_a_projection_shows_what_the_definition_shows(
    made: dict[str, Any], more: st.DataObject
) -> None:
    definition = load(made)
    shown = project(definition, "agent", "fr")
    state = start(definition, "fr")
    assert start(shown, "fr") == state
    for command in more.draw(commands(made)):
        state, _events = advance(definition, state, command, TODAY)
    state = {**state, "language": "fr"}
    assert canonical(view(shown, state, TODAY)) == canonical(view(definition, state, TODAY))
