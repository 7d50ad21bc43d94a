"""Processes that a test started, as the system has them."""

import time
from pathlib import Path


def alive(session: int) -> list[int]:
    """Processes of a session that still run."""
    return [pid for pid in _every() if _session(pid) == session]


def command(pid: int) -> str:
    """What a process was started as; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def all_gone(session: int, seconds: float = 10) -> bool:
    """Whether every process of a session ends, within a while."""
    deadline = time.monotonic() + seconds
    while alive(session) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not alive(session)


def _every() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def _session(pid: int) -> int | None:
    """The session of a running process; None of one that is gone or only waits to be buried."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return int(fields[3]) if fields[0] != "Z" else None
