"""SQLite: a token table without row ids, clustered by token; one each generation.

An index by entry would nearly double the file, so an entry keeps its own list of tokens and they are deleted by primary key.
The list of the first generation lies with the entry, those of others in a table of their own.
"""

from array import array
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

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

FEW = 2
TOKENS_A_STATEMENT = 400  # of `union all`: SQLite takes 500 terms of a compound select


def _packed(tokens: Tokens) -> bytes:
    return array("i", tokens).tobytes()


def _unpacked(data: bytes | memoryview) -> list[int]:
    tokens = array("i")
    tokens.frombytes(bytes(data))
    return tokens.tolist()


def _inside(condition: str) -> str:
    """Asked of each entry that a token leads to, by its key."""
    return f" AND EXISTS (SELECT 1 FROM search_searchentry e WHERE e.id = rec AND {condition})"  # noqa: S608


def _holes(values: Sequence[object]) -> str:
    return ",".join(["%s"] * len(values))


class _Place:
    """Where the tokens of a generation lie."""

    def __init__(self, generation: int) -> None:
        self.first = generation == FIRST
        self.tokens = "search_token" if self.first else f"search_token_{int(generation)}"
        kept = "search_kept" if self.first else f"search_kept_{int(generation)}"
        self.lists, self.column, self.key = (
            ("search_searchentry", "tokens", "id") if self.first else (kept, "tokens", "rec")
        )

    def there(self) -> bool:
        sql = "SELECT count(*) FROM sqlite_master WHERE name = %s"
        return bool(_rows(sql, [self.tokens])[0][0])

    def held(self, number: int) -> list[int]:
        rows = _rows(f"SELECT {self.column} FROM {self.lists} WHERE {self.key} = %s", [number])  # noqa: S608
        return _unpacked(rows[0][0] or b"") if rows else []

    def put(self, number: int, tokens: Tokens) -> None:
        fresh = set(tokens)
        self.delete(number, [token for token in self.held(number) if token not in fresh])
        if self.first:
            _run(
                "UPDATE search_searchentry SET tokens = %s WHERE id = %s",
                [_packed(tokens), number],
            )
        else:
            _run(f"INSERT OR REPLACE INTO {self.lists} VALUES (%s, %s)", [number, _packed(tokens)])  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT OR IGNORE INTO {self.tokens} (tok, rec) VALUES (%s, %s)",  # noqa: S608
                [(token, number) for token in tokens],
            )

    def delete(self, number: int, tokens: Tokens) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {self.tokens} WHERE tok = %s AND rec = %s",  # noqa: S608
                [(token, number) for token in tokens],
            )

    def forget(self, number: int) -> None:
        self.delete(number, self.held(number))
        if not self.first:
            _run(f"DELETE FROM {self.lists} WHERE rec = %s", [number])  # noqa: S608


class SqliteBackend(Backend):
    def __init__(self, asked: int) -> None:
        self.asked = asked
        self.place = _Place(asked)

    def put(self, entry: Entry) -> None:
        owner = {"party_id": entry.party, "record_id": entry.record}
        written = {"kv": entry.kv, "card": entry.card}
        row, _ = SearchEntry.objects.update_or_create(
            **owner, defaults=written, create_defaults={"id": entry.id, **written}
        )
        for generation, tokens in {self.asked: entry.tokens, **entry.beside}.items():
            _Place(generation).put(row.id, tokens)

    def remove(self, *, party: UUID | None = None, record: UUID | None = None) -> None:
        found = SearchEntry.objects.filter(party_id=party, record_id=record)
        for number in found.values_list("id", flat=True):
            for place in _places():
                place.forget(number)
        found.delete()

    def candidates(self, asks: Sequence[Ask], within: Within | None = None) -> list[Candidate]:
        inside = _inside(within.of_party("e.party_id")) if within else ""
        found: dict[int, None] = {}
        for ask in asks:
            ids = (
                self._of_each(ask, inside)
                if ask.shares
                else self._matching(ask.groups, ask.limit, inside)
            )
            found.update(dict.fromkeys(ids))
        rows = SearchEntry.objects.filter(id__in=list(found), record=None)
        return [
            Candidate(number, party, bytes(card), party)
            for number, party, card in rows.values_list("id", "party", "card")
        ]

    def matching(
        self, groups: Sequence[Tokens], limit: int, within: Within | None = None
    ) -> list[int]:
        inside = _inside(within.of_record("e.record_id")) if within else ""
        return self._matching(groups, limit, inside)

    def _matching(self, groups: Sequence[Tokens], limit: int, inside: str) -> list[int]:
        """Few tokens have few entries, by their weights: for those the other groups are looked up, else all are intersected."""
        few, *others = sorted(groups, key=len)
        if others and len(few) <= FEW:
            return self._having(few, others, limit, inside)
        part = f"SELECT rec FROM {self.place.tokens} WHERE tok IN ({{}})"  # noqa: S608
        sql = " INTERSECT ".join(part.format(_holes(group)) for group in groups)
        if inside:
            sql = f"SELECT rec FROM ({sql}) WHERE {inside.removeprefix(' AND ')}"  # noqa: S608
        values = [token for group in groups for token in group]
        return [row[0] for row in _rows(sql + " LIMIT %s", [*values, limit])]

    def _having(self, few: Tokens, others: Sequence[Tokens], limit: int, inside: str) -> list[int]:
        table = self.place.tokens
        too = " AND ".join(
            f"EXISTS (SELECT 1 FROM {table} AS b WHERE b.tok IN ({_holes(group)}) AND b.rec = a.rec)"  # noqa: S608
            for group in others
        )
        sql = (
            f"SELECT DISTINCT a.rec FROM {table} AS a "  # noqa: S608
            f"WHERE a.tok IN ({_holes(few)}) AND {too}{inside} LIMIT %s"
        )
        values = [*few, *(token for group in others for token in group)]
        return [row[0] for row in _rows(sql, [*values, limit])]

    def _of_each(self, ask: Ask, inside: str) -> list[int]:
        part = f"SELECT rec FROM (SELECT rec FROM {self.place.tokens} WHERE tok = %s{inside} LIMIT %s)"  # noqa: S608
        pairs = list(zip(ask.groups[0], ask.shares, strict=True))
        found: dict[int, None] = {}
        for start in range(0, len(pairs), TOKENS_A_STATEMENT):
            some = pairs[start : start + TOKENS_A_STATEMENT]
            sql = " UNION ALL ".join([part] * len(some))
            rows = _rows(sql, [value for pair in some for value in pair])
            found.update(dict.fromkeys(row[0] for row in rows))
        return list(found)

    def load(self, ids: Sequence[int]) -> list[Candidate]:
        return loaded(ids)

    def add(self, generation: int) -> None:
        place = _Place(generation)
        _run(
            f"CREATE TABLE IF NOT EXISTS {place.tokens} (tok integer NOT NULL, rec integer NOT NULL, "
            "PRIMARY KEY (tok, rec)) WITHOUT ROWID"
        )
        _run(f"CREATE TABLE IF NOT EXISTS {place.lists} (rec integer PRIMARY KEY, tokens blob)")

    def ready(self, generation: int) -> None:
        """Its table is its index."""

    def lacking(self, generation: int) -> int:
        place = _Place(generation)
        has = f"SELECT {place.key} FROM {place.lists} WHERE {place.column} IS NOT NULL"  # noqa: S608
        sql = f"SELECT count(*) FROM search_searchentry WHERE id NOT IN ({has})"  # noqa: S608
        return int(_rows(sql, [])[0][0])

    def drop(self, generation: int) -> None:
        place = _Place(generation)
        _run(f"DROP TABLE IF EXISTS {place.tokens}")
        if place.first:
            _run("UPDATE search_searchentry SET tokens = NULL")
        else:
            _run(f"DROP TABLE IF EXISTS {place.lists}")


def _places() -> list[_Place]:
    """Those of every generation there is."""
    rows = _rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'search_token%%'", []
    )
    ends = (name.removeprefix("search_token").removeprefix("_") for (name,) in rows)
    return [_Place(int(end) if end else FIRST) for end in ends]


def _rows(sql: str, values: Sequence[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _run(sql: str, values: Sequence[object] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
