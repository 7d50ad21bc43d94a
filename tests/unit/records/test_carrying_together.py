"""Two workers, and somebody who saves, while records follow: each follows once, and nothing that was acknowledged is lost."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from runtime.records import actions, carrying, following
from runtime.records.append import append
from runtime.records.models import Carried, Event, Record
from runtime.records.store import open_record
from tests.unit.records.newer import release
from tests.unit.records.scenes import Sitting, is_what_its_events_say, settle
from tests.unit.records.test_in_between import Between, between
from tests.unit.records.test_writers import together

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["between"]
WORKERS = 3


def carried(record: Record) -> list[str]:
    opened = open_record(Record.objects.get(pk=record.pk), by=None, purpose="check")
    kinds = [event.event["event"] for event in opened.events]
    return [kind for kind in kinds if kind.startswith("carried")]


def test_two_workers_bring_each_record_over_once(version: Any, agent: Any) -> None:
    made = [actions.start(version=version, by=agent, prefill={"persons": "2"}) for _ in range(6)]
    carry = release(version, "now")
    results = together(*[lambda: following.carry_on(timezone.now())] * WORKERS)
    assert [each for each in results if isinstance(each, Exception)] == []
    assert sum(results) == len(made)
    assert Carried.objects.filter(carry=carry).count() == len(made)
    for record in made:
        assert carried(record) == ["carried_over"]
        assert is_what_its_events_say(record)


def test_who_opens_and_the_worker_do_it_once(version: Any, agent: Any) -> None:
    record = actions.start(version=version, by=agent, prefill={"persons": "2"})
    carry = release(version, "now")

    def opens() -> Any:
        row = Record.objects.select_related("version").get(pk=record.pk)
        return actions.open_session(record=row, by=agent, kind="agent", purpose="call")

    results = together(opens, lambda: following.carry_on(timezone.now()))
    assert [each for each in results if isinstance(each, Exception)] == []
    following.carry_on(timezone.now())
    assert len(carried(record)) == Carried.objects.filter(carry=carry).count() <= 1
    assert is_what_its_events_say(record)


def test_undone_while_they_follow_all_of_them_are_back_in_the_end(
    version: Any, agent: Any, supervisor: Any
) -> None:
    made = [actions.start(version=version, by=agent, prefill={"persons": "2"}) for _ in range(6)]
    carry = release(version, "now")
    together(
        lambda: following.carry_on(timezone.now()),
        lambda: following.undo(carry=carry, by=supervisor),
    )
    following.carry_on(timezone.now())
    for record in made:
        assert Record.objects.get(pk=record.pk).version_id == version.pk
        assert carried(record) in ([], ["carried_over", "carried_back"])
        assert settle(record).state["answers"] == {"persons": "2"}


@pytest.fixture
def left(sitting: Sitting, record: Record) -> Record:
    """A record that its sitting is thought to have left; the page still sends."""
    sitting.answer("given_name", "Anna")
    return record


@pytest.mark.parametrize("step", ["settle_held", "write_own"])
def test_an_answer_that_comes_while_a_record_follows_is_kept_aside(
    sitting: Sitting,
    left: Record,
    agent: Any,
    between: Between,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    """The sitting holds until the record has followed: what comes meanwhile waits, in the names of its time."""
    monkeypatch.setattr(carrying, "in_hands", lambda *_a, **_m: False)
    sending = between(step, {"event": "answered", "place": "persons", "value": "3"}, carrying)
    carry = release(left.version, "now")
    assert carrying.carry(left.pk, carry, now=timezone.now())
    assert (sending.answer().code, sending.answer().late) == ("session_ended", 1)
    assert is_what_its_events_say(left)
    assert actions.merge_late(Record.objects.get(pk=left.pk), True, by=agent) == 1
    assert settle(left).state["answers"] == {"given_name": "Anna", "people": "3"}


def test_a_token_of_the_former_version_saves_nothing_into_the_new_one(
    sitting: Sitting, record: Record, version: Any
) -> None:
    """Also where the sitting goes on: its page speaks of other questions."""
    carry = release(version, "never")
    Record.objects.filter(pk=record.pk).update(version=carry.version)
    told = append(
        sitting.token,
        [sitting.item({"event": "answered", "place": "persons", "value": "3"}, id=uuid.uuid4())],
        timezone.now(),
    )
    assert (told.status, told.code, told.late) == (409, "session_ended", 1)
    assert not Event.objects.filter(record=record, late=False).exists()
