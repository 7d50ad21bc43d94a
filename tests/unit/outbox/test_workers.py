"""Two workers at one effect, and a worker that never succeeds."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox import actions, handlers
from runtime.outbox.models import Effect

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers, "_handlers", {})


def test_what_another_worker_did_meanwhile_is_not_done_again() -> None:
    called: list[str] = []

    def prepare(_arguments: Any, effect: Effect) -> None:
        """While this worker makes its PDF, its lease ends and another one carries the effect out."""
        Effect.objects.filter(pk=effect.pk).update(state="done", done_at=timezone.now())

    handlers.bind("ring", lambda _arguments, effect: called.append(effect.key), prepare)
    actions.enqueue(effect="ring", key="a", arguments={})
    assert actions.carry_out()
    assert called == []
    assert Effect.objects.get().state == "done"


def test_the_last_try_that_fails_is_told_at_once() -> None:
    def fail(_arguments: Any, _effect: Effect) -> None:
        raise OSError("no answer")

    handlers.bind("ring", fail)
    actions.enqueue(effect="ring", key="a", arguments={})
    now = timezone.now()
    for number in range(actions.MOST_TRIES):
        assert Effect.objects.get().state == "pending"
        assert actions.carry_out(now=now + dt.timedelta(days=number + 1))
    row = Effect.objects.get()
    assert (row.state, row.tries, row.last_problem) == ("failed", actions.MOST_TRIES, "OSError")
    assert not actions.carry_out(now=now + dt.timedelta(days=99))
