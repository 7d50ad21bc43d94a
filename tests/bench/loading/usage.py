"""What each part of the house uses of the machine, from /proc: processor time and memory, by role."""

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAUSE = 5.0  # seconds between two looks at memory

Roles = Mapping[str, Callable[[], set[int]]]


@dataclass(frozen=True)
class Process:
    """As /proc has it. `used` and `buried`: processor seconds of itself, and of children that have ended."""

    parent: int
    session: int
    used: float
    buried: float


def processes() -> dict[int, Process]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parts = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        used, buried = (int(parts[11]) + int(parts[12])), (int(parts[13]) + int(parts[14]))
        found[int(folder.name)] = Process(int(parts[1]), int(parts[3]), used / TICK, buried / TICK)
    return found


def of_session(leader: int) -> set[int]:
    """The processes of somebody who leads a session."""
    return {pid for pid, each in processes().items() if each.session == leader}


def family(root: int) -> set[int]:
    """A process, its children, theirs."""
    known, found = processes(), {root}
    while more := {pid for pid, each in known.items() if each.parent in found} - found:
        found |= more
    return found


def cpu(pids: set[int]) -> float:
    """Seconds of the processor so far, of those that ended meanwhile, too."""
    known = processes()
    return sum(known[pid].used + known[pid].buried for pid in pids if pid in known)


def running(pids: set[int]) -> int:
    """Nanoseconds of the processor so far, exactly; of living threads only."""
    return sum(
        _first_number(task / "schedstat")
        for pid in pids
        for task in Path(f"/proc/{pid}/task").glob("[0-9]*")
    )


def _first_number(file: Path) -> int:
    try:
        return int(file.read_text().split()[0])
    except (OSError, IndexError):
        return 0


def memory(pids: set[int]) -> tuple[float, float]:
    """Megabytes: resident, and with what is shared counted once (PSS)."""
    found = [_rollup(pid) for pid in pids]
    return sum(rss for rss, _pss in found) / 1024, sum(pss for _rss, pss in found) / 1024


def _rollup(pid: int) -> tuple[int, int]:
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0, 0
    told = {row.split(":")[0]: int(row.split()[1]) for row in rows}
    return told.get("Rss", 0), told.get("Pss", 0)


@dataclass
class Watch(threading.Thread):
    """Looks at the memory of each role now and then, and keeps the most."""

    roles: Roles
    most: dict[str, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.before = self._cpu()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self.ended.wait(PAUSE):
            self._look()

    def _look(self) -> None:
        for name, pids in self.roles.items():
            now, before = memory(pids()), self.most.get(name, (0.0, 0.0))
            self.most[name] = (max(now[0], before[0]), max(now[1], before[1]))

    def _cpu(self) -> dict[str, float]:
        return {name: cpu(pids()) for name, pids in self.roles.items()}

    def end(self) -> dict[str, float]:
        """Stops; the processor seconds of each role since the beginning."""
        self.ended.set()
        self._look()
        now = self._cpu()
        return {name: now[name] - self.before[name] for name in self.roles}
