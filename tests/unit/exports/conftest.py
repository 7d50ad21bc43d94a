"""Fixtures of the tests of exports. Models are imported late: this file is read before Django is set up."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def version(db: None) -> Any:
    """The call, published."""
    from tests.unit.exports import given, making

    return given.publish(making.call())


@pytest.fixture
def template(db: None) -> Any:
    """The certificate, published."""
    from tests.unit.exports import given, making

    return given.publish(making.certificate())


@pytest.fixture
def make(version: Any, agent: Any) -> Any:
    """See `given.maker`."""
    from tests.unit.exports import given

    return given.maker(version, agent)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where the institute fetches its deliveries in this test."""
    settings.DELIVERIES_DIR = tmp_path
    return tmp_path / "institute"


@pytest.fixture
def feed(version: Any, data_officer: Any, folder: Path) -> Any:
    """See `given.a_feed`."""
    from tests.unit.exports import given

    return given.a_feed(version, data_officer)
