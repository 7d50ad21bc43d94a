"""A policy governs the work: hours of campaigns, skills of languages, caps of numbers and of a lifetime, ageing, what follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox.models import Effect
from runtime.queues import actions, face, priority
from runtime.queues.actions import exhausting
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import Campaign, Policy, Skill, WorkItem
from runtime.queues.priority import order_by
from tests.unit.queues.conftest import NOW, call_script, publish

MORNINGS = {"hours": {str(day): [["08:00", "09:00"]] for day in range(1, 8)}}


@pytest.fixture(autouse=True)
def _late_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Items are made a moment before NOW, so that they are ready then."""
    monkeypatch.setattr(timezone, "now", lambda: NOW - timedelta(minutes=1))


@pytest.fixture
def ruled(policy: Any) -> Any:
    """`ruled(caps={..})`: the queue's policy says so."""

    def change(**rules: Any) -> None:
        policy.rules = rules
        policy.save()

    return change


@pytest.fixture
def mornings(queue: Any, campaign: Any) -> Campaign:
    """A campaign of the same queue that calls from eight to nine only."""
    own = Policy.objects.create(code="mornings", title="Mornings", rules={"calendar": MORNINGS})
    return Campaign.objects.create(
        code="early", title="Early", queue=queue, app=campaign.app, policy=own
    )


def take(queue: Any, by: Any, at: Any = NOW) -> WorkItem:
    queue.refresh_from_db()
    answer = actions.claim(queue=queue, by=by, now=at)
    assert isinstance(answer, Claimed), answer
    return WorkItem.objects.get(pk=answer.item)


def claimed(queue: Any, by: Any, at: Any = NOW) -> Claimed | Refused:
    queue.refresh_from_db()
    return actions.claim(queue=queue, by=by, now=at)


def carry_out(name: str, function: Any) -> int:
    """Carries out what the outbox holds of one effect; how many."""
    due = list(Effect.objects.filter(effect=name, state="pending"))
    for effect in due:
        function(effect.arguments, effect)
        Effect.objects.filter(pk=effect.pk).update(state="done")
    return len(due)


def test_a_campaign_that_calls_at_other_hours_waits_and_the_others_go_on(
    queue: Any, mornings: Any, item: Any, agent: Any
) -> None:
    early = item(campaign=mornings, priority=9)
    usual = item()
    assert take(queue, agent).pk == usual.pk
    actions.dispose(item=usual, disposition="refused", by=agent, now=NOW)
    refused = claimed(queue, agent)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.at and refused.at.isoformat()) == (
        "closed",
        "2026-03-05T08:00:00+01:00",
    )
    assert take(queue, agent, NOW + timedelta(hours=21, minutes=30)).pk == early.pk


def test_a_promise_is_kept_at_its_time_though_the_queue_is_closed(
    queue: Any, ruled: Any, item: Any, agent: Any, second_agent: Any
) -> None:
    made = item()
    take(queue, agent)
    at = NOW + timedelta(hours=3)
    actions.dispose(item=made, disposition="callback", by=agent, now=NOW, callback_at=at)
    item(priority=9)
    ruled(calendar=MORNINGS)
    other = claimed(queue, second_agent, at)
    assert isinstance(other, Refused)
    assert other.reason == "closed"
    assert take(queue, agent, at).pk == made.pk


def test_an_item_in_a_language_goes_to_who_speaks_it(
    queue: Any, ruled: Any, item: Any, agent: Any, second_agent: Any
) -> None:
    dutch = Skill.objects.create(code="dutch", title="Dutch")
    ruled(languages={"nl": "dutch"})
    queue.refresh_from_db()
    spoken, other = item(language="nl", priority=9), item(language="fr")
    assert (spoken.skill, other.skill) == (dutch, None)
    assert take(queue, agent).pk == other.pk
    actions.grant_skill(person=second_agent, skill=dutch, days=30)
    assert take(queue, second_agent).pk == spoken.pk


def test_a_language_that_was_heard_is_asked_for_from_then_on(
    queue: Any, ruled: Any, item: Any, agent: Any, second_agent: Any
) -> None:
    dutch = Skill.objects.create(code="dutch", title="Dutch")
    ruled(languages={"nl": "dutch"})
    made = item()
    take(queue, agent)
    disposed = actions.dispose(
        item=made, disposition="language_barrier", by=agent, now=NOW, language="nl"
    )
    assert disposed.not_before is not None
    assert claimed(queue, agent, disposed.not_before) == Refused("empty")
    actions.grant_skill(person=second_agent, skill=dutch, days=30)
    assert take(queue, second_agent, disposed.not_before).pk == made.pk


def test_a_number_that_was_dialled_often_enough_is_not_offered_again(
    queue: Any, ruled: Any, item: Any, agent: Any
) -> None:
    from runtime.parties.actions import update_facts

    ruled(caps={"number": 1, "day": 9}, numbers={"rotate": True})
    made = item()
    first = made.party.contact_points.get().pk
    update_facts(party=made.party, facts={"phone": "+32479999999"}, by=agent)
    held = take(queue, agent)
    second = face.of_item(held, agent).numbers[0].point
    assert second != first  # the newest
    actions.start_attempt(item=held, by=agent, now=NOW, point=second)
    disposed = actions.dispose(item=held, disposition="busy", by=agent, now=NOW)
    held = take(queue, agent, disposed.not_before)
    assert [each.point for each in face.of_item(held, agent).numbers] == [first]
    with pytest.raises(ValueError, match="contact point"):
        actions.start_attempt(item=held, by=agent, now=NOW, point=second)
    actions.start_attempt(item=held, by=agent, now=NOW, point=first)
    ended = actions.dispose(item=held, disposition="busy", by=agent, now=NOW)
    assert (ended.state, ended.reason) == ("exhausted", "number_cap")


def test_mobiles_come_before_landlines_where_the_policy_says_so(
    queue: Any, ruled: Any, item: Any, person: Any, agent: Any
) -> None:
    from runtime.parties.actions import update_facts

    made = item(party=person(phone="+32470111111"))
    update_facts(party=made.party, facts={"phone": "+3225555555"}, by=agent)
    held = take(queue, agent)
    assert face.of_item(held, agent).numbers[0].e164 == "+3225555555"
    ruled(numbers={"kinds": ["mobile"]})
    held = WorkItem.objects.get(pk=held.pk)
    assert face.of_item(held, agent).numbers[0].e164 == "+32470111111"


def test_who_was_called_enough_in_other_campaigns_is_called_no_more(
    queue: Any, campaign: Any, ruled: Any, item: Any, person: Any, agent: Any
) -> None:
    party = person()
    before = item(party=party)
    take(queue, agent)
    actions.dispose(item=before, disposition="refused", by=agent, now=NOW)
    other = Campaign.objects.create(code="autumn", title="Autumn", queue=queue, app=campaign.app)
    enough, fresh = item(party=party, campaign=other, priority=9), item()
    ruled(caps={"lifetime": 1})
    assert take(queue, agent).pk == fresh.pk
    enough.refresh_from_db()
    assert (enough.state, enough.assignee, enough.record) == ("exhausted", None, None)
    assert enough.events.get(event="exhausted").data == {"reason": "lifetime_cap"}


def test_what_became_ready_under_softer_rules_waits_when_it_is_claimed(
    queue: Any, ruled: Any, item: Any, agent: Any
) -> None:
    made = item()
    take(queue, agent)
    disposed = actions.dispose(item=made, disposition="busy", by=agent, now=NOW)
    assert disposed.not_before is not None
    WorkItem.objects.filter(pk=made.pk).update(state="ready")
    ruled(caps={"day": 1})
    refused = claimed(queue, agent, disposed.not_before)
    made.refresh_from_db()
    assert refused == Refused("empty", at=made.not_before)
    assert made.state == "scheduled"
    assert timezone.localtime(made.not_before).isoformat() == "2026-03-05T00:00:00+01:00"
    assert made.events.filter(event="postponed").count() == 1


def test_what_has_waited_comes_before_what_is_more_important_but_new(
    queue: Any, ruled: Any, item: Any, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled(ageing={"minutes": 60, "at_most": 5})
    monkeypatch.setattr(timezone, "now", lambda: NOW - timedelta(hours=4))
    old = item()
    monkeypatch.setattr(timezone, "now", lambda: NOW - timedelta(minutes=1))
    queue.refresh_from_db()
    slight, great, due = item(priority=3), item(priority=100), item(due=NOW + timedelta(hours=4))
    got = []
    for _turn in range(4):
        held = take(queue, agent)
        got.append(held.pk)
        actions.dispose(item=held, disposition="refused", by=agent, now=NOW)
    assert got == [each.pk for each in (great, old, slight, due)]


def test_the_database_has_the_order_of_the_rules(queue: Any, ruled: Any, item: Any) -> None:
    for ageing in (None, {"minutes": 30, "at_most": 3}):
        ruled(ageing=ageing)
        queue.refresh_from_db()
        for n in range(6):
            due = NOW + timedelta(hours=n % 3) if n % 2 else None
            item(lane=n % 2, priority=n % 4 - 2, due=due)
    from django.db import connection

    with connection.cursor() as cursor:
        statement = f"SELECT id FROM queues_workitem ORDER BY {order_by(connection.vendor)}"
        cursor.execute(statement)
        found = [str(row[0]).replace("-", "") for row in cursor.fetchall()]
    assert found == [one.pk.hex for one in sorted(WorkItem.objects.all(), key=priority.key)]


@pytest.fixture
def given_up(queue: Any, ruled: Any, item: Any, agent: Any) -> Any:
    """`given_up(then=..)`: an item that nobody could reach, under a policy that says what follows."""

    def make(**follow: Any) -> WorkItem:
        ruled(exhausted=follow)
        made = item(language="nl")
        take(queue, agent)
        disposed = actions.dispose(item=made, disposition="unreachable", by=agent, now=NOW)
        assert disposed.state == "exhausted"
        made.refresh_from_db()
        return made

    return make


def test_a_letter_is_a_document_of_the_items_record(given_up: Any) -> None:
    made = given_up(then="letter", document="reminder")
    effect = Effect.objects.get()
    assert (effect.effect, effect.record, effect.arguments) == (
        "issue_document",
        made.record_id,
        {"document": "reminder"},
    )


def test_a_visit_is_one_item_in_the_campaign_that_goes_on(
    queue: Any, campaign: Any, given_up: Any
) -> None:
    visits = Campaign.objects.create(code="visits", title="Visits", queue=queue, app=campaign.app)
    made = given_up(then="visit", campaign="visits")
    assert carry_out("follow_exhausted", exhausting.follow_exhausted) == 1
    visit = WorkItem.objects.get(campaign=visits)
    assert (visit.kind, visit.party, visit.parent, visit.language) == (
        "visit",
        made.party,
        made,
        "nl",
    )
    effect = Effect.objects.get()
    exhausting.follow_exhausted(
        effect.arguments, effect
    )  # as if the worker had died before its end
    assert WorkItem.objects.filter(campaign=visits).count() == 1


def test_a_link_is_an_invitation_whose_text_lies_nowhere(
    given_up: Any, person: Any, item: Any
) -> None:
    from builder.models import PublicForm
    from runtime.parties.actions import update_facts
    from runtime.selfservice.actions import invitation_of, link_of
    from runtime.selfservice.effects import invite_exhausted
    from runtime.selfservice.models import Invitation

    form = publish(call_script(), code="form", kind="form")
    PublicForm.objects.create(app=form.app, open=True, texts={})
    made = given_up(then="sms_link", form="form")
    update_facts(party=made.party, facts={"birth_date": "1980-01-31"}, by=None)
    assert carry_out("link_exhausted", invite_exhausted) == 1
    row = Invitation.objects.get()
    told = Effect.objects.get(effect="send_link").arguments
    assert (row.party, told) == (made.party, {"invitation": str(row.pk)})
    assert invitation_of(code="form", text=link_of(row), now=NOW) == row


def test_nothing_follows_where_the_policy_names_nothing(queue: Any, item: Any, agent: Any) -> None:
    made = item()
    take(queue, agent)
    actions.dispose(item=made, disposition="unreachable", by=agent, now=NOW)
    assert not Effect.objects.exists()


def problems(supervisor: Any, **rules: Any) -> list[tuple[str, str]]:
    with pytest.raises(actions.BadPolicy) as refused:
        actions.save_policy(policy=Policy(code="p", title="P", rules=rules), by=supervisor)
    return [(problem.code, problem.place) for problem in refused.value.problems]


@pytest.fixture
def never() -> dict[str, Any]:
    return {
        "calendar": {"hours": {"1": [["09:00", "17:00"]]}},
        "window": {"days": [6, 7], "from": "09:00", "until": "17:00"},
    }


def test_a_policy_that_can_never_call_is_not_kept(
    db: None, supervisor: Any, never: dict[str, Any]
) -> None:
    assert problems(supervisor, calendar={"hours": {}}) == [("policy", "calendar")]
    assert problems(supervisor, **never) == [("policy", "window")]


def test_one_that_is_stored_already_closes_its_queue_and_items_wait(
    queue: Any, ruled: Any, item: Any, agent: Any, never: dict[str, Any]
) -> None:
    made = item()
    take(queue, agent)
    ruled(**never)
    disposed = actions.dispose(
        item=WorkItem.objects.get(pk=made.pk), disposition="busy", by=agent, now=NOW
    )
    assert disposed.state == "scheduled"
    assert disposed.not_before is not None
    assert disposed.not_before > NOW + timedelta(days=399)
    assert claimed(queue, agent) == Refused("closed", at=None)


def test_codes_that_lead_nowhere_are_told(db: None, supervisor: Any) -> None:
    assert problems(supervisor, languages={"nl": "dutch"}) == [("policy_code", "languages")]
    visit = {"then": "visit", "campaign": "gone"}
    assert problems(supervisor, exhausted=visit) == [("policy_code", "exhausted")]
