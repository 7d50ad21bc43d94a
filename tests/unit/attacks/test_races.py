"""Two at once, where one must win: ends, openings, numbers, lists, taking back."""

from typing import Any

import pytest
from django.utils import timezone

from tests.unit.exports import given, making
from tests.unit.records.scenes import is_what_its_events_say
from tests.unit.records.test_writers import item as typed
from tests.unit.records.test_writers import together

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
MANY = 4


def failures(results: list[Any]) -> list[Any]:
    return [result for result in results if isinstance(result, Exception)]


@pytest.fixture
def version(db: None) -> Any:
    return given.publish(making.call())


@pytest.fixture
def record(version: Any, agent: Any) -> Any:
    from runtime.records.actions import start

    return start(version=version, by=agent, prefill=given.FEVERISH)


def test_a_record_is_finished_once(record: Any, agent: Any) -> None:
    from runtime.outbox.models import Effect
    from runtime.records.actions import Problems, Settled, finish

    results = together(*[lambda: finish(record.pk, "done", by=agent)] * MANY)
    assert failures(results) == []
    ended = [result for result in results if isinstance(result, Settled)]
    closed = [result.code for result in results if isinstance(result, Problems)]
    assert (len(ended), closed) == (1, ["closed"] * (MANY - 1))
    keys = list(Effect.objects.filter(record=record.pk).values_list("key", flat=True))
    assert len(keys) == len(set(keys))


def test_a_record_is_reopened_once(record: Any, agent: Any) -> None:
    from runtime.records.actions import RecordClosed, finish, reopen
    from runtime.records.models import Record

    finish(record.pk, "refused", by=agent)
    works = [lambda: reopen(Record.objects.get(pk=record.pk), "again", by=agent)] * MANY
    refused = failures(together(*works))
    assert [type(error) for error in refused] == [RecordClosed] * (MANY - 1)
    record.refresh_from_db()
    assert (record.reopened, record.closed_at) == (1, None)


def test_what_is_saved_while_the_record_ends_is_in_it_or_waits(record: Any, agent: Any) -> None:
    """Nothing acknowledged falls between: it was there when the record ended, or it is kept as late."""
    from runtime.records.actions import finish, open_session
    from runtime.records.append import append
    from runtime.records.models import Event, Record

    _session, token = open_session(record=record, by=agent, kind="agent", purpose="test")
    batches = [[typed("given_name", f"N{n}")] for n in range(12)]
    save = [lambda batch=batch: append(token, batch, timezone.now()) for batch in batches]
    results = together(*save, lambda: finish(record.pk, "refused", by=agent))
    assert failures(results) == []
    end = Record.objects.get(pk=record.pk)
    assert end.closed_at is not None
    acknowledged = [row for told in results[:-1] for row in told.acknowledged]
    assert len(acknowledged) == len(batches)
    for row in acknowledged:
        kept = Event.objects.get(client_id=row["id"])
        assert kept.late == bool(row.get("late"))
        assert kept.late or kept.number <= end.settled_number
    assert is_what_its_events_say(end)


@pytest.fixture
def campaign(version: Any) -> Any:
    from runtime.queues.models import Campaign, Policy, Queue

    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    queue = Queue.objects.create(code="calls", title="Calls", policy=policy)
    return Campaign.objects.create(code="spring", title="S", queue=queue, app=version.app)


def test_a_list_is_confirmed_once(campaign: Any, supervisor: Any) -> None:
    from runtime.outbox.models import Effect
    from runtime.queues.actions import imports

    job: Any = imports.receive(
        campaign=campaign, data=b"first;phone\nAnn;0470123456\n", by=supervisor
    )
    mapping = {"first": "fact:given_name", "phone": "fact:phone"}
    works = [lambda: imports.confirm(job=job, mapping=mapping, by=supervisor)] * MANY
    results = together(*works)
    assert failures(results) == []
    assert sorted(len(problems) for problems in results) == [0, *[1] * (MANY - 1)]
    assert Effect.objects.filter(effect="load_list").count() == 1


def test_one_person_of_two_lists_at_once_is_one_item(campaign: Any, supervisor: Any) -> None:
    from runtime.parties.actions import find_or_create
    from runtime.parties.models import Party
    from runtime.queues.actions import create_item
    from runtime.queues.models import WorkItem

    facts = {"given_name": "Ann", "family_name": "Peeters", "phone": "+32470123456"}

    def load() -> None:
        party, _new = find_or_create(facts=facts, by=supervisor, purpose="test")
        create_item(campaign=campaign, party=party, by=supervisor)

    assert failures(together(*[load] * MANY)) == []
    assert (Party.objects.count(), WorkItem.objects.count()) == (1, 1)


def test_a_claim_a_release_and_an_end_leave_one_holder(campaign: Any, agent: Any) -> None:
    from runtime.parties.actions import find_or_create
    from runtime.queues.actions import claim, create_item, dispose, release
    from runtime.queues.claimed import NotHolder
    from runtime.queues.models import WorkItem
    from tests.people import make_person

    facts = {"given_name": "Ann", "family_name": "Peeters", "phone": "+32470123456"}
    party, _new = find_or_create(facts=facts, by=None, purpose="test")
    create_item(campaign=campaign, party=party, by=None)
    queue, now = campaign.queue, timezone.now()
    claim(queue=queue, by=agent, now=now)
    mine = WorkItem.objects.get()
    others = [make_person(f"other{number}", "agent") for number in range(2)]
    results = together(
        lambda: release(item=mine, by=agent, now=now),
        lambda: dispose(item=mine, disposition="refused", by=agent, now=now),
        *[lambda other=other: claim(queue=queue, by=other, now=now) for other in others],
    )
    assert [error for error in failures(results) if not isinstance(error, NotHolder)] == []
    assert sum(isinstance(result, NotHolder) for result in results[:2]) == 1
    assert WorkItem.objects.filter(state="active").count() <= 1


def test_a_document_is_revoked_once_by_one(record: Any, agent: Any) -> None:
    from exports.documents.actions import issue, revoke
    from exports.documents.models import Document
    from tests.people import make_person

    template = given.publish(making.certificate())
    document = issue(template=template, record=record, by=agent)
    people = [make_person(f"other{number}", "supervisor") for number in range(MANY)]
    works = [
        lambda by=by: revoke(
            document=Document.objects.get(pk=document.pk), by=by, reason=f"r{by.pk}"
        )
        for by in people
    ]
    results = together(*works)
    assert failures(results) == []
    assert len({(told.revoked_by_id, told.reason, told.revoked_at) for told in results}) == 1


def test_versions_published_at_once_have_each_a_number(home: Any, editor: Any) -> None:
    from builder.models import Version
    from builder.publish import publish
    from content.actions import make_page
    from tests.bodies import DONE, SMALL

    page = make_page(kind="script", title="S", code="s", body=SMALL, outcomes=DONE, by=editor)

    def anew(number: int) -> Any:
        changed = type(page).objects.get(pk=page.pk)
        changed.title = f"Title {number}"
        return publish(changed, by=editor)

    works = [lambda number=number: anew(number) for number in range(MANY)]
    assert failures(together(*works)) == []
    numbers = sorted(Version.objects.values_list("number", flat=True))
    assert numbers == list(range(1, MANY + 2))
