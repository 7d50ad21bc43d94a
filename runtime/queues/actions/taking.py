"""The one statement that hands an item to an agent.

SQLite writes one at a time, so `UPDATE .. RETURNING` alone is enough; on PostgreSQL the inner
`SELECT` locks the row it picks and skips what others are picking. A party that somebody is already
working for is left out; where two claims race for two items of one party, the unique index
`item_active_party` lets one win and the other looks again. A household, which rings at one telephone, is kept likewise
(`item_active_household`); who calls by themselves is taken up all the same. An item whose app takes no new records
is passed over, unless its record was begun before: other campaigns of the queue go on. So is one whose campaign may not call now, or is
paused (a paused queue hands out nothing, promised or not), and one that needs a skill (of a language) that the agent does not hold: on PostgreSQL a claim holds the first item of each of the agent's
skills for the moment it takes, and others look past them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from runtime.queues.models import Queue
from runtime.queues.priority import order_by
from runtime.records.prepared import prepared_cursor

MINE = "reserved_for_id = %(by)s"
PROMISE = "i.outcome = 'callback'"  # what a supervisor reserved is none, and keeps the hours
KEPT = f"{MINE} AND {PROMISE}"
ANYONES = "(reserved_for_id IS NULL OR reserved_until <= %(now)s)"
PROMISED = "not_before"  # the order of the index `item_reserved`
# Campaigns whose own policy lets nobody call now, as `,3,17,`: one text, so that the statement is the same each time.
CALLS = "CAST(%(closed)s AS TEXT) NOT LIKE '%%,' || c.id || ',%%'"

TAKE = """
UPDATE queues_workitem
   SET state = 'active', assignee_id = %(by)s, lease_until = %(until)s, fence = fence + 1,
       reserved_for_id = NULL, reserved_until = NULL, calling = household
 WHERE id = ({pick})
   AND state = 'ready'
RETURNING id
"""
FIRST = """
   SELECT i.id FROM queues_workitem i
    WHERE i.queue_id = %(queue)s AND i.state = 'ready' AND {whose}
      AND NOT (SELECT q.paused FROM queues_queue q WHERE q.id = %(queue)s)
      AND (i.party_id IS NULL OR NOT EXISTS (
            SELECT 1 FROM queues_workitem a
             WHERE a.party_id = i.party_id AND a.state = 'active'))
      AND (i.household IS NULL OR NOT EXISTS (
            SELECT 1 FROM queues_workitem h WHERE h.calling = i.household))
      AND (i.campaign_id IS NULL
           OR i.campaign_id IN (
            SELECT c.id FROM queues_campaign c JOIN builder_app p ON p.id = c.app_id
             WHERE c.open AND NOT c.paused AND p.open AND {calls})
           OR (i.campaign_id IN (
                SELECT c.id FROM queues_campaign c WHERE c.open AND NOT c.paused AND {calls})
               AND (SELECT r.closed_at IS NULL FROM records_record r WHERE r.id = i.record_id)))
    ORDER BY {order} LIMIT 1 {lock}
"""
# The first that needs no skill, and the first of each skill that the agent holds: each is found by the index, however many items lie
# before it that the agent may not have. Of these the first.
BY_SKILL = """
   SELECT f.id FROM queues_workitem f WHERE f.id IN (
     SELECT ({first}) FROM (
        SELECT 0 AS skill UNION
        SELECT g.skill_id FROM queues_grant g
         WHERE g.person_id = %(by)s AND (g.expires_at IS NULL OR g.expires_at > %(now)s)) s)
    ORDER BY {order} LIMIT 1
"""
OF_SKILL = " AND (COALESCE(i.skill_id, 0)) = s.skill"


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes from which queue, and until when the item is theirs. `closed` holds the campaigns in which nobody may be called now; a
    promise is kept all the same, and with `promised` nothing but a promise is taken."""

    queue: Queue
    by: AbstractBaseUser
    now: datetime
    until: datetime
    closed: Collection[int] = ()
    promised: bool = False


def take(taking: Taking) -> UUID | None:
    """The id of the item that is now theirs, or None. First what they promised or what is reserved for them, by its time, then
    the first in order. May raise `IntegrityError` (see above): call it in a savepoint."""
    values = values_of(taking)
    mine = _run(statement(KEPT if taking.promised else MINE, PROMISED), values)
    if mine is not None or taking.promised:
        return mine
    return _run(statement(ANYONES, order_by(connection.vendor)), values)


def values_of(taking: Taking) -> dict[str, object]:
    adapt = connection.ops.adapt_datetimefield_value
    return {
        "by": taking.by.pk,
        "queue": taking.queue.pk,
        "now": adapt(taking.now),
        "until": adapt(taking.until),
        "closed": "".join(f",{each}," for each in taking.closed),
    }


def statement(whose: str, order: str) -> str:
    """The statement for one kind of item, in this database's words. What somebody promised they may have, whatever it needs."""
    lock = "FOR UPDATE OF i SKIP LOCKED" if connection.vendor == "postgresql" else ""
    by_skill = whose == ANYONES
    whose = whose + OF_SKILL if by_skill else whose
    calls = CALLS if by_skill else f"({PROMISE} OR {CALLS})"
    first = FIRST.format(whose=whose, order=order, lock=lock, calls=calls)
    return TAKE.format(pick=BY_SKILL.format(first=first, order=order) if by_skill else first)


def _run(statement: str, values: dict[str, object]) -> UUID | None:
    with prepared_cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return None if row is None else UUID(str(row[0]))
