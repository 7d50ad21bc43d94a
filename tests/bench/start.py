"""How long until a prepared installation answers, and what it holds in memory then."""

import time
from pathlib import Path

from tests.bench.figure import Figure, at_most, told
from tests.served import Served

STARTS = 3


def run() -> list[Figure]:
    """Median of several starts of the server alone, from the command to the first answer."""
    served = Served()
    took, memory = [], []
    try:
        for _ in range(STARTS):
            begun = time.perf_counter()
            served.start(worker=False)
            took.append(time.perf_counter() - begun)
            memory.append(resident(served.processes["server"].pid))
            served.kill("server")
    finally:
        served.stop()
    return [
        at_most("start: command to first answer", sorted(took)[STARTS // 2], "s", 10),
        told("start: memory of server and worker process", max(memory), "MB"),
    ]


def resident(leader: int) -> float:
    """Megabytes that a process and those of its session hold, each counting its share of what is shared."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            session = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[3])
            if session != leader:
                continue
            lines = (folder / "smaps_rollup").read_text().splitlines()
        except (OSError, ValueError):
            continue  # it ended meanwhile, or it is not ours to read
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
