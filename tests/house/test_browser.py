"""What every screen has to fetch of the engine stays small: the rarer question types come when a definition has one."""

import gzip

from tests.environment import ROOT

ENGINE = ROOT / "runtime" / "static" / "runtime" / "engine"
MOST = 25 * 1024


def test_the_core_of_the_browsers_engine_is_small():
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in ENGINE.glob("*.mjs")}
    assert sum(sizes.values()) <= MOST, sizes
