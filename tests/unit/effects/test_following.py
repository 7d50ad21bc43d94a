"""Calls on the days that follow; facts; skills; and that nothing makes itself for ever."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from runtime.effects.actions import series as acting
from runtime.effects.models import Descent, Series
from runtime.outbox import actions
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all
from runtime.parties.store import open_party
from runtime.queues.actions import grant_skill, has_skill
from runtime.queues.models import Skill, WorkItem
from runtime.queues.states import WITHDRAWN
from tests.unit.effects.conftest import DAILY, with_effects
from tests.unit.queues.conftest import publish

pytestmark = pytest.mark.django_db


def calls() -> list[WorkItem]:
    return list(WorkItem.objects.filter(campaign__code="daily").order_by("not_before"))


def test_one_call_a_day_begins_with_the_queue_s_day(daily: Any, bo: Any, end: Any) -> None:
    end(with_effects(DAILY), party=bo)
    carry_out_all()
    zone = ZoneInfo("Europe/Brussels")
    today = timezone.now().astimezone(zone).date()
    begun = [item.not_before.astimezone(zone) for item in calls()]
    assert [at.date() for at in begun] == [today + timedelta(days=day) for day in (1, 2, 3)]
    assert {at.hour for at in begun} == {
        acting.mornings(daily, timezone.now(), 1)[0].astimezone(zone).hour
    }


def test_summer_time_does_not_move_the_morning(daily: Any) -> None:
    night = datetime(2026, 3, 27, 23, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    found = acting.mornings(daily, night, 3)
    assert [at.isoformat()[:10] for at in found] == ["2026-03-28", "2026-03-29", "2026-03-30"]
    assert len({(at.hour, at.minute) for at in found}) == 1


def test_twice_is_once(daily: Any, bo: Any, end: Any) -> None:
    end(with_effects(DAILY), party=bo)
    carry_out_all()
    Effect.objects.update(state="pending", not_before="2020-01-01T00:00Z")
    carry_out_all()
    assert (len(calls()), Series.objects.count()) == (3, 1)


@pytest.mark.parametrize(("outcome", "left"), [("no", 0), ("done", 2)])
def test_the_outcome_that_was_asked_for_ends_the_series(
    daily: Any, bo: Any, end: Any, agent: Any, outcome: str, left: int
) -> None:
    from runtime.records import actions as records

    end(with_effects(DAILY), party=bo)
    carry_out_all()
    first = calls()[0]
    record = records.start(version=daily.app.versions.get(), by=agent, party=bo)
    WorkItem.objects.filter(pk=first.pk).update(record=record)
    records.finish(record.pk, outcome, by=agent)
    acting.look_after(timezone.now())
    open_calls = [item for item in calls()[1:] if item.state != WITHDRAWN]
    assert len(open_calls) == left
    assert Series.objects.get().state == ("running" if left else "ended")


def test_who_refuses_is_not_called_again(daily: Any, bo: Any, end: Any) -> None:
    end(with_effects(DAILY), party=bo)
    carry_out_all()
    WorkItem.objects.filter(pk=calls()[0].pk).update(state="resolved", outcome="refused")
    acting.look_after(timezone.now())
    assert [item.state for item in calls()[1:]] == [WITHDRAWN, WITHDRAWN]
    assert (Series.objects.get().state, Series.objects.get().reason) == ("ended", "refused")


def test_a_supervisor_withdraws_a_series_once(
    daily: Any, bo: Any, end: Any, supervisor: Any
) -> None:
    end(with_effects(DAILY), party=bo)
    carry_out_all()
    series = Series.objects.get()
    ended = [acting.end(series=series, reason="asked", by=supervisor) for _ in range(2)]
    assert ended == [3, 0]
    series.refresh_from_db()
    assert (series.state, series.by) == ("withdrawn", supervisor)


def test_nobody_known_is_nobody_to_call(daily: Any, end: Any) -> None:
    end(with_effects(DAILY))
    carry_out_all()
    assert actions.failed().get().last_problem == "nobody"


def test_an_answer_becomes_what_is_known_of_the_person(bo: Any, end: Any, agent: Any) -> None:
    born = {"effect": "set_fact", "arguments": {"fact": "birth_date", "answer": "met_on"}}
    end(with_effects(born), party=bo, met_on="1980-02-29")
    end(with_effects(born), party=bo)
    carry_out_all()
    bo.refresh_from_db()
    assert open_party(bo, by=agent, purpose="test").birth_date == "1980-02-29"
    assert set(Effect.objects.values_list("state", flat=True)) == {"done"}


def test_a_skill_has_to_be_shown_anew(end: Any, agent: Any, trainer: Any) -> None:
    skill = Skill.objects.create(code="calls", title="Calls")
    for person in (agent, trainer):
        grant_skill(person=person, skill=skill, days=30)
    end(with_effects({"effect": "require_skill", "arguments": {"skill": "calls"}}))
    carry_out_all()
    assert [has_skill(person=one, skill=skill) for one in (agent, trainer)] == [False, True]
    grant_skill(person=agent, skill=skill, days=30)
    Effect.objects.update(state="pending", not_before="2020-01-01T00:00Z")
    carry_out_all()
    assert has_skill(person=agent, skill=skill)


def spawn_of(record: Any) -> str:
    carry_out_all()
    return Effect.objects.get(record=record.pk).last_problem


def test_what_makes_itself_ends_at_a_depth(
    daily: Any, bo: Any, end: Any, settings: Any, agent: Any
) -> None:
    settings.EFFECTS_DEEPEST = 2
    version = publish(with_effects(DAILY), code="daily_call")
    problems, item = [], None
    for _step in range(4):
        record = _record(version, agent, bo, item)
        problems.append(spawn_of(record))
        made = WorkItem.objects.filter(spawned_by__record=record).order_by("not_before")
        item = made.first() or item
    assert problems == ["", "", "too_deep", "too_deep"]
    assert sorted(Descent.objects.values_list("depth", flat=True)) == [1, 1, 1, 2, 2, 2]
    assert len(set(Descent.objects.values_list("root", flat=True))) == 1


def test_one_cause_makes_so_much_a_day(
    daily: Any, bo: Any, end: Any, settings: Any, agent: Any
) -> None:
    settings.EFFECTS_A_DAY = 5
    version = publish(with_effects(DAILY), code="daily_call")
    first = _record(version, agent, bo, None)
    assert spawn_of(first) == ""
    item = WorkItem.objects.filter(spawned_by__record=first).first()
    assert spawn_of(_record(version, agent, bo, item)) == "too_many_today"
    assert Descent.objects.count() == 3


def _record(version: Any, agent: Any, party: Any, item: Any) -> Any:
    """A record that ended, of the item that somebody called for."""
    from runtime.records import actions as records

    record = records.start(version=version, by=agent, party=party)
    if item is not None:
        WorkItem.objects.filter(pk=item.pk).update(record=record, state="scheduled")
    assert isinstance(records.finish(record.pk, "done", by=agent), records.Settled)
    return record
