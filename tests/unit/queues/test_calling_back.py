"""A person who calls back is talked to by whoever picks up; then nobody calls them again, and nobody else ends their call."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.queues import actions
from runtime.queues.claimed import Claimed, NotHolder, Refused
from runtime.queues.models import Attempt, WorkItem
from runtime.records.actions import finish
from runtime.records.append import Appended, append
from runtime.records.models import Record


def post(client: Any, name: str, record: Any, **fields: str) -> Any:
    """The answer, or where it leads."""
    return client.post(reverse(f"record-{name}", args=[record.pk]), fields, follow=True)


def save(token: str) -> Appended:
    event = {"event": "answered", "place": "first_name", "value": "Bo"}
    return append(token, [{"id": str(uuid.uuid4()), "seen": 0, "event": event}], timezone.now())


@pytest.fixture
def held(queue: Any, item: Any, agent: Any) -> WorkItem:
    """An item that the agent has claimed just now."""
    made = item()
    assert isinstance(actions.claim(queue=queue, by=agent, now=timezone.now()), Claimed)
    made.refresh_from_db()
    return made


@pytest.fixture
def second(client_of: Any, second_agent: Any) -> Any:
    return client_of(second_agent, headers={"accept-language": "en"})


def leave(item: WorkItem, state: str, by: Any) -> None:
    """The item leaves its holder, with its record open."""
    if state == "scheduled":
        actions.dispose(item=item, disposition="no_answer", by=by, now=timezone.now())
    else:
        actions.release(item=item, by=by, now=timezone.now())
    WorkItem.objects.filter(pk=item.pk).update(state=state)


@pytest.mark.parametrize("state", ["scheduled", "ready", "waiting"])
def test_who_called_back_and_was_talked_to_is_not_called_again(
    queue: Any, held: Any, agent: Any, second_agent: Any, second: Any, state: str
) -> None:
    leave(held, state, agent)
    post(second, "continue", held.record)
    post(second, "finish", held.record, outcome="done")
    held.refresh_from_db()
    assert (held.record.closed_at is not None, held.state, held.outcome) == (
        True,
        "resolved",
        "reached",
    )
    disposed = held.events.latest("pk")
    assert (disposed.event, disposed.by, disposed.data["state"]) == (
        "disposed",
        second_agent,
        "resolved",
    )
    assert Attempt.objects.latest("pk").agent == second_agent
    later = timezone.now() + timedelta(days=1)
    assert actions.claim(queue=queue, by=agent, now=later) == Refused("empty")
    assert Record.objects.count() == 1


def test_a_record_that_ends_without_a_talk_is_tried_again_as_its_outcome_says(
    held: Any, agent: Any
) -> None:
    leave(held, "ready", agent)
    actions.dispose_record(record=held.record, disposition="busy", by=agent)
    held.refresh_from_db()
    assert (held.state, held.attempts) == ("scheduled", 1)


LOST = "This call is with somebody else by now, or it has ended."


@pytest.fixture
def first(client_of: Any, agent: Any) -> Any:
    return client_of(agent, headers={"accept-language": "en"})


def taken_over(queue: Any, by: Any) -> None:
    """The lease has lapsed, and the next agent has claimed the item."""
    later = timezone.now() + timedelta(hours=1)
    assert isinstance(actions.claim(queue=queue, by=by, now=later), Claimed)


def still_open(item: WorkItem, holder: Any) -> bool:
    item.refresh_from_db()
    closed = Record.objects.get(pk=item.record_id).closed_at
    return (closed, item.state, item.assignee) == (None, "active", holder)


def test_who_lost_the_call_is_told_so_and_ends_nothing(
    queue: Any, held: Any, second_agent: Any, first: Any
) -> None:
    taken_over(queue, second_agent)
    answer = post(first, "finish", held.record, outcome="done")
    assert LOST in answer.text
    assert still_open(held, second_agent)


def test_an_end_that_another_claim_overtook_ends_nothing(
    queue: Any, held: Any, second_agent: Any, first: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.workspace import fill_views

    asked = fill_views.holding

    def overtaken(record: Any, user: Any) -> Any:
        answer = asked(record, user)
        taken_over(queue, second_agent)
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(fill_views, "holding", overtaken)
        answer = post(first, "finish", held.record, outcome="done")
    assert LOST in answer.text
    assert still_open(held, second_agent)


def test_an_end_is_refused_wherever_it_comes_from_while_another_holds_the_item(
    held: Any, agent: Any, second_agent: Any
) -> None:
    with pytest.raises(NotHolder):
        finish(held.record_id, "done", by=second_agent)
    assert still_open(held, agent)


def test_a_claim_ends_the_sitting_of_who_had_taken_the_record_up(
    queue: Any, held: Any, agent: Any, second_agent: Any, second: Any
) -> None:
    leave(held, "ready", agent)
    post(second, "continue", held.record)
    token = post(second, "token", held.record).json()["token"]
    assert save(token).status == 200
    assert isinstance(actions.claim(queue=queue, by=agent, now=timezone.now()), Claimed)
    told = save(token)
    assert (told.status, told.code, told.late) == (409, "session_ended", 1)
    assert post(second, "token", held.record).status_code == 409
    assert LOST in post(second, "finish", held.record, outcome="done").text
    assert still_open(held, agent)


def test_a_claim_leaves_the_claimers_own_sitting_alone(
    queue: Any, held: Any, agent: Any, first: Any
) -> None:
    leave(held, "ready", agent)
    post(first, "continue", held.record)
    token = post(first, "token", held.record).json()["token"]
    assert isinstance(actions.claim(queue=queue, by=agent, now=timezone.now()), Claimed)
    assert save(token).status == 200


def test_a_record_in_other_hands_is_not_taken_up(held: Any, agent: Any, second: Any) -> None:
    answer = post(second, "continue", held.record)
    assert "Somebody else is working on this record now, or it is closed." in answer.text
    assert post(second, "token", held.record).status_code == 409
    assert still_open(held, agent)
