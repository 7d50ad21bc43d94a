"""The browser's engine, once for all that is hostile."""

from collections.abc import Iterator

import pytest

from tests.node import Twin


@pytest.fixture(scope="session")
def twin() -> Iterator[Twin]:
    """The browser's engine."""
    with Twin() as started:
        yield started
