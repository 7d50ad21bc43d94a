"""How often a token asks: so many times a minute of the clock."""

import datetime as dt

from django.db.models import F

from runtime.api.models import Spent, Token

SECONDS = 60


def spend(*, token: Token, now: dt.datetime) -> int:
    """Counts one more request; 0, or how many seconds the token has to wait."""
    seconds = int(now.timestamp())
    minute = seconds // SECONDS
    mine = Spent.objects.filter(token=token, minute=minute)
    if not mine.update(n=F("n") + 1):
        Spent.objects.bulk_create([Spent(token=token, minute=minute)], ignore_conflicts=True)
        mine.update(n=F("n") + 1)
    over = mine.values_list("n", flat=True).get() > token.rate
    return SECONDS - seconds % SECONDS if over else 0


def forget(*, now: dt.datetime) -> int:
    """Takes away the counts of minutes that are over."""
    minute = int(now.timestamp()) // SECONDS
    return Spent.objects.filter(minute__lt=minute - 1).delete()[0]
