"""Whatever was done, what takes it back shows the former view again; and both engines say the same of it."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.definition import dump, load
from runtime.engine import advance, canonical, fold, replay, stands, start, undoing, view
from tests.node import Twin
from tests.properties.aims import AIMS, ANYTHING, Aim
from tests.properties.arbitrary import TODAY, definitions
from tests.properties.asked import commands
from tests.properties.test_twins import CALM

NOT_TAKEN_BACK = {"section_opened", "language_set", "finished", "reopened", "refused"}


@CALM
@given(aim=st.sampled_from([ANYTHING, *AIMS.values()]), more=st.data())
def test_what_is_taken_back_is_as_if_it_had_not_been(
    twin: Twin, aim: Aim, more: st.DataObject
) -> None:
    made = more.draw(definitions(aim))
    definition, state = load(made), start(load(made), "fr")
    events: list[dict[str, Any]] = []
    told = []
    for command in more.draw(commands(made, aim)):
        before = state
        state, (event, *_none) = advance(definition, before, command, TODAY)
        if event["event"] in NOT_TAKEN_BACK:
            assert undoing(definition, before, event) == []
        else:
            events.append(event)
    state, before_each = start(definition, "fr"), []
    for event in events:
        before_each.append(state)
        back = undoing(definition, state, event)
        after = fold(definition, state, event)
        if back:
            assert stands(definition, after, event)
            again = replay(definition, after, back)
            assert canonical(view(definition, again, TODAY)) == canonical(
                view(definition, state, TODAY)
            )
            assert undoing(definition, again, event) == back  # it can be done again
        told.append([back, stands(definition, after, event)])
        state = after
    ours = [
        canonical([*row, stands(definition, state, event)])
        for row, event in zip(told, events, strict=True)
    ]
    theirs = twin.ask("undo", definition=dump(definition), language="fr", events=events)
    assert [json.loads(one) for one in theirs] == [json.loads(one) for one in ours]
