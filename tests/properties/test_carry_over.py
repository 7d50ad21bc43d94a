"""Carrying over loses nothing, whatever the two versions are, and changes nothing where they are the same."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.definition import load
from runtime.engine import advance, canonical, carry_over, start, view
from tests.properties.arbitrary import TODAY, definitions
from tests.properties.asked import commands
from tests.properties.test_twins import CALM
from tests.schemas.holding import hold


def played(made: dict[str, Any], asked: list[Any]) -> Any:
    definition = load(made)
    state = start(definition, "fr")
    for command in asked:
        state, _events = advance(definition, state, command, TODAY)
    return definition, state


@CALM
@given(made=definitions(), more=st.data())
def test_to_the_same_version_nothing_changes(made: dict[str, Any], more: st.DataObject) -> None:
    definition, state = played(made, more.draw(commands(made)))
    done = carry_over(definition, definition, state, TODAY)
    assert canonical(done.state) == canonical(state)
    assert (done.dropped, done.asked) == ((), ())
    assert set(done.kept) == set(state["answers"])


@CALM
@given(made=definitions(), other=definitions(), more=st.data())
def test_whatever_the_versions_everything_is_kept_or_told(
    made: dict[str, Any], other: dict[str, Any], more: st.DataObject
) -> None:
    old, state = played(made, more.draw(commands(made)))
    new = load(other)
    names = [row["name"] for row in made["sections"]] + list(state["answers"])
    renames = more.draw(
        st.dictionaries(st.sampled_from(names), st.sampled_from(["n1", "n2", "n3"]))
    )
    done = carry_over(old, new, state, TODAY, renames)
    dropped = {one.place for one in done.dropped}
    kept_or_told = len(done.kept) + len({*state["answers"]} & dropped)
    assert kept_or_told >= len(state["answers"])
    assert set(done.kept) == set(done.state["answers"])
    counted = {row["name"] for row in other["sections"] if "count" in (row["repeat"] or {})}
    for place, entries in state["entries"].items():
        now = "/".join(
            one if at % 2 else renames.get(one, one) for at, one in enumerate(place.split("/"))
        )
        there = done.state["entries"].get(now, [])
        lost = [one for one in entries if one not in there and f"{place}/{one}" not in dropped]
        assert lost == [] or now.rpartition("/")[2] in counted
    assert (state["outcome"] in dropped) >= (state["closed"] and not done.state["closed"])
    hold("state", done.state)
    assert view(new, done.state, TODAY)["path"] is not None
