"""Facts kept by day, the page of a campaign's figures and its files, through the real actions and the client."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.queues import actions, figures
from runtime.queues.actions import facts
from runtime.queues.fact_rows import steps_between
from runtime.queues.facts import counts, presence, readings
from runtime.queues.kept import KeptDay, KeptEnding
from runtime.queues.models import Attempt
from tests.unit.queues.conftest import NOW

DAY = NOW.date()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`clock(moment)`: what the house's clock shows; at first two minutes before NOW."""
    shown = [NOW - timedelta(minutes=2)]
    monkeypatch.setattr(timezone, "now", lambda: shown[0])

    def show(moment: datetime) -> None:
        shown[0] = moment

    return show


@pytest.fixture
def called(queue: Any) -> Any:
    """`called(agent, NOW, "no_answer", talked=60)`: a whole try, ended three minutes after the claim."""

    def call(by: Any, at: datetime, disposition: str, talked: int | None = None) -> Attempt:
        claimed = actions.claim(queue=queue, by=by, now=at)
        held = actions.attempts.WorkItem.objects.get(pk=claimed.item)
        begun = at + timedelta(seconds=20)
        attempt = actions.start_attempt(item=held, by=by, now=begun)
        if talked is not None:
            hung_up = begun + timedelta(seconds=5 + talked)
            told = actions.CallTimes("sim:=1", "out", begun, begun + timedelta(seconds=5), hung_up)
            actions.mark_call(attempt=attempt, times=told)
        ended = at + timedelta(minutes=3)
        actions.dispose(item=held, disposition=disposition, by=by, now=ended)
        return attempt

    return call


@pytest.fixture
def worked(item: Any, called: Any, agent: Any, second_agent: Any) -> None:
    """Three people, four tries: two agents, one who came back after lunch."""
    for _number in range(3):
        item()
    called(agent, NOW, "no_answer")
    called(second_agent, NOW, "reached", talked=100)
    called(agent, NOW + timedelta(minutes=10), "refused")
    called(agent, NOW + timedelta(hours=3), "reached", talked=60)


def keep_until(now: datetime) -> None:
    while facts.keep(now=now):
        pass


def test_what_is_kept_is_what_counting_everything_gives(worked: None, campaign: Any) -> None:
    zone = timezone.get_default_timezone()
    for minutes in (2, 5, 6, 30, 200):
        keep_until(NOW + timedelta(minutes=minutes))
    row = KeptDay.objects.get(campaign=campaign, day=DAY)
    steps = [step for _c, step in steps_between(NOW - timedelta(days=1), NOW + timedelta(days=1))]
    assert row.facts == counts.dump(counts.fold_all({}, steps, zone))
    assert not row.closed
    keep_until(NOW + timedelta(days=2))
    closed = KeptDay.objects.get(campaign=campaign, day=DAY)
    assert (closed.closed, closed.facts) == (True, row.facts)
    assert KeptDay.objects.filter(campaign=None, closed=True).count() == 2


def test_keeping_twice_or_backwards_changes_nothing(worked: None) -> None:
    keep_until(NOW + timedelta(hours=4))
    before = list(KeptDay.objects.order_by("pk").values_list("facts", "until"))
    keep_until(NOW + timedelta(hours=4))
    keep_until(NOW + timedelta(hours=1))
    assert list(KeptDay.objects.order_by("pk").values_list("facts", "until")) == before


def test_a_worker_that_was_slower_adds_nothing(
    worked: None, campaign: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_until(NOW + timedelta(minutes=6))
    counted = facts.count

    def while_another_is_faster(*span: Any) -> Any:
        monkeypatch.setattr(facts, "count", counted)
        keep_until(NOW + timedelta(hours=4))
        return counted(*span)

    monkeypatch.setattr(facts, "count", while_another_is_faster)
    keep_until(NOW + timedelta(hours=4))
    row = KeptDay.objects.get(campaign=campaign, day=DAY)
    assert readings.total(counts.load(row.facts), "tries") == 4


def test_days_from_before_facts_were_kept_are_counted_from_the_first(worked: None) -> None:
    keep_until(NOW + timedelta(days=9))
    days = KeptDay.objects.filter(campaign=None).order_by("day")
    assert [row.day for row in days] == [DAY + timedelta(days=n) for n in range(10)]
    assert [row.closed for row in days] == [True] * 9 + [False]


def test_a_campaigns_figures(worked: None, campaign: Any, agent: Any, second_agent: Any) -> None:
    keep_until(NOW + timedelta(hours=4))
    told = figures.of_campaign(campaign, DAY, DAY)
    assert readings.reached_share(told.counted) == 0.5
    assert readings.attempts_by_hour(told.counted)[0] == (11, 3, 1)
    assert readings.total(told.counted, "seconds", "connected") == 160
    assert readings.total(told.counted, "seconds", "wrap_up") == (180 - 125) + (180 - 85)
    assert told.ageing[0] == ("today", 0)
    assert dict(told.ageing) == dict.fromkeys(dict(told.ageing), 0)
    own = {one.agent: one for one in told.agents}
    assert (own[agent.pk].items, own[agent.pk].on_items) == (3, 540 - 95)
    assert (
        own[agent.pk].idle == 7 * 60
    )  # between the first two; away for the hours before the last
    assert own[second_agent.pk].idle == 0
    assert told.idle_share == pytest.approx(420 / (540 + 420 + 180))


def test_time_in_other_campaigns_is_not_idle_here(
    item: Any, called: Any, agent: Any, queue: Any, version: Any, campaign: Any
) -> None:
    from runtime.queues.models import Campaign

    other = Campaign.objects.create(code="other", title="Other", queue=queue, app=version.app)
    item(priority=5), item(campaign=other)
    called(agent, NOW, "refused")
    called(agent, NOW + timedelta(minutes=5), "refused")
    keep_until(NOW + timedelta(hours=1))
    (own,) = figures.of_campaign(campaign, DAY, DAY).agents
    assert (own.items, own.here, own.on_items, own.idle) == (2, 180, 360, 120)


def test_an_outcome_is_counted_by_version_and_language_and_leads_to_nobody(
    queue: Any, item: Any, agent: Any, campaign: Any
) -> None:
    from runtime.records import actions as records

    item()
    claimed = actions.claim(queue=queue, by=agent, now=NOW)
    records.finish(claimed.record, "done", by=agent)
    assert {field.name for field in KeptEnding._meta.fields} == {
        "id", "campaign", "version", "language", "outcome", "day",
    }  # fmt: skip
    told = figures.of_campaign(campaign, DAY, DAY)
    assert told.ended == (figures.Ended(1, "en", "done", 1),)


def url(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


@pytest.fixture
def supervisors(client_of: Any, supervisor: Any) -> Any:
    return client_of(supervisor)


def test_the_page_shows_pictures_with_tables_beside_them(
    worked: None, supervisors: Any, campaign: Any, clock: Any
) -> None:
    clock(NOW + timedelta(hours=4))
    keep_until(NOW + timedelta(hours=4))
    page = supervisors.get(url("campaign-figures", campaign.code)).content.decode()
    assert page.count("<svg") == 2
    assert 'class="chart-part"' in page
    assert "style=" not in page
    assert "50 %" in page
    assert "No answer" in page
    assert "2 min" in page


def test_a_page_before_anything_was_counted_says_so(supervisors: Any, campaign: Any) -> None:
    page = supervisors.get(url("campaign-figures", campaign.code)).content.decode()
    assert "Nothing was counted yet" in page
    assert "<svg" not in page


@pytest.mark.parametrize(
    "query",
    ["since=2026-03-09&until=2026-03-01", "since=x&until=y", "since=1900-01-01&until=2999-01-01",
     "since=2026-03-01", "since=%00&until=0001-01-01"],
)  # fmt: skip
def test_days_that_cannot_be_are_refused_in_words(
    supervisors: Any, campaign: Any, query: str
) -> None:
    answer = supervisors.get(url("campaign-figures", campaign.code) + "?" + query)
    assert answer.status_code == 400
    told = dict(pair.split("=") for pair in query.split("&"))
    posted = supervisors.post(url("campaign-facts", campaign.code, "attempts"), told)
    assert posted.status_code == 400


def rows_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_facts_as_files_name_nobody_and_are_logged(
    worked: None, supervisors: Any, supervisor: Any, campaign: Any, agent: Any
) -> None:
    keep_until(NOW + timedelta(hours=4))
    span = {"since": DAY.isoformat(), "until": DAY.isoformat()}
    answer = supervisors.post(url("campaign-facts", campaign.code, "attempts"), span)
    head, *rows = rows_of(answer)
    logged = AccessLog.objects.get(deed="export")
    assert (logged.by, logged.purpose) == (supervisor, "figures")
    assert logged.detail == f"spring-attempts-{DAY}-{DAY}.csv"
    assert sorted(row[head.index("disposition")] for row in rows) == sorted(
        ["no_answer", "reached", "refused", "reached"]
    )
    items = set(Attempt.objects.values_list("item_id", flat=True))
    assert {len(row[0]) for row in rows} == {16}
    assert not {str(pk) for pk in items} & {row[0] for row in rows}
    told = rows_of(supervisors.post(url("campaign-facts", campaign.code, "agents"), span))
    assert sorted(row[2] for row in told[1:]) == ["1", "3"]
    assert {row[2] for row in rows} == {row[0] for row in told[1:]}  # joined by pseudonyms


def test_the_evidence_for_the_bill_has_every_call_and_no_formula(
    worked: None, supervisors: Any, campaign: Any, item: Any, queue: Any, agent: Any
) -> None:
    item()
    claimed = actions.claim(queue=queue, by=agent, now=NOW + timedelta(hours=4))
    held = actions.attempts.WorkItem.objects.get(pk=claimed.item)
    actions.start_attempt(item=held, by=agent, now=NOW + timedelta(hours=4))
    actions.release(item=held, by=agent, now=NOW + timedelta(hours=4, minutes=1))
    Attempt.objects.filter(disposition="refused").update(provider_call="=cmd|' /C calc'!A0")
    span = {"since": DAY.isoformat(), "until": DAY.isoformat()}
    head, *rows = rows_of(supervisors.post(url("campaign-facts", campaign.code, "billing"), span))
    calls = [row[head.index("provider_call")] for row in rows]
    assert sorted(calls) == ["", "", "'=cmd|' /C calc'!A0", "sim:=1", "sim:=1"]
    assert sorted(row[head.index("seconds_connected")] for row in rows) == [
        "",
        "",
        "",
        "100",
        "60",
    ]
    assert AccessLog.objects.filter(deed="export", purpose="billing").count() == 1


def test_a_file_nobody_knows_is_refused(supervisors: Any, campaign: Any) -> None:
    span = {"since": DAY.isoformat(), "until": DAY.isoformat()}
    assert supervisors.post(url("campaign-facts", campaign.code, "all"), span).status_code == 400
    assert supervisors.get(url("campaign-facts", campaign.code, "all")).status_code == 405
    assert not AccessLog.objects.filter(deed="export").exists()


def test_agents_presence_is_kept_for_the_house(worked: None, agent: Any) -> None:
    keep_until(NOW + timedelta(hours=4))
    house = presence.load(KeptDay.objects.get(campaign=None, day=DAY).facts)
    assert len(house[agent.pk].stretches) == 2
