"""A queue with a campaign and people to call, as in the queues' tests; and the worker."""

from typing import Any

import pytest

from tests.unit.queues.conftest import (  # noqa: F401
    campaign,
    item,
    person,
    policy,
    queue,
    second_agent,
    version,
)


@pytest.fixture
def work(db: None) -> Any:
    """`work()`: everything that waits for the worker is carried out."""
    from runtime.outbox.actions import carry_out
    from runtime.outbox.models import Effect

    def run() -> None:
        while carry_out():
            pass
        assert not Effect.objects.filter(state="failed").exists()
        assert not Effect.objects.exclude(last_problem="").exists()

    return run


@pytest.fixture
def order(supervisor: Any) -> Any:
    """`order("rank", items, priority=3)`: a bulk deed that was looked at; items, or a `Sieve`."""
    from runtime.queues.actions import bulks
    from runtime.queues.bulks import Bulk
    from runtime.queues.deeds import Told
    from runtime.queues.sieve import Sieve

    def make(deed: str, which: Any, by: Any = None, **told: Any) -> Bulk:
        through = which if isinstance(which, Sieve) else None
        ids = None if through else [one.pk for one in which]
        made = bulks.order(
            by=by or supervisor, deed=deed, told=Told(**told), items=ids, through=through
        )
        assert isinstance(made, Bulk), made
        return made

    return make
