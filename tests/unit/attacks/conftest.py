"""Somewhere to write, for those who attack what is written."""

from typing import Any

import pytest


@pytest.fixture
def home(db: None) -> Any:
    from content.setup import set_up

    return set_up()
