"""PostgreSQL: an array of tokens beside the card, under a GIN index; a column each generation.

The operator is qualified: the extension `intarray` brings an `&&` of its own that hides the index. A search is one round trip: its
time limit, all its statements and the end of the limit are sent together.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction

from runtime.search.backends.base import (
    FIRST,
    Ask,
    Backend,
    Candidate,
    Entry,
    Tokens,
    Within,
    loaded,
)
from runtime.search.models import SearchEntry

# The planner takes a group of many tokens for one that nearly everybody has, and would read the whole table.
BEFORE = (
    "SET LOCAL statement_timeout = '250ms'",
    "SET LOCAL enable_seqscan = off",
    "SET LOCAL jit = off",
)
PUT = """
    INSERT INTO search_searchentry (id, party_id, record_id, kv, card, {columns})
    VALUES (%s, %s, %s, %s, %s, {holes})
    ON CONFLICT ({owner}) DO UPDATE SET kv = EXCLUDED.kv, card = EXCLUDED.card, {written}
"""
OF_GROUPS = "(SELECT id, party_id, card FROM search_searchentry WHERE {where} LIMIT %s)"
OF_EACH = """
    (SELECT found.id, found.party_id, found.card FROM unnest(%s::int4[], %s::int4[]) AS asked (one, share) CROSS JOIN LATERAL
    (SELECT id, party_id, card FROM search_searchentry
      WHERE {column} OPERATOR(pg_catalog.&&) ARRAY[one]{within} LIMIT share) AS found)
"""


def column(generation: int) -> str:
    return "tok" if generation == FIRST else f"tok_{int(generation)}"


def _index(generation: int) -> str:
    return "search_entry_tok" if generation == FIRST else f"search_entry_tok_{int(generation)}"


class PostgresqlBackend(Backend):
    def __init__(self, asked: int) -> None:
        self.asked = asked

    def put(self, entry: Entry) -> None:
        tokens = {self.asked: entry.tokens, **entry.beside}
        columns = [column(generation) for generation in tokens]
        sql = PUT.format(
            columns=", ".join(columns),
            holes=", ".join(["%s::int4[]"] * len(columns)),
            owner="record_id" if entry.record else "party_id",
            written=", ".join(f"{name} = EXCLUDED.{name}" for name in columns),
        )
        values = [entry.id, entry.party, entry.record, entry.kv, entry.card]
        _run(sql, [*values, *map(list, tokens.values())])

    def remove(self, *, party: UUID | None = None, record: UUID | None = None) -> None:
        SearchEntry.objects.filter(party_id=party, record_id=record).delete()

    def candidates(self, asks: Sequence[Ask], within: Within | None = None) -> list[Candidate]:
        parts: list[str] = []
        values: list[Any] = []
        inside = f" AND {within.of_party('search_searchentry.party_id')}" if within else ""
        for ask in asks:
            if ask.shares:
                parts.append(OF_EACH.format(column=column(self.asked), within=inside))
                values += [list(ask.groups[0]), list(ask.shares)]
            else:
                parts.append(OF_GROUPS.format(where=self._where(ask.groups) + inside))
                values += [*map(list, ask.groups), ask.limit]
        rows = _bounded(" UNION ALL ".join(parts), values)
        return [Candidate(number, party, card, party) for number, party, card in rows if party]

    def matching(
        self, groups: Sequence[Tokens], limit: int, within: Within | None = None
    ) -> list[int]:
        inside = f" AND {within.of_record('search_searchentry.record_id')}" if within else ""
        sql = f"SELECT id FROM search_searchentry WHERE {self._where(groups)}{inside} LIMIT %s"  # noqa: S608 -- holes only
        return [row[0] for row in _bounded(sql, [*map(list, groups), limit])]

    def _where(self, groups: Sequence[Tokens]) -> str:
        one = f"{column(self.asked)} OPERATOR(pg_catalog.&&) %s::int4[]"
        return " AND ".join([one] * len(groups))

    def load(self, ids: Sequence[int]) -> list[Candidate]:
        return loaded(ids)

    def add(self, generation: int) -> None:
        _alter(f"ADD COLUMN IF NOT EXISTS {column(generation)} int4[]")

    def ready(self, generation: int) -> None:
        """Outside of a transaction, without a lock on who writes. One that was ended halfway is no index: it is made again."""
        at_once = "CONCURRENTLY"
        if connection.in_atomic_block:
            at_once = ""
            connection.check_constraints()
        _run(f"DROP INDEX {at_once} IF EXISTS {_index(generation)}")
        _run(
            f"CREATE INDEX {at_once} {_index(generation)} ON search_searchentry "
            f"USING gin ({column(generation)} array_ops) WITH (fastupdate = off)"
        )
        _run("ANALYZE search_searchentry")

    def lacking(self, generation: int) -> int:
        sql = f"SELECT count(*) FROM search_searchentry WHERE {column(generation)} IS NULL"  # noqa: S608
        return int(_rows(sql, [])[0][0])

    def drop(self, generation: int) -> None:
        _alter(f"DROP COLUMN IF EXISTS {column(generation)}")


def _alter(how: str) -> None:
    """A matter of the catalogue, done at once or not at all: whoever waits for the table longer is not held up behind it."""
    with transaction.atomic():
        connection.check_constraints()  # what is deferred would be in its way
        _run("SET LOCAL lock_timeout = '3s'")
        _run(f"ALTER TABLE search_searchentry {how}")


def _bounded(sql: str, values: list[Any]) -> list[Any]:
    """The rows, or none when it takes too long. The statements of one message are one transaction, unless there is one already."""
    first: tuple[str, ...] = BEFORE
    last = ""
    if connection.in_atomic_block:
        first = ("SAVEPOINT search", *BEFORE)
        last = "; ROLLBACK TO SAVEPOINT search; RELEASE SAVEPOINT search"
    try:
        with connection.cursor() as cursor:
            cursor.execute("; ".join([*first, sql]) + last, values)
            for _ in first:
                cursor.nextset()
            return list(cursor.fetchall())
    except OperationalError:
        if last:
            _run(last.removeprefix("; "))
        return []


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _run(sql: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
