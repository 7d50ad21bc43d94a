"""The search is turned while people are entered, changed, erased and looked for, and the worker that turns it is killed again and again."""

import json
import os
import random
import time
from pathlib import Path

import pytest

from tests.crash.attack import listens, until
from tests.crash.turning_scene import FIRST
from tests.forked import Child, Forked

HANDS = (FIRST, "second")
TURNS = int(os.environ.get("TURNING_TURNS") or 1)
KILLS = int(os.environ.get("TURNING_KILLS") or 3)
PATIENCE = 120.0 + 60 * TURNS + 20 * KILLS


class Scene(Forked):
    """An installation, and who is at work in it."""

    def play(self, folder: Path, *arguments: str) -> Child:
        script = ("-m", "tests.crash.turning_scene", *arguments)
        return self._bear(script, folder / f"{arguments[0]}.told", folder / "errors")

    def stop(self) -> None:
        """At once: nothing of it is wanted any more."""
        self.rest()
        if self.mother:
            self.mother.process.kill()
        super().stop()

    def kill_workers(self, end: Path) -> int:
        """Workers, one after the other, each killed somewhere in its work; the last one is left to end the turn. How many were killed."""
        chance, killed = random.Random(72), 0
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not end.exists():
            self._spawn("worker", "manage.py", "worker", "--interval", "0.1")
            worker = self.processes["worker"]
            until(lambda pid=worker.pid: listens(pid), seconds=PATIENCE)
            if killed < KILLS:
                time.sleep(chance.uniform(0.1, 2.5))
                killed += worker.poll() is None
            else:
                until(end.exists, seconds=deadline - time.monotonic())
            self.kill("worker")
        return killed


@pytest.mark.timeout(4 * PATIENCE)
def test_nobody_is_lost_while_the_search_turns_and_its_worker_is_killed(tmp_path: Path) -> None:
    served = Scene(DJANGO_SETTINGS_MODULE="tests.crash.settings", CRASH_TURNING="1")
    end = tmp_path / "end"
    try:
        assert served.play(tmp_path, "prepare").wait(PATIENCE) == 0
        work = [served.play(tmp_path, "work", name, str(TURNS), str(tmp_path)) for name in HANDS]
        killed = served.kill_workers(end)
        ended = end.exists()
        end.touch()
        codes = [hand.wait(PATIENCE) for hand in work]
        assert served.play(tmp_path, "check").wait(PATIENCE) == 0
    finally:
        end.touch()
        served.stop()
    found = json.loads((tmp_path / "check.told").read_text().splitlines()[-1])
    told = [json.loads((tmp_path / f"{name}.json").read_text()) for name in HANDS]
    print(f"{killed} kills, {[one['done'] for one in told]} deeds, {found}")
    assert [one["wrong"] for one in told] == [[], []]
    assert (codes, ended, killed) == ([0, 0], True, KILLS)
    assert (found.pop("weights"), found.pop("erased") > 0) == (0, True)
    assert found.pop("generations") == [[TURNS + 1, 1, "asked"]]
    assert found == {
        "without entry": [],
        "entries of nobody": [],
        "lacking tokens": [],
        "tokens too many": 0,
    }
