"""The browser's engine, once for the whole book: as browsers get it."""

from collections.abc import Iterator

import pytest

from tests.node import Twin, as_sent
from tests.spec.book import Book


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    """The browser's engine."""
    with Twin(as_sent(tmp_path_factory.mktemp("engine"))) as started:
        yield started


@pytest.fixture(scope="session")
def book(twin: Twin) -> Book:
    """Both engines as one."""
    return Book(twin)
