"""SQLite: a token table without row ids, clustered by token.

An index by entry would nearly double the file, so an entry keeps its own list of tokens and they are
deleted by primary key.
"""

from array import array
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from runtime.search.backends.base import Backend, Candidate, Entry, Tokens, loaded
from runtime.search.models import SearchEntry

TOKENS_A_STATEMENT = 400  # of `union all`: SQLite takes 500 terms of a compound select


def _packed(tokens: Tokens) -> bytes:
    return array("i", tokens).tobytes()


def _unpacked(data: bytes | memoryview) -> list[int]:
    tokens = array("i")
    tokens.frombytes(bytes(data))
    return tokens.tolist()


def _holes(values: Sequence[object]) -> str:
    return ",".join(["%s"] * len(values))


class SqliteBackend(Backend):
    def put(self, entry: Entry) -> None:
        owner = {"party_id": entry.party, "record_id": entry.record}
        before = SearchEntry.objects.filter(**owner).values_list("id", "tokens").first()
        number, old = (before[0], _unpacked(before[1] or b"")) if before else (entry.id, [])
        written = {"kv": entry.kv, "card": entry.card, "tokens": _packed(entry.tokens)}
        SearchEntry.objects.update_or_create(
            **owner, defaults=written, create_defaults={"id": number, **written}
        )
        self._delete(number, [token for token in old if token not in set(entry.tokens)])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR IGNORE INTO search_token (tok, rec) VALUES (%s, %s)",
                [(token, number) for token in entry.tokens],
            )

    def remove(self, *, party: UUID | None = None, record: UUID | None = None) -> None:
        found = SearchEntry.objects.filter(party_id=party, record_id=record)
        for number, tokens in found.values_list("id", "tokens"):
            self._delete(number, _unpacked(tokens or b""))
        found.delete()

    def _delete(self, number: int, tokens: Tokens) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM search_token WHERE tok = %s AND rec = %s",
                [(token, number) for token in tokens],
            )

    def matching(self, groups: Sequence[Tokens], limit: int) -> list[int]:
        part = "SELECT rec FROM search_token WHERE tok IN ({})"
        sql = " INTERSECT ".join(part.format(_holes(group)) for group in groups) + " LIMIT %s"
        return self._ids(sql, [token for group in groups for token in group] + [limit])

    def some_of_each(self, tokens: Tokens, limit: int) -> list[int]:
        part = "SELECT rec FROM (SELECT rec FROM search_token WHERE tok = %s LIMIT %s)"
        found: dict[int, None] = {}
        for start in range(0, len(tokens), TOKENS_A_STATEMENT):
            some = tokens[start : start + TOKENS_A_STATEMENT]
            sql = " UNION ALL ".join([part] * len(some))
            found.update(
                dict.fromkeys(
                    self._ids(sql, [value for token in some for value in (token, limit)])
                )
            )
        return list(found)

    def _ids(self, sql: str, values: list[int]) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [row[0] for row in cursor.fetchall()]

    def load(self, ids: Sequence[int]) -> list[Candidate]:
        return loaded(ids)
