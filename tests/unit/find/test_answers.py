"""The find page shows records by the answers that an agent may ask to see: where, by which question, never the answer."""

from typing import Any

import pytest
from django.urls import reverse

from runtime.audit.models import AccessLog
from runtime.records import actions as records
from runtime.records.models import Record
from runtime.records.references import reference_of
from tests.unit.records.scenes import Sitting, make_version, settle
from tests.unit.search.test_answers import call_with

MAIL = "anna@example.org"


def a_record(agent: Any, **clearances: str) -> Record:
    version = make_version(call_with({"mail": "exact"}, **clearances))
    sitting = Sitting(records.start(version=version, by=agent), agent)
    sitting.answer("mail", MAIL)
    settle(sitting.record, agent)
    return sitting.record


def finding(client: Any, text: str) -> str:
    client.post(reverse("find"), {"purpose": "correction"})
    return client.post(reverse("find"), {"text": text}).content.decode()


@pytest.fixture
def client(client_of: Any, agent: Any) -> Any:
    return client_of(agent)


def test_a_record_of_nobody_known_is_found_and_opened_for_the_purpose(
    client: Any, agent: Any
) -> None:
    record = a_record(agent)
    page = finding(client, MAIL)
    assert reference_of(record.pk) in page
    assert "matched: Mail in Call" in page
    assert page.count(MAIL) == 1  # in the box alone
    opened = client.post(reverse("record", args=[record.pk]), {"purpose": "correction"})
    assert MAIL in opened.content.decode()
    row = AccessLog.objects.get(deed="search", detail="answers")
    assert (row.by, row.purpose) == (agent, "correction")


def test_what_is_above_the_role_is_not_searched_for_it(
    client: Any, client_of: Any, agent: Any, supervisor: Any
) -> None:
    record = a_record(agent, mail="sealed")
    assert reference_of(record.pk) not in finding(client, MAIL)
    assert reference_of(record.pk) in finding(client_of(supervisor), MAIL)


def test_without_a_purpose_no_record_is_searched(client: Any, agent: Any) -> None:
    record = a_record(agent)
    page = client.post(reverse("find"), {"text": MAIL}).content.decode()
    assert reference_of(record.pk) not in page
