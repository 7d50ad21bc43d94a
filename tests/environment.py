"""Where one test process lives: folders of its own, keys of its own, a database of its own.

Read before Django is: the settings look for their keys as soon as they are imported. Each process (each
xdist worker, too) gets a temporary folder that is removed when it ends.
"""

import atexit
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from config.keyfiles import make_keys

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"  # template databases: kept between runs, never tracked
SHOTS = ROOT / "tests" / "shots"
MEMORY = Path("/dev/shm")
ROOM = 6 << 30  # bytes that must be free there and in the machine


def kind() -> str:
    """`sqlite` or `postgresql`: what the suite runs on."""
    chosen = os.environ.get("TEST_DATABASE", "sqlite")
    if chosen not in {"sqlite", "postgresql"}:
        raise SystemExit(f"TEST_DATABASE is {chosen!r}: it must be sqlite or postgresql.")
    return chosen


def make_home(prefix: str = "scriptorium-") -> Path:
    """A temporary folder with `data/` and `keys/` in it; it goes when the process goes."""
    home = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "data").mkdir()
    make_keys(home / "keys")
    return home


def keep_in_memory() -> None:
    """Temporary files lie in memory where there is room for them: the suite lays out databases by the hundred, and every commit
    and every checkpoint of theirs would wait for a disk. What is killed are processes, never the machine."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    known = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    free = int(known[1]) << 10 if known else 0
    if min(free, shutil.disk_usage(MEMORY).free) > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def enter() -> Path:
    """Point this process at a home of its own and at the test settings."""
    home = make_home()
    for name in ("DATABASE_URL", "KEYS_DATABASE_URL", "PRODUCTION", "DELIVERIES_DIR", "DEMO"):
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = str(home / "data")
    os.environ["KEY_DIR"] = str(home / "keys")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    # Playwright's synchronous door runs an event loop in the test's own thread; the tests use the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Hundreds of processes are started: where bytecode may not be kept, each compiles every module again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    return home
