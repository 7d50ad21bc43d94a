"""What self-service forgets when its time is over."""

import datetime as dt

from runtime.selfservice import actions


def forgotten(now: dt.datetime) -> int:
    """Counts and seats that hold nothing any more."""
    return actions.forget(now=now)
