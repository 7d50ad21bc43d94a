"""A million people put in at once: keys, cards and tokens made by two processes and copied, the index made at the end.

Made by the same functions as one person's entry; only the way into the tables is another.
"""

import multiprocessing
import os
import sys
import time
import uuid
from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from tests.bench.population import Citizen

PROCESSES = 2
AT_ONCE = 2_000
PLAIN = 2
Row = tuple[Any, ...]


def fill(people: list[Citizen], *, plain: bool = False) -> dict[str, float]:
    """Seconds of the parts. `plain`: beside, as generation 2, tokens without weights."""
    from django.db import connection

    from runtime.search.backends import backend

    begun = time.perf_counter()
    if connection.vendor == "sqlite":
        _fill_lite(people)
        return {"rows": time.perf_counter() - begun, "index": 0.0}
    _run("DROP INDEX IF EXISTS search_entry_tok")
    if plain:
        backend().add(PLAIN)
    _in_processes(people, PROCESSES, plain=plain)
    rows = time.perf_counter() - begun
    _run(
        "CREATE INDEX search_entry_tok ON search_searchentry USING gin (tok array_ops) WITH (fastupdate = off)"
    )
    if plain:
        backend().ready(PLAIN)
    _run("VACUUM ANALYZE search_searchentry")
    _run("ANALYZE", keys=True)
    return {"rows": rows, "index": time.perf_counter() - begun - rows}


def _run(sql: str, *, keys: bool = False) -> None:
    from django.db import connections

    with connections["keys" if keys else "default"].cursor() as cursor:
        cursor.execute(sql)


def _in_processes(people: list[Citizen], processes: int, *, plain: bool) -> None:
    from django.db import connections

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    workers = [
        fork.Process(target=_copy_share, args=(people, number, processes, plain))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise RuntimeError("a process that fills the tables failed")


def _copy_share(people: list[Citizen], number: int, processes: int, plain: bool) -> None:
    from django.db import connections

    done = 0
    for start in range(number * AT_ONCE, len(people), processes * AT_ONCE):
        parties, keys, entries = made(people[start : start + AT_ONCE], plain=plain)
        _copy("keys", "vault_subjectkey (subject, wrapped, ring_version, created_at)", keys)
        _copy("default", "parties_party (id, kind, sealed, created_at)", parties)
        _copy(
            "default",
            f"search_searchentry (id, party_id, kv, card, tok{', tok_2' * plain})",
            entries,
        )
        done += AT_ONCE
        if number == 0 and done % 50_000 == 0:
            say(f"{done * processes:,} people put in")
    connections.close_all()


def _copy(alias: str, into: str, rows: list[Row]) -> None:
    from django.db import connections

    connections[alias].ensure_connection()
    with (
        connections[alias].connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def made(people: list[Citizen], *, plain: bool = False) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows of parties, of subject keys and of entries."""
    from django.utils import timezone

    from runtime.search import cards
    from runtime.search import entries as making
    from runtime.search.backends.base import Candidate
    from runtime.search.classes import terms_by_word
    from runtime.search.tokens import Tokens
    from runtime.vault import keys
    from runtime.vault.places import place

    now, ring = timezone.now(), place()
    ids = [uuid.uuid4() for _ in people]
    number = ring.current()
    raw = [os.urandom(32) for _ in ids]
    wrapped = ring.wrap(
        number, [(key, keys.subject_aad(one)) for key, one in zip(raw, ids, strict=True)]
    )
    parties, subjects, entries = [], [], []
    for one, party, key, sealed in zip(people, ids, raw, wrapped, strict=True):
        card = making.card_of(one)
        data = cards.sealed_under(key, party, list(asdict(card).values()))
        entry = making.party_entry(Candidate(making.new_number(), party, data, party), card)
        parties.append((party, "person", b"", now))
        subjects.append((party, sealed, number, now))
        row = [entry.id, party, entry.kv, entry.card, list(entry.tokens)]
        if plain:
            row.append(Tokens(PLAIN).kept(terms_by_word(card), party))
        entries.append(tuple(row))
    return parties, subjects, entries


def _fill_lite(people: list[Citizen]) -> None:
    """One process: keys first, then everything else, the tokens sorted as their table is."""
    from django.db import connections

    tokens: list[tuple[int, int]] = []
    for start in range(0, len(people), AT_ONCE):
        parties, keys, entries = made(people[start : start + AT_ONCE])
        parties = [(one.hex, *rest) for one, *rest in parties]
        keys = [(one.hex, *rest) for one, *rest in keys]
        tokens += [(token, row[0]) for row in entries for token in row[4]]
        entries = [
            (number, party.hex, kv, card, array("i", kept).tobytes())
            for number, party, kv, card, kept in entries
        ]
        _insert("keys", "vault_subjectkey (subject, wrapped, ring_version, created_at)", keys)
        _insert("default", "parties_party (id, kind, sealed, created_at)", parties)
        _insert("default", "search_searchentry (id, party_id, kv, card, tokens)", entries)
    tokens.sort()
    _insert("default", "search_token (tok, rec)", tokens)
    with connections["default"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _insert(alias: str, into: str, rows: list[Row]) -> None:
    from django.db import connections, transaction

    holes = ",".join(["%s"] * len(rows[0]))
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({holes})", rows)


def empty() -> None:
    """No people any more."""
    from django.db import connection

    if connection.vendor == "postgresql":
        _run("TRUNCATE search_searchentry, parties_party CASCADE")
        _run("TRUNCATE vault_subjectkey", keys=True)


def in_batches(values: list[Any], size: int) -> Iterator[list[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    begun = time.perf_counter()
    result = work()
    return (time.perf_counter() - begun) * 1000, result


def say(text: str) -> None:
    sys.stderr.write(f"search: {text}\n")
    sys.stderr.flush()
