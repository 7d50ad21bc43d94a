"""How long to wait before an effect is tried again: pure; chance comes in."""

from datetime import timedelta

FIRST = timedelta(seconds=5)
LONGEST = timedelta(hours=1)


def pause(tries: int, chance: float) -> timedelta:
    """Three times as long after each try, up to an hour; of that the later half at random (`chance` from 0 to 1), so that what failed
    together does not come back together."""
    whole = min(FIRST * int(3 ** min(max(tries - 1, 0), 20)), LONGEST)
    return whole * (0.5 + min(max(chance, 0.0), 1.0) / 2)
