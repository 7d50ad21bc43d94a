"""Pages of items under any filter: the same as sorting all of them in memory, however small the window."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.queues import listing
from runtime.queues.models import Campaign, Queue, WorkItem
from runtime.queues.sieve import OPEN, Sieve, dump_key, load, load_key
from runtime.queues.sight import Sight, seen_by
from runtime.queues.states import STATES


@pytest.fixture
def many(queue: Any, campaign: Any, policy: Any, version: Any, agent: Any) -> Any:
    """Sixty items of two queues and three campaigns, some made in the same moment."""
    other = Queue.objects.create(code="other", title="Other", policy=policy)
    autumn = Campaign.objects.create(code="autumn", title="Autumn", queue=other, app=version.app)
    now = timezone.now().replace(microsecond=0)
    states = ("ready", "scheduled", "waiting", "resolved", "exhausted")
    WorkItem.objects.bulk_create(
        WorkItem(
            queue=other if n % 3 else queue,
            campaign=(autumn if n % 2 else campaign) if n % 5 else None,
            state=states[n * 7 % 5],
            lane=n % 2,
            priority=n % 4 - 1,
            language=("fr", "nl", "")[n % 3],
            outcome=("busy", "")[n % 4 > 0],
            reserved_for=agent if n % 11 == 0 else None,
            not_before=now,
            created_at=now - timedelta(minutes=n // 4),
        )
        for n in range(60)
    )
    return now


SIEVES = {
    "open": Sieve(),
    "everything, the newest first": Sieve(states=STATES, newest=True),
    "a state": Sieve(states=("ready",)),
    "lane and priority": Sieve(lane=1, priority=1),
    "language": Sieve(states=STATES, language="nl"),
    "outcome": Sieve(states=STATES, outcome="busy"),
    "language and outcome": Sieve(states=STATES, outcome="busy", language="fr", newest=True),
    "nothing": Sieve(language="xx"),
}


def fits(row: WorkItem, sieve: Sieve) -> bool:
    return (
        row.state in sieve.states
        and (sieve.queue is None or row.queue_id == sieve.queue)
        and (sieve.campaign is None or row.campaign_id == sieve.campaign)
        and (sieve.lane is None or row.lane == sieve.lane)
        and (sieve.priority is None or row.priority >= sieve.priority)
        and (not sieve.outcome or row.outcome == sieve.outcome)
        and (not sieve.language or row.language == sieve.language)
        and (sieve.person is None or row.reserved_for_id == sieve.person)
        and (sieve.since is None or row.created_at >= sieve.since)
        and (sieve.before is None or row.created_at < sieve.before)
    )


def expected(sieve: Sieve) -> list[Any]:
    rows = sorted(WorkItem.objects.all(), key=lambda row: (row.created_at, str(row.pk)))
    found = [row.pk for row in rows if fits(row, sieve)]
    return found[::-1] if sieve.newest else found


def walked(sieve: Sieve, sight: Sight, size: int) -> list[Any]:
    """All pages, one after the other."""
    found, after = [], None
    for _page in range(200):
        page = listing.page(sieve, sight, after=after, size=size)
        assert len(page.ids) <= size
        found += page.ids
        after = load_key(dump_key(page.after))
        if after is None:
            return found
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("window", [3, 10_000])
def test_all_pages_together_are_the_list(
    many: Any, supervisor: Any, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "WINDOW", window)
    sight = seen_by(supervisor)
    queue, campaign = Queue.objects.get(code="other"), Campaign.objects.get(code="autumn")
    person = WorkItem.objects.exclude(reserved_for=None).values_list("reserved_for", flat=True)[0]
    more = {
        "a queue": Sieve(queue=queue.pk),
        "a campaign": Sieve(campaign=campaign.pk),
        "both": Sieve(queue=queue.pk, campaign=campaign.pk, language="nl"),
        "a person": Sieve(states=STATES, person=person),
        "an age": Sieve(since=many - timedelta(minutes=9), before=many - timedelta(minutes=2)),
    }
    for name, sieve in {**SIEVES, **more}.items():
        for size in (4, 100):
            assert walked(sieve, sight, size) == expected(sieve), (name, size)


def test_nothing_is_listed_of_what_may_not_be_seen(many: Any, supervisor: Any, agent: Any) -> None:
    other = Queue.objects.get(code="other")
    sight = Sight(frozenset({other.pk}), frozenset())
    rows = WorkItem.objects.in_bulk(walked(Sieve(states=STATES), sight, 100))
    assert {row.queue_id for row in rows.values()} == {other.pk}
    calls = Queue.objects.get(code="calls").pk
    assert walked(Sieve(queue=calls), sight, 100) == []
    campaign = Campaign.objects.get(code="autumn").pk
    assert walked(Sieve(campaign=campaign), sight, 100) == []
    assert walked(Sieve(states=STATES), seen_by(agent), 100) == []


def test_a_sieve_comes_back_as_it_was_kept() -> None:
    now = timezone.now()
    sieve = Sieve(states=("ready",), queue=3, language="nl", since=now, newest=True)
    assert load(sieve.dump()) == sieve
    assert load({"unknown": 1}) == Sieve(states=OPEN)


@pytest.mark.parametrize(
    "kept", [None, [], ["x", "y"], ["2026-01-01T00:00:00", "z"], 5, [1, 2, 3]]
)
def test_a_place_that_cannot_be_read_is_the_beginning(kept: Any) -> None:
    assert load_key(kept) is None
