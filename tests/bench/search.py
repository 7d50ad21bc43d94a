"""Finding people by what is typed wrongly: time, recall, size, and what a thief learns, on the database of the run.

`make bench-search N=1000000`: on SQLite with 100,000 people at most, on PostgreSQL with N, beside the same people in clear under
pg_trgm. SEARCH_QUERIES (2,000) of each class, SEARCH_BESIDE (150) of them asked of every side, in turns. Queries are drawn by
SEARCH_SEED ("held out"); what was tuned was tuned with others ("tuning"), and neither seed is the population's.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tests.bench.figure import Figure, at_most, percentile, told
from tests.bench.finding import filling, leaking, measuring, plaintext
from tests.bench.finding.asking import CLASSES
from tests.bench.finding.filling import say, timed
from tests.bench.population import Citizen, country, population

PEOPLE = int(os.environ.get("SEARCH_PEOPLE") or os.environ.get("N") or "10000")
QUERIES = int(os.environ.get("SEARCH_QUERIES") or 2_000)
BESIDE = int(os.environ.get("SEARCH_BESIDE") or 150)
SEED = os.environ.get("SEARCH_SEED", "held out")
TUNING_SEED = "tuning"
POPULATION = "population"
LITE_AT_MOST = 100_000
THRESHOLDS = (0.3, 0.5)
INSERTS = 300
SALTED = 400  # queries of a class, each with salts and without
LEAKED_FROM = 100_000  # people; smaller runs are for looking at
MISSED = bool(os.environ.get("SEARCH_MISSED"))


def run() -> list[Figure]:
    """Figures on the database that TEST_DATABASE names."""
    from django.db import connection

    lite = connection.vendor == "sqlite"
    count = min(PEOPLE, LITE_AT_MOST) if lite else PEOPLE
    about = f"search, {count:,} people, {connection.vendor}:"
    say(f"queries by seed {SEED!r} (tuned by {TUNING_SEED!r}), people by seed {POPULATION!r}")
    people = population(count, POPULATION, country())
    found = put_in(people, about, lite=lite) + asked(people, about, lite=lite)
    return found if lite or count < LEAKED_FROM else found + leaked()


def put_in(people: list[Citizen], about: str, *, lite: bool) -> list[Figure]:
    """Ours, and the same in clear."""
    begun = time.perf_counter()
    heavy = measuring.weigh(people)
    found = [
        told(f"{about} terms with several tokens", heavy, "terms"),
        told(f"{about} weighed", time.perf_counter() - begun, "s"),
    ]
    seconds = filling.fill(people)
    found += [told(f"{about} put in, {part}", value, "s") for part, value in seconds.items()]
    if not lite:
        plaintext.make(people)
        found += sizes(about)
    return found


def asked(people: list[Citizen], about: str, *, lite: bool) -> list[Figure]:
    """Each class, then the whole door, then inserts."""
    if not lite:
        plaintext.steady()
    found = [figure for asking in CLASSES for figure in _figures(asking, people, about, lite=lite)]
    found += with_log(people, about)
    return found if lite else found + inserts(about)


def leaked() -> list[Figure]:
    """The thief, and what is done against them: other people, in place of those of before."""
    filling.empty()
    return leaking.run(country(), seed=SEED) + leaking.latency(
        country(), seed=SEED, queries=SALTED
    )


def _figures(asking: Any, people: list[Citizen], about: str, *, lite: bool) -> list[Figure]:
    sides = (
        {"beside": 0, "thresholds": ()} if lite else {"beside": BESIDE, "thresholds": THRESHOLDS}
    )
    if asking.p50 > 1:  # keys: no threshold
        sides["thresholds"] = THRESHOLDS[: len(sides["thresholds"]) and 1]
        sides["beside"] = QUERIES if not lite else 0
    made = measuring.measure(asking, people, seed=SEED, queries=QUERIES, **sides)  # type: ignore[arg-type]
    if MISSED:
        sys.stderr.writelines(f"  {typed!r} is {meant!r}\n" for typed, meant in made.missed[:40])
    found = measuring.figures(made, about)
    if lite:
        found.append(
            at_most(f"{about} {asking.name}: p95 again", percentile(made.ours.took, 95), "ms", 50)
        )
    return found


def sizes(about: str) -> list[Figure]:
    """Bytes of both sides."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_relation_size('search_entry_tok'), pg_table_size('search_searchentry'), "
            "(SELECT sum(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = 'search_searchentry'::regclass), "
            "(SELECT sum(pg_column_size(tok)) FROM search_searchentry), (SELECT avg(cardinality(tok)) FROM search_searchentry)"
        )
        gin, heap, all_indexes, column, tokens = map(float, cursor.fetchone())
    clear, clear_heap = plaintext.size()
    mega = 1_000_000
    return [
        told(f"{about} tokens of an entry", tokens, "tokens"),
        told(f"{about} index of tokens", gin / mega, "MB"),
        told(f"{about} all indexes of entries", all_indexes / mega, "MB"),
        told(f"{about} table", heap / mega, "MB"),
        told(f"{about} of it the column of tokens", column / mega, "MB"),
        told(f"{about} plaintext, indexes", clear / mega, "MB"),
        told(f"{about} plaintext, table", clear_heap / mega, "MB"),
        at_most(f"{about} index against plaintext", gin / clear, "times", 2.5),
        told(f"{about} index with its column against plaintext", (gin + column) / clear, "times"),
    ]


def with_log(people: list[Citizen], about: str) -> list[Figure]:
    """The whole door: the access log is written first, and committed."""
    from django.contrib.auth import get_user_model

    from runtime.search.index import find

    user = get_user_model().objects.create_user("searcher")
    some = people[:: max(len(people) // INSERTS, 1)][:INSERTS]
    took = [
        timed(lambda one=one: find(f"{one.given_name} {one.family_name}", user, "bench"))[0]
        for one in some
    ]
    return [
        told(f"{about} exact name with the access log: p{p}", percentile(took, p), "ms")
        for p in (50, 95)
    ]


def inserts(about: str) -> list[Figure]:
    """One row a commit, in turns; neither waits for the disk."""
    plaintext.run("SET synchronous_commit = off")
    mine, clear = [], []
    for number, (one, insert) in enumerate(_to_insert()):
        works = [(mine, insert), (clear, lambda one=one: plaintext.insert(one))]
        for took, work in works if number % 2 else reversed(works):
            took.append(timed(work)[0])
    found = [
        told(f"{about} insert: p50", percentile(mine, 50), "ms"),
        told(f"{about} insert, plaintext: p50", percentile(clear, 50), "ms"),
    ]
    for p in (50, 95):
        ratio = percentile(mine, p) / percentile(clear, p)
        found.append(at_most(f"{about} insert against plaintext: p{p}", ratio, "times", 3))
    return found


def _to_insert() -> Iterator[tuple[Citizen, Any]]:
    from django.utils import timezone

    from runtime.parties.models import Party
    from runtime.search import cards, entries
    from runtime.search.backends.base import Candidate
    from runtime.vault import keys

    for one in population(INSERTS, "newcomers", country()):
        party = Party.objects.create(sealed=b"", created_at=timezone.now())
        keys.create_subject(party.pk)
        card, key = entries.card_of(one), keys.subject_key(party.pk)

        def insert(party: Any = party, card: Any = card, key: bytes = key) -> None:
            data = cards.sealed_under(key, party.pk, list(asdict(card).values()))
            owner = Candidate(entries.new_number(), party.pk, data, party.pk)
            entries.put(entries.party_entry(owner, card))

        yield one, insert
