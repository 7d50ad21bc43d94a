"""The board, the list, deeds and the report as their readers see them; and nothing of them without the role."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.queues import actions, board
from runtime.queues.actions import counts, facts
from runtime.queues.bulks import Bulk
from runtime.queues.claimed import Claimed
from runtime.queues.models import WorkItem
from runtime.queues.sight import Sight, seen_by


@pytest.fixture
def page_of(supervisor: Any, client_of: Any) -> Any:
    """`page_of("board", queue="calls")`: the text of a page that a supervisor sees."""
    client = client_of(supervisor)

    def get(name: str, *holes: Any, status: int = 200, **query: Any) -> str:
        answer = client.get(reverse(name, args=holes), query)
        assert answer.status_code == status, answer.status_code
        return answer.content.decode()

    get.client = client  # type: ignore[attr-defined]
    return get


def heads(page: str) -> dict[str, str]:
    """The figures at the top, by state."""
    parts = page.split('data-state="')[1:]
    return {one.split('"')[0]: one.split(">", 1)[1].split("<")[0].strip() for one in parts}


def test_the_board_counts_what_stands_and_who_is_at_work(
    page_of: Any, item: Any, queue: Any, agent: Any
) -> None:
    now = timezone.now()
    item(), item(), item(not_before=now + timedelta(days=2))
    claimed = actions.claim(queue=queue, by=agent, now=now + timedelta(seconds=1))
    assert isinstance(claimed, Claimed)
    for query in ({}, {"queue": "calls"}, {"campaign": "spring"}):
        page = page_of("board", **query)
        assert heads(page) == {"ready": "1", "active": "1", "scheduled": "1", "waiting": "0"}
        assert "has an item, did not dial" in page
        assert heads(page_of("board-live", **query)) == heads(page)
    actions.start_attempt(item=WorkItem(pk=claimed.item), by=agent, now=now)
    assert "in a call" in page_of("board-live")


def test_who_ended_an_item_is_idle_since(page_of: Any, item: Any, queue: Any, agent: Any) -> None:
    row, now = item(), timezone.now() - timedelta(minutes=2)
    assert isinstance(actions.claim(queue=queue, by=agent, now=timezone.now()), Claimed)
    actions.dispose(item=row, disposition="reached", by=agent, now=now)
    page = page_of("board-live", queue="calls")
    assert "idle: 1" in page
    assert "has an item" not in page


def test_an_empty_board_says_so(page_of: Any) -> None:
    assert "There is no queue yet." in page_of("board")


def test_the_board_leads_on_only_to_what_is_there(page_of: Any, queue: Any, campaign: Any) -> None:
    page_of("board", queue="nothing", status=404)
    page_of("board-live", campaign="a\0b", status=404)
    page_of("board-report", queue="nothing", status=404)


def test_many_items_are_counted_by_the_worker(
    item: Any, queue: Any, campaign: Any, supervisor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _each in range(4):
        item()
    monkeypatch.setattr(board, "LIVE", 2)
    sight, now = seen_by(supervisor), timezone.now()
    scopes = [board.scope_of(sight), board.scope_of(sight, campaign=campaign.pk)]
    assert all(board.standing(one, now).at_least for one in scopes)
    assert counts.count(now=now)
    for scope in scopes:
        told = board.standing(scope, now)
        assert (dict(told.states), told.at, told.at_least) == ({"ready": 4}, now, False)
        assert dict(told.ages) == {"today": 4}
    item()
    assert board.standing(scopes[0], now).states["ready"] == 4  # until it is counted again


def test_what_took_long_is_not_counted_again_at_once(queue: Any) -> None:
    from runtime.queues.kept import KeptCount

    now = timezone.now()
    assert counts.count(now=now)
    KeptCount.objects.update(took=2.0)
    assert not counts.count(now=now + timedelta(seconds=39))
    assert counts.count(now=now + timedelta(seconds=41))


def test_counts_of_one_queue_are_not_those_of_another_persons_sight(item: Any, queue: Any) -> None:
    item()
    told = board.standing(board.scope_of(Sight()), timezone.now())
    assert told.total == 0
    assert told.oldest is None


def test_a_queue_is_paused_and_resumed_from_its_board(page_of: Any, queue: Any) -> None:
    address = reverse("board-pause")
    page_of.client.post(address, {"queue": "calls", "paused": "yes"})
    queue.refresh_from_db()
    assert queue.paused
    assert "Paused: nothing is handed out until it is resumed." in page_of("board", queue="calls")
    page_of.client.post(address, {"queue": "calls", "paused": "no"})
    queue.refresh_from_db()
    assert not queue.paused
    for bad in ({}, {"queue": "calls"}, {"queue": "x", "paused": "yes"}):
        assert page_of.client.post(address, bad).status_code == 404


def test_the_list_shows_a_reference_and_nobodys_name(page_of: Any, item: Any, person: Any) -> None:
    row = item(party=person(given_name="Zebedee"))
    page = page_of("board-items")
    assert str(row.pk)[:8] in page
    assert "Zebedee" not in page
    assert "+32470" not in page
    assert "No item fits this filter." in page_of("board-items", state="resolved")


def test_the_list_is_turned_page_by_page(
    page_of: Any, item: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.workspace import board_items_views

    monkeypatch.setattr(board_items_views, "ON_A_PAGE", 2)
    rows = [f'value="{item().pk}"' for _each in range(3)]
    first = page_of("board-items", state="ready")
    assert [one in first for one in rows] == [True, True, False]
    way = first.split('rel="next" href="?')[1].split('"')[0].replace("&amp;", "&")
    second = page_of.client.get(f"{reverse('board-items')}?{way}").content.decode()
    assert [one in second for one in rows] == [False, False, True]


@pytest.mark.parametrize(
    "query",
    [
        {"priority": "many"},
        {"priority": "99999999999999999999"},
        {"state": "gone"},
        {"queue": "nothing"},
        {"person": "nobody"},
        {"outcome": "\0"},
    ],
)
def test_a_filter_that_cannot_be_read_is_told(page_of: Any, queue: Any, query: Any) -> None:
    assert "errorlist" in page_of("board-items", status=400, **query)


@pytest.mark.parametrize("after", [["x"], ["2026-01-01", "y"], ["2026-01-01T00:00:00+00:00", "y"]])
def test_a_place_in_the_list_that_cannot_be_read_is_its_beginning(
    page_of: Any, item: Any, after: list[str]
) -> None:
    assert str(item().pk)[:8] in page_of("board-items", after=after)


def deed(page_of: Any, **told: Any) -> Any:
    own = ("item", "all", "query")
    data = {name if name in own else f"deed-{name}": value for name, value in told.items()}
    return page_of.client.post(reverse("bulk-new"), data)


def test_a_deed_goes_by_its_preview_and_back(page_of: Any, item: Any, work: Any) -> None:
    rows = [item(), item()]
    answer = deed(page_of, deed="rank", priority=6, item=[str(rows[0].pk)])
    bulk = Bulk.objects.get()
    assert answer.headers["Location"] == reverse("bulk", args=[bulk.pk])
    preview = page_of("bulk", bulk.pk)
    assert "It can be done to 1 of 1 items." in preview
    assert WorkItem.objects.filter(priority=6).count() == 0
    page_of.client.post(reverse("bulk-turn", args=[bulk.pk, "go"]))
    work()
    assert list(WorkItem.objects.filter(priority=6)) == [rows[0]]
    assert "Done to 1 item." in page_of("bulk", bulk.pk)
    assert page_of.client.get(reverse("bulk-progress", args=[bulk.pk])).json()["ended"] is True
    page_of.client.post(reverse("bulk-turn", args=[bulk.pk, "undo"]))
    work()
    assert "Taken back for 1 item." in page_of("bulk", bulk.pk)
    assert not WorkItem.objects.filter(priority=6).exists()
    assert "Change lane, priority or due time" in page_of("bulks")


def test_a_deed_to_all_that_the_filter_finds(page_of: Any, item: Any, work: Any) -> None:
    item(priority=5), item(), item(priority=7)
    deed(page_of, deed="withdraw", reason="mistake", all="yes", query="priority=5")
    bulk = Bulk.objects.get()
    assert bulk.wanted == 2
    page_of.client.post(reverse("bulk-turn", args=[bulk.pk, "go"]))
    work()
    assert WorkItem.objects.filter(state="withdrawn").count() == 2


@pytest.mark.parametrize(
    "told",
    [
        {"deed": ""},
        {"deed": "burn"},
        {"deed": "put_off", "until": "soon"},
        {"deed": "put_off", "until": "2001-01-01T10:00"},
        {"deed": "reserve", "until": "2099-01-01T10:00", "agent": "nobody"},
        {"deed": "move", "target": "999999"},
        {"deed": "withdraw"},
        {"deed": "rank"},
        {"deed": "hasten", "item": ["no id"]},
        {"deed": "hasten", "all": "yes", "query": "priority=x"},
    ],
)
def test_a_deed_that_is_not_complete_is_told_on_the_list(
    page_of: Any, item: Any, told: dict[str, Any]
) -> None:
    answer = deed(page_of, **{"item": [str(item().pk)], **told})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Bulk.objects.exists()


def test_a_deed_of_what_one_does_not_see_is_not_there(
    page_of: Any, item: Any, order: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.workspace import bulk_views

    bulk = order("hasten", [item(not_before=timezone.now() + timedelta(days=1))])
    monkeypatch.setattr(bulk_views, "seen_by", lambda _user: Sight())
    page_of("bulk", bulk.pk, status=404)
    assert page_of.client.post(reverse("bulk-turn", args=[bulk.pk, "go"])).status_code == 404
    assert str(bulk.pk) not in page_of("bulks")


def test_the_report_tells_the_day_and_its_file_is_logged(
    page_of: Any, item: Any, queue: Any, agent: Any, supervisor: Any
) -> None:
    now = timezone.now()
    row, _other = item(), item()
    assert isinstance(actions.claim(queue=queue, by=agent, now=now), Claimed)
    actions.start_attempt(item=row, by=agent, now=now)
    actions.dispose(item=row, disposition="reached", by=agent, now=now)
    today = timezone.localdate(now)  # it may be midnight meanwhile
    facts.keep(now=facts.midnight(today, 1, timezone.get_default_timezone()) + facts.CLOSES_AFTER)
    page = page_of("board-report", queue="calls", day=today.isoformat())
    for words in ("<dd>2</dd>", "100 %", 'class="chart"', agent.username):
        assert words in page
    answer = page_of.client.post(
        reverse("board-report-file"), {"queue": "calls", "day": today.isoformat()}
    )
    told = b"".join(answer.streaming_content).decode()
    assert "In,Made,2," in told
    assert agent.username not in told
    logged = AccessLog.objects.filter(deed="export", by=supervisor).order_by("pk").last()
    assert logged is not None
    assert logged.detail == f"calls-{today.isoformat()}.csv"


@pytest.mark.parametrize("day", ["tomorrow", "2999-01-01", "2026-02-31", "0"])
def test_a_day_that_is_none_is_told(page_of: Any, campaign: Any, day: str) -> None:
    assert "Choose a day that is not ahead." in page_of("board-report", status=400, day=day)
    answer = page_of.client.post(reverse("board-report-file"), {"day": day})
    assert answer.status_code == 400


def test_a_day_without_work_is_empty_and_says_so(page_of: Any, campaign: Any) -> None:
    page = page_of("board-report", campaign="spring", day="2020-01-01")
    assert "Nothing was counted of this day." in page
    assert "No attempt ended on this day." in page
