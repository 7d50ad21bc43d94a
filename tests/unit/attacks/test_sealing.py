"""What lies in clear after a day's work, and envelopes that were moved to another row."""

import json
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from runtime.vault.errors import Tampered
from tests.traces import encodings
from tests.unit.exports import given, making

pytestmark = pytest.mark.django_db
WORDS = ("Quetzalcoatl", "Montezumastein", "470987654", "Popocatepetlstraat", "Xochimilcowords")
NAME, FAMILY, PHONE, STREET, REMARK = WORDS
FACTS = {"given_name": NAME, "family_name": FAMILY, "phone": f"+32{PHONE}", "address": STREET}


def rows(alias: str) -> Any:
    """(table, everything that stands in a row) of a whole database."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                cells = [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
                yield (
                    table,
                    b"\0".join(c if isinstance(c, bytes) else str(c).encode() for c in cells),
                )


def sessions() -> Any:
    """Sessions are compressed where they lie: unpacked here."""
    from django.contrib.sessions.models import Session

    for session in Session.objects.all():
        yield "django_session", json.dumps(session.get_decoded(), default=str).encode()


def in_clear() -> set[tuple[str, str]]:
    """(table, word) wherever one of the words lies, however it is written."""
    ways = {way.lower(): word for word in WORDS for way in encodings(word)}
    return {
        (table, word)
        for table, data in (*rows("default"), *rows("keys"), *sessions())
        for way, word in ways.items()
        if way in data.lower()
    }


def test_the_control_is_found() -> None:
    from runtime.people.models import Unit

    Unit.objects.create(code="t", title=f"about {NAME}")
    assert ("people_unit", NAME) in in_clear()


@pytest.fixture
def worked(
    supervisor: Any, agent: Any, data_officer: Any, client_of: Any, settings: Any, tmp_path: Any
) -> Any:
    """A day: a list, a call, a search, a reading, an amendment, a document, an export, a delivery; and what went wrong."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from runtime.outbox.tasks import carry_out_all
    from runtime.queues.models import Campaign, ImportJob, Policy, Queue
    from runtime.records.models import Record

    settings.DELIVERIES_DIR = tmp_path
    version = given.publish(making.call())
    given.publish(making.certificate())
    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    queue = Queue.objects.create(code="calls", title="Calls", policy=policy)
    Campaign.objects.create(code="spring", title="S", queue=queue, app=version.app)
    boss, caller = client_of(supervisor), client_of(agent, raise_request_exception=False)
    bad = f"{NAME};{FAMILY};not-a-number {PHONE};{STREET}"
    data = f"first;last;phone;street\n{NAME};{FAMILY};0{PHONE};{STREET}\n{bad}\n{NAME}\n"
    boss.post("/campaign/spring/load/", {"file": SimpleUploadedFile("l.csv", data.encode())})
    job = ImportJob.objects.get()
    targets = ("given_name", "family_name", "phone", "address")
    boss.post(f"/import/{job.pk}/", {f"column_{n}": f"fact:{t}" for n, t in enumerate(targets)})
    carry_out_all()
    boss.get(f"/import/{job.pk}/")
    caller.post("/queue/calls/claim/")
    record = Record.objects.get()
    page = caller.get(f"/record/{record.pk}/").content.decode()
    nonce = page.split('name="nonce" value="')[1].split('"')[0]
    token = page.split('name="token" value="')[1].split('"')[0]
    posted = {"section": "health", "token": token, "nonce": nonce, "shown": "remarks fever onset"}
    posted |= {"a:remarks": REMARK, "a:fever": "true"}
    for onset in (f"about {REMARK}", "2026-11-20"):
        caller.post(f"/record/{record.pk}/section/", posted | {"a:onset": onset})
    answered = {"event": "answered", "place": f"{NAME}", "value": FAMILY}
    for token_sent in (token, FAMILY):
        caller.post(
            f"/record/{record.pk}/save/",
            json.dumps({"events": [{"id": NAME, "seen": 0, "event": answered}, NAME]}),
            content_type="application/json",
            headers={"X-Run-Token": token_sent},
        )
    caller.post(f"/record/{record.pk}/finish/", {"outcome": NAME})
    caller.post(f"/record/{record.pk}/finish/", {"outcome": "done"})
    carry_out_all()
    caller.post("/find/", {"purpose": "calls_back"})
    for words in (f"{NAME} {FAMILY}", f"0{PHONE}", REMARK):
        caller.post("/find/", {"text": words})
    caller.post(f"/party/{record.party_id}/", {"unveil": "phone"})
    caller.post(f"/record/{record.pk}/reopen/", {"reason": f"{NAME} called: {REMARK}"})
    caller.post(f"/record/{record.pk}/finish/", {"outcome": "refused"})
    officer = client_of(data_officer)
    answer = officer.post("/exports/app/call/1.csv", {"purpose": "quality"})
    exported = b"".join(answer.streaming_content) if answer.streaming else answer.content
    client_of(None).get(f"/verify/{NAME}/")
    client_of(None).post("/accounts/login/", {"login": NAME, "password": FAMILY})
    return record, exported


def test_nothing_of_a_person_lies_in_clear_after_a_days_work(worked: Any, caplog: Any) -> None:
    from exports.documents.models import Document
    from runtime.records.store import open_record

    record, _exported = worked
    answers = open_record(record, by=None, purpose="test").state["answers"]
    assert (answers["given_name"], answers["remarks"]) == (NAME, REMARK)
    assert Document.objects.exists()
    assert in_clear() == set()
    assert [word for word in WORDS if word in caplog.text and word != NAME] == []


@pytest.fixture
def two(db: None, agent: Any) -> Any:
    """Two people, each with a record, events, a snapshot and a document."""
    from exports.documents.actions import issue
    from runtime.parties.actions import find_or_create
    from runtime.records import actions as records

    version, template = given.publish(making.call()), given.publish(making.certificate())
    made = []
    for number in range(2):
        facts = FACTS | {"phone": f"+3247098765{number}"}
        party, _new = find_or_create(facts=facts, by=agent, purpose="test")
        row = records.start(version=version, party=party, by=agent, prefill={"given_name": NAME})
        records.settle(row.pk, by=agent, purpose="test")
        row.refresh_from_db()
        made.append((party, row, issue(template=template, record=row, by=agent)))
    return made


def swap(first: Any, second: Any, field: str) -> None:
    """Two rows' envelopes, exchanged past the models (and past what keeps events from being changed)."""
    manager = type(first).objects
    one, other = getattr(first, field), getattr(second, field)
    manager.filter(pk=first.pk).update(**{field: other})
    manager.filter(pk=second.pk).update(**{field: one})
    first.refresh_from_db()
    second.refresh_from_db()


def test_an_envelope_in_another_row_does_not_open(two: Any, agent: Any) -> None:
    from exports.documents.printing import paper_of
    from runtime.parties import store as parties
    from runtime.records.actions import settle
    from runtime.records.store import open_record

    (ann, hers, paper), (bob, his, other) = two
    swap(ann, bob, "sealed")
    swap(ann.contact_points.first(), bob.contact_points.first(), "sealed")
    swap(paper, other, "sealed")
    swap(hers, his, "snapshot")
    for opened in (
        lambda: parties.open_party(ann, by=agent, purpose="test"),
        lambda: parties.open_contact_points(bob, by=agent, purpose="test"),
        lambda: paper_of(paper),
        lambda: settle(hers.pk, by=agent, purpose="test"),
    ):
        with pytest.raises(Tampered):
            opened()
    swap(hers, his, "wrapped_key")
    with pytest.raises(Tampered):
        open_record(hers, by=agent, purpose="test")


def test_events_of_one_record_do_not_change_places(agent: Any) -> None:
    from runtime.records import actions as records
    from runtime.records.models import Event
    from runtime.records.store import open_record

    version = given.publish(making.call())
    prefill = {"given_name": NAME, "family_name": FAMILY}
    row = records.start(version=version, by=agent, prefill=prefill)
    first, second = Event.objects.filter(record=row).order_by("number")
    swap(first, second, "sealed")
    with pytest.raises(Tampered):
        open_record(row, by=agent, purpose="test")


def test_a_token_tells_nothing_and_is_of_one_record(two: Any, agent: Any) -> None:
    import base64

    from runtime.records.actions import open_session
    from runtime.records.append import append

    (_ann, hers, _paper), (_bob, his, _other) = two
    _session, token = open_session(record=hers, by=agent, kind="agent", purpose="test")
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    assert hers.pk.hex.encode() not in raw
    assert hers.pk.bytes not in raw
    assert append(token, [], timezone.now(), record=his.pk).code == "foreign"
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        changed = token[:place] + other + token[place + 1 :]
        assert append(changed, [], timezone.now(), record=hers.pk).code == "token_unknown"


@pytest.mark.parametrize("words", ["Ann Canary asked", "ann@example.org asked", "85.07.30-033.28"])
def test_a_purpose_is_one_of_a_set(words: str, two: Any, supervisor: Any, client_of: Any) -> None:
    """The access log is in clear, and never changed."""
    from runtime.audit.models import AccessLog

    ((_ann, hers, _paper), _other) = two
    answer = client_of(supervisor).post(f"/record/{hers.pk}/", {"purpose": words})
    assert answer.status_code == 400
    assert NAME not in answer.content.decode()
    assert not AccessLog.objects.filter(by=supervisor).exists()
