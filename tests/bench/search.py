"""Finding people by what is typed wrongly: time and recall on 10,000 people, on the database of the run.

`SEARCH_PEOPLE=` measures another number. Queries are held out: their seed is not the population's.
"""

import os
import random
import time
from collections.abc import Callable
from typing import Any

from tests.bench.figure import Figure, at_least, at_most, percentile, told
from tests.bench.population import Citizen, edit, mistyped, population, run_together

PEOPLE = int(os.environ.get("SEARCH_PEOPLE", "10000"))
QUERIES = 200
SEED = "held out"
PURPOSE = "bench"
Ask = Callable[[Citizen, random.Random], str]
Good = Callable[[Citizen, list[Any]], bool]


def run() -> list[Figure]:
    """Fills the index, then asks each class of queries, one after the other."""
    people = population(PEOPLE)
    begun = time.perf_counter()
    fill(people)
    figures = [
        told(
            f"search: index one of {PEOPLE} people",
            (time.perf_counter() - begun) / PEOPLE * 1000,
            "ms",
        )
    ]
    by = _somebody()
    for name, (ask, good, typing, goal) in CLASSES.items():
        figures += _measured(name, people, by, ask=ask, good=good, typing=typing, goal=goal)
    return figures


def fill(people: list[Citizen]) -> None:
    """Parties with cards and tokens, and their keys, in two transactions."""
    from django.db import transaction
    from django.utils import timezone

    from runtime.parties.models import Party
    from runtime.search.index import index_party
    from runtime.vault.keys import create_subject

    with transaction.atomic(using="keys"), transaction.atomic():
        for one in people:
            party = Party.objects.create(sealed=b"", created_at=timezone.now())
            create_subject(party.pk)
            index_party(party, one)
    _settle()


def _settle() -> None:
    """What a database does by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _somebody() -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.create_user("searcher")


def _measured(
    name: str, people: list[Citizen], by: Any, *, ask: Ask, good: Good, typing: bool, goal: float
) -> list[Figure]:
    from runtime.search.index import find

    chance = random.Random(f"{SEED} {name}")
    took, worked, found = [], [], 0
    for one in chance.sample(people, min(QUERIES, len(people))):
        words = ask(one, chance)
        begun, before = time.perf_counter(), time.process_time()
        hits = find(words, by, PURPOSE, typing=typing)
        took.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - before) * 1000)
        found += good(one, hits)
    return [
        at_most(f"search: {name}, p50", percentile(took, 50), "ms", 10),
        at_most(f"search: {name}, p95", percentile(took, 95), "ms", 50),
        told(f"search: {name}, processor p50", percentile(worked, 50), "ms"),
        at_least(f"search: {name}, recall in the first 10", found / len(took), "of 1", goal),
    ]


def _words(given: str, family: str) -> list[str]:
    from runtime.search.names import words

    return words(f"{given} {family}")


def _same_name(one: Citizen, hits: list[Any]) -> bool:
    wanted = _words(one.given_name, one.family_name)
    return any(_words(hit.card.given_name, hit.card.family_name) == wanted for hit in hits)


def _same_surname(one: Citizen, hits: list[Any]) -> bool:
    return any(_words("", hit.card.family_name) == _words("", one.family_name) for hit in hits)


def _same_person(one: Citizen, hits: list[Any]) -> bool:
    return any(hit.card.national_number == one.national_number for hit in hits)


def _same_or_full(one: Citizen, hits: list[Any]) -> bool:
    return _same_name(one, hits) or len(hits) == 10


def _prefix(one: Citizen, chance: random.Random) -> str:
    return f"{one.given_name} {one.family_name[: chance.randint(3, 5)]}"


# class -> (what is typed, what counts as found, as one types, goal of recall)
CLASSES: dict[str, tuple[Ask, Good, bool, float]] = {
    "one edit": (
        lambda one, chance: mistyped(f"{one.given_name} {one.family_name}", chance),
        _same_name,
        False,
        0.99,
    ),
    "two edits": (
        lambda one, chance: mistyped(
            mistyped(f"{one.given_name} {one.family_name}", chance), chance
        ),
        _same_name,
        False,
        0.96,
    ),
    "swapped": (
        lambda one, chance: mistyped(f"{one.family_name} {one.given_name}", chance),
        _same_name,
        False,
        0.99,
    ),
    "compound": (
        lambda one, chance: f"{one.given_name} {run_together(one.family_name, chance)}",
        _same_name,
        False,
        0.985,
    ),
    "surname alone": (
        lambda one, chance: edit(one.family_name, chance),
        _same_surname,
        False,
        0.96,
    ),
    "prefix": (_prefix, _same_or_full, True, 0.98),
    "phone": (lambda one, _chance: "0" + one.phone.removeprefix("+32"), _same_person, False, 1),
    "national number": (lambda one, _chance: one.national_number, _same_person, False, 1),
}
