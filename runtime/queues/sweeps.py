"""What the worker does for the queue every so often."""

from datetime import datetime

from runtime.parties.barring import lift_over
from runtime.queues.actions import counts as counted
from runtime.queues.actions import facts as kept
from runtime.queues.actions.claims import expire_leases
from runtime.queues.actions.feeding import fetch
from runtime.queues.actions.imports import clear_away


def leases(now: datetime) -> None:
    """Takes back what holders have let lapse, in steps that let other writers in between."""
    while expire_leases(now=now):
        pass


def imports(now: datetime) -> None:
    """Destroys the keys of lists that are loaded or were given up."""
    clear_away(now=now)


def facts(now: datetime) -> None:
    """Counts what happened since it was last looked at."""
    kept.keep(now=now)


def counts(now: datetime) -> None:
    """Counts what a queue has, for the board."""
    counted.count(now=now)


def bars(now: datetime) -> None:
    """Whose time of not being contacted is over may be again."""
    lift_over(now=now)


def inboxes(now: datetime) -> None:
    """Lists that lie in folders are loaded."""
    fetch(now=now)
