"""What an outcome made in the queue, after its record was amended and ended otherwise: withdrawn, left to a supervisor, or wanted again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox import actions as outbox
from runtime.outbox import handlers
from runtime.outbox.models import Effect
from runtime.queues import actions, effects
from runtime.queues.actions import spawned
from runtime.queues.models import Spawned, WorkItem
from runtime.records import actions as records
from runtime.records.append import append
from runtime.records.models import Record
from tests.unit.queues.test_effects import entry

WHY = "they were no contact at all"
CONTACT = {"first": "Bo", "last": "Maes", "phone": "+32470999001"}


@pytest.fixture(autouse=True)
def _bound() -> None:
    handlers.bind("spawn_items", effects.spawn_items, prepare=effects.open_entries)
    handlers.bind("withdraw_spawned", effects.withdraw_spawned)


@pytest.fixture
def record(queue: Any, campaign: Any, agent: Any) -> Record:
    """A record of the queue's script with one contact, that ended."""
    from tests.unit.queues.conftest import call_script, publish

    script = call_script()
    first = script["outcomes"][0]
    first["effects"] = [
        {"effect": "spawn_items", "arguments": {"repeat": "contacts", "campaign": campaign.code}}
    ]
    version = publish(script, code="with_contacts")
    made = records.start(version=version, by=agent)
    tell(made, agent, *entry("one", **CONTACT))
    end(made, first["name"], agent)
    work_off()
    return made


def tell(record: Record, by: Any, *events: dict[str, Any]) -> None:
    import uuid

    _session, token = records.open_session(record=record, by=by, kind="agent", purpose="test")
    batch = [{"id": str(uuid.uuid4()), "seen": 99, "event": event} for event in events]
    assert append(token, batch, timezone.now()).refused == []


def end(record: Record, outcome: str, by: Any) -> None:
    done = records.finish(record.pk, outcome, by=by)
    assert isinstance(done, records.Settled), done
    record.refresh_from_db()


def work_off() -> None:
    later = timezone.now() + timedelta(days=1)
    for _ in range(20):
        if not outbox.carry_out(now=later):
            return


def outcomes(record: Record) -> list[str]:
    from builder.models import load

    return [row.name for row in load(record.version_id).outcomes]


def amended(record: Record, by: Any, outcome: str, *events: dict[str, Any]) -> None:
    records.reopen(record, WHY, by=by)
    if events:
        tell(record, by, *events)
    end(record, outcome, by)
    work_off()


def item() -> WorkItem:
    return WorkItem.objects.get(campaign__isnull=False)


def test_an_item_that_nobody_touched_is_withdrawn_with_its_reason(
    record: Record, agent: Any
) -> None:
    assert item().state == "ready"
    amended(record, agent, outcomes(record)[1])
    assert item().state == "withdrawn"
    assert item().events.get(event="withdrawn").data == {"reason": "amended"}
    assert not spawned.left_over().exists()


def test_the_same_end_again_makes_nothing_twice_and_withdraws_nothing(
    record: Record, agent: Any
) -> None:
    amended(record, agent, record.outcome)
    assert (item().state, item().events.count()) == ("ready", 1)


def test_a_contact_who_is_named_no_more_is_not_called(record: Record, agent: Any) -> None:
    gone = {"event": "entry_removed", "repeat": "contacts", "entry": "one"}
    other = entry("two", first="Cy", last="Wouters", phone="+32470999002")
    amended(record, agent, record.outcome, gone, *other)
    states = sorted(WorkItem.objects.values_list("state", flat=True))
    assert states == ["ready", "withdrawn"]


def test_what_was_touched_stays_and_a_supervisor_looks_after_it(
    record: Record, agent: Any, supervisor: Any, client_of: Any
) -> None:
    WorkItem.objects.update(attempts=1)
    amended(record, agent, outcomes(record)[1])
    assert item().state == "ready"
    (row,) = spawned.left_over()
    client = client_of(supervisor, headers={"accept-language": "en"})
    assert "work item stays" in client.get("/").text
    assert "After amendments" in client.get("/amendments/").text
    assert (
        "somebody has worked on it"
        in client.post(f"/record/{record.pk}/", {"purpose": "quality"}).text
    )
    assert client_of(agent).get("/amendments/").status_code == 403
    client.post(f"/amendments/{row.pk}/seen/")
    assert not spawned.left_over().exists()
    row.refresh_from_db()
    assert row.seen_by == supervisor


def test_an_item_that_another_record_wants_too_stays(record: Record, agent: Any) -> None:
    other = records.start(version=record.version, by=agent)
    tell(other, agent, *entry("x", **CONTACT))
    end(other, record.outcome, agent)
    work_off()
    amended(record, agent, outcomes(record)[1])
    assert item().state == "ready"
    assert not spawned.left_over().exists()
    amended(other, agent, outcomes(record)[1])
    assert item().state == "withdrawn"
    assert {row.decided_at is None for row in Spawned.objects.all()} == {False}


def test_an_item_that_was_there_before_is_never_withdrawn(
    record: Record, agent: Any, campaign: Any
) -> None:
    from runtime.parties.actions import find_or_create

    facts = {"given_name": "Di", "family_name": "Jans", "phone": "+32470999003"}
    party, _new = find_or_create(facts=facts, by=None, purpose="test")
    listed, _new = actions.create_item(campaign=campaign, party=party, by=None)
    amended(
        record, agent, record.outcome, *entry("two", first="Di", last="Jans", phone="+32470999003")
    )
    amended(record, agent, outcomes(record)[1])
    listed.refresh_from_db()
    assert listed.state == "ready"


def test_an_end_that_wants_it_again_takes_it_up_again(record: Record, agent: Any) -> None:
    first, second = outcomes(record)[:2]
    amended(record, agent, second)
    amended(record, agent, first)
    assert item().state == "ready"
    assert [event.event for event in item().events.order_by("pk")] == [
        "created", "withdrawn", "wanted_again",
    ]  # fmt: skip


def test_what_a_former_end_had_not_caused_yet_is_not_caused_any_more(
    queue: Any, record: Record, agent: Any
) -> None:
    first, second = outcomes(record)[:2]
    amended(record, agent, second)
    records.reopen(record, WHY, by=agent)
    end(record, first, agent)  # the worker does not come
    records.reopen(record, WHY, by=agent)
    end(record, second, agent)
    work_off()
    assert item().state == "withdrawn"
    assert Effect.objects.filter(state="given_up", last_problem="amended").count() >= 1


def test_while_something_waits_to_be_made_nothing_is_withdrawn(record: Record, agent: Any) -> None:
    records.reopen(record, WHY, by=agent)
    end(record, record.outcome or outcomes(record)[0], agent)
    effect = Effect.objects.get(effect="withdraw_spawned")
    with pytest.raises(handlers.Refused, match="spawning"):
        effects.withdraw_spawned(effect.arguments, effect)
    work_off()
    assert item().state == "ready"
