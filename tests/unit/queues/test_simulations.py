"""The simulator: the same chance gives the same course, the policy holds in it, and its pages."""

import random
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.outbox.actions import carry_out
from runtime.outbox.models import Effect
from runtime.queues import forecasting, retry
from runtime.queues.actions import simulations
from runtime.queues.facts.counts import Counts
from runtime.queues.kept import Simulation
from runtime.queues.simulating import bands
from runtime.queues.simulating.asked import Asked, load
from runtime.queues.simulating.hours import Shift, Shifts
from runtime.queues.simulating.playing import Open, Plan, Run, play
from runtime.queues.simulating.rates import USUAL, measure

ZONE = ZoneInfo("Europe/Brussels")
BEGINNING = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)  # a Wednesday, nine in Brussels
WEEK = frozenset({1, 2, 3, 4, 5})
SHIFT = Shift(WEEK, time(9), time(17))
ALWAYS_REACHED: Counts = {("tries", 1, hour, "reached"): 10**7 for hour in range(24)} | {
    ("busy", "reached", 60): 100
}
NEVER: Counts = {("tries", n, h, "no_answer"): 10**7 for n in range(1, 7) for h in range(24)} | {
    ("busy", "no_answer", 6): 100
}


def rules(**told: Any) -> retry.Rules:
    read = retry.read(told)
    assert isinstance(read, retry.Rules)
    return read


def plan(counts: Counts, *, agents: int = 1, shift: Shift = SHIFT, **policy: Any) -> Plan:
    own = rules(**policy)
    shifts = Shifts(BEGINNING, ZONE, shift, lambda at: retry.in_window(own, at))
    return Plan(agents, own, measure(counts, pause=0.0), shifts)


def course(told: Plan, items: list[Open], seed: int = 1) -> Run:
    return play(told, items, random.Random(seed).random)


def opened(many: int, **more: Any) -> list[Open]:
    return [Open(1, 0, more.get("at", BEGINNING), more.get("past", ()))] * many


def test_a_list_that_is_always_reached_takes_what_its_calls_take() -> None:
    run = course(plan(ALWAYS_REACHED), opened(30))
    assert (run.resolved, run.exhausted, run.left, run.attempts) == (30, 0, 0, 30)
    assert run.done == pytest.approx(30 * 605, rel=0.01)
    assert sum(run.busy.values()) == pytest.approx(run.done)


def test_twice_the_agents_take_half_the_time() -> None:
    one, two = (course(plan(ALWAYS_REACHED, agents=n), opened(40)).done for n in (1, 2))
    assert one
    assert two
    assert two == pytest.approx(one / 2, rel=0.02)


def test_a_night_and_a_weekend_lie_between_shifts() -> None:
    run = course(plan(ALWAYS_REACHED), opened(47 * 3 + 10))  # Wednesday to Friday, and ten more
    assert run.done is not None
    done = (BEGINNING + timedelta(seconds=run.done)).astimezone(ZONE)
    assert (done.isoweekday(), done.hour) == (1, 10)


def test_nobody_is_called_outside_the_hours_of_the_queue() -> None:
    window = {"days": [1, 2, 3, 4, 5], "from": "13:00", "until": "14:00"}
    run = course(plan(ALWAYS_REACHED, window=window), opened(12))
    assert set(run.busy) == {4, 5, 28, 29}  # an hour a day, and what was begun in it is ended
    assert run.busy[5] + run.busy[29] < 2 * 620


def test_caps_exhaust_and_delays_are_kept() -> None:
    told = plan(NEVER, caps={"item": 3, "day": 1, "gap_minutes": 30})
    run = course(told, opened(5))
    assert (run.exhausted, run.attempts) == (5, 15)
    assert run.done is not None
    assert (
        2 * 86400 < run.done < 4 * 86400 + 86400
    )  # a try a day, the last after the weekend or before


def test_attempts_of_before_count() -> None:
    past = tuple(retry.Past(BEGINNING - timedelta(days=n), "busy") for n in (4, 3))
    run = course(plan(NEVER, caps={"item": 3}), opened(5, past=past))
    assert (run.exhausted, run.attempts) == (5, 5)


def test_what_comes_later_is_waited_for_in_order() -> None:
    late = opened(1, at=BEGINNING + timedelta(hours=2))
    run = course(plan(ALWAYS_REACHED), late)
    assert run.done == pytest.approx(2 * 3600 + 605, abs=10)


def test_the_same_chance_gives_the_same_course_and_another_one_another() -> None:
    items = opened(200)
    first, again, other = (course(plan({}, agents=3), items, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert first.resolved + first.exhausted == 200


@pytest.mark.parametrize(
    "told",
    [
        plan({}, shift=Shift(frozenset(), time(9), time(17))),
        plan({}, window={"days": [6], "from": "09:00", "until": "10:00"}),
        plan({}, agents=0),
        plan({}, shift=Shift(WEEK, time(9), time(17), timedelta(hours=8))),
    ],
)
def test_a_plan_that_can_never_call_ends_and_says_what_is_left(told: Plan) -> None:
    run = course(told, opened(10))
    assert (run.done, run.left, run.attempts) == (None, 10, 0)


def test_nothing_to_call_is_done_at_once() -> None:
    run = course(plan({}), [])
    assert (run.done, run.left, run.attempts) == (0.0, 0, 0)


def test_breaks_are_not_at_once_and_shorten_the_day() -> None:
    shifts = Shifts(BEGINNING, ZONE, Shift(WEEK, time(9), time(17), timedelta(hours=1)), bool)
    spans = [shifts.spans(0, agent, 4) for agent in range(4)]
    assert {sum(end - start for start, end in each) for each in spans} == {7 * 3600}
    assert len({each[0][1] for each in spans}) == 4


def test_summer_time_keeps_the_hours_of_the_clock() -> None:
    friday = datetime(2026, 3, 27, 8, 0, tzinfo=UTC)
    shifts = Shifts(friday, ZONE, SHIFT, bool)
    (before,), (after,) = shifts.spans(0, 0, 1), shifts.spans(3, 0, 1)
    assert after[0] - before[0] == 3 * 86400 - 3600
    assert after[1] - after[0] == 8 * 3600


def test_little_that_was_measured_leans_on_what_is_usual() -> None:
    few: Counts = {("tries", 1, 10, "no_answer"): 2}
    chance = random.Random(1).random
    rates = measure(few)
    drawn = [rates.disposition(1, 10, "", chance) for _ in range(4000)]
    assert drawn.count("reached") / 4000 == pytest.approx(USUAL["reached"], abs=0.12)
    many: Counts = {("tries", 1, 10, "no_answer"): 2000, ("tries", 1, 17, "reached"): 2000}
    rates = measure(many)
    by_hour = [
        [rates.disposition(2, hour, "", chance) for _ in range(500)].count("reached")
        for hour in (10, 17)
    ]
    assert by_hour[0] < 50  # the hour tells, also for a second attempt
    assert by_hour[1] > 450


def test_who_met_a_voicemail_meets_it_again() -> None:
    """A fifth of the people have one: after one voicemail there are four more of five, not one of five."""
    habits: Counts = {
        ("tries", 1, 10, "no_answer"): 800,
        ("tries", 1, 10, "voicemail"): 200,
        ("tries", 2, 10, "no_answer"): 800,
        ("tries", 2, 10, "voicemail"): 200,
        ("again", "no_answer", "no_answer"): 800,
        ("again", "voicemail", "voicemail"): 200,
    }
    rates, chance = measure(habits), random.Random(1).random

    def share(before: str) -> float:
        drawn = [rates.disposition(2, 10, before, chance) for _ in range(2000)]
        return drawn.count("voicemail") / 2000

    assert share("voicemail") > 0.7
    assert share("no_answer") < 0.1
    assert share("busy") == pytest.approx(0.2, abs=0.05)  # seen after nothing: as anybody


def test_times_are_drawn_from_what_was_measured() -> None:
    rates = measure({("busy", "reached", 12): 40, ("callback", 6): 40, ("tries", 1, 9, "old"): 3})
    chance = random.Random(1).random
    assert {int(rates.seconds("reached", chance)) // 10 for _ in range(50)} == {12}
    assert {int(rates.callback_seconds(chance)) // 1800 for _ in range(50)} == {6}
    assert rates.seen == 0  # what no table of dispositions knows any more does not count


def test_bands_lie_around_the_middle_course() -> None:
    runs = [course(plan({}, agents=2), opened(100), seed) for seed in range(5)]
    forecast = bands.gather([bands.load(bands.dump(run)) for run in runs], 100)
    assert forecast.done
    assert forecast.done.low < forecast.done.middle < forecast.done.high
    assert forecast.left[0] == (0, bands.Band(100, 100, 100))
    assert forecast.left[-1][1] == bands.Band(0, 0, 0)
    assert max(load for _hour, load in forecast.load) <= 2
    never = Run(None, 0, 0, 3, 0, {}, {})
    assert bands.gather([runs[0], never], 100).done is None


def test_what_would_be_otherwise_is_laid_over_the_policy() -> None:
    asked = Asked(4, "10:00", "15:00", (1, 2), item_cap=9, delays=50, calling=True)
    policy = {"caps": {"day": 1}, "again": {"busy": {"minutes": 3, "at_most": 2}}, "window": None}
    read = rules(**asked.rules(policy))
    assert (read.item_cap, read.day_cap) == (9, 1)
    assert (read.again["busy"].minutes, read.again["no_answer"].minutes) == (1, 60)
    assert read.window == retry.Window(frozenset({1, 2}), time(10), time(15))
    assert policy["caps"] == {"day": 1}
    assert load(asked.dump()) == asked
    assert Asked(1, "9:00", "10:00", (1,)).rules(policy) == policy
    assert (
        Asked(1, "9:00", "10:00", (1,), delays=9).rules({"again": {"busy": 3}})["again"]["busy"]
        == 3
    )


def url(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


FORM = {"agents": "3", "start": "09:00", "end": "17:00", "days": ["1", "2", "3", "4", "5"], "breaks": "30", "delays": "100"}  # fmt: skip


@pytest.fixture
def supervisors(client_of: Any, supervisor: Any) -> Any:
    return client_of(supervisor)


def work() -> None:
    while carry_out(now=timezone.now() + timedelta(seconds=1)):
        pass


def test_a_forecast_is_asked_for_played_and_shown_again(
    supervisors: Any, supervisor: Any, campaign: Any, item: Any
) -> None:
    for _number in range(12):
        item()
    answer = supervisors.post(url("campaign-simulations", campaign.code), FORM)
    simulation = Simulation.objects.get()
    assert answer.url == url("simulation", simulation.pk)
    assert (simulation.by, simulation.items, simulation.state) == (supervisor, 12, "waiting")
    page = supervisors.get(answer.url).content.decode()
    assert "data-progress" in page
    progress = url("simulation-progress", simulation.pk)
    assert supervisors.get(progress).json()["seen"] == 0
    work()
    told = supervisors.get(progress).json()
    assert (told["ended"], told["seen"], told["total"]) == (True, 5, 5)
    page = supervisors.get(answer.url).content.decode()
    assert "With 3 agents and this policy the list is done on" in page
    assert page.count("<svg") == 2
    assert "data-progress" not in page
    again = supervisors.get(url("campaign-simulations", campaign.code)).content.decode()
    assert "With 3 agents and this policy" in again
    assert Effect.objects.exclude(arguments__simulation=str(simulation.pk)).count() == 0


def test_a_course_is_kept_once(
    supervisors: Any, supervisor: Any, campaign: Any, item: Any
) -> None:
    item()
    asked = Asked(1, "09:00", "17:00", (1, 2, 3, 4, 5))
    simulation = simulations.order(campaign=campaign, asked=asked, by=supervisor)
    assert isinstance(simulation, Simulation)
    first = {"simulation": str(simulation.pk), "course": 1}
    played = forecasting.play_course(first, Effect())
    assert played is not None
    keep = simulations.keep_course
    assert keep(simulation_id=simulation.pk, course=1, played=played)
    assert not keep(simulation_id=simulation.pk, course=1, played=played)
    assert forecasting.play_course(first, Effect()) is None
    assert simulations.stop(simulation=simulation)
    work()
    simulation.refresh_from_db()
    assert (len(simulation.runs), simulation.state) == (1, "stopped")
    assert not simulations.stop(simulation=simulation)
    page = supervisors.get(url("simulation", simulation.pk)).content.decode()
    assert "With 1 agent and this policy" in page


def test_nothing_open_and_too_many_forecasts_are_told(
    supervisors: Any, campaign: Any, item: Any
) -> None:
    address = url("campaign-simulations", campaign.code)
    answer = supervisors.post(address, FORM)
    assert (answer.status_code, "there is nothing to forecast" in answer.content.decode()) == (
        400,
        True,
    )
    item()
    for _number in range(simulations.WAITING_AT_MOST):
        assert supervisors.post(address, FORM).status_code == 302
    answer = supervisors.post(address, FORM)
    assert (answer.status_code, "wait for them, or stop one" in answer.content.decode()) == (
        400,
        True,
    )


@pytest.mark.parametrize(
    "wrong",
    [{"agents": "0"}, {"agents": "9999999"}, {"start": "17:00", "end": "09:00"}, {"days": ["8"]}, {"days": []},
     {"breaks": "-1"}, {"delays": "0"}, {"item_cap": "101"}, {"start": "x"}, {"delays": ""}],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(
    supervisors: Any, campaign: Any, item: Any, wrong: dict[str, Any]
) -> None:
    item()
    answer = supervisors.post(url("campaign-simulations", campaign.code), {**FORM, **wrong})
    assert (answer.status_code, Simulation.objects.count()) == (400, 0)


def test_a_policy_that_can_never_call_is_told(
    supervisors: Any, campaign: Any, item: Any, policy: Any
) -> None:
    item()
    policy.rules = {"window": {"days": [7], "from": "09:00", "until": "10:00"}}
    policy.save()
    answer = supervisors.post(url("campaign-simulations", campaign.code), FORM)
    work()
    page = supervisors.get(answer.url).content.decode()
    assert "is not done within a year: 1 left" in page


def test_a_policy_that_cannot_be_read_is_told(
    supervisors: Any, campaign: Any, item: Any, policy: Any
) -> None:
    item()
    policy.rules = {"caps": {"item": "many"}}
    policy.save()
    answer = supervisors.post(url("campaign-simulations", campaign.code), FORM)
    assert "rules cannot be read" in answer.content.decode()


def test_a_course_that_failed_can_be_tried_again(
    supervisors: Any, campaign: Any, item: Any, policy: Any
) -> None:
    item()
    answer = supervisors.post(url("campaign-simulations", campaign.code), FORM)
    policy.rules = {"caps": {"item": "many"}}
    policy.save()
    work()
    page = supervisors.get(answer.url).content.decode()
    assert "could not go on" in page
    policy.rules = {}
    policy.save()
    simulation = Simulation.objects.get()
    supervisors.post(url("simulation-again", simulation.pk))
    work()
    simulation.refresh_from_db()
    assert simulation.state == "done"


def test_a_forecast_can_be_stopped_on_its_page(supervisors: Any, campaign: Any, item: Any) -> None:
    item()
    supervisors.post(url("campaign-simulations", campaign.code), FORM)
    simulation = Simulation.objects.get()
    supervisors.post(url("simulation-stop", simulation.pk))
    simulation.refresh_from_db()
    assert simulation.state == "stopped"
