"""Deeds to several items: looked at, done in chunks, taken back as far as nobody has gone on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox.models import Effect
from runtime.queues import actions
from runtime.queues.actions import bulks, deeds, recomputing
from runtime.queues.bulks import Bulk, BulkStep
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.deeds import Told
from runtime.queues.models import Campaign, Policy, Queue, WorkItem, WorkItemEvent
from runtime.queues.sieve import Sieve

LATER = datetime(2099, 5, 4, 10, 0, tzinfo=UTC)


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def columns(row: WorkItem) -> tuple[Any, ...]:
    return tuple(getattr(fresh(row), name) for name in deeds.COLUMNS)


def go(bulk: Bulk, by: Any, work: Any) -> Bulk:
    assert bulks.go(bulk=bulk, by=by)
    work()
    return fresh(bulk)


def test_a_preview_tells_how_many_and_why_not_and_changes_nothing(
    item: Any, order: Any, queue: Any, agent: Any
) -> None:
    rows = [item() for _each in range(4)]
    before = [columns(row) for row in rows[1:]]
    actions.withdraw(item=rows[0], by=None, reason="test")
    claimed = actions.claim(queue=queue, by=agent, now=timezone.now() + timedelta(seconds=1))
    assert isinstance(claimed, Claimed)
    bulk = order("put_off", rows, until=LATER)
    assert (bulk.state, bulk.seen, bulk.wanted) == ("counted", 4, 2)
    assert bulk.hindered == {"ended": 1, "at_work": 1}
    waiting = [row for row in rows[1:] if row.pk != claimed.item]
    assert [columns(row) for row in waiting] == [
        was for row, was in zip(rows[1:], before, strict=True) if row in waiting
    ]
    assert not WorkItemEvent.objects.filter(event="put_off").exists()


CASES = {
    "put_off": {"until": LATER},
    "rank": {"lane": 0, "priority": 9, "due": LATER},
    "withdraw": {"reason": "settled"},
}


@pytest.mark.parametrize("deed", CASES)
def test_what_was_done_is_taken_back(
    item: Any, order: Any, supervisor: Any, work: Any, deed: str
) -> None:
    rows = [item(), item(priority=2), item(not_before=LATER - timedelta(days=9))]
    before = [columns(row) for row in rows]
    bulk = go(order(deed, rows, **CASES[deed]), supervisor, work)
    assert (bulk.state, bulk.done, bulk.skipped) == ("done", 3, {})
    assert all(now != was for now, was in zip(map(columns, rows), before, strict=True))
    assert bulks.undo(bulk=bulk, by=supervisor)
    work()
    bulk = fresh(bulk)
    assert (bulk.state, bulk.undone, bulk.kept) == ("undone", 3, {})
    assert [columns(row) for row in rows] == before
    told = [list(row.events.order_by("pk").values_list("event", "by")) for row in rows]
    event = {"put_off": "put_off", "rank": "ranked", "withdraw": "withdrawn"}[deed]
    pk = supervisor.pk
    assert told == [[("created", None), (event, pk), ("undone", pk)]] * 3


def test_an_item_that_has_gone_on_stays_and_is_told(
    item: Any, order: Any, supervisor: Any, agent: Any, queue: Any, work: Any
) -> None:
    rows = [item(), item()]
    bulk = go(order("rank", rows, priority=5), supervisor, work)
    claimed = actions.claim(queue=queue, by=agent, now=timezone.now() + timedelta(seconds=1))
    assert isinstance(claimed, Claimed)
    bulks.undo(bulk=bulk, by=supervisor)
    work()
    bulk = fresh(bulk)
    assert (bulk.undone, bulk.kept) == (1, {"gone_on": 1})
    assert {row.pk: fresh(row).priority for row in rows} == {
        row.pk: 5 if row.pk == claimed.item else 0 for row in rows
    }
    assert not bulks.undo(bulk=bulk, by=supervisor)


def test_a_later_deed_is_not_undone_by_the_earlier_one(
    item: Any, order: Any, supervisor: Any, work: Any
) -> None:
    row = item()
    first = go(order("rank", [row], priority=5), supervisor, work)
    go(order("rank", [row], priority=8), supervisor, work)
    bulks.undo(bulk=first, by=supervisor)
    work()
    assert fresh(first).kept == {"gone_on": 1}
    assert fresh(row).priority == 8


def test_everything_a_filter_matches_is_done_in_chunks_each_once(
    item: Any, order: Any, supervisor: Any, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulks, "LOOKED", 3)
    monkeypatch.setattr(bulks, "DONE", 2)
    rows = [item() for _each in range(7)]
    bulk = order("rank", Sieve(), priority=4)
    assert bulk.state == "counting"
    later = item()  # made after the order: not meant
    work()
    bulk = fresh(bulk)
    assert (bulk.state, bulk.seen, bulk.wanted) == ("counted", 7, 7)
    bulk = go(bulk, supervisor, work)
    assert (bulk.done, bulk.skipped) == (7, {})
    assert [fresh(row).priority for row in rows] == [4] * 7
    assert fresh(later).priority == 0
    assert WorkItemEvent.objects.filter(event="ranked").count() == 7
    bulks.undo(bulk=bulk, by=supervisor)
    work()
    assert fresh(bulk).undone == 7
    assert [fresh(row).priority for row in rows] == [0] * 7


def test_a_chunk_that_comes_twice_is_done_once(
    item: Any, order: Any, supervisor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that died after its transaction, and one that was slow: their effect comes again."""
    monkeypatch.setattr(bulks, "DONE", 2)
    for _each in range(5):
        item()
    bulk = order("rank", Sieve(), priority=4)
    bulks.go(bulk=bulk, by=supervisor)
    effect = Effect.objects.get(effect="bulk")
    for _twice in range(2):
        bulks.step(effect.arguments, effect)
    bulk = fresh(bulk)
    assert (bulk.state, bulk.done) == ("running", 4)
    assert BulkStep.objects.count() == WorkItemEvent.objects.filter(event="ranked").count() == 4


def test_what_was_stopped_stays_and_can_be_taken_back(
    item: Any, order: Any, supervisor: Any, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulks, "DONE", 2)
    for _each in range(5):
        item()
    bulk = order("rank", Sieve(), priority=4)
    bulks.go(bulk=bulk, by=supervisor)
    assert bulks.stop(bulk=bulk)
    work()
    assert WorkItem.objects.filter(priority=4).count() == 2
    assert bulks.undo(bulk=bulk, by=supervisor)
    work()
    assert (fresh(bulk).state, fresh(bulk).undone) == ("undone", 2)
    assert not WorkItem.objects.filter(priority=4).exists()


def test_who_lost_the_role_does_nothing_further(
    item: Any, order: Any, supervisor: Any, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulks, "DONE", 2)
    for _each in range(5):
        item()
    bulk = order("rank", Sieve(), priority=4)
    bulks.go(bulk=bulk, by=supervisor)
    supervisor.groups.clear()
    work()
    assert (fresh(bulk).state, fresh(bulk).done) == ("done", 2)


def test_a_reserved_item_goes_to_its_agent_alone_until_the_time_is_over(
    item: Any, order: Any, supervisor: Any, agent: Any, second_agent: Any, queue: Any, work: Any
) -> None:
    row, now = item(), timezone.now()
    until = now + timedelta(hours=1)
    go(order("reserve", [row], agent=agent.pk, until=until), supervisor, work)
    others = actions.claim(queue=queue, by=second_agent, now=now + timedelta(minutes=1))
    assert isinstance(others, Refused)
    late = actions.claim(queue=queue, by=second_agent, now=until + timedelta(minutes=1))
    assert isinstance(late, Claimed)


def test_a_reservation_lasts_when_the_policy_changes(
    item: Any, order: Any, supervisor: Any, agent: Any, policy: Any, work: Any
) -> None:
    row = item(not_before=LATER)
    go(order("reserve", [row], agent=agent.pk, until=LATER), supervisor, work)
    policy.rules = {"caps": {"day": 1}}
    actions.save_policy(policy=policy, by=supervisor)
    work()
    assert (fresh(row).reserved_for_id, fresh(row).reserved_until) == (agent.pk, LATER)


def test_what_was_put_off_stays_so_when_the_policy_changes(
    item: Any, order: Any, supervisor: Any, policy: Any, work: Any
) -> None:
    kept, back = (
        item(not_before=LATER - timedelta(days=3)),
        item(not_before=LATER - timedelta(days=3)),
    )
    go(order("put_off", [kept], until=LATER), supervisor, work)
    undone = go(order("put_off", [back], until=LATER), supervisor, work)
    bulks.undo(bulk=undone, by=supervisor)
    work()
    for scope in ("policy", "queue"):
        recomputing.order(scope, policy.pk)  # type: ignore[arg-type]
    policy.rules = {"caps": {"day": 1}}
    actions.save_policy(policy=policy, by=supervisor)
    work()
    assert (fresh(kept).not_before, fresh(kept).state) == (LATER, "scheduled")
    assert fresh(back).not_before == LATER - timedelta(days=3)


def test_taking_back_frees_the_agent_and_cannot_be_undone(
    item: Any, order: Any, supervisor: Any, agent: Any, queue: Any, work: Any
) -> None:
    row, now = item(), timezone.now() + timedelta(seconds=1)
    claimed = actions.claim(queue=queue, by=agent, now=now)
    assert isinstance(claimed, Claimed)
    actions.start_attempt(item=row, by=agent, now=now)
    bulk = go(order("take_back", [row]), supervisor, work)
    assert (fresh(row).state, fresh(row).assignee_id) == ("ready", None)
    assert not row.attempt_rows.filter(ended_at=None).exists()
    with pytest.raises(actions.NotHolder):
        actions.dispose(item=row, disposition="busy", by=agent, now=now)
    assert not bulks.undo(bulk=bulk, by=supervisor)


@pytest.fixture
def other(policy: Any, version: Any) -> Queue:
    queue = Queue.objects.create(code="other", title="Other", policy=policy)
    Campaign.objects.create(code="autumn", title="Autumn", queue=queue, app=version.app)
    return queue


def test_a_moved_item_is_claimed_from_its_new_queue_and_its_campaigns_hours_hold(
    item: Any, order: Any, supervisor: Any, agent: Any, queue: Any, other: Queue, work: Any
) -> None:
    row, now = item(), timezone.now() + timedelta(seconds=1)
    bulk = go(order("move", [row], queue=other.pk), supervisor, work)
    assert fresh(row).queue_id == other.pk
    assert isinstance(actions.claim(queue=queue, by=agent, now=now), Refused)
    day = (now.isoweekday() + 2) % 7 + 1
    shut = Policy.objects.create(
        code="shut",
        title="Shut",
        rules={"window": {"days": [day], "from": "09:00", "until": "10:00"}},
    )
    Campaign.objects.filter(pk=row.campaign_id).update(policy=shut)
    refused = actions.claim(queue=other, by=agent, now=now)
    assert isinstance(refused, Refused)
    assert refused.reason == "closed"
    Campaign.objects.filter(pk=row.campaign_id).update(policy=None)
    bulks.undo(bulk=bulk, by=supervisor)
    work()
    assert fresh(row).queue_id == queue.pk
    assert isinstance(actions.claim(queue=queue, by=agent, now=now), Claimed)


def test_a_withdrawn_item_does_not_come_back_into_a_closed_campaign(
    item: Any, order: Any, supervisor: Any, campaign: Any, work: Any
) -> None:
    row = item()
    bulk = go(order("withdraw", [row], reason="mistake"), supervisor, work)
    actions.close_campaign(campaign=campaign, by=supervisor)
    bulks.undo(bulk=bulk, by=supervisor)
    work()
    assert fresh(bulk).kept == {"campaign_closed": 1}
    assert fresh(row).state == "withdrawn"


@pytest.mark.parametrize(
    ("deed", "told", "code"),
    [
        ("put_off", Told(), "until"),
        ("put_off", Told(until=datetime(2020, 1, 1, tzinfo=UTC)), "until"),
        ("move", Told(queue=987), "queue"),
        ("withdraw", Told(reason="x"), "reason"),
        ("rank", Told(), "rank"),
    ],
)
def test_what_a_deed_lacks_is_told_and_nothing_is_kept(
    item: Any, supervisor: Any, deed: str, told: Told, code: str
) -> None:
    problem = bulks.order(by=supervisor, deed=deed, told=told, items=[item().pk])
    assert getattr(problem, "code", None) == code
    assert not Bulk.objects.exists()


def test_nothing_ticked_is_told(supervisor: Any) -> None:
    problem = bulks.order(by=supervisor, deed="hasten", told=Told(), items=[])
    assert getattr(problem, "code", None) == "nothing"
