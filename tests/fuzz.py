"""`make fuzz`: long campaigns of random plays. Both engines must agree in RUNS of them, and every planted fault must be found.

`RUNS=100000 SEED=1 make fuzz`. A difference is printed with the smallest play that shows it, and ends the campaign with 1.
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.node import Twin
from tests.properties.aims import AIMS, ANYTHING, Aim
from tests.properties.arbitrary import definitions
from tests.properties.asked import commands
from tests.properties.planted import FAULTS, Fault
from tests.properties.twins import Difference, play_both

PLAYS = 4  # of each definition: making one takes longer than playing it
A_ROUND = 2_000
A_SMALL_ROUND = 400
MOST_FOR_A_FAULT = 20_000


def main() -> int:
    """Both campaigns."""
    runs, first = (
        int(os.environ.get("RUNS", "100000")),
        int(os.environ.get("SEED", "0")) or random.randrange(10**9),
    )
    sys.stdout.write(f"seed {first}\n")
    missed = 0
    for fault in FAULTS:
        plays = found(fault, first)
        missed += plays is None
        told = "NOT FOUND" if plays is None else f"found in {plays} plays"
        sys.stdout.write(f"{told}: {fault.says}\n")
        sys.stdout.flush()
    sys.stdout.write(f"planted faults found: {len(FAULTS) - missed} of {len(FAULTS)}\n")
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


def found(fault: Fault, first: int) -> int | None:
    """After how many random plays a planted fault is found; None if it is not."""
    aim, played = AIMS[fault.aim], Counter[str]()
    with tempfile.TemporaryDirectory() as folder, Twin(fault.plant(Path(folder))) as twin:
        for at in range(0, MOST_FOR_A_FAULT, A_SMALL_ROUND):
            if one_round(twin, A_SMALL_ROUND, first + at, smallest=False, aim=aim, played=played):
                return played["plays"]
    return None


def one_round(
    twin: Twin,
    plays: int,
    first: int,
    *,
    smallest: bool,
    aim: Aim | None = None,
    played: Counter[str] | None = None,
) -> str:
    """A difference that so many plays found, in words; nothing if they found none. Without an aim one is drawn for each definition."""
    counted = Counter() if played is None else played
    aims = (
        st.sampled_from([ANYTHING] * len(AIMS) + [*AIMS.values()]) if aim is None else st.just(aim)
    )
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
    @given(aimed=aims, more=st.data())
    def plays_are_alike(aimed: Aim, more: st.DataObject) -> None:
        made = more.draw(definitions(aimed))
        asked = commands(made, aimed)
        for _play in range(PLAYS):
            counted["plays"] += 1
            play_both(twin, made, more.draw(asked))

    try:
        plays_are_alike()
    except Difference as difference:
        return str(difference)
    return ""


if __name__ == "__main__":
    sys.exit(main())
