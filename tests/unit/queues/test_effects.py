"""What outcomes cause in the queue: an item for each person named, a skill for who passed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.parties.actions import find_or_create
from runtime.parties.store import open_party
from runtime.people.models import Person
from runtime.queues import actions, effects, face, sealed
from runtime.queues.claimed import Claimed
from runtime.queues.models import Campaign, Grant, Skill, WorkItem
from runtime.records import actions as records
from runtime.records.append import append
from runtime.vault.keys import create_subject
from tests.unit.queues.conftest import call_script, publish, question, section

ARGUMENTS = {"repeat": "contacts", "campaign": "spring"}


def entry(name: str, **answers: str) -> list[dict[str, Any]]:
    added = [{"event": "entry_added", "repeat": "contacts", "entry": name}]
    return added + [
        {"event": "answered", "place": f"contacts/{name}/contact_{question}", "value": value}
        for question, value in answers.items()
    ]


@pytest.fixture
def record(queue: Any, item: Any, agent: Any) -> Any:
    """The record of a call under way; `record.tell(*events)` saves answers as the browser does."""
    import uuid

    item()
    claimed = actions.claim(queue=queue, by=agent, now=timezone.now() + timedelta(seconds=1))
    assert isinstance(claimed, Claimed)
    assert claimed.token
    found = WorkItem.objects.get(pk=claimed.item).record

    def tell(*events: dict[str, Any]) -> None:
        batch = [{"id": str(uuid.uuid4()), "seen": 2, "event": event} for event in events]
        answer = append(claimed.token, batch, timezone.now())
        assert (answer.refused, answer.status) == ([], 200)

    found.tell = tell
    return found


def effect_of(record: Any) -> Effect:
    return Effect(effect="spawn_items", key="test", record=record.pk)


def spawn(record: Any, **arguments: str) -> None:
    """As the outbox carries it out."""
    effect, told = effect_of(record), {**ARGUMENTS, **arguments}
    effect.prepared = effects.open_entries(told, effect)
    effects.spawn_items(told, effect)


def spawned(record: Any) -> list[WorkItem]:
    return list(WorkItem.objects.filter(parent__record=record).order_by("created_at"))


def test_each_person_named_becomes_an_item_of_its_own(record: Any, agent: Any) -> None:
    record.tell(
        *entry("one", first="Bo", last="Maes", phone="+32470999001", met="2026-03-01"),
        *entry("two", first="Cy", last="Wouters", phone="+32470999002"),
    )
    spawn(record)
    items = spawned(record)
    names = {open_party(item.party, by=agent, purpose="test").given_name for item in items}
    assert names == {"Bo", "Cy"}
    assert {(item.state, item.campaign.code) for item in items} == {("ready", "spring")}


def test_twice_is_once_and_so_is_the_same_person_in_another_record(record: Any) -> None:
    record.tell(
        *entry("one", first="Bo", last="Maes", phone="+32470999001"),
        *entry("two", first="BO", last="maes", phone="0470 99 90 01"),
    )
    spawn(record)
    spawn(record)
    assert len(spawned(record)) == 1


def test_somebody_without_a_phone_is_one_item_for_the_place_in_the_record(record: Any) -> None:
    record.tell(*entry("one", first="Bo"), *entry("two"))
    spawn(record)
    spawn(record)
    assert [item.dedupe_key for item in spawned(record)] == [f"entry:{record.pk}:one"]


def test_a_new_number_of_a_contact_who_is_known_is_dialled_first(record: Any, agent: Any) -> None:
    known = {"given_name": "Bo", "national_number": "80022912322", "phone": "+32470999001"}
    party, _new = find_or_create(facts=known, by=None, purpose="test")
    record.tell(*entry("one", first="Bo", number="80.02.29-123.22", phone="+32470999002"))
    spawn(record)
    (item,) = spawned(record)
    numbers = [number.e164 for number in face.of_item(item, agent).numbers]
    assert (item.party, numbers) == (party, ["+32470999002", "+32470999001"])


def test_an_answer_that_the_other_script_asks_by_the_same_name_is_prefilled(
    record: Any, queue: Any
) -> None:
    asks = call_script()
    asks["sections"] = [section("met", question("contact_met", "date"))]
    app = publish(asks, code="follow_up").app
    Campaign.objects.create(code="follow-up", title="Follow-up", queue=queue, app=app)
    record.tell(*entry("one", first="Bo", phone="+32470999001", met="2026-03-01"))
    spawn(record, campaign="follow-up")
    made = WorkItem.objects.get(campaign__code="follow-up")
    kept = sealed.open_prefill(made.party_id, made.pk, bytes(made.prefill))
    assert kept == {"contact_met": "2026-03-01"}


def test_a_campaign_that_is_closed_or_unknown_is_told_by_a_code(
    record: Any, campaign: Any, supervisor: Any
) -> None:
    record.tell(*entry("one", first="Bo", last="Maes", phone="+32470999001"))
    with pytest.raises(Refused, match="no_campaign"):
        spawn(record, campaign="none")
    actions.close_campaign(campaign=campaign, by=supervisor)
    with pytest.raises(Refused, match="campaign_closed"):
        spawn(record)


def test_finishing_the_record_ends_the_item_and_spawns_through_the_outbox(
    record: Any, agent: Any
) -> None:
    from runtime.outbox.tasks import carry_out_all

    with_effect = call_script()
    with_effect["outcomes"][0]["effects"] = [{"effect": "spawn_items", "arguments": ARGUMENTS}]
    record.tell(*entry("one", first="Bo", last="Maes", phone="+32470999001"))
    record.version = publish(with_effect, code="call")
    record.save()
    finished = records.finish(record.pk, "done", by=agent)
    assert isinstance(finished, records.Settled), finished
    item = WorkItem.objects.get(record=record)
    assert (item.state, item.outcome) == ("resolved", "reached")
    assert carry_out_all() == 2  # the spawning, and the look for doubles of who is new
    assert len(spawned(record)) == 1


def test_the_opening_stays_in_the_log_when_the_effect_fails(
    record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.audit.models import AccessLog
    from runtime.outbox import actions as outbox

    def fails(**_: Any) -> None:
        raise OSError

    record.tell(*entry("one", first="Bo", last="Maes", phone="+32470999001"))
    outbox.enqueue(effect="spawn_items", key="test", arguments=ARGUMENTS, record=record.pk)
    monkeypatch.setattr(effects, "create_item", fails)
    assert outbox.carry_out()
    assert Effect.objects.get().last_problem == "OSError"
    openings = AccessLog.objects.filter(deed="open", purpose="effect:spawn_items")
    assert list(openings.values_list("record", flat=True)) == [record.pk]


@pytest.fixture
def lesson_record(agent: Any) -> Any:
    """A lesson's record of the agent."""
    person = Person.objects.get(user=agent)
    version = publish(call_script(), code="lesson", kind="lesson")
    create_subject(person.subject)
    return records.start(version=version, subject=person.subject, by=agent, kind="learner")


def test_passing_grants_the_skill_once(lesson_record: Any, agent: Any) -> None:
    skill = Skill.objects.create(code="tracing", title="Tracing")
    effect = Effect(effect="grant_skill", key="test", record=lesson_record.pk)
    for _time in range(2):
        effects.grant_skill_effect({"skill": "tracing", "days": "30"}, effect)
    grant = Grant.objects.get()
    assert (grant.person, grant.skill, grant.expires_at - grant.granted_at) == (
        agent,
        skill,
        timedelta(days=30),
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"skill": "none", "days": "30"}, "no_skill"),
        ({"skill": "tracing", "days": "many"}, "days"),
        ({"skill": "tracing", "days": "0"}, "days"),
        ({"skill": "tracing", "days": "-3"}, "days"),
        ({"skill": "tracing"}, "days"),
    ],
)
def test_a_grant_that_cannot_be_is_told_by_a_code(
    lesson_record: Any, arguments: dict[str, str], code: str
) -> None:
    Skill.objects.create(code="tracing", title="Tracing")
    with pytest.raises(Refused, match=code):
        effects.grant_skill_effect(arguments, Effect(record=lesson_record.pk))


def test_a_record_of_nobody_who_works_here_grants_nothing(record: Any) -> None:
    Skill.objects.create(code="tracing", title="Tracing")
    with pytest.raises(Refused, match="nobody"):
        effects.grant_skill_effect({"skill": "tracing", "days": "3"}, Effect(record=record.pk))
