"""Home of an agent: the one way on, what was promised, what is open, what comes first, and the day; nobody else's of any."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runtime.queues import actions as queues
from runtime.queues.mine import callbacks_of, day_of
from runtime.queues.models import Attempt, Campaign, Queue, Skill, WorkItem
from runtime.workspace.agent_reading import news_for
from tests.unit.fill.calls import publish, small_call
from tests.unit.queues.conftest import (  # noqa: F401  fixtures
    campaign,
    item,
    person,
    policy,
    queue,
    second_agent,
    version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(client_of: Any, agent: Any) -> Any:
    """`home()`: what an agent sees (`of` somebody else)."""

    def home(of: Any = agent, **query: str) -> str:
        answer = client_of(of).get("/", query, headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        return answer.content.decode()

    return home


def promise(item: Any, agent: Any, at: Any) -> Any:  # noqa: F811
    row = item()
    WorkItem.objects.filter(pk=row.pk).update(
        reserved_for=agent,
        not_before=at,
        state="scheduled",
        reserved_until=at + timedelta(hours=1),
    )
    return row


def test_there_is_one_way_on_and_it_has_the_focus(home: Any, item: Any) -> None:  # noqa: F811
    item()
    shown = home()
    assert shown.count("autofocus") == 1
    assert 'class="go" autofocus>Next call' in shown


def test_a_promised_callback_is_the_next_call_before_a_longer_queue(
    home: Any,
    item: Any,  # noqa: F811
    agent: Any,
    campaign: Any,  # noqa: F811
    policy: Any,  # noqa: F811
) -> None:
    other = Queue.objects.create(code="second", title="Second", policy=policy)
    Campaign.objects.create(code="c2", title="C2", queue=other, app=campaign.app)
    mine = promise(item, agent, timezone.now() - timedelta(minutes=5))
    for _number in range(3):
        WorkItem.objects.filter(pk=item().pk).update(queue=other)
    assert '/queue/calls/claim/"' in home().partition("autofocus")[0].rpartition("<form")[2]
    WorkItem.objects.filter(pk=mine.pk).update(state="withdrawn")
    assert '/queue/second/claim/"' in home().partition("autofocus")[0].rpartition("<form")[2]


def test_my_callbacks_are_mine_the_soonest_first_and_late_ones_marked(
    home: Any,
    item: Any,  # noqa: F811
    agent: Any,
    second_agent: Any,  # noqa: F811
) -> None:
    now = timezone.now()
    later = promise(item, agent, now + timedelta(hours=3))
    late = promise(item, agent, now - timedelta(minutes=90))
    promise(item, second_agent, now)
    found = callbacks_of(agent, now)
    assert [(row.item, row.overdue) for row in found] == [(late.pk, True), (later.pk, False)]
    assert "overdue: 1\xa0hour, 30\xa0minutes" in home()


def test_the_day_counts_what_this_agent_did_today(
    home: Any,
    item: Any,  # noqa: F811
    agent: Any,
    second_agent: Any,  # noqa: F811
) -> None:
    now = timezone.now()
    noon = now.replace(hour=12, minute=0)

    def tried(by: Any, disposition: str, at: Any = noon, talk: int | None = None) -> None:
        row = Attempt(item=item(), agent=by, started_at=at, disposition=disposition)
        row.ended_at = at + timedelta(minutes=10)
        if talk is not None:
            row.connected_at, row.hung_up_at = at, at + timedelta(minutes=talk)
        row.save()

    tried(agent, "reached", talk=40), tried(agent, "no_answer"), tried(agent, "refused", talk=25)
    tried(agent, "reached", at=noon - timedelta(days=1)), tried(second_agent, "reached")
    day = day_of(agent, noon - timedelta(hours=1))
    assert (day.made, day.reached, day.ended) == (3, 1, 2)
    assert (day.talk, day.busy) == (timedelta(minutes=65), timedelta(minutes=30))
    Attempt.objects.update(started_at=now)
    assert "1 h 05 min" in home()


def test_a_newer_version_is_news_until_it_was_worked_with(
    home: Any,
    queue: Any,  # noqa: F811
    item: Any,  # noqa: F811
    agent: Any,
    second_agent: Any,  # noqa: F811
    version: Any,  # noqa: F811
) -> None:
    now = timezone.now()
    item(), item()
    first = queues.claim(queue=queue, by=agent, now=now)
    queues.release(item=WorkItem(pk=first.item), by=agent, now=now)
    assert news_for(agent, now) == []
    from builder.models import Version

    Version.objects.create(
        app=version.app,
        number=version.number + 1,
        sha256=version.sha256,
        definition=version.definition,
        note="Ask for the telephone first.",
        created_at=timezone.now(),
    )
    (news,) = news_for(agent, timezone.now())
    assert (news.seen, news.number) == (version.number, version.number + 1)
    assert "Ask for the telephone first." in home()
    assert "Ask for the telephone first." not in home(second_agent)


def test_a_lesson_that_gates_the_queue_comes_first_where_nothing_else_can_be_done(
    home: Any,
    queue: Any,  # noqa: F811
    item: Any,  # noqa: F811
) -> None:
    lesson = publish(small_call(), code="a_lesson").app
    queue.skills.add(Skill.objects.create(code="tracing", title="Tracing", lesson_app=lesson))
    item()
    shown = home()
    assert 'class="button go" href="/lesson/a_lesson/" autofocus' in shown
    assert shown.count("autofocus") == 1


def test_empty_parts_say_what_to_do(home: Any, queue: Any, campaign: Any) -> None:  # noqa: F811
    shown = home()
    for told in ("No call yet today.", "Nothing is left open.", "Nothing new.", "None. Who asks"):
        assert told in shown
    WorkItem.objects.create(
        queue=queue,
        campaign=campaign,
        state="scheduled",
        not_before=timezone.now() + timedelta(days=1),
        created_at=timezone.now(),
    )
    assert "Nothing waits now. The next call comes due on" in home()


def test_nobody_but_an_agent_sees_an_agents_home(home: Any, supervisor: Any, editor: Any) -> None:
    for other in (supervisor, editor):
        assert "My callbacks" not in home(other)


def test_home_asks_as_often_whatever_there_is(
    client_of: Any,
    agent: Any,
    item: Any,  # noqa: F811
    queue: Any,  # noqa: F811
    policy: Any,  # noqa: F811
    campaign: Any,  # noqa: F811
) -> None:
    client = client_of(agent)
    skill = Skill.objects.create(code="tracing", title="Tracing")
    queue.skills.add(skill)
    promise(item, agent, timezone.now() - timedelta(minutes=5))

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert client.get("/").status_code == 200
        return len(told)

    asked()
    before = asked()
    for number in range(6):
        more = Queue.objects.create(code=f"q{number}", title=f"Q{number}", policy=policy)
        more.skills.add(Skill.objects.create(code=f"s{number}", title=f"S{number}"))
        Campaign.objects.create(code=f"c{number}", title="C", queue=more, app=campaign.app)
        promise(item, agent, timezone.now() + timedelta(hours=number))
    assert asked() == before
    print(f"home of an agent: {before} queries")
    assert before <= 26
