"""Sealing while others write and seal: each row gets one place, no place is left out, and nobody waits for it."""

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from runtime.audit import actions, checkpoints
from runtime.audit.actions import log_access, seal_rows
from runtime.audit.models import AccessLog, Seal, SealedRow
from runtime.audit.reports import Report, signed
from runtime.audit.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 4, 30


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    settings.LOG_CHECKPOINTS = tmp_path / "checkpoints.jsonl"
    return settings.LOG_CHECKPOINTS


def holds(file: Path) -> bool:
    report = Report()
    verify(signed(checkpoints.read(file), report), report, now=timezone.now())
    return report.holds and report.size == AccessLog.objects.count()


def at_once(*functions: Any) -> list[BaseException]:
    """Each in a thread and with a connection of its own; what they raised."""
    raised: list[BaseException] = []

    def run(function: Any) -> None:
        try:
            function()
        except BaseException as problem:
            raised.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_writers_and_two_workers_do_not_disturb_each_other(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 7)
    over = threading.Event()
    writing = threading.Semaphore(0)

    def write() -> None:
        for _ in range(EACH):
            log_access(by=None, deed="open", purpose="call")
        writing.release()

    def seal() -> None:
        while not over.is_set():
            seal_rows(now=timezone.now())
            checkpoints.write(timezone.now())

    def wait() -> None:
        for _ in range(WRITERS):
            writing.acquire()
        over.set()

    assert at_once(*[write] * WRITERS, seal, seal, wait) == []
    seal_rows(now=timezone.now())
    assert AccessLog.objects.count() == WRITERS * EACH
    places = list(SealedRow.objects.order_by("pk").values_list("pk", flat=True))
    assert places == list(range(WRITERS * EACH))
    assert holds(file)


def test_a_row_that_is_committed_late_gets_its_place_all_the_same(file: Path) -> None:
    """Its number was drawn before those that were sealed meanwhile: only where writers do not wait for each other."""
    if connection.vendor == "sqlite":
        pytest.skip("only on PostgreSQL: on SQLite nobody writes while another does")
    drawn, sealed = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            log_access(by=None, deed="open", purpose="call", detail="late")
            drawn.set()
            assert sealed.wait(20)

    def seals() -> None:
        assert drawn.wait(20)
        log_access(by=None, deed="open", purpose="call", detail="soon")
        assert seal_rows(now=timezone.now()) == 1
        sealed.set()

    assert at_once(late, seals) == []
    assert seal_rows(now=timezone.now()) == 1
    logged = dict(AccessLog.objects.values_list("pk", "detail"))
    places = SealedRow.objects.order_by("pk").values_list("log", flat=True)
    assert [logged[number] for number in places] == ["soon", "late"]
    assert holds(file)


def test_what_is_committed_much_later_is_found_by_the_look_at_everything(file: Path) -> None:
    now = timezone.now()
    row = log_access(by=None, deed="open", purpose="call")
    last = log_access(by=None, deed="open", purpose="call")
    Seal.objects.create(
        size=1, before=0, peaks=b"p" * 32, highest=last.pk, at=now - dt.timedelta(hours=1)
    )
    assert row.pk < last.pk
    assert seal_rows(now=now) == 0
    assert seal_rows(now=now, everything=True) == 2


def test_rows_of_before_the_tree_are_sealed_as_they_were_found(file: Path) -> None:
    """Only up to the number the migration found; a row without a mark that comes later is none of the house's."""
    before = AccessLog.objects.create(at=timezone.now(), deed="open", purpose="call")
    assert seal_rows(now=timezone.now()) == 0
    assert AccessLog.objects.filter(pk=before.pk).exists()
    start = Seal.objects.get(before=-1)
    assert start.highest == 0
    assert actions._genuine((before.pk, *[None] * 7, ""), before.pk)
    assert not actions._genuine((before.pk + 1, *[None] * 7, ""), before.pk)
