"""`make drill`: typing with faults at random, in a real browser that is killed. `DRILL_RUNS`, `DRILL_SEED`, `DRILL_SECONDS`."""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.drill.typing import Drill


def main() -> int:
    """1 when an answer was lost or doubled, or lay in clear."""
    runs = int(os.environ.get("DRILL_RUNS", "300"))
    seed = int(os.environ.get("DRILL_SEED", "1"))
    seconds = float(os.environ.get("DRILL_SECONDS", "14400"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        drill = Drill(playwright.chromium, Path(folder) / "profile", seed)
        try:
            drill.play(runs, seconds)
            told = drill.told()
        finally:
            drill.close()
    for line in told.lines():
        sys.stdout.write(f"{line}\n")
    return 0 if told.fine() else 1


if __name__ == "__main__":
    sys.exit(main())
