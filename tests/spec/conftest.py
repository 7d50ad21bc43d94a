"""The browser's engine, once for the whole book."""

from collections.abc import Iterator

import pytest

from tests.node import Twin
from tests.spec.book import Book


@pytest.fixture(scope="session")
def twin() -> Iterator[Twin]:
    """The browser's engine."""
    with Twin() as started:
        yield started


@pytest.fixture(scope="session")
def book(twin: Twin) -> Book:
    """Both engines as one."""
    return Book(twin)
