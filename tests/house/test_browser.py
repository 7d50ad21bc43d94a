"""What every screen has to fetch of the engine stays small: the rarer question types come when a definition has one."""

import gzip

from tests.environment import ROOT

ENGINE = ROOT / "runtime" / "static" / "runtime" / "engine"
LATER = {"play.mjs", "undoing.mjs"}  # for tools; once a screen stands
MOST = 25 * 1024


def test_the_core_of_the_browsers_engine_is_small():
    core = [file for file in sorted(ENGINE.glob("*.mjs")) if file.name not in LATER]
    together = b"".join(file.read_bytes() for file in core)
    assert len(gzip.compress(together, 9)) <= MOST
