"""One answer in our engine, in both languages, beside other houses' engines: the same definitions and the same answers.

Each engine plays in fresh, cold processes of its own, and they take turns: a busy machine is busy for all. The goals are ratios
of one run. What the peers show is not read between their answers; ours give a complete patch as JSON each time.
With `BENCH_LONG=1` ODK's engine plays the largest definition too; loading it takes minutes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from functools import partial
from pathlib import Path
from typing import Any

from builder.definition import load
from tests.bench.figure import Figure, at_least, at_most, percentile, told, wall_and_cpu
from tests.definitions import TODAY
from tests.environment import ROOT
from tests.node import node
from tests.peers.answers import COUNT
from tests.peers.installing import PeersMissing, complain, peers
from tests.peers.workload import SIZES
from tests.peers.writing import write

DRIVE = ROOT / "tests" / "peers" / "drivers" / "drive.mjs"
OURS = {"ours": "ours (JavaScript)", "python": "ours (Python)"}
PEERS = {"xforms": "xforms-engine", "surveyjs": "survey-core", "rules": "json-logic-js"}
NAMES = OURS | PEERS
ROUNDS = {"small": 3, "big": 3, "huge": 2}
GROWTH_ROUNDS = 5
TURNS = 60
# A peer whose answers grow with the definition is asked fewer on the largest.
FEWER = {("xforms", "huge"): 20, ("surveyjs", "huge"): 12, ("rules", "huge"): 100}
# How many times faster than whom, at the median and in processor time.
FASTER = {"xforms": (100, 35), "surveyjs": (1000, 500)}
PATIENCE = 900  # seconds for one process

Run = dict[str, Any]
Runs = dict[str, list[Run]]


def run() -> list[Figure]:
    """Every engine on every size; without the peers ours alone, and that is said."""
    try:
        installed = peers()
    except PeersMissing as why:
        complain("engine: figures", why)
        installed = None
    with tempfile.TemporaryDirectory() as place:
        folders = {name: write(size, Path(place) / name) for name, size in SIZES.items()}
        table = {name: _rounds(name, folders[name], installed) for name in SIZES}
        grown = _growth(folders)
        turn = _turn(folders["big"])
    figures = [figure for name, runs in table.items() for figure in _figures(name, runs)]
    if installed is not None:
        figures += _ratios(table["big"]) + _agreement(table["big"])
    figures += grown
    figures.append(
        at_most("engine big: stateless turn, sealing included", turn * 1000, "ms CPU", 3)
    )
    return figures


def _engines(size: str, installed: Path | None) -> list[str]:
    if installed is None:
        return list(OURS)
    if size == "huge" and os.environ.get("BENCH_LONG") != "1":
        sys.stderr.write("engine huge: xforms-engine is left out, for BENCH_LONG is not 1\n")
        return [engine for engine in NAMES if engine != "xforms"]
    return list(NAMES)


def _rounds(size: str, folder: Path, installed: Path | None) -> Runs:
    """So many turns of all engines."""
    runs: Runs = {engine: [] for engine in _engines(size, installed)}
    for _ in range(ROUNDS[size]):
        for engine, found in runs.items():
            found.append(_play(engine, size, folder, installed))
    return runs


def _play(engine: str, size: str, folder: Path, installed: Path | None) -> Run:
    """One fresh process; what it took for each answer becomes a median and a percentile."""
    limit = FEWER.get((engine, size), COUNT)
    drive = [node(), "--expose-gc", str(DRIVE), engine]
    if engine == "python":
        drive = [sys.executable, "-m", "tests.peers.ours"]
    found = _told([*drive, str(folder), str(limit)], {"PEERS": str(installed or ""), "TZ": "UTC"})
    took = found.pop("took")
    return {**found, "median": statistics.median(took), "p95": percentile(took, 95)}


def _told(command: list[str], more: dict[str, str]) -> Run:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command} failed: {done.stderr[-2000:]}")
    result: Run = json.loads(done.stdout)
    return result


def _middle(runs: list[Run], key: str) -> float:
    return statistics.median(run[key] for run in runs)


def _figures(size: str, runs: Runs) -> list[Figure]:
    """What each engine took."""
    figures = []
    for engine, found in runs.items():
        name = f"engine {size}: {NAMES[engine]}"
        figures += [
            told(f"{name}, median", _middle(found, "median"), "us/answer"),
            told(f"{name}, p95", _middle(found, "p95"), "us/answer"),
            told(f"{name}, CPU", _middle(found, "cpu"), "us/answer"),
            told(f"{name}, load", _middle(found, "load") / 1000, "ms"),
            told(f"{name}, load CPU", _middle(found, "loadCpu") / 1000, "ms"),
        ]
        if "heap" in found[0]:
            figures.append(told(f"{name}, heap", _middle(found, "heap") / 1e6, "MB"))
    return figures


def _ratio(ours: list[Run], theirs: list[Run], key: str) -> float:
    """How many times less ours took, turn by turn."""
    return statistics.median(b[key] / a[key] for a, b in zip(ours, theirs, strict=True))


def _ratios(runs: Runs) -> list[Figure]:
    figures = []
    for ours, words in OURS.items():
        for peer, (median, cpu) in FASTER.items():
            name = f"engine big: {PEERS[peer]} / {words}"
            for key, goal in (("median", median), ("cpu", cpu)):
                ratio = _ratio(runs[ours], runs[peer], key)
                what = "CPU" if key == "cpu" else key
                figures.append(at_least(f"{name}, {what}", ratio, "times", goal))
    return figures


def _agreement(runs: Runs) -> list[Figure]:
    """Visible, missing and wrong questions at the end: ours, ODK's and SurveyJS's."""
    said = {engine: found[0]["totals"] for engine, found in runs.items()}
    ours = said["ours"]
    figures = [
        told(f"engine big: {key} at the end", count, "questions") for key, count in ours.items()
    ]
    for engine in ("python", "xforms", "surveyjs"):
        apart = sum(abs(said[engine][key] - count) for key, count in ours.items())
        figures.append(at_most(f"engine big: {NAMES[engine]} shows others", apart, "questions", 0))
    return figures


def _growth(folders: dict[str, Path]) -> list[Figure]:
    """What ten times the questions cost; big and huge take turns."""
    figures = []
    for engine, words in OURS.items():
        big, huge = [], []
        for _ in range(GROWTH_ROUNDS):
            big.append(_play(engine, "big", folders["big"], None))
            huge.append(_play(engine, "huge", folders["huge"], None))
        name = f"engine: {words}, huge / big"
        figures += [
            at_most(f"{name}, median", _ratio(big, huge, "median"), "ratio", 1.5),
            told(f"{name}, CPU", _ratio(big, huge, "cpu"), "ratio"),
        ]
    return figures


def _turn(folder: Path) -> float:
    """Processor seconds of what a server does with one answer when it keeps nothing, but for its databases: open the
    snapshot, fold the event, ask the engine, seal the new snapshot. All answers of the workload are given before."""
    from runtime import engine
    from runtime.records.folding import Snapshot, Written, fold_all
    from runtime.vault.envelope import aad, open_sealed, seal

    definition = load((folder / "definition.json").read_text())
    given = [
        {"event": "answered", "place": command["place"], "value": command["value"]}
        for command in json.loads((folder / "answers.json").read_text())
    ]
    key, record = os.urandom(32), uuid.uuid4()
    about = aad("records.record", f"{record}/1", "snapshot")
    held = Snapshot.empty(definition)
    fold_all(definition, held, [Written(n, "", n, event) for n, event in enumerate(given, 1)])
    sealed = seal(key, json.dumps(held.dump()).encode(), about)

    def one(number: int) -> None:
        snapshot = Snapshot.load(json.loads(open_sealed(key, sealed, about)), COUNT)
        event = given[number % COUNT]
        fold_all(definition, snapshot, [Written(COUNT + number, "", number, event)])
        engine.view(definition, snapshot.state, TODAY)
        seal(key, json.dumps(snapshot.dump()).encode(), about)

    one(0)  # the definition is compiled at its first use, and then kept
    return statistics.median(wall_and_cpu(partial(one, number))[1] for number in range(1, TURNS))
