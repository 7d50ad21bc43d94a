"""A broker nudges workers: once for a transaction that orders something, after it is kept; and is never waited for."""

from collections.abc import Iterator
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import transaction

from config import tasks
from runtime.outbox import actions, handlers, nudging
from runtime.outbox.models import Effect


@pytest.fixture
def told() -> Iterator[list[str]]:
    """How often workers were told."""
    found: list[str] = []
    nudging.bind(lambda: found.append("look"))
    yield found
    nudging.bind(None)


def order(key: str) -> None:
    actions.enqueue(effect="nothing", key=key, arguments={})


@pytest.mark.django_db(transaction=True)
def test_workers_are_told_once_and_only_when_it_is_kept(told: list[str]) -> None:
    with transaction.atomic():
        order("one")
        order("two")
        assert told == []
    assert told == ["look"]
    with transaction.atomic():
        order("three")
        transaction.set_rollback(True)
    assert told == ["look"]
    order("four")
    assert told == ["look", "look"]


@pytest.mark.django_db(transaction=True)
def test_what_was_there_already_tells_nobody(told: list[str]) -> None:
    order("one")
    order("one")
    assert told == ["look"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_holds_up_nobody_and_is_asked_again_later(
    monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    moments = iter([100.0, 100.0, 105.0, 111.0, 111.0])
    monkeypatch.setattr(tasks.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(tasks, "_away_until", 0.0)
    asked: list[dict[str, Any]] = []

    def away(**told: Any) -> None:
        asked.append(told)
        raise ConnectionRefusedError

    monkeypatch.setattr(tasks.turn, "apply_async", away)
    for _time in range(3):
        tasks.nudge()
    assert len(asked) == 2  # not at the second, five seconds later
    assert "ConnectionRefusedError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_nudge_makes_a_worker_carry_out_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setitem(
        handlers._handlers,
        "note",
        handlers.Handler(lambda arguments, _effect: done.append(arguments["word"])),
    )
    actions.enqueue(effect="note", key="a", arguments={"word": "done"})
    monkeypatch.setattr(tasks.app.conf, "broker_url", "memory://")
    with start_worker(tasks.app, pool="solo", perform_ping_check=False):
        tasks.turn.apply_async()
        for _try in range(100):
            if done:
                break
            tasks.time.sleep(0.05)
    assert done == ["done"]
    assert Effect.objects.get().state == "done"


def test_a_message_says_nothing_but_look_now() -> None:
    signature = tasks.turn.s()
    assert (signature.task, signature.args, signature.kwargs) == ("scriptorium.turn", (), {})
    assert tasks.app.conf.accept_content == ["json"]
