"""A version, a record of it, and somebody who sits at it."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def version(db: None) -> Any:
    from tests.unit.records.scenes import CALL, make_version

    return make_version(CALL)


@pytest.fixture
def record(version: Any, agent: Any) -> Any:
    from runtime.records import actions

    return actions.start(version=version, by=agent)


@pytest.fixture
def sitting(record: Any, agent: Any) -> Any:
    from tests.unit.records.scenes import Sitting

    return Sitting(record, agent)


@pytest.fixture
def heard() -> Iterator[list[Any]]:
    """What records announced, with whether it was inside the transaction."""
    from django.db import connection

    from runtime.records import signals

    told: list[Any] = []

    def settled(state: Any, **_: Any) -> None:
        told.append(("settled", dict(state["answers"]), connection.in_atomic_block))

    def finished(outcome: str, by: Any, **_: Any) -> None:
        told.append(("finished", outcome, by))

    signals.settled.connect(settled)
    signals.finished.connect(finished)
    yield told
    signals.settled.disconnect(settled)
    signals.finished.disconnect(finished)
