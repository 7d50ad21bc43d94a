"""A page of items under any filter, in bounded time, however many items there are.

The list has one order: when an item was made, then its id; no deed changes it, so that a page begins where the one before it ended, and
so does a chunk of a bulk deed. What is read are *streams*: the items of one queue (or campaign, language, outcome, person) in one state lie
in an index in that order, and the page is the merge of its streams. What no index has is looked at item by item, in a window of at
most `WINDOW` items; where that is not enough for a page, the page tells up to where it looked, and the search goes on from there. Where
several indexes would do, a look at each says which holds fewest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from runtime.queues.models import WorkItem
from runtime.queues.sieve import Key, Sieve
from runtime.queues.sight import Sight

WINDOW = 10_000  # items that a page looks at, over all its streams
LOOK = 2_000  # how far it is counted which index holds fewer
AT_ONCE = 100  # streams in one statement; SQLite joins no more than 500


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL with its values."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Ids in order. `after` is where the next page begins (None: there is none); `looked` tells that it was left off before it was full."""

    ids: list[UUID]
    after: Key | None = None
    looked: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """One run through an index. `rest` is what the index does not say."""

    base: Condition
    rest: list[Condition]


def page(sieve: Sieve, sight: Sight, *, after: Key | None = None, size: int = 50) -> Page:
    """The items after a place in the list, at most so many.

    It goes no further than the window that ends first: behind it others may lie that were not looked at."""
    streams = _streams(sieve, sight)
    window = max(size + 1, WINDOW // max(1, len(streams)))
    ends: list[Key] = []
    found: list[Key] = []
    for start in range(0, len(streams), AT_ONCE):
        some = streams[start : start + AT_ONCE]
        ends += _ends([one for one in some if one.rest], sieve, after, window)
        found += _first(some, sieve, after, size + 1, window)
    keys = sorted(set(found), reverse=sieve.newest)
    horizon = None
    if ends:
        horizon = max(ends) if sieve.newest else min(ends)
        keys = [key for key in keys if (key >= horizon if sieve.newest else key <= horizon)]
    if len(keys) > size:
        return Page(_ids(keys[:size]), keys[size - 1])
    return Page(_ids(keys), horizon, looked=horizon is not None)


def _ids(keys: Sequence[Key]) -> list[UUID]:
    return [UUID(pk) for _at, pk in keys]


def _streams(sieve: Sieve, sight: Sight) -> list[Stream]:
    """The streams to read, by the index that holds fewest."""
    queues = sorted(sight.queues if sieve.queue is None else sight.queues & {sieve.queue})
    if not queues or (sieve.campaign is not None and sieve.campaign not in sight.campaigns):
        return []
    ways = _ways(sieve, queues)
    if len(ways) == 1:
        return next(iter(ways.values()))
    return min(ways.values(), key=lambda streams: sum(_look(one, sieve) for one in streams))


def _ways(sieve: Sieve, queues: list[int]) -> dict[str, list[Stream]]:
    """Each index that would do, with its streams."""
    if sieve.person is not None:
        return {"person": _of_person(sieve, queues)}
    asked = {
        "campaign": ("i.campaign_id = %s", sieve.campaign),
        "language": ("i.language = %s AND NOT (i.language = '')", sieve.language),
        "outcome": ("i.outcome = %s AND NOT (i.outcome = '')", sieve.outcome),
    }
    ways: dict[str, list[Stream]] = {}
    for name, (sql, value) in asked.items():
        if value:
            ways[name] = _by_state(sieve, Condition(sql, (value,)), _rest(sieve, queues, but=name))
    if sieve.queue is not None or not ways:
        ways["queue"] = [
            stream
            for queue in queues
            for stream in _by_state(
                sieve, Condition("i.queue_id = %s", (queue,)), _rest(sieve, [], but="queue")
            )
        ]
    return ways


def _by_state(sieve: Sieve, base: Condition, rest: list[Condition]) -> list[Stream]:
    return [
        Stream(Condition(f"{base.sql} AND i.state = %s", (*base.values, state)), rest)
        for state in sieve.states
    ]


def _of_person(sieve: Sieve, queues: list[int]) -> list[Stream]:
    """What somebody has, and what is reserved for them: never many."""
    states = Condition(_among("i.state", sieve.states), tuple(sieve.states))
    rest = [states, *_rest(sieve, queues, but="person")]
    return [
        Stream(Condition("i.assignee_id = %s", (sieve.person,)), rest),
        Stream(Condition("i.reserved_for_id = %s", (sieve.person,)), rest),
    ]


def _rest(sieve: Sieve, queues: list[int], but: str) -> list[Condition]:
    """What the index of `but` does not say."""
    told = {
        "queues": Condition(_among("i.queue_id", queues), tuple(queues)) if queues else None,
        "campaign": Condition("i.campaign_id = %s", (sieve.campaign,)) if sieve.campaign else None,
        "language": Condition("i.language = %s", (sieve.language,)) if sieve.language else None,
        "outcome": Condition("i.outcome = %s", (sieve.outcome,)) if sieve.outcome else None,
        "lane": None if sieve.lane is None else Condition("i.lane = %s", (sieve.lane,)),
        "priority": None
        if sieve.priority is None
        else Condition("i.priority >= %s", (sieve.priority,)),
    }
    return [one for name, one in told.items() if one is not None and name != but]


def _among(column: str, values: Sequence[Any]) -> str:
    return f"{column} IN ({', '.join(['%s'] * len(values))})" if values else "1 = 0"


def _bounds(sieve: Sieve, after: Key | None) -> list[Condition]:
    """Between which places of the list."""
    found = []
    if after is not None:
        sign = "<" if sieve.newest else ">"
        found.append(Condition(f"(i.created_at, i.id) {sign} (%s, %s)", _stored(after)))
    for moment, sign in ((sieve.since, ">="), (sieve.before, "<")):
        if moment is not None:
            found.append(Condition(f"i.created_at {sign} %s", (_moment(moment),)))
    return found


def _statement(one: Stream, sieve: Sieve, after: Key | None, tail: str) -> Condition:
    """The keys of a stream in order, as its index has them."""
    way = "DESC" if sieve.newest else "ASC"
    parts = [one.base, *_bounds(sieve, after)]
    where = " AND ".join(part.sql for part in parts)
    columns = "i.created_at, i.id, i.queue_id, i.campaign_id, i.state, i.lane, i.priority, i.language, i.outcome"
    return Condition(
        f"SELECT {columns} FROM queues_workitem i WHERE {where} ORDER BY i.created_at {way}, i.id {way} {tail}",  # noqa: S608
        tuple(value for part in parts for value in part.values),
    )


def _first(
    streams: Sequence[Stream], sieve: Sieve, after: Key | None, most: int, window: int
) -> list[Key]:
    """The first so many keys of all these streams."""
    way = "DESC" if sieve.newest else "ASC"
    parts = []
    for number, one in enumerate(streams):
        inner = _statement(one, sieve, after, f"LIMIT {window if one.rest else most}")
        rest = " AND ".join(part.sql for part in one.rest) or "1 = 1"
        sql = (
            f"SELECT * FROM (SELECT i.created_at, i.id FROM ({inner.sql}) i WHERE {rest} "  # noqa: S608
            f"ORDER BY i.created_at {way}, i.id {way} LIMIT {most}) s{number}"
        )
        more = (value for part in one.rest for value in part.values)
        parts.append(Condition(sql, (*inner.values, *more)))
    return _keys(parts, f"ORDER BY 1 {way}, 2 {way} LIMIT {most}")


def _ends(streams: Sequence[Stream], sieve: Sieve, after: Key | None, window: int) -> list[Key]:
    """Where the window of each stream ends, of those that go on behind it."""
    parts = []
    for number, one in enumerate(streams):
        last = _statement(one, sieve, after, f"LIMIT 1 OFFSET {window - 1}")
        sql = f"SELECT * FROM (SELECT e.created_at, e.id FROM ({last.sql}) e) s{number}"  # noqa: S608
        parts.append(Condition(sql, last.values))
    return _keys(parts, "")


def _look(one: Stream, sieve: Sieve) -> int:
    """How many items an index holds, counted up to `LOOK`."""
    inner = _statement(one, sieve, None, f"LIMIT {LOOK}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({inner.sql}) i", list(inner.values))  # noqa: S608
        return int(cursor.fetchone()[0])


def _keys(parts: Sequence[Condition], tail: str) -> list[Key]:
    """Of several statements in one, a moment and an id a row."""
    if not parts:
        return []
    joined = " UNION ALL ".join(part.sql for part in parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({joined}) a {tail}",  # noqa: S608
            [value for part in parts for value in part.values],
        )
        return [(_read_moment(at), str(UUID(str(pk)))) for at, pk in cursor.fetchall()]


def _read_moment(value: Any) -> datetime:
    """SQLite gives a text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _stored(key: Key) -> tuple[Any, Any]:
    at, pk = key
    return _moment(at), WorkItem._meta.pk.get_db_prep_value(UUID(pk), connection)  # noqa: SLF001


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
