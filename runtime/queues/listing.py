"""A page of items under any filter, in bounded time, however many items there are.

The list has one order: when an item was made, then its id; no deed changes it, so that a page begins where the one before it ended, and
so does a chunk of a bulk deed. What is read are *streams*: the items of one queue (or campaign, language, outcome, person) in one state lie
in an index in that order, and the page is the merge of its streams. What no index has is looked at item by item, in a window of at
most `WINDOW` items; where that is not enough for a page, the page tells up to where it looked, and the search goes on from there. Where
several indexes would do, a look at each says which holds fewest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from runtime.queues.models import WorkItem
from runtime.queues.sieve import Key, Sieve
from runtime.queues.sight import Sight

WINDOW = 20_000  # items that a page looks at, over all its streams
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


@dataclass(slots=True)
class Stream:
    """One run through an index. `rest` is what the index does not say; `end` up to where it was looked at, None at its end."""

    base: Condition
    rest: list[Condition]
    found: list[Key] = field(default_factory=list)
    end: Key | None = None


def page(sieve: Sieve, sight: Sight, *, after: Key | None = None, size: int = 50) -> Page:
    """The items after a place in the list, at most so many."""
    streams = _streams(sieve, sight)
    window = max(size + 1, WINDOW // max(1, len(streams)))
    for start in range(0, len(streams), AT_ONCE):
        _read(streams[start : start + AT_ONCE], sieve, after, size + 1, window)
    return _merged(streams, sieve, size)


def _merged(streams: Sequence[Stream], sieve: Sieve, size: int) -> Page:
    """The first of all streams, no further than the one that was left off first."""
    keys = sorted({key for one in streams for key in one.found}, reverse=sieve.newest)
    ends = [one.end for one in streams if one.end is not None]
    horizon = (max(ends) if sieve.newest else min(ends)) if ends else None
    if horizon is not None:
        keys = [key for key in keys if (key >= horizon if sieve.newest else key <= horizon)]
    shown = keys[:size]
    if len(keys) > size:
        return Page(_ids(shown), shown[-1])
    return Page(_ids(shown), horizon, looked=horizon is not None)


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


def _read(
    streams: Sequence[Stream], sieve: Sieve, after: Key | None, most: int, window: int
) -> None:
    """Puts into each stream what was found in it, and up to where it was looked at."""
    way = "DESC" if sieve.newest else "ASC"
    parts, values = [], []
    for number, one in enumerate(streams):
        inner = _statement(one, sieve, after, f"LIMIT {window if one.rest else most}")
        rest = " AND ".join(part.sql for part in one.rest) or "1 = 1"
        parts.append(
            f"SELECT * FROM (SELECT {number} AS stream, i.created_at, i.id FROM ({inner.sql}) i WHERE {rest} "  # noqa: S608
            f"ORDER BY i.created_at {way}, i.id {way} LIMIT {most}) s{number}"
        )
        values += [*inner.values, *(value for part in one.rest for value in part.values)]
    joined = " UNION ALL ".join(parts)
    if not any(
        one.rest for one in streams
    ):  # nothing is left out, so that the first of all are enough
        joined = f"SELECT * FROM ({joined}) a ORDER BY 2 {way}, 3 {way} LIMIT {most}"  # noqa: S608
    for number, at, pk in _rows(joined, values):
        streams[number].found.append((at, pk))
    for one in streams:
        if one.rest and len(one.found) < most:
            last = _statement(one, sieve, after, f"LIMIT 1 OFFSET {window - 1}")
            ends = [(at, pk) for at, pk, *_more in _rows(last.sql, list(last.values), first=0)]
            one.end = ends[0] if ends else None
        elif len(one.found) >= most:
            one.end = max(one.found) if not sieve.newest else min(one.found)


def _look(one: Stream, sieve: Sieve) -> int:
    """How many items an index holds, counted up to `LOOK`."""
    inner = _statement(one, sieve, None, f"LIMIT {LOOK}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({inner.sql}) i", list(inner.values))  # noqa: S608
        return int(cursor.fetchone()[0])


def _rows(sql: str, values: list[Any], first: int = 1) -> list[Any]:
    """Rows with a moment and an id from column `first` on, as we have them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return [
        (*row[:first], _read_moment(row[first]), str(UUID(str(row[first + 1]))), *row[first + 2 :])
        for row in rows
    ]


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
