"""The simulator against truth: a campaign played by an independent model through the real actions ends when it was forecast to end."""

from datetime import timedelta
from typing import Any

import pytest

from tests.bench.simulator import campaign, compared


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_forecast_is_within_a_tenth_of_the_true_finish(db: Any, seed: int) -> None:
    found = compared(campaign(seed), items=150, agents=2, seed=seed)
    assert found.true > found.cut > found.begun + timedelta(hours=2)
    assert found.error <= 0.10, found
    assert abs(found.exhausted[0] - found.exhausted[1]) <= 0.10 * found.items, found
