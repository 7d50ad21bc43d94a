"""Each fault that is planted is a line of the check at its place, in words, with a remedy; a clean script has none but hints."""

import pytest

from builder.definition import load
from builder.proof import prove
from runtime.workspace.rehearsing import Replayer
from tests.definitions import TODAY
from tests.peers.chance import Chance
from tests.planting import PLANTS, Ground, Plant
from tests.planting_check import CHECK_PLANTS, check_of
from tests.scripts import DEMO, demo_script, generated

SEED = 7


@pytest.mark.parametrize("plant", CHECK_PLANTS, ids=lambda plant: plant.says)
@pytest.mark.parametrize("name", ["contact_call", "generated"])
def test_a_planted_fault_is_a_line_of_the_check(plant: Plant, name: str) -> None:
    data = generated(30) if name == "generated" else demo_script(name)
    ground = Ground(data, Chance(SEED))
    place = plant.plant(ground)
    definition = load(data)
    report = prove(definition, TODAY, replay=Replayer(definition, TODAY))
    lines = check_of(definition, report, ground)
    found = [line for line in lines if line.place == place and line.code in plant.codes]
    assert found
    assert "%(" not in found[0].words + found[0].remedy
    assert any(line.shown for line in found) >= plant.shown


@pytest.mark.parametrize("name", DEMO)
def test_the_demo_has_nothing_but_hints(name: str) -> None:
    definition = load(demo_script(name))
    report = prove(definition, TODAY, replay=Replayer(definition, TODAY))
    lines = check_of(definition, report, Ground(demo_script(name), Chance(SEED)))
    assert [line for line in lines if line.severity != "hint"] == []


def test_sixty_kinds_are_planted() -> None:
    assert len(CHECK_PLANTS) - len(PLANTS) >= 20
    assert len(CHECK_PLANTS) >= 60
