"""The proofs of random scripts: the terms are the engine's, what is proved is never seen, what is shown is seen."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.definition import load
from builder.proof import prove
from runtime.engine import Live, start
from runtime.workspace.rehearsing import Replayer
from tests.properties.arbitrary import TODAY, definitions
from tests.properties.asked import commands
from tests.properties.mirroring import Mirror
from tests.properties.test_twins import CALM
from tests.replaying import contradictions

WORLDS = 4


@CALM
@given(made=definitions())
def test_the_terms_say_what_the_engine_says(made: dict[str, Any]) -> None:
    mirror = Mirror(load(made))
    assert [found for seed in range(WORLDS) if (found := mirror.differences(seed))] == []


@CALM
@given(made=definitions(), more=st.data())
def test_what_is_proved_is_never_seen(made: dict[str, Any], more: st.DataObject) -> None:
    definition = load(made)
    report = prove(definition, TODAY)
    live = Live(definition, start(definition, "en"), TODAY)
    for command in more.draw(commands(made)):
        live.advance(command)
        assert contradictions(report, live) == []


@CALM
@given(made=definitions())
def test_what_is_shown_is_seen(made: dict[str, Any]) -> None:
    definition = load(made)
    report, replay = prove(definition, TODAY), Replayer(definition, TODAY)
    witnesses = [
        *(b.witness for b in report.blocks.values()),
        *(f.witness for f in report.findings),
    ]
    for witness in witnesses:
        if witness is not None and witness.sure:
            assert replay.faults(witness) == []


@CALM
@given(made=definitions())
def test_with_a_replay_only_what_is_seen_is_told(made: dict[str, Any]) -> None:
    definition = load(made)
    replay = Replayer(definition, TODAY)
    report = prove(definition, TODAY, replay=replay)
    found = [*(b.witness for b in report.blocks.values()), *(f.witness for f in report.findings)]
    assert all(replay(witness) for witness in found if witness is not None)
