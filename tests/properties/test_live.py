"""A state kept alive shows what a fresh evaluation shows, after whatever commands; its patches say all that changed."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.definition import load
from runtime.engine import Live, advance, canonical, patched, start, view
from tests.properties.arbitrary import TODAY, definitions
from tests.properties.asked import commands
from tests.properties.test_twins import CALM


@CALM
@given(made=definitions(), more=st.data())
def test_patches_take_one_view_to_the_next(made: dict[str, Any], more: st.DataObject) -> None:
    definition = load(made)
    state = start(definition, "en")
    live = Live(definition, state, TODAY)
    seen = live.view()
    for command in more.draw(commands(made)):
        state, events = advance(definition, state, command, TODAY)
        told, patch = live.advance(command)
        seen = patched(seen, json.loads(json.dumps(patch)))
        assert told == events
        assert canonical(live.state) == canonical(state)
        assert (
            canonical(seen) == canonical(view(definition, state, TODAY)) == canonical(live.view())
        )
