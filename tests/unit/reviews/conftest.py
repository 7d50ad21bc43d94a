"""A workflow whose review is demanded, and the people of it."""

from typing import Any

import pytest

from tests.people import make_person
from tests.unit.workshop import home, make

__all__ = ["home", "make"]


@pytest.fixture
def task(home: Any) -> Any:
    """The review of the house: two of the reviewers, and nothing is released without them."""
    from content.models import ReviewTask

    found = ReviewTask.objects.get()
    found.needed, found.required, found.kind = 2, True, "medical"
    found.save()
    return found


@pytest.fixture
def board(home: Any) -> list[Any]:
    """Three reviewers."""
    return [make_person(name, "reviewer") for name in ("rosa", "ruben", "rita")]
