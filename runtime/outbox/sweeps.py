"""What the worker does every so often: `bind("records.settle", function, seconds=5)`.

`function(now)` gets the time and returns nothing; two workers may run it at once, so it must be harmless when repeated. A failure
is logged by its kind and tried again the next time.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from runtime.vault.errors import say

logger = logging.getLogger("scriptorium.worker")


@dataclass
class Sweep:
    name: str
    function: Callable[[dt.datetime], object]
    every: dt.timedelta
    due: dt.datetime | None = field(default=None)


_sweeps: dict[str, Sweep] = {}


def bind(name: str, function: Callable[[dt.datetime], object], seconds: float) -> None:
    _sweeps[name] = Sweep(name, function, dt.timedelta(seconds=seconds))


def run_due(now: dt.datetime, *, everything: bool = False) -> None:
    """Runs the sweeps whose time has come; `everything` runs all."""
    for sweep in list(_sweeps.values()):
        if everything or sweep.due is None or sweep.due <= now:
            sweep.due = now + sweep.every
            _run(sweep, now)


def _run(sweep: Sweep, now: dt.datetime) -> None:
    try:
        sweep.function(now)
    except Exception as error:
        logger.error("sweep %s failed: %s", sweep.name, say(error))
