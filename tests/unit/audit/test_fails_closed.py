"""The access log cannot be written: nothing opens, through whichever door, and who wanted it is told calmly.

The table itself refuses (a trigger), so that it is the real thing that fails, wherever it is written from.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from exports.documents.printing import print_document
from runtime.audit.actions import seal_rows
from runtime.audit.errors import LogUnwritable
from runtime.audit.models import AccessLog
from runtime.parties import store as parties
from runtime.parties.actions import erase, find_or_create
from runtime.queues.actions import claim
from runtime.records import actions as records
from runtime.records.store.reading import open_record
from runtime.search.index import find
from tests.people import PASSWORD
from tests.unit.bad_input.test_key_files import INDEX, RING, ask
from tests.unit.bad_input.worlds import World, make_world, rows

# Without a transaction around it, as the server runs: what fails is over when the page that says so is made.
pytestmark = pytest.mark.django_db(transaction=True)

SECRETS = ("Maes", "Bea", "470123456", "470 12 34 56", "39.5", "2026-11-20")
# What a row of RING does not open: it only answers with a page of its own, or takes something in.
MORE = [
    ("supervisor", "POST /record/{closed}/replay/", {"purpose": "quality"}),
    ("data_officer", "POST /exports/app/call/1/contacts.csv", {"purpose": "statistics"}),
    ("agent", "POST /party/{party}/", {"unveil": "phone"}),
    ("agent", "GET /person/{party}/break-glass/", {}),
    (
        "agent",
        "POST /person/{party}/break-glass/",
        {"reason": "An ambulance asks for her medicines", "password": PASSWORD},
    ),
    ("auditor", "GET /log/", {}),
    ("auditor", "GET /log/", {"person": "00000000-0000-0000-0000-000000000000"}),
]
# A record that was begun stays, empty, and a list that was sent stays, sealed: they are gone on with when the log can be written.
BEGUN = {"Record", "SubjectKey", "ImportJob", "ImportChunk"}
SQLITE = """
CREATE TRIGGER log_is_full BEFORE INSERT ON audit_accesslog BEGIN SELECT RAISE(ABORT, 'the log is full'); END
"""
FUNCTION = """
CREATE FUNCTION log_is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the log is full'; END $$
"""
POSTGRESQL = "CREATE TRIGGER log_is_full BEFORE INSERT ON audit_accesslog FOR EACH ROW EXECUTE FUNCTION log_is_full()"


@pytest.fixture
def world(agent: Any, data_officer: Any, settings: Any, tmp_path: Path) -> World:
    settings.DELIVERIES_DIR = tmp_path / "deliveries"
    return make_world(agent, data_officer)


@pytest.fixture
def clients(
    client_of: Any, world: World, agent: Any, supervisor: Any, data_officer: Any, auditor: Any
) -> dict[str, Any]:
    people = {
        "agent": agent,
        "supervisor": supervisor,
        "data_officer": data_officer,
        "auditor": auditor,
    }
    made = {name: client_of(user) for name, user in people.items()}
    made["agent"].post("/find/", {"purpose": "calls_back"})
    return made


@pytest.fixture
def full(world: World, clients: Any) -> None:
    """From here on no row comes into the log."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(FUNCTION)
            cursor.execute(POSTGRESQL)
        else:
            cursor.execute(SQLITE)


def test_no_view_opens_anything(world: World, clients: Any, full: None, settings: Any) -> None:
    logged, opened = AccessLog.objects.count(), []
    for who, address, posted in (*RING, *INDEX, *MORE):
        before = rows()
        answer = ask(clients[who], world, address, posted)
        if answer.status_code == 302:
            answer = clients[who].get(answer["Location"])
        words = "a stream" if answer.streaming else answer.content.decode()
        calm = answer.status_code == 503 and "The access log cannot be written now" in words
        more = (rows() - before).keys() - BEGUN
        if not calm or more or [secret for secret in SECRETS if secret in words]:
            opened.append((who, address, posted, answer.status_code, *more))
    assert not opened, opened
    assert AccessLog.objects.count() == logged


def test_no_feed_is_sent_and_the_page_says_why(
    world: World, clients: Any, full: None, settings: Any
) -> None:
    answer = clients["data_officer"].post("/feed/cases/send/", follow=True)
    assert "The access log cannot be written now" in answer.content.decode()
    assert not list(settings.DELIVERIES_DIR.rglob("*.csv"))


ACTIONS: dict[str, Callable[[World, Any], Any]] = {
    "a record": lambda world, by: open_record(world.closed, by=by, purpose="call"),
    "a record to write in": lambda world, by: records.open_session(
        record=world.record, by=by, kind="agent", purpose="call"
    ),
    "a person": lambda world, by: parties.open_party(world.party, by=by, purpose="call"),
    "a person's numbers": lambda world, by: parties.open_contact_points(
        world.party, by=by, purpose="call"
    ),
    "a search": lambda world, by: find("maes", by=by, purpose="call"),
    "a search for the same person": lambda world, by: find_or_create(
        facts={"phone": "0470123456", "family_name": "Maes"}, by=by, purpose="call"
    ),
    "an erasure": lambda world, by: erase(party=world.party, by=by, purpose="request"),
    "a call": lambda world, by: claim(queue=world.campaign.queue, by=by, now=timezone.now()),
    "a document": lambda world, by: print_document(
        document=world.document, by=by, purpose="hand_out"
    ),
}


def test_no_action_opens_anything(world: World, agent: Any, full: None) -> None:
    for door, opens in ACTIONS.items():
        with pytest.raises(LogUnwritable, match="cannot be written now"):
            pytest.fail(f"{door} opened: {opens(world, agent)}")


def test_when_it_can_be_written_again_everything_opens_again(
    world: World, clients: Any, full: None
) -> None:
    with connection.cursor() as cursor:
        on = " ON audit_accesslog" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER log_is_full{on}")
    assert ask(clients["supervisor"], world, "POST /record/{closed}/", {"purpose": "quality"})
    assert open_record(world.closed, by=None, purpose="call")
    assert seal_rows(now=AccessLog.objects.latest("pk").at) > 0
