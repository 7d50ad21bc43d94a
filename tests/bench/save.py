"""Appends per second, and what one costs the processor: the token read, the event sealed, one fenced statement.

A real server as in production; the load comes from a process of its own over loopback, and its cost is not counted.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, at_least, at_most, told
from tests.environment import ROOT, kind
from tests.served import Served

RECORDS = 32
CONNECTIONS = 16
SECONDS = 6.0
WARM = 1.5
# 2,000 agents, a save each five seconds.
AGENTS_NEED = 400
# The browser sends an answer when its typing pauses, with what gathered while the last batch was on its way: one at a
# time where somebody types, a handful where keys are pressed in a row, up to 50 after a line was away.
BATCHES = (1, 5)
ANSWERS_NEED = 1000
CPU_GOAL = 2.0


def run() -> list[Figure]:
    """Batches of one answer and of five."""
    served = Served(DJANGO_SETTINGS_MODULE="tests.crash.settings")
    try:
        doors = _doors(served)
        served.start(worker=False)
        _load(served, doors, batch=1, seconds=WARM)
        return [figure for batch in BATCHES for figure in _figures(served, doors, batch)]
    finally:
        served.stop()


def _figures(served: Served, doors: Any, batch: int) -> list[Figure]:
    before = _cpu(served)
    load = _load(served, doors, batch=batch, seconds=SECONDS)
    used = _cpu(served) - before
    if load["bad"]:
        raise RuntimeError(f"{load['bad']} of {load['batches']} batches were not acknowledged")
    what = f"save on {kind()}, {batch} a batch"
    return [
        at_least(
            f"{what}: batches per second", load["batches"] / load["seconds"], "1/s", AGENTS_NEED
        ),
        _answers(f"{what}: answers per second", load["answers"] / load["seconds"], batch),
        at_most(
            f"{what}: CPU per batch, server and database",
            used * 1000 / load["batches"],
            "ms",
            CPU_GOAL,
        ),
        at_most(f"{what}: p95", load["p95"], "ms", 300),
    ]


def _answers(name: str, rate: float, batch: int) -> Figure:
    """The goal is for batches; one by one, the rate of batches has its own."""
    return told(name, rate, "1/s") if batch == 1 else at_least(name, rate, "1/s", ANSWERS_NEED)


def _doors(served: Served) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.scene", "prepare", str(RECORDS)],
        cwd=ROOT,
        env=served.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])["doors"]


def _load(served: Served, doors: Any, *, batch: int, seconds: float) -> dict[str, Any]:
    wanted = {
        "port": served.port,
        "doors": doors,
        "connections": CONNECTIONS,
        "batch": batch,
        "seconds": seconds,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.browsers"],
        cwd=ROOT,
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _cpu(served: Served) -> float:
    """Processor seconds that the server, and the database server, have used so far."""
    processes = _processes()
    session = served.processes["server"].pid
    chosen = {pid for pid, (_parent, its, _used) in processes.items() if its == session}
    if kind() == "postgresql":
        backends = {pid for pid in processes if served.name in _command(pid)}
        parents = {processes[pid][0] for pid in backends - chosen}
        chosen |= {pid for pid, (parent, _its, _used) in processes.items() if parent in parents}
    return sum(processes[pid][2] for pid in chosen)


def _processes() -> dict[int, tuple[int, int, float]]:
    """Every process: (parent, session, processor seconds)."""
    tick = os.sysconf("SC_CLK_TCK")
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parts = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        found[int(folder.name)] = (
            int(parts[1]),
            int(parts[3]),
            (int(parts[11]) + int(parts[12])) / tick,
        )
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
