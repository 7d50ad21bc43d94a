"""`served`: a running installation for one test."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.environment import kind
from tests.forked import Forked


@pytest.fixture(scope="session")
def laid_out() -> Iterator[Forked | None]:
    """An installation with the site's content set up, to be copied; on PostgreSQL each test sets up its own."""
    if kind() == "postgresql":
        yield None
        return
    installation = Forked()
    installation.manage("setup_content")
    yield installation
    installation.stop()


@pytest.fixture(scope="session")
def ground(laid_out: Forked | None) -> Iterator[Forked | None]:
    """The installation that one test after the other is given, laid out afresh."""
    if laid_out is None:
        yield None
        return
    installation = Forked(like=laid_out)
    yield installation
    installation.stop()


@pytest.fixture
def served(laid_out: Forked | None, ground: Forked | None) -> Iterator[Any]:
    """A running installation with the site's content set up: `served.url`, `served.manage(..)`."""
    if ground is None or laid_out is None:
        installation = Forked()
        try:
            installation.manage("setup_content")
            installation.start()
            yield installation
        finally:
            installation.stop()
        return
    ground.afresh(laid_out)
    try:
        ground.start()
        yield ground
    finally:
        ground.rest()
