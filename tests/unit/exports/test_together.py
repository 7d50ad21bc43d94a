"""Many at once: numbers without doubles or gaps, one batch however many send."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from exports.documents.actions import issue
from exports.documents.models import Document
from exports.feeds import actions
from exports.feeds.models import DeliveredRow, Delivery
from tests.unit.exports.given import FEVERISH, Make

THREADS = 4

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Callable[[], Any]) -> list[Any]:
    """What each of several threads made of it; an exception fails the test."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each for each in results if isinstance(each, Exception)] == []
    return results


def test_documents_issued_at_once_have_each_a_number_of_its_own(
    make: Make, template: Any, agent: Any
) -> None:
    record = make(**FEVERISH)
    at_once(lambda: [issue(template=template, record=record, by=agent) for _ in range(3)])
    numbers = sorted(Document.objects.values_list("number", flat=True))
    assert [int(number.split("-")[1]) for number in numbers] == list(range(1, 3 * THREADS + 1))


def test_several_who_send_a_feed_send_one_batch(
    make: Make, feed: Any, folder: Path, data_officer: Any
) -> None:
    for _ in range(6):
        make(**FEVERISH)
    now = timezone.now()
    sent = at_once(lambda: actions.deliver(feed=feed, by=data_officer, now=now))
    assert {each.sequence for each in sent if each is not None} == {1}
    assert Delivery.objects.count() == 1
    assert DeliveredRow.objects.count() == 6
    assert len(list(folder.glob("*.csv"))) == 1
    assert list(folder.glob(".*")) == []
