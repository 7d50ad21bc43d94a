"""The walk through all entries, in a terminal."""

import time
from collections.abc import Callable
from typing import TextIO

from runtime.search import rewriting
from runtime.search.management.bar import Bar
from runtime.search.models import SearchEntry

A_LOOK = 1.0


def wait(while_: Callable[[], bool]) -> None:
    """Until every process has heard."""
    while while_():
        time.sleep(A_LOOK)


def walk(out: TextIO) -> None:
    """The walk that was begun, to its end, with a bar."""
    task = rewriting.standing()
    if task is None:
        return
    wait(rewriting.waits)
    bar = Bar(SearchEntry.objects.count(), out, "entries", done=task.done)
    while some := rewriting.rewrite_some():
        bar.add(some)
    bar.end()
