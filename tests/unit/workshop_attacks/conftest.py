"""Somewhere to write, and a page of it to attack."""

from typing import Any

import pytest

from tests.unit.workshop import home, make

__all__ = ["home", "make"]


@pytest.fixture
def script(make: Any) -> Any:
    """A published script whose draft goes on."""
    page = make()
    page.save_revision(user=page.owner)
    return type(page).objects.get(pk=page.pk)
