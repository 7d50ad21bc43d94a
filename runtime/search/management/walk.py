"""The walk through all entries, in a terminal."""

import time
from collections.abc import Callable
from typing import TextIO

from runtime.search import rewriting
from runtime.search.management.bar import Bar

A_LOOK = 1.0


def wait(while_: Callable[[], bool]) -> None:
    """Until every process has heard."""
    while while_():
        time.sleep(A_LOOK)


def walk(out: TextIO, name: str = rewriting.NAME) -> None:
    """The walk that was begun, to its end, with a bar."""
    task = rewriting.standing(name)
    if task is None:
        return
    wait(lambda: rewriting.waits(name))
    bar = Bar(rewriting.entries_of(name).count(), out, name, done=task.done)
    while some := rewriting.rewrite_some(name):
        bar.add(some)
    bar.end()
