"""Turning the index: other keys for all tokens, or a newer normaliser, while everybody searches and writes.

    begin     a place for the new generation; from now on it is written beside the old one
    (wait)    until every process writes it
    fill      the walk through all entries makes its tokens from the cards (`rewriting`)
    flip      its index is made, then it is asked; the old one is still written, for processes that ask it yet
    (wait)    until every process asks the new one
    leave     the old one is written no more
    (wait)    until no process writes it
    drop      its place is gone

Each step is one row of state, so whoever comes, a command or the worker, goes on where it stands. Old and new are never
asked together: a search sees the rules of one normaliser.
"""

import datetime as dt

from django.db import transaction
from django.db.models.functions import Now

from runtime.audit.actions import log_access
from runtime.search import rewriting
from runtime.search.backends import FIRST, backend
from runtime.search.classes import newest_normaliser
from runtime.search.generations import (
    ASKED,
    FILLING,
    KEPT,
    LEAVING,
    Generation,
    asked,
    forget_generations,
)
from runtime.search.models import SearchGeneration
from runtime.search.weights import AGREED

PURPOSE = "turn_search"
DONE = "done"


def begin() -> int:
    """The number of the generation that is being filled; a new one, unless one is."""
    before = asked()  # writes the first row, if there is none
    row = SearchGeneration.objects.filter(state=FILLING).first()
    if row is not None:
        return row.number
    number = _newest() + 1
    log_access(by=None, deed="search", purpose=PURPOSE, detail=f"{before.number} to {number}")
    with transaction.atomic():
        backend(before.number).add(number)
        SearchGeneration.objects.create(
            number=number, normaliser=newest_normaliser(), state=FILLING, since=Now()
        )
        rewriting.begin(after=AGREED)
    forget_generations()
    return number


def older_rules() -> bool:
    """Whether the generation that is asked lacks rules there are by now."""
    return asked().normaliser < newest_normaliser()


def standing() -> str:
    """What is to be done next: `fill`, `flip`, `leave`, `drop`, or that nothing is (`done`)."""
    states = set(SearchGeneration.objects.values_list("state", flat=True))
    if FILLING in states:
        return "fill" if rewriting.standing() else "flip"
    return "leave" if KEPT in states else "drop" if LEAVING in states else DONE


def waits() -> bool:
    """Whether the next step must wait until every process has heard of the one before."""
    if standing() == "fill":
        return rewriting.waits()
    return SearchGeneration.objects.filter(
        state__in=(KEPT, LEAVING), since__gt=Now() - AGREED
    ).exists()


def step() -> bool:
    """Takes the next step, but for filling; False when it has to wait, or nothing is left to do."""
    take = {"flip": flip, "leave": leave, "drop": drop}.get(standing())
    if take is None or waits():
        return False
    take()
    return True


def flip() -> None:
    """Asks the generation that was filled. Entries it lacks have cards that do not open: they were found by nobody before."""
    new, old = SearchGeneration.objects.get(state=FILLING), asked()
    backend(new.number).ready(new.number)
    with transaction.atomic():
        SearchGeneration.objects.filter(number=old.number).update(state=KEPT, since=Now())
        SearchGeneration.objects.filter(number=new.number).update(state=ASKED, since=Now())
    forget_generations()


def leave() -> None:
    """Writes the old generation no more."""
    SearchGeneration.objects.filter(state=KEPT).update(state=LEAVING, since=Now())
    forget_generations()


def drop() -> None:
    """The old generation's tokens are gone."""
    for row in SearchGeneration.objects.filter(state=LEAVING):
        with transaction.atomic():
            backend(asked().number).drop(row.number)
            row.delete()


def lacking() -> int:
    """How many entries the generation that is filled has no tokens of."""
    row = SearchGeneration.objects.filter(state=FILLING).first()
    return backend(asked().number).lacking(row.number) if row else 0


def go_on(_now: dt.datetime) -> None:
    """The worker's look: a turn that was begun is ended; newer rules begin one."""
    if standing() == DONE and older_rules():
        begin()
    step()


def _newest() -> int:
    numbers = SearchGeneration.objects.order_by("-number").values_list("number", flat=True)
    return numbers.first() or FIRST


def known() -> list[Generation]:
    """All there are, for whoever looks at it."""
    rows = SearchGeneration.objects.order_by("number")
    return [Generation(row.number, row.normaliser, row.state) for row in rows]
