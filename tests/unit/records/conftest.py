"""A version, a record of it, and somebody who sits at it."""

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
