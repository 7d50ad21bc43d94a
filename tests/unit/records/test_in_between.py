"""An append that comes while the server writes an event of its own upon what it folded: it is in the fold, or it comes after."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from runtime.records import actions, merging
from runtime.records.append import Appended, append
from runtime.records.models import Event, Record
from runtime.records.store import open_record
from tests.unit.records.scenes import Sitting, finish, is_what_its_events_say

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

PATIENCE = 0.3  # seconds; who is not through by then waits for a lock


class Sending(threading.Thread):
    """An append on a connection of its own."""

    def __init__(self, sitting: Sitting, event: dict[str, Any]) -> None:
        super().__init__()
        self.batch, self.token = [sitting.item(event)], sitting.token

    def run(self) -> None:
        self.told = append(self.token, self.batch, timezone.now())
        connections.close_all()

    def answer(self) -> Appended:
        self.join()
        return self.told


Between = Callable[..., Sending]


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch, sitting: Sitting) -> Between:
    """`between("write_own", event)`: the event is sent when `actions` (or another module) comes to this step, which does not wait
    for it long."""
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: on SQLite nobody writes while another does.")

    def arrange(step: str, event: dict[str, Any], where: Any = actions) -> Sending:
        function, sending = getattr(where, step), Sending(sitting, event)

        def meanwhile(*arguments: Any) -> Any:
            if sending.ident is None:
                sending.start()
                sending.join(PATIENCE)
            return function(*arguments)

        monkeypatch.setattr(where, step, meanwhile)
        return sending

    return arrange


def answered(place: str, value: Any) -> dict[str, Any]:
    return {"event": "answered", "place": place, "value": value}


def numbers(record: Record) -> list[int]:
    rows = Event.objects.filter(record=record).order_by("number")
    return list(rows.values_list("number", flat=True))


def test_an_answer_that_comes_before_the_end_is_part_of_the_decision(
    sitting: Sitting, record: Record, agent: Any, between: Between
) -> None:
    sitting.answer("given_name", "Anna")
    sending = between("reserve", {"event": "cleared", "place": "given_name"})
    told = finish(record, agent)
    assert sending.answer().status == 200
    assert isinstance(told, actions.Problems)
    assert told.code == "incomplete"
    assert is_what_its_events_say(record)


@pytest.mark.parametrize("step", ["settle_held", "write_own"])
def test_an_answer_that_comes_while_the_record_ends_is_kept_aside(
    sitting: Sitting, record: Record, agent: Any, between: Between, step: str
) -> None:
    """Acknowledged as an answer it would be one that the end did not see."""
    sitting.answer("given_name", "Anna")
    sending = between(step, {"event": "cleared", "place": "given_name"})
    stood = finish(record, agent)
    assert (sending.answer().code, sending.answer().late) == ("record_closed", 1)
    assert stood.state["answers"] == {"given_name": "Anna"}
    assert is_what_its_events_say(record)
    assert len(open_record(record, by=agent, purpose="check").late) == 1


def test_an_answer_that_comes_while_the_end_is_refused_is_saved(
    sitting: Sitting, record: Record, agent: Any, between: Between
) -> None:
    sitting.answer("persons", "2")
    sending = between("settle_held", answered("given_name", "Anna"))
    assert isinstance(finish(record, agent), actions.Problems)
    assert [row["number"] for row in sending.answer().acknowledged] == [2]
    assert sending.answer().status == 200
    assert finish(record, agent).state["answers"] == {"persons": "2", "given_name": "Anna"}
    assert numbers(record) == [1, 2, 3]
    assert is_what_its_events_say(record)


def test_an_answer_kept_aside_before_the_record_ends_is_no_gap(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    sitting.answer("given_name", "Anna")
    actions.end_session(session=sitting.session, reason="released")
    assert sitting.answer("persons", "3").late == 1
    assert finish(record, agent).number == 3
    assert is_what_its_events_say(record)


@pytest.mark.parametrize("step", ["reserve", "settle_held", "write_own"])
def test_an_answer_kept_aside_while_the_record_is_reopened_waits(
    sitting: Sitting, record: Record, agent: Any, between: Between, step: str
) -> None:
    sitting.answer("given_name", "Anna")
    finish(record, agent)
    sending = between(step, answered("persons", "3"))
    actions.reopen(record, "a mistake", by=agent)
    assert sending.answer().late == 1
    assert is_what_its_events_say(record)
    assert actions.merge_late(record, True, by=agent) == 1
    assert actions.settle(record.pk, by=agent, purpose="check").state["answers"]["persons"] == "3"
    assert is_what_its_events_say(record)


def test_an_answer_that_comes_while_others_are_taken_over_is_saved(
    sitting: Sitting, record: Record, agent: Any, between: Between
) -> None:
    gone = Sitting(record, agent)
    actions.end_session(session=gone.session, reason="released")
    gone.answer("given_name", "Anna")
    sending = between("next_number", answered("persons", "3"), merging)
    assert actions.merge_late(record, True, by=agent) == 1
    assert (sending.answer().status, sending.answer().late) == (200, 0)
    stood = actions.settle(record.pk, by=agent, purpose="check")
    assert stood.state["answers"] == {"given_name": "Anna", "persons": "3"}
    assert is_what_its_events_say(record)
