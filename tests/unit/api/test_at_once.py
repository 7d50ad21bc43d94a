"""Several at once with one key: one of them makes the item, the others are told the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from runtime.parties.models import Party
from runtime.queues.models import WorkItem
from tests.unit.api.conftest import PERSON, Program


@pytest.fixture
def house(transactional_db: None, admin: Any, campaign: Any, program: Any) -> Iterator[Program]:
    yield program()
    connections.close_all()


def test_many_at_once_with_one_key_make_one_item(house: Program) -> None:
    def ask(_each: int) -> tuple[int, str]:
        try:
            mine = Program(house.text)
            answer = mine.make(
                "items", {"campaign": "spring", "person": PERSON}, key="only-one-key"
            )
            return answer.status_code, answer.content.decode()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(ask, range(4)))
    assert len(set(told)) == 1, told
    assert told[0][0] == 201
    assert (WorkItem.objects.count(), Party.objects.count()) == (1, 1)
