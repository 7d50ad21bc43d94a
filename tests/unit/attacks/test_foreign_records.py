"""Records, items, lists, documents of others: every address with a real id, by everybody it does not belong to."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.people.roles import ROLES
from runtime.records.models import Event, Record, Session
from tests.people import make_person
from tests.unit.exports import given, making

pytestmark = pytest.mark.django_db
SECRET = "Quetzalcoatl"
METHODS = ("get", "post", "put", "delete", "patch", "head", "options")
RECORD = (
    "record", "save", "record-section", "record-settle", "record-token", "record-finish",
    "record-reopen", "record-continue", "record-late",
)  # fmt: skip
ITEM = ("item", "item-attempt", "item-dispose", "item-release", "item-heartbeat")


@pytest.fixture
def version(db: None) -> Any:
    return given.publish(making.call())


@pytest.fixture
def held(version: Any) -> Any:
    """A record with an item in the hands of its agent, who typed a name."""
    from runtime.parties.actions import find_or_create
    from runtime.queues.actions import claim, create_item
    from runtime.queues.models import Campaign, Policy, Queue, WorkItem

    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    queue = Queue.objects.create(code="calls", title="Calls", policy=policy)
    campaign = Campaign.objects.create(code="spring", title="S", queue=queue, app=version.app)
    facts = {"given_name": SECRET, "family_name": SECRET, "phone": "+32470123456"}
    party, _new = find_or_create(facts=facts, by=None, purpose="test")
    create_item(campaign=campaign, party=party, by=None)
    holder = make_person("holder", "agent")
    claim(queue=queue, by=holder, now=timezone.now())
    return WorkItem.objects.get(assignee=holder)


def tries(
    client: Any, names: tuple[str, ...], holes: dict[str, Any]
) -> list[tuple[str, str, Any]]:
    """Each address with each method, and with all a form of it would carry but a token."""
    posted = {"outcome": "refused", "disposition": "reached", "keep": "1", "section": "person"}
    return [
        (method, name, getattr(client, method)(reverse(name, kwargs=holes), posted))
        for name in names
        for method in METHODS
    ]


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_a_record_in_other_hands_gives_nothing_without_a_purpose(
    held: Any, role: str, client_of: Any
) -> None:
    person = make_person("somebody", *([role] if role else []))
    client = client_of(person, raise_request_exception=False)
    events = Event.objects.count()
    for method, name, answer in tries(client, RECORD, {"record": held.record_id}):
        assert SECRET not in answer.content.decode(), (method, name)
        assert answer.status_code < 500, (method, name)
    assert Event.objects.count() == events
    assert not Session.objects.filter(agent=person).exists()
    assert Record.objects.get(pk=held.record_id).closed_at is None


@pytest.mark.parametrize("role", ROLES)
def test_an_item_in_other_hands_is_not_touched(held: Any, role: str, client_of: Any) -> None:
    client = client_of(make_person("somebody", role), raise_request_exception=False)
    before = (held.state, held.assignee_id, held.fence, held.lease_until)
    for method, name, answer in tries(client, ITEM, {"pk": held.pk}):
        assert SECRET not in answer.content.decode(), (method, name)
        assert "470123456" not in answer.content.decode(), (method, name)
    held.refresh_from_db()
    assert (held.state, held.assignee_id, held.fence, held.lease_until) == before


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"agent", "supervisor"}])
def test_a_purpose_opens_nothing_to_who_does_no_casework(
    held: Any, role: str, client_of: Any
) -> None:
    """Trainers come to the address for their own lessons only."""
    person = make_person("somebody", role)
    answer = client_of(person).post(f"/record/{held.record_id}/", {"purpose": "curiosity"})
    assert SECRET not in answer.content.decode()
    assert answer.status_code in {403, 404}
    assert not AccessLog.objects.filter(by=person).exists()


def test_who_is_no_agent_any_more_holds_no_record(version: Any, client_of: Any) -> None:
    """A sitting outlives a role: the role is asked, too."""
    from django.contrib.auth.models import Group

    from runtime.records import actions as records

    person = make_person("moved", "agent")
    row = records.start(version=version, by=person, prefill={"given_name": SECRET})
    records.open_session(record=row, by=person, kind="agent", purpose="test")
    person.groups.set([Group.objects.get(name="trainer")])
    client = client_of(person)
    for method, name, answer in tries(client, RECORD, {"record": row.pk}):
        assert SECRET not in answer.content.decode(), (method, name)
    assert Record.objects.get(pk=row.pk).closed_at is None


@pytest.mark.parametrize("role", ROLES)
def test_a_party_is_not_opened_without_a_purpose(held: Any, role: str, client_of: Any) -> None:
    person = make_person("somebody", role)
    client = client_of(person)
    for method in METHODS:
        answer = getattr(client, method)(f"/party/{held.party_id}/", {"unveil": "phone"})
        assert SECRET not in answer.content.decode()
    assert not AccessLog.objects.filter(by=person).exists()


def test_a_purpose_is_forgotten_with_the_session(held: Any, agent: Any, client_of: Any) -> None:
    client = client_of(agent)
    client.post("/find/", {"purpose": "calls_back"})
    assert SECRET in client.post(f"/party/{held.party_id}/").content.decode()
    client.post("/accounts/logout/")
    client.force_login(agent)
    assert SECRET not in client.post(f"/party/{held.party_id}/", follow=True).content.decode()


def test_the_lesson_of_another_is_not_known(version: Any, client_of: Any) -> None:
    from runtime.learning.actions import open_lesson
    from tests.unit.fill.calls import publish, small_lesson

    learner = make_person("learner", "agent")
    row = open_lesson(app=publish(small_lesson(), code="masks").app, person=learner.person)
    for role in ("agent", "supervisor", "trainer", "admin", "data_officer"):
        client = client_of(make_person(f"a-{role}", role))
        for method, name, answer in tries(client, RECORD, {"record": row.pk}):
            assert answer.status_code in {302, 401, 403, 404, 405, 409}, (role, method, name)
        assert client.post(f"/record/{row.pk}/", {"purpose": "x"}).status_code in {403, 404}
    assert Session.objects.exclude(agent=learner).count() == 0


@pytest.fixture
def document(version: Any, held: Any) -> Any:
    from exports.documents.actions import issue

    template = given.publish(making.certificate())
    return issue(template=template, record=held.record, by=held.assignee)


@pytest.mark.parametrize("role", ROLES)
def test_a_document_is_printed_by_who_has_to_do_with_it(
    document: Any, role: str, client_of: Any
) -> None:
    client = client_of(make_person("somebody", role), raise_request_exception=False)
    for name in ("document-pdf", "document-revoke"):
        for method in METHODS:
            if role in {"supervisor", "data_officer"}:
                continue  # theirs
            answer = getattr(client, method)(
                reverse(name, args=[document.pk]), {"purpose": "hand_out", "reason": "error"}
            )
            assert answer.status_code in {403, 404, 405}, (method, name)
            assert not answer.content.startswith(b"%PDF")
    page = client.get(f"/documents/?record={document.record_id}").content.decode()
    assert (document.number in page) == (role in {"supervisor", "data_officer"})


def test_a_list_shows_its_rows_to_who_is_logged(
    supervisor: Any, held: Any, client_of: Any
) -> None:
    from runtime.queues.actions import imports

    data = f"first;phone\n{SECRET};0470123457\n".encode()
    job: Any = imports.receive(campaign=held.campaign, data=data, by=supervisor)
    assert SECRET in client_of(supervisor).get(f"/import/{job.pk}/").content.decode()
    noted = AccessLog.objects.get(by=supervisor)
    assert (noted.deed, noted.purpose, noted.subject) == ("open", "import:spring", job.pk)


def test_ids_of_nothing_and_of_something_answer_alike(
    held: Any, agent: Any, client_of: Any
) -> None:
    client = client_of(agent)
    for name in ("record-section", "record-settle", "record-finish", "record-late"):
        foreign = client.post(reverse(name, args=[held.record_id]))
        nothing = client.post(reverse(name, args=[uuid.uuid4()]))
        assert (foreign.status_code, len(foreign.content)) == (
            nothing.status_code,
            len(nothing.content),
        ), name
