"""ODK's engine, once for all questions; installed by name if it is not there yet."""

import os
from collections.abc import Iterator

import pytest

from tests.oracle.odk import Odk
from tests.peers.installing import PeersMissing, peers


@pytest.fixture(scope="session")
def odk() -> Iterator[Odk]:
    """ODK's engine in Node."""
    try:
        folder = peers()
    except PeersMissing as why:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"the oracle could not be installed: {why}")
    with Odk(folder) as started:
        yield started
