"""A long access log: how fast it is sealed and verified, and whether everything that is done to it is noticed.

`LOG_N` rows (a million) are written as the house writes them, sealed each simulated minute, with a checkpoint each. Then it is
verified whole, by the command; `LOG_TAMPERINGS` (a thousand) times something is done to the stored rows in a transaction, looked for by the
verifier between the checkpoints around it (a round for each way also by reading everything), and rolled back; at last it is verified whole again.
Each place of it is also looked at untouched, so that what is noticed is what was done.
"""

import io
import os
import random
import sys
import time
from collections import Counter
from typing import Any

from tests.bench.figure import Figure, at_least, at_most, percentile, told

ROWS = int(os.environ.get("LOG_N") or os.environ.get("N") or 1_000_000)
TAMPERINGS = int(os.environ.get("LOG_TAMPERINGS", "1000"))
SEED = int(os.environ.get("LOG_SEED", "6"))
A_MINUTE = 1_000
WRITES = 300


def run() -> list[Figure]:
    """Figures on the database that TEST_DATABASE names."""
    from tests.environment import kind

    made, sealing, known = _make()
    whole = _verified()
    found = _tampered(known)
    again = _verified()
    name = f"log: {ROWS:,} rows, {kind()}"
    return [
        told(f"{name}: written", ROWS / made, "rows/s"),
        told(f"{name}: sealed", ROWS / sealing, "rows/s"),
        told(f"{name}: log_access, median", percentile(_writes(), 50), "ms"),
        at_most(f"{name}: verified whole", whole, "s", 60 * max(1, ROWS / 1_000_000)),
        at_least(f"{name}: tamperings noticed", found["noticed"], f"of {TAMPERINGS}", TAMPERINGS),
        at_least(
            f"{name}: .. by reading everything",
            found["whole"],
            f"of {found['asked']}",
            found["asked"],
        ),
        at_most(f"{name}: faults told of what nobody touched", found["false"], "faults", 0),
        at_most(f"{name}: verified again", again, "s", 60 * max(1, ROWS / 1_000_000)),
    ]


def _make() -> tuple[float, float, int]:
    """Seconds to write and to seal, and the places the last checkpoint knows of."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from runtime.audit import checkpoints
    from runtime.audit.actions import seal_rows
    from tests import tampering

    user = get_user_model().objects.create(username="bench")
    chance, at, written, sealing = random.Random(SEED), tampering.BEGIN, 0.0, 0.0
    for done in range(0, ROWS, A_MINUTE):
        begun = time.perf_counter()
        with transaction.atomic():
            count = min(A_MINUTE, ROWS - done)
            at = tampering.fill(count, by=user.pk, chance=chance, at=at)
        between = time.perf_counter()
        seal_rows(now=at)
        last = checkpoints.write(at)
        written, sealing = written + between - begun, sealing + time.perf_counter() - between
        _say(f"{done + count:,} rows", done % 50_000 == 0)
    assert last is not None
    return written, sealing, last.size


def _verified() -> float:
    """The command, and how long it took; anything but "No fault." ends the measurement."""
    from django.core.management import call_command

    out, begun = io.StringIO(), time.perf_counter()
    call_command("verify_log", stdout=out, stderr=io.StringIO())
    assert "No fault." in out.getvalue(), out.getvalue()
    _say(out.getvalue().strip().splitlines()[-1])
    return time.perf_counter() - begun


def _tampered(known: int) -> Counter[str]:
    from django.conf import settings
    from django.db import transaction

    from runtime.audit import checkpoints
    from runtime.audit.reports import Report, signed
    from tests import tampering

    kept = signed(checkpoints.read(settings.LOG_CHECKPOINTS), Report())
    found: Counter[str] = Counter()
    tampering.lift_guards()
    for number in range(TAMPERINGS):
        way = tampering.WAYS[number % len(tampering.WAYS)]
        with transaction.atomic():
            places = way(random.Random(f"{SEED} {number}"), tampering.Log(known, known))
            noticed = bool(_faults_between(kept, *places))
            found["noticed"] += noticed
            if number < len(tampering.WAYS):
                found["asked"] += 1
                found["whole"] += bool(_faults(kept))
            if not noticed:
                _say(f"NOT NOTICED: {way.__name__}, seed {SEED} {number}, places {places}")
            transaction.set_rollback(True)
        found["false"] += _faults_between(kept, *places)
        _say(f"{number + 1} tamperings, {found['noticed']} noticed", number % 50 == 49)
    return found


def _faults_between(kept: list[Any], first: int, last: int) -> int:
    """What the verifier tells from the checkpoint before these places to the one behind them."""
    from runtime.audit.reports import Report
    from runtime.audit.verifying import verify_between

    before = sum(one.size <= first for one in kept)
    behind = next((n for n, one in enumerate(kept, 1) if one.size > last), len(kept))
    report = Report()
    verify_between(kept, report, before, behind)
    return len(report.faults)


def _faults(kept: list[Any]) -> int:
    from django.utils import timezone

    from runtime.audit.reports import Report
    from runtime.audit.verifying import verify

    report = Report()
    verify(kept, report, now=timezone.now())
    return len(report.faults)


def _writes() -> list[float]:
    """Milliseconds of each `log_access`, committed."""
    from runtime.audit.actions import log_access

    found = []
    for _ in range(WRITES):
        begun = time.perf_counter()
        log_access(by=None, deed="open", purpose="call")
        found.append(1000 * (time.perf_counter() - begun))
    return found


def _say(text: str, when: bool = True) -> None:
    if when:
        sys.stderr.write(f"log: {text}\n")
        sys.stderr.flush()
