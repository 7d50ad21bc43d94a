"""What the worker settles after the others: in turn, past failures, and seldom what fails."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.records import actions, sweeps
from runtime.records.models import Record
from runtime.vault.errors import KeyMissing
from runtime.vault.keys import destroy_subject
from tests.unit.records.scenes import Sitting

TURN = dt.timedelta(seconds=5)


@pytest.fixture(autouse=True)
def new_process() -> None:
    sweeps._swept.clear()
    sweeps._turns.clear()


@pytest.fixture
def later() -> dt.datetime:
    return timezone.now() + sweeps.QUIET * 2


def begun(version: Any, agent: Any, count: int) -> list[Record]:
    """Records that nobody sits at, with an answer that nobody settled."""
    return [actions.start(version=version, by=agent, prefill={"ill": True}) for _ in range(count)]


def settled(records: list[Record]) -> list[bool]:
    rows = dict(Record.objects.values_list("pk", "settled_number"))
    return [rows[record.pk] > 0 for record in records]


def tries(record: Record) -> int:
    return AccessLog.objects.filter(record=record.pk, purpose="sweep").count()


def test_the_first_sweeps_of_a_process_come_to_all_of_them(
    version: Any, agent: Any, later: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "MOST", 2)
    records = begun(version, agent, 5)
    assert [sweeps.settle_unsettled(later + TURN * turn) for turn in range(4)] == [2, 2, 1, 0]
    assert all(settled(records))


def test_the_oldest_come_first(
    version: Any, agent: Any, later: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "MOST", 2)
    records = begun(version, agent, 4)
    sweeps.settle_unsettled(later)
    assert settled(records) == [True, True, False, False]


def test_what_fails_stands_in_nobodys_way(
    version: Any, agent: Any, later: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "MOST", 2)
    records = begun(version, agent, 6)
    for record in records[:4]:
        destroy_subject(record.subject)
    assert [sweeps.settle_unsettled(later + TURN * turn) for turn in range(3)] == [0, 0, 2]
    assert settled(records) == [False] * 4 + [True] * 2


def test_what_was_erased_is_tried_once_a_process(
    sitting: Sitting, record: Record, later: dt.datetime
) -> None:
    sitting.answer("ill", True)
    destroy_subject(record.subject)
    for turn in range(50):
        sweeps.settle_unsettled(later + TURN * 100 * turn)
    assert tries(record) == 1


def test_what_fails_for_a_while_is_tried_at_growing_pauses_until_it_works(
    sitting: Sitting, record: Record, later: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.answer("ill", True)
    with monkeypatch.context() as away:
        away.setattr("runtime.records.store.sealing.open_record_key", _no_key)
        for turn in range(120):  # ten minutes
            assert sweeps.settle_unsettled(later + TURN * turn) == 0
    assert tries(record) == 4  # at once, after 15, 60 and 195 seconds
    assert sweeps.settle_unsettled(later + dt.timedelta(hours=1)) == 1
    sitting.answer("ill", False)  # and what comes next does not wait for its failures
    assert sweeps.settle_unsettled(later + dt.timedelta(hours=1) + sweeps.QUIET * 2) == 1


def _no_key(*_: Any) -> bytes:
    raise KeyMissing
