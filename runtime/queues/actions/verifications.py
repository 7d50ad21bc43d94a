"""Who is on the line: asking, comparing, counting what was wrong. The only writer of Verification.

What is right is compared here and never leaves; the log is told each time, by the names of facts. Wrong tries are limited for one
asking, for one agent, for one person and for one call, so that nobody comes to know people by guessing, neither who calls nor
who answers the calls.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum

from runtime.audit.actions import log_access
from runtime.parties import store, verifying
from runtime.parties.models import Party
from runtime.queues.actions.events import append
from runtime.queues.models import Verification, WorkItem
from runtime.queues.proving import Verification as Asked
from runtime.queues.states import ACTIVE, TERMINAL

# Wrong tries at most, and over which time.
OF_AGENT = (20, timedelta(hours=1))
OF_PARTY = (9, timedelta(hours=24))
OF_OCCASION = 5  # over all the people one caller may be
OF_NUMBER = 10  # over all calls of a number in a day
PURPOSE = "calls_back"
NAMED_AT_MOST = 120

Verdict = Literal[
    "verified", "guardian", "wrong", "failed", "too_few", "unreadable", "limit", "over"
]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a try; `unreadable` names the facts that could not be read."""

    verdict: Verdict
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Whom the asking is about and why: the item of a claim (somebody was called), or the occasion of a caller."""

    party: Party
    item: WorkItem | None = None
    occasion: UUID | None = None


def begin(*, line: Line, asked: Asked, by: Any, today: str, now: datetime) -> Verification:
    """The asking for this claim or this caller, begun once. May raise `SubjectDestroyed`."""
    found = _begun(line, by).first()
    if found is not None:
        return found

    def look(facts: Any) -> tuple[tuple[str, ...], bool]:
        minor = verifying.is_minor(facts, today, asked.adult_from)
        return verifying.known(facts, asked.facts), minor

    row = Verification(
        party=line.party, agent=by, item=line.item, occasion=line.occasion, began_at=now
    )
    row.fence = line.item.fence if line.item else 0
    facts, row.minor = store.say_of(line.party, by=by, purpose=purpose_of(row), ask=look)
    row.facts, row.needed, row.tries = list(facts), asked.needed, asked.tries
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same page, opened twice at once
        return _begun(line, by).get()
    return row


def _begun(line: Line, by: Any) -> QuerySet[Verification]:
    rows = Verification.objects.filter(party=line.party, agent=by)
    if line.occasion is not None:
        return rows.filter(occasion=line.occasion)
    fence = line.item.fence if line.item else 0
    return rows.filter(item=line.item, fence=fence, occasion=None)


def purpose_of(row: Verification) -> str:
    """What the access log says: somebody was called for an item, or somebody calls."""
    if row.occasion is not None or row.item is None:
        return PURPOSE
    item = row.item
    return f"{item.kind}:{item.campaign.code if item.campaign else item.queue.code}"


@transaction.atomic
def answer(
    *,
    verification: Verification,
    typed: Mapping[str, str],
    said: verifying.Said,
    now: datetime,
    calls: Collection[UUID] = (),
) -> Answered:
    """Compares what was said with what is known. `calls` are those of the same number today. May raise `SubjectDestroyed`; then nothing was counted."""
    row = _locked(verification)
    if not _stands(row):
        return Answered("over")
    if row.state != "asking":
        return Answered(row.state)
    told, unreadable = verifying.read_said(
        {name: text for name, text in typed.items() if name in row.facts}, said
    )
    if unreadable:
        return Answered("unreadable", tuple(unreadable))
    if len(told) < row.needed:
        return Answered("too_few")
    if limited(row, now, calls):
        _log(row, "refused")
        return Answered("limit")
    purpose = purpose_of(row)

    def compare(facts: Any) -> tuple[str, ...]:
        return verifying.matching(facts, told)

    matched = store.say_of(row.party, by=row.agent, purpose=purpose, ask=compare)
    if len(matched) < row.needed:
        return _wrong(row, sorted(told), now)
    return _right(row, matched, now)


def _locked(verification: Verification) -> Verification:
    rows = Verification.objects.select_for_update()
    hung = ("party", "agent", "item__campaign", "item__queue")
    return rows.prefetch_related(*hung).get(pk=verification.pk)


def _stands(row: Verification) -> bool:
    """Whether the claim it was begun for still holds."""
    return row.item is None or (
        row.item.state == ACTIVE
        and row.item.assignee_id == row.agent_id
        and row.item.fence == row.fence
    )


def _wrong(row: Verification, said: list[str], now: datetime) -> Answered:
    row.wrong, row.last_wrong_at = row.wrong + 1, now
    row.save()
    if row.wrong >= row.tries:
        _fail(row, now)
    _log(row, f"wrong {','.join(said)}")
    return Answered("failed" if row.state == "failed" else "wrong")


def _right(row: Verification, matched: tuple[str, ...], now: datetime) -> Answered:
    row.matched = sorted(matched)
    row.state = "guardian" if row.minor else "verified"
    row.decided_at = None if row.minor else now
    row.save()
    _log(row, f"verified {','.join(row.matched)}")
    return Answered("guardian" if row.minor else "verified")


def _log(row: Verification, detail: str) -> None:
    log_access(
        by=row.agent,
        deed="verify",
        subject=row.party_id,
        purpose=purpose_of(row),
        detail=detail,
    )


def limited(row: Verification, now: datetime, calls: Collection[UUID] = ()) -> bool:
    """Whether too much was guessed: by this agent, about this person, by this caller, or from this number."""
    tried = Verification.objects.filter(wrong__gt=0)
    for limit, rows in (
        (OF_AGENT[0], tried.filter(agent=row.agent, last_wrong_at__gt=now - OF_AGENT[1])),
        (OF_NUMBER, tried.filter(occasion__in=calls)),
        (OF_PARTY[0], tried.filter(party=row.party, last_wrong_at__gt=now - OF_PARTY[1])),
    ):
        if _count(rows) >= limit:
            return True
    return row.occasion is not None and _count(tried.filter(occasion=row.occasion)) >= OF_OCCASION


def _count(rows: QuerySet[Verification]) -> int:
    return rows.aggregate(sum=Sum("wrong"))["sum"] or 0


@transaction.atomic
def guardian(*, verification: Verification, name: str, relation: str, now: datetime) -> bool:
    """A guardian speaks with us: who it is, is kept sealed. False when nobody is named, or that was not what was asked."""
    row = _locked(verification)
    name, relation = name.strip()[:NAMED_AT_MOST], relation.strip()[:NAMED_AT_MOST]
    if row.state != "guardian" or not _stands(row) or not name or not relation:
        return False
    told = {"name": name, "relation": relation}
    row.answered_by = store.seal_answered_by(row.party_id, row.pk, told)
    row.state, row.decided_at = "verified", now
    row.save()
    _log(row, "guardian")
    return True


@transaction.atomic
def give_up(*, verification: Verification, now: datetime) -> bool:
    """Who it is could not be found out; False when that was decided before."""
    row = _locked(verification)
    if row.state not in ("asking", "guardian"):
        return False
    _fail(row, now)
    _log(row, "given_up")
    return True


def _fail(row: Verification, now: datetime) -> None:
    """It is decided; who called in changes nothing at the item, whose history alone is told."""
    row.state, row.decided_at = "failed", now
    row.save()
    if row.item is None:
        open_items = WorkItem.objects.filter(party=row.party).exclude(state__in=TERMINAL)
        for item in open_items[:1]:
            append(item, "unverified", by=row.agent, at=now)


@transaction.atomic
def hold_for(*, verification: Verification, item: WorkItem) -> None:
    """Who called was verified and is taken up: it holds for this claim of the item, and ends with it."""
    row = _locked(verification)
    claimed = WorkItem.objects.get(pk=item.pk)
    if row.state == "verified":
        row.item, row.fence = claimed, claimed.fence
        row.save(update_fields=["item", "fence"])


def is_verified(*, item: WorkItem, by: Any) -> bool:
    """Whether who is on the line of this claim proved who they are."""
    rows = Verification.objects.filter(item=item, fence=item.fence, agent=by, state="verified")
    return rows.exists()
