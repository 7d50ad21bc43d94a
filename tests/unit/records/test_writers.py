"""Several writers at once, on real connections."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from runtime.outbox.models import Effect
from runtime.records import actions
from runtime.records.append import append
from runtime.records.models import Event
from runtime.records.store.reading import open_record
from tests.unit.records.scenes import is_what_its_events_say

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def together(*works: Callable[[], Any]) -> list[Any]:
    """Runs all at once, each in a thread with connections of its own; their results, or their exceptions."""
    results: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[place] = work()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def item(place: str, value: Any, name: uuid.UUID | None = None) -> dict[str, Any]:
    return {
        "id": str(name or uuid.uuid4()),
        "seen": 0,
        "event": {"event": "answered", "place": place, "value": value},
    }


def test_many_writers_of_one_record_share_its_numbers(record: Any, sitting: Any) -> None:
    def write() -> list[Any]:
        return [
            append(
                sitting.token, [item("persons", str(n)), item("rate", str(n))], timezone.now()
            ).status
            for n in range(12)
        ]

    assert together(*[write] * 6) == [[200] * 12] * 6
    numbers = list(
        Event.objects.filter(record=record).order_by("number").values_list("number", flat=True)
    )
    assert numbers == list(range(1, 6 * 12 * 2 + 1))


def test_each_batch_stays_in_its_order(record: Any, sitting: Any) -> None:
    batches = [[item("persons", str(n)) for n in range(8)] for _ in range(5)]
    together(
        *[lambda batch=batch: append(sitting.token, batch, timezone.now()) for batch in batches]
    )
    for batch in batches:
        numbers = [Event.objects.get(client_id=row["id"]).number for row in batch]
        assert numbers == sorted(numbers)


def test_the_same_batch_sent_by_four_at_once_is_kept_once(record: Any, sitting: Any) -> None:
    batch = [item("persons", str(n)) for n in range(5)]
    told = together(*[lambda: append(sitting.token, batch, timezone.now())] * 4)
    assert len({str(answer.acknowledged) for answer in told}) == 1
    assert Event.objects.filter(record=record).count() == 5


def test_finishing_while_others_write_loses_nothing(record: Any, sitting: Any, agent: Any) -> None:
    append(sitting.token, [item("given_name", "Anna")], timezone.now())

    def write() -> list[Any]:
        return [
            append(sitting.token, [item("persons", str(n))], timezone.now()) for n in range(10)
        ]

    *written, finished, again = together(
        write,
        write,
        write,
        lambda: actions.finish(record.pk, "done", by=agent),
        lambda: actions.finish(record.pk, "done", by=agent),
    )
    assert sorted(type(told).__name__ for told in (finished, again)) == ["Problems", "Settled"]
    appended = [told for answers in written for told in answers]
    assert all(told.acknowledged for told in appended)
    opened = open_record(record, by=agent, purpose="check")
    last = [event for event in opened.events if not event.late][-1]
    assert last.event["event"] == "finished"
    assert len(opened.late) == sum(told.late for told in appended)
    assert len(opened.events) == 32
    assert is_what_its_events_say(record)
    assert Effect.objects.count() == 1


def test_settling_while_others_write_misses_nothing(record: Any, sitting: Any) -> None:
    def write() -> None:
        for n in range(10):
            append(sitting.token, [item("persons", str(n))], timezone.now())

    def settle() -> None:
        for _ in range(5):
            actions.settle(record.pk, by=None, purpose="sweep")

    assert together(write, write, settle, settle) == [None] * 4
    actions.settle(record.pk, by=None, purpose="sweep")
    record.refresh_from_db()
    assert record.settled_number == 20
    assert is_what_its_events_say(record)


def test_a_connection_that_the_server_ended_is_made_again(record: Any, sitting: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: SQLite has no server that could end a connection.")
    append(sitting.token, [item("persons", "1")], timezone.now())
    own = connection.connection.info.backend_pid
    together(lambda: _end(own))
    assert append(sitting.token, [item("persons", "2")], timezone.now()).status == 200
    assert connection.connection.info.backend_pid != own
    assert list(Event.objects.values_list("number", flat=True)) == [1, 2]


def _end(backend: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_a_statement_of_any_size_is_planned_once(record: Any, sitting: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: SQLite's driver keeps its statements by itself.")
    for size in range(1, 12):
        append(sitting.token, [item("persons", str(n)) for n in range(size)], timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] in {1, 2}  # numbers of two widths at most
