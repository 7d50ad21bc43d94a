"""The auditor's page: who saw this person, what did this user see, how the log's tree stands; and their own looks."""

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from runtime.audit import checkpoints
from runtime.audit.actions import keep_verification, log_access, seal_rows
from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from runtime.records import actions as records
from runtime.records.references import reference_of
from runtime.workspace.log_words import detail_words, purposes_like
from tests import tampering
from tests.unit.records.scenes import CALL, make_version

pytestmark = pytest.mark.django_db
FACTS = {"given_name": "Bea", "family_name": "Maes", "phone": "0470123456"}


@pytest.fixture(autouse=True)
def file(settings: Any, tmp_path: Path) -> Path:
    settings.LOG_CHECKPOINTS = tmp_path / "checkpoints.jsonl"
    return settings.LOG_CHECKPOINTS


@pytest.fixture
def person(agent: Any, supervisor: Any) -> Any:
    """Opened by the agent, as a person and by a record; and somebody else, opened by the supervisor."""
    party, _new = parties.find_or_create(facts=FACTS, by=None, purpose="test")
    log_access(by=agent, deed="open", subject=party.pk, purpose="calls_back")
    log_access(by=supervisor, deed="open", subject=uuid.uuid4(), purpose="quality")
    return party


@pytest.fixture
def record(person: Any, agent: Any) -> Any:
    made = records.start(version=make_version(CALL), by=agent, party=person)
    log_access(by=None, deed="settle", record=made.pk, purpose="settle")
    return made


@pytest.fixture
def page(client_of: Any, auditor: Any) -> Any:
    client = client_of(auditor)
    return lambda **asked: client.get("/log/", asked)


def names(answer: Any) -> list[Any]:
    return [line["by__username"] for line in answer.context["who_saw"]]


def test_who_saw_a_person_is_told_by_their_number(page: Any, person: Any, agent: Any) -> None:
    log_access(by=agent, deed="search", purpose="call")
    answer = page(person=str(person.pk))
    assert "Who saw this person" in answer.content.decode()
    assert "agent" in names(answer)
    assert "supervisor" not in names(answer)
    assert {row.subject for row in answer.context["shown"]} == {person.pk}


def test_their_records_count_and_are_found_by_a_reference(
    page: Any, person: Any, record: Any
) -> None:
    answer = page(person=reference_of(record.pk).lower())
    assert answer.context["person"].subject == person.pk
    assert {None, "agent"} <= set(names(answer))
    assert record.pk in {row.record for row in answer.context["shown"]}
    assert page(person=str(record.pk)).context["person"].subject == person.pk


def test_a_reference_of_nobody_is_told_and_shows_nothing(page: Any, person: Any) -> None:
    answer = page(person="no such thing")
    assert "Nobody has this reference." in answer.content.decode()
    assert not answer.context["shown"].object_list


def test_what_a_user_saw_is_told_by_day_and_by_person(page: Any, person: Any, agent: Any) -> None:
    answer = page(who="AGENT")
    (line,) = answer.context["days"]
    assert (line["rows"], line["people"]) == (1, 1)
    assert [line["subject"] for line in answer.context["whom_seen"]] == [person.pk]
    day = timezone.localdate().isoformat()
    answer = page(who="agent", since=day, until=day)
    assert "days" not in answer.context
    assert len(answer.context["whom_seen"]) == 1
    assert "Nobody, as far as this filter reaches." in page(who="nobody").content.decode()


def test_each_look_of_the_auditor_is_a_row_of_its_own(
    page: Any, person: Any, agent: Any, auditor: Any
) -> None:
    page()
    page(person=str(person.pk))
    page(who="agent", since="2026-01-01", until="2026-01-31", page="2")
    page(who="Bea Maes")
    looks = AccessLog.objects.filter(by=auditor, deed="audit").order_by("pk")
    assert list(looks.values_list("subject", "detail")) == [
        (None, ""),
        (person.pk, ""),
        (None, f"user {agent.pk} since 2026-01-01 until 2026-01-31"),
        (None, ""),
    ]
    with override("fr"):
        assert detail_words(looks[2]) == "ce que agent a vu, du 2026-01-01 au 2026-01-31"


def test_a_purpose_is_looked_for_by_its_words(page: Any, person: Any, client_of: Any) -> None:
    with override("fr"):
        assert purposes_like("est en ligne") == ["calls_back"]
    shown = page(purpose="on the line").context["shown"]
    assert [row.purpose for row in shown] == ["calls_back"]


def test_the_standing_of_the_tree_is_told(page: Any, person: Any, file: Path) -> None:
    words = page().content.decode()
    assert "Nothing yet" in words
    assert "none here" in words
    assert "never" in words
    seal_rows(now=timezone.now())
    checkpoints.write(timezone.now())
    keep_verification(size=4, checkpoints=1, faults=0, seconds=0.1)
    words = page().content.decode()
    assert "fits" in words
    assert "no fault" in words
    file.write_text("{\n")
    assert "The file of checkpoints cannot be read." in page().content.decode()


def test_an_old_copy_is_seen_on_the_page(page: Any, person: Any) -> None:
    seal_rows(now=timezone.now())
    checkpoints.write(timezone.now())
    tampering.lift_guards()
    tampering._cut(1)
    keep_verification(size=1, checkpoints=1, faults=3, seconds=0.1)
    words = page().content.decode()
    assert "does not fit" in words
    assert "faults: 3" in words


def test_a_worker_that_does_not_run_is_seen_on_the_page(page: Any, agent: Any) -> None:
    import random

    tampering.fill(1, by=agent.pk, chance=random.Random(1), at=tampering.BEGIN)
    assert "does the worker run?" in page().content.decode()
    seal_rows(now=timezone.now() + dt.timedelta(seconds=1))
    assert "does the worker run?" not in page().content.decode()


def test_the_person_s_page_leads_there_who_may_go(
    client_of: Any, agent: Any, auditor: Any, person: Any
) -> None:
    def shown() -> str:
        client = client_of(agent)
        client.post("/find/", {"purpose": "calls_back"})
        return client.post(f"/party/{person.pk}/").content.decode()

    link = f"/log/?person={person.pk}"
    assert link not in shown()
    agent.groups.add(*auditor.groups.all())
    assert link in shown()
