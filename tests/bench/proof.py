"""Proving scripts: faults planted into the demo's and into generated ones, ways to every block, and what 500 questions cost.

The first proof of a process pays for the solver's start too; it is a figure of its own.
"""

import subprocess
import sys
import time
from typing import Any

from builder.definition import Definition, load
from builder.proof import Budget, Report, Standing, prove
from runtime.workspace.rehearsing import Replayer
from tests.bench.figure import Figure, at_least, at_most, told
from tests.definitions import TODAY
from tests.environment import ROOT
from tests.peers.chance import Chance
from tests.planting import Ground, Plant
from tests.planting_check import CHECK_PLANTS, check_of
from tests.scripts import DEMO, demo_script, generated

SIZES = (30, 100, 200, 300, 500)
START = "import time; t = time.process_time(); import z3; z3.Solver().check(); print(time.process_time() - t)"


def run() -> list[Figure]:
    """All figures."""
    planted, found, shown, seen = _planted()
    scripts = {name: demo_script(name) for name in DEMO} | {str(n): generated(n) for n in SIZES}
    reports = {name: _timed(load(data)) for name, data in scripts.items()}
    blocks = [block for _d, report, _s in reports.values() for block in report.blocks.values()]
    standings = [block.standing for block in blocks]
    ways = sum(_ways(definition, report) for definition, report, _s in reports.values())
    reached = standings.count(Standing.REACHED)
    return [
        at_least("kinds of planted faults", len(CHECK_PLANTS), "kinds", 60),
        told("planted faults", planted, "faults"),
        at_least("of these found at their place", 100 * found / planted, "%", 100),
        told("witnesses shown for them", shown, "witnesses"),
        at_least("of these seen in the engine", 100 * seen / max(shown, 1), "%", 100),
        told("blocks in scripts without planted faults", len(blocks), "blocks"),
        at_least("ways to what is reached, seen in the engine", 100 * ways / reached, "%", 100),
        at_most("not decided", 100 * standings.count(Standing.UNDECIDED) / len(blocks), "%", 5),
        at_most("a proof of 500 questions, processor", reports["500"][2], "s", 5),
        told("a proof of the demo's longest script, processor", reports["index_call"][2], "s"),
        told("starting the solver, processor", _start(), "s"),
    ]


def _timed(definition: Definition) -> tuple[Definition, Report, float]:
    begun = time.process_time()
    report = prove(definition, TODAY)
    return definition, report, time.process_time() - begun


def _planted() -> tuple[int, int, int, int]:
    """How many faults, how many of them found, how many witnesses, how many of these seen."""
    counts = [0, 0, 0, 0]
    for number, plant in enumerate(CHECK_PLANTS):
        names = [*list(DEMO)[:3], SIZES[number % len(SIZES)]]
        for name in names:
            data = generated(name) if isinstance(name, int) else demo_script(name)
            for at, more in enumerate(_one(plant, data, number)):
                counts[at] += more
    return counts[0], counts[1], counts[2], counts[3]


def _one(plant: Plant, data: dict[str, Any], seed: int) -> tuple[int, int, int, int]:
    ground = Ground(data, Chance(seed))
    place = plant.plant(ground)
    definition = load(data)
    report = prove(definition, TODAY, budget=Budget(seconds=60), clock=time.monotonic)
    lines = check_of(definition, report, ground)
    told_of = [line for line in lines if line.place == place and line.code in plant.codes]
    findings = [finding for finding in report.of(place) if finding.code in plant.codes]
    witnesses = [finding.witness for finding in findings if finding.witness is not None]
    seen = sum(Replayer(definition, TODAY)(witness) for witness in witnesses)
    is_found = bool(told_of) and any(line.shown for line in told_of) >= plant.shown
    if not is_found:
        sys.stderr.write(f"not found: {plant.says} in {data['name']}\n")
    return 1, int(is_found), len(witnesses), seen


def _ways(definition: Definition, report: Report) -> int:
    replay = Replayer(definition, TODAY)
    reached = [b for b in report.blocks.values() if b.standing is Standing.REACHED]
    return sum(block.witness is not None and replay(block.witness) for block in reached)


def _start() -> float:
    done = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)
