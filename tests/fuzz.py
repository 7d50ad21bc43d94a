"""`make fuzz`: long campaigns of random plays. Both engines must agree in RUNS of them, and every planted fault must be found.

`RUNS=100000 SEED=1 make fuzz`. A difference is printed with the smallest play that shows it, and ends the campaign with 1.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.node import Twin
from tests.properties.arbitrary import definitions
from tests.properties.asked import commands
from tests.properties.planted import FAULTS, Fault
from tests.properties.twins import Difference, play_both

PLAYS = 4  # of each definition: making one takes longer than playing it
A_ROUND = 2_000
A_SMALL_ROUND = 400
MOST_FOR_A_FAULT = 8_000


def main() -> int:
    """Both campaigns."""
    runs, first = (
        int(os.environ.get("RUNS", "100000")),
        int(os.environ.get("SEED", "0")) or random.randrange(10**9),
    )
    sys.stdout.write(f"seed {first}\n")
    missed = [fault.says for fault in FAULTS if not found(fault, first)]
    for says in missed:
        sys.stdout.write(f"NOT FOUND: {says}\n")
    sys.stdout.write(f"planted faults found: {len(FAULTS) - len(missed)} of {len(FAULTS)}\n")
    with Twin() as twin:
        played = agree(twin, runs, first)
    sys.stdout.write(f"random plays without a difference: {played} of {runs}\n")
    return 1 if missed or played < runs else 0


def agree(twin: Twin, runs: int, first: int) -> int:
    """How many plays were alike in both engines, until the first that was not."""
    played, begun = 0, time.monotonic()
    while played < runs:
        now = min(A_ROUND, runs - played)
        difference = one_round(twin, now, first + played, smallest=True)
        if difference:
            sys.stdout.write(f"{difference}\n")
            break
        played += now
        sys.stdout.write(f"{played} plays, {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()
    return played


def found(fault: Fault, first: int) -> bool:
    """Whether random plays find a planted fault."""
    with tempfile.TemporaryDirectory() as folder, Twin(fault.plant(Path(folder))) as twin:
        return any(
            one_round(twin, A_SMALL_ROUND, first + at, smallest=False)
            for at in range(0, MOST_FOR_A_FAULT, A_SMALL_ROUND)
        )


def one_round(twin: Twin, plays: int, first: int, *, smallest: bool) -> str:
    """A difference that so many plays found, in words; nothing if they found none."""
    phases = (Phase.generate, Phase.shrink) if smallest else (Phase.generate,)

    @seed(first)
    @settings(
        max_examples=-(-plays // PLAYS),
        deadline=None,
        database=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(made=definitions(), more=st.data())
    def plays_are_alike(made: dict, more: st.DataObject) -> None:
        asked = commands(made)
        for _play in range(PLAYS):
            play_both(twin, made, more.draw(asked))

    try:
        plays_are_alike()
    except Difference as difference:
        return str(difference)
    return ""


if __name__ == "__main__":
    sys.exit(main())
