"""What is over is erased, what is held or worked on is not; each erasure leaves a certificate in the access log."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from exports.documents.actions import issue
from runtime.audit.models import AccessLog
from runtime.outbox import sweeps
from runtime.parties import actions as parties
from runtime.parties.store import open_party
from runtime.queues.actions import create_item
from runtime.queues.models import Campaign, Policy, Queue
from runtime.records import actions as records
from runtime.records.models import Event, Record, StoredFile
from runtime.records.store import open_record
from runtime.retention import actions
from runtime.retention.due import due
from runtime.retention.holds import Held
from runtime.retention.models import Hold, Rule
from runtime.search.index import find
from runtime.vault.errors import SubjectDestroyed
from runtime.vault.models import SubjectKey
from tests.unit.exports import given, making
from tests.unit.records.scenes import CALL, make_version

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY = dt.timedelta(days=1)


@pytest.fixture
def version(db: None) -> Any:
    return make_version(CALL)


@pytest.fixture
def rule(version: Any, data_officer: Any) -> Rule:
    """Thirty days, switched on."""
    made = actions.set_rule(app=version.app, days=30, by=data_officer)
    actions.switch(rule=made, on=True, by=data_officer)
    return made


@pytest.fixture
def closed(version: Any, agent: Any) -> Any:
    """`closed(days, name)`: a record that was closed so many days ago, about somebody of this name or nobody known."""

    def make(days: int, name: str = "", party: Any = None) -> Record:
        if name:
            told = {
                "given_name": name,
                "family_name": "Kwakkel",
                "phone": f"+32470{hash(name) % 10**6:06d}",
            }
            party, _new = parties.find_or_create(facts=told, by=agent, purpose="test")
        record = records.start(version=version, by=agent, party=party, prefill={"persons": "2"})
        records.finish(record.pk, "refused", by=agent)
        Record.objects.filter(pk=record.pk).update(closed_at=timezone.now() - days * DAY)
        record.refresh_from_db()
        return record

    return make


def erased() -> set[uuid.UUID]:
    return set(Record.objects.exclude(erased_at=None).values_list("pk", flat=True))


def certificates() -> list[str]:
    rows = AccessLog.objects.filter(deed="erase", detail__startswith="erased")
    return list(rows.order_by("pk").values_list("detail", flat=True))


def test_what_is_over_is_erased_and_what_is_not_stays(rule: Rule, closed: Any) -> None:
    old, young, was_open = closed(31), closed(29), closed(40)
    records.reopen(was_open, reason="a mistake was made", by=was_open.created_by)
    assert actions.erase_due(now=timezone.now()) == 1
    assert erased() == {old.pk}
    with pytest.raises(SubjectDestroyed):
        open_record(Record.objects.get(pk=old.pk), by=None, purpose="check")
    assert not Event.objects.filter(record=old).exists()
    assert open_record(young, by=None, purpose="check").state["answers"]["persons"] == "2"
    assert actions.erase_due(now=timezone.now()) == 0


def test_a_record_of_nobody_known_goes_for_good(rule: Rule, closed: Any) -> None:
    old = closed(31)
    kept = {name: getattr(old, name) for name in ("wrapped_key", "snapshot")}
    actions.erase_due(now=timezone.now())
    Record.objects.filter(pk=old.pk).update(erased_at=None, **kept)  # an older backup
    with pytest.raises(SubjectDestroyed):
        open_record(Record.objects.get(pk=old.pk), by=None, purpose="check")
    assert SubjectKey.objects.get(subject=old.subject).wrapped is None


def test_a_person_goes_with_the_last_of_their_records(rule: Rule, closed: Any, agent: Any) -> None:
    one = closed(50, "Ann")
    other = closed(5, party=one.party)
    actions.erase_due(now=timezone.now())
    assert erased() == {one.pk}
    assert open_party(one.party, by=None, purpose="check").given_name == "Ann"
    actions.erase_due(now=timezone.now() + 26 * DAY)
    assert erased() == {one.pk, other.pk}
    with pytest.raises(SubjectDestroyed):
        open_party(one.party, by=None, purpose="check")
    assert find("Ann Kwakkel", agent, "calls_back") == []


def test_a_person_who_is_still_to_be_called_stays(rule: Rule, closed: Any) -> None:
    record = closed(31, "Bea")
    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    queue = Queue.objects.create(code="calls", title="Calls", policy=policy)
    app = record.version.app
    campaign = Campaign.objects.create(code="spring", title="Spring", queue=queue, app=app)
    create_item(campaign=campaign, party=record.party, by=None)
    actions.erase_due(now=timezone.now())
    assert erased() == {record.pk}
    assert open_party(record.party, by=None, purpose="check").given_name == "Bea"


@pytest.mark.parametrize("kind", ["record", "party", "app"])
def test_what_is_held_is_not_erased_until_the_hold_ends(
    rule: Rule, closed: Any, data_officer: Any, kind: str
) -> None:
    record = closed(31, "Cis")
    app = record.version.app.code
    target = {"record": record.pk, "party": record.party_id, "app": app}[kind]
    held = actions.hold(kind=kind, target=str(target), reason="file 12", by=data_officer)
    actions.erase_due(now=timezone.now())
    assert erased() == set()
    with pytest.raises(Held):
        parties.erase(party=record.party, by=data_officer, purpose="their_wish")
    assert open_party(record.party, by=None, purpose="check").given_name == "Cis"
    assert actions.lift(hold=held, by=data_officer)
    assert not actions.lift(hold=held, by=data_officer)
    assert list(held.history.values_list("history_user", flat=True)) == [data_officer.pk] * 2
    actions.erase_due(now=timezone.now())
    assert erased() == {record.pk}


def test_a_hold_ends_with_its_last_day(rule: Rule, closed: Any, data_officer: Any) -> None:
    record, today = closed(31, "Dora"), timezone.localdate()
    held = actions.hold(
        kind="record", target=str(record.pk), reason="file", by=data_officer, until=today
    )
    assert actions.erase_due(now=timezone.now()) == 0
    Hold.objects.filter(pk=held.pk).update(until=today - DAY)
    assert actions.erase_due(now=timezone.now()) == 1


def test_a_rule_that_is_off_only_lists(rule: Rule, closed: Any, data_officer: Any) -> None:
    old = closed(31)
    actions.switch(rule=rule, on=False, by=data_officer)
    actions.erase_due(now=timezone.now())
    assert erased() == set()
    now = timezone.now()
    assert list(due(rule, now, now.date())) == [old]


def test_a_changed_rule_is_off_and_its_history_says_who(rule: Rule, data_officer: Any) -> None:
    changed = actions.set_rule(app=rule.app, days=60, by=data_officer)
    assert (changed.days, changed.on) == (60, False)
    told = [(row.days, row.on, row.history_user) for row in rule.history.order_by("pk")]
    assert told == [(30, False, data_officer), (30, True, data_officer), (60, False, data_officer)]


def test_the_certificate_says_what_went_and_why(rule: Rule, closed: Any) -> None:
    record = closed(31, "Dirk")
    StoredFile.objects.create(
        id=uuid.uuid4(), record=record, about=b"", content=b"", created_at=timezone.now()
    )
    actions.erase_due(now=timezone.now())
    told = f"rule={record.version.app.code} days=30"
    events = AccessLog.objects.get(record=record.pk, detail__startswith="erased").detail
    assert certificates()[0].endswith(f"files=1 {told}")  # the person's
    assert certificates()[0].startswith("erased keys=1 rows=3 ")  # phone and name; number; card
    assert events == f"erased keys=1 rows=2 files=0 {told}"
    rows = AccessLog.objects.filter(deed="erase")
    assert {(row.by, row.purpose) for row in rows} == {(None, "retention")}
    begun = rows.order_by("pk").first()
    assert (begun.subject, begun.detail) == (record.party_id, told)


def test_where_the_log_cannot_be_written_nothing_is_erased(
    rule: Rule, closed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = closed(31, "Els")

    def full(**_: Any) -> None:
        raise DatabaseError("disk full")

    with monkeypatch.context() as broken:
        for door in ("runtime.records.erasing", "runtime.parties.actions"):
            broken.setattr(f"{door}.log_access", full)
        actions.erase_due(now=timezone.now())
    assert erased() == set()
    assert open_party(record.party, by=None, purpose="check").given_name == "Els"


def test_a_worker_that_died_between_person_and_record_ends_it_later(
    rule: Rule, closed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = closed(31, "Fien")
    with monkeypatch.context() as broken:
        broken.setattr("runtime.retention.actions.erase_record", lambda **_: 1 / 0)
        actions.erase_due(now=timezone.now())
    assert erased() == set()
    assert actions.erase_due(now=timezone.now()) == 1
    assert erased() == {record.pk}


def test_who_asks_for_an_erased_record_is_told_so(
    rule: Rule, closed: Any, supervisor: Any, client_of: Any
) -> None:
    record = closed(31)
    actions.erase_due(now=timezone.now())
    answer = client_of(supervisor).post(f"/record/{record.pk}/", {"purpose": "quality"})
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "This record was erased" in page
    assert "Tell an administrator" not in page


def test_an_erased_record_is_not_taken_up_again(rule: Rule, agent: Any, closed: Any) -> None:
    record = closed(31)
    actions.erase_due(now=timezone.now())
    with pytest.raises(SubjectDestroyed):
        records.reopen(Record.objects.get(pk=record.pk), reason="one more word", by=agent)


def test_a_document_of_an_erased_record_is_verified_and_not_read(
    agent: Any, data_officer: Any
) -> None:
    from exports.documents.models import Document

    call, template = given.publish(making.call()), given.publish(making.certificate())
    record = given.maker(call, agent)(**given.FEVERISH)
    document = issue(template=template, record=record, by=agent)
    made = actions.set_rule(app=call.app, days=1, by=data_officer)
    actions.switch(rule=made, on=True, by=data_officer)
    actions.erase_due(now=timezone.now() + 3 * DAY)
    kept = Document.objects.get(pk=document.pk)
    assert (kept.number, kept.code, bytes(kept.sealed)) == (document.number, document.code, b"")


def test_the_worker_does_it() -> None:
    assert "retention" in sweeps._sweeps
