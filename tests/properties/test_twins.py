"""Random definitions and commands: both engines print the same bytes, and neither ever raises."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.definition import check, diff, dump, load, project
from builder.problems import say
from runtime.engine import Live, advance, canonical, replay, start, view
from tests.node import Twin
from tests.properties.arbitrary import TODAY, definitions
from tests.properties.asked import commands

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
@given(made=definitions(), more=st.data())
def test_the_twins_print_the_same_bytes(
    twin: Twin, made: dict[str, Any], more: st.DataObject
) -> None:
    definition = load(made)
    assert [say(problem) for problem in check(definition) if not problem.warning] == []
    played = more.draw(commands(made))
    played = json.loads(json.dumps(played))
    theirs = twin.ask(
        "play", definition=dump(definition), language="fr", commands=played, today=TODAY
    )
    state, events = start(definition, "fr"), []
    live, patch = Live(definition, state, TODAY), {}
    history: list[dict[str, Any]] = []
    for command, step in zip([None, *played], theirs, strict=True):
        if step is not theirs[0]:
            state, events = advance(definition, state, command, TODAY)
            _told, patch = live.advance(command)
            history += events
        seen = view(definition, state, TODAY)
        assert [canonical(one) for one in (state, events, seen, patch)] == step
    # The state is the fold of its events, from the start and after a journey through JSON.
    stored = json.loads(canonical(history))
    assert canonical(replay(definition, start(definition, "fr"), stored)) == canonical(state)


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
