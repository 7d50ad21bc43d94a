"""PostgreSQL: an array of tokens beside the card, under a GIN index.

The operator is qualified: the extension `intarray` brings an `&&` of its own that hides the index.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from runtime.search.backends.base import Backend, Candidate, Entry, Tokens, loaded
from runtime.search.models import SearchEntry

LONGEST_SEARCH = "250ms"
PUT = """
    INSERT INTO search_searchentry (id, party_id, record_id, kv, card, tok)
    VALUES (%s, %s, %s, %s, %s, %s::int4[])
    ON CONFLICT ({}) DO UPDATE SET kv = EXCLUDED.kv, card = EXCLUDED.card, tok = EXCLUDED.tok
"""
SOME_OF_EACH = """
    SELECT DISTINCT found.id FROM unnest(%s::int4[]) AS one CROSS JOIN LATERAL
    (SELECT id FROM search_searchentry WHERE tok OPERATOR(pg_catalog.&&) ARRAY[one] LIMIT %s) AS found
"""


class PostgresqlBackend(Backend):
    @contextmanager
    def guard(self) -> Iterator[None]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout')")
            before = cursor.fetchone()[0]
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST_SEARCH])
            yield
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])

    def put(self, entry: Entry) -> None:
        owner = "record_id" if entry.record else "party_id"
        values = [entry.id, entry.party, entry.record, entry.kv, entry.card, list(entry.tokens)]
        with connection.cursor() as cursor:
            cursor.execute(PUT.format(owner), values)

    def remove(self, *, party: UUID | None = None, record: UUID | None = None) -> None:
        SearchEntry.objects.filter(party_id=party, record_id=record).delete()

    def matching(self, groups: Sequence[Tokens], limit: int) -> list[int]:
        where = " AND ".join(["tok OPERATOR(pg_catalog.&&) %s::int4[]"] * len(groups))
        sql = f"SELECT id FROM search_searchentry WHERE {where} LIMIT %s"  # noqa: S608 -- holes only
        return self._ids(sql, [*map(list, groups), limit])

    def some_of_each(self, tokens: Tokens, limit: int) -> list[int]:
        return self._ids(SOME_OF_EACH, [list(tokens), limit])

    def _ids(self, sql: str, values: list[object]) -> list[int]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [row[0] for row in cursor.fetchall()]

    def load(self, ids: Sequence[int]) -> list[Candidate]:
        return loaded(ids)
