"""Effects are enqueued with their cause, and happen once."""

import datetime as dt
import threading
import time
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from runtime.outbox import actions, handlers, sweeps
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the handler of `ring` was called with."""
    calls: list[Any] = []
    monkeypatch.setattr(handlers, "_handlers", {})
    handlers.bind("ring", lambda arguments, effect: calls.append((arguments, effect.key)))
    return calls


def later(seconds: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=seconds)


def enqueue(key: str = "a", effect: str = "ring", **more: Any) -> bool:
    return actions.enqueue(effect=effect, key=key, arguments={"bell": "1"}, **more)


def test_an_effect_is_carried_out_once(done: list[Any]) -> None:
    assert enqueue()
    assert carry_out_all() == 1
    assert carry_out_all() == 0
    assert done == [({"bell": "1"}, "a")]
    row = Effect.objects.get()
    assert (row.state, row.tries, row.last_problem) == ("done", 1, "")


def test_a_key_is_enqueued_once(done: list[Any]) -> None:
    assert [enqueue(), enqueue()] == [True, False]
    carry_out_all()
    assert not enqueue()
    assert len(done) == 1


def test_it_comes_and_goes_with_its_cause(done: list[Any]) -> None:
    def cause() -> None:
        with transaction.atomic():
            enqueue()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cause()
    assert carry_out_all() == 0


def test_it_waits_for_its_time(done: list[Any]) -> None:
    enqueue(not_before=later(60))
    assert not actions.carry_out()
    assert actions.carry_out(now=later(61))


def test_what_a_failing_handler_wrote_is_gone_and_it_is_tried_again(
    done: list[Any], agent: Any
) -> None:
    failing = [True, False]

    def handler(arguments: Any, effect: Effect) -> None:
        actions.enqueue(effect="ring", key="b", arguments={}, not_before=later(9999))
        if failing.pop(0):
            raise OSError("Anna Peeters does not answer")

    handlers.bind("ring", handler)
    enqueue()
    carry_out_all()
    row = Effect.objects.get()
    assert (row.state, row.last_problem) == ("pending", "OSError")
    assert row.not_before > timezone.now()
    assert actions.carry_out(now=later(10))
    assert sorted(Effect.objects.values_list("key", "state")) == [("a", "done"), ("b", "pending")]


def test_after_some_tries_it_has_failed_with_a_code(done: list[Any]) -> None:
    def handler(arguments: Any, effect: Effect) -> None:
        raise OSError("0470123456")

    handlers.bind("ring", handler)
    enqueue()
    for hours in range(1, 20):
        actions.carry_out(now=later(hours * 3601))
    row = Effect.objects.get()
    assert (row.state, row.tries, row.last_problem) == ("failed", actions.MOST_TRIES, "OSError")


def test_a_refusal_keeps_its_code_and_may_be_final(done: list[Any]) -> None:
    def handler(arguments: Any, effect: Effect) -> None:
        raise handlers.Refused("no_template", final=True)

    handlers.bind("ring", handler)
    enqueue()
    carry_out_all()
    assert Effect.objects.values_list("state", "last_problem").get() == ("failed", "no_template")


def test_a_failed_one_can_be_tried_again_by_a_person(done: list[Any], supervisor: Any) -> None:
    enqueue()
    Effect.objects.update(state="failed", tries=8)
    actions.retry(effect=Effect.objects.get(), by=supervisor)
    assert carry_out_all() == 1
    assert len(done) == 1


def test_without_a_handler_it_waits_and_says_so(done: list[Any]) -> None:
    enqueue(effect="unheard_of")
    carry_out_all()
    assert Effect.objects.values_list("state", "last_problem").get() == ("pending", "no_handler")


def test_a_worker_that_died_leaves_it_due_after_the_lease(done: list[Any]) -> None:
    enqueue()
    claimed = actions._claim(timezone.now())
    assert claimed is not None
    assert carry_out_all() == 0
    assert actions.carry_out(now=later(61))
    assert len(done) == 1


def test_what_kills_every_worker_is_given_up(done: list[Any]) -> None:
    enqueue()
    for hours in range(1, 10):
        actions._claim(later(hours * 3600))
    assert Effect.objects.values_list("state", "last_problem").get() == ("failed", "worker_died")
    assert done == []


def test_the_slow_part_is_done_before_the_transaction(done: list[Any]) -> None:
    seen: list[Any] = []
    handlers.bind(
        "ring",
        lambda arguments, effect: seen.append(effect.prepared),
        prepare=lambda arguments, effect: "a PDF",
    )
    enqueue()
    carry_out_all()
    assert seen == ["a PDF"]


def test_a_sweep_runs_when_it_is_due_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "_sweeps", {})
    runs: list[str] = []

    def broken(now: dt.datetime) -> None:
        raise OSError("Anna")

    sweeps.bind("broken", broken, seconds=1)
    sweeps.bind("quick", lambda now: runs.append("quick"), seconds=1)
    sweeps.bind("slow", lambda now: runs.append("slow"), seconds=100)
    start = timezone.now()
    for seconds in (0, 0.5, 2):
        sweeps.run_due(start + dt.timedelta(seconds=seconds))
    assert runs == ["quick", "slow", "quick"]


def test_the_worker_does_what_is_due_and_ends_when_asked_for_once(done: list[Any]) -> None:
    enqueue()
    call_command("worker", "--once")
    assert done == [({"bell": "1"}, "a")]


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_two_workers_do_each_effect_once(done: list[Any]) -> None:
    for number in range(20):
        enqueue(key=str(number))
    gate = threading.Barrier(3)

    def work() -> None:
        gate.wait()
        try:
            while actions.carry_out():
                pass
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(key for _arguments, key in done) == sorted(str(number) for number in range(20))
    assert set(Effect.objects.values_list("state", "tries")) == {("done", 1)}


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_one_whose_lease_ended_while_it_works_does_not_do_it_twice(done: list[Any]) -> None:
    """A slow worker and the one that takes over after its lease: the second waits for the first, and finds it done."""
    begun = threading.Event()

    def slow(arguments: Any, effect: Effect) -> None:
        begun.set()
        time.sleep(0.4)
        done.append(effect.key)

    def first() -> None:
        try:
            actions.carry_out()
        finally:
            connections.close_all()

    handlers.bind("ring", slow)
    enqueue()
    worker = threading.Thread(target=first)
    worker.start()
    begun.wait()
    actions.carry_out(now=later(120))
    worker.join()
    assert done == ["a"]
    assert Effect.objects.get().state == "done"
