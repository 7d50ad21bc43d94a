"""Each fault that is planted is found where it was planted; what is shown of it is seen in the engine. Clean scripts give no alarm."""

import pytest

from builder.definition import load
from builder.proof import Severity, Standing, prove
from runtime.workspace.rehearsing import Replayer
from tests.definitions import TODAY
from tests.peers.chance import Chance
from tests.planting import PLANTS, Ground, Plant
from tests.scripts import DEMO, demo_script, generated

SEED = 7


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.says)
@pytest.mark.parametrize("name", ["index_call", "intake", "generated"])
def test_a_planted_fault_is_found(plant: Plant, name: str) -> None:
    data = generated(30) if name == "generated" else demo_script(name)
    place = plant.plant(Ground(data, Chance(SEED)))
    definition = load(data)
    found = [f for f in prove(definition, TODAY).of(place) if f.code in plant.codes]
    assert found
    witnesses = [finding.witness for finding in found if finding.witness is not None]
    assert bool(witnesses) >= plant.shown
    assert [Replayer(definition, TODAY).faults(witness) for witness in witnesses] == [[]] * len(
        witnesses
    )


@pytest.mark.parametrize("name", DEMO)
def test_the_demo_gives_no_false_alarm(name: str) -> None:
    definition = load(demo_script(name))
    report, replay = prove(definition, TODAY), Replayer(definition, TODAY)
    assert [f for f in report.findings if f.severity is not Severity.HINT] == []
    assert {block.standing for block in report.blocks.values()} == {Standing.REACHED}
    assert all(block.witness and replay(block.witness) for block in report.blocks.values())
