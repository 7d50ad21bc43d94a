"""A data officer erases one person: what goes is shown, the reference is told twice, a hold stands in the way, the certificate stays."""

from typing import Any

import pytest

from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.records import actions as records
from runtime.records.models import Record
from runtime.records.references import reference_of
from runtime.retention import actions
from runtime.vault.errors import SubjectDestroyed
from tests.unit.records.scenes import CALL, make_version

pytestmark = pytest.mark.django_db
WHERE = "/retention/person/"
NAME = "Kwakkelsteyn"


@pytest.fixture
def party(agent: Any) -> Party:
    facts = {"given_name": "Ann", "family_name": NAME, "phone": "+32470111222"}
    return parties.find_or_create(facts=facts, by=agent, purpose="import")[0]


@pytest.fixture
def record(party: Party, agent: Any) -> Record:
    return records.start(version=make_version(CALL), by=agent, party=party)


@pytest.fixture
def client(client_of: Any, data_officer: Any) -> Any:
    return client_of(data_officer)


def say(record: Record, deed: str = "look", **more: str) -> dict[str, str]:
    usual = {"reference": reference_of(record.pk), "purpose": "their_wish", "deed": deed}
    return {**usual, **more}


def opens(party: Party) -> bool:
    try:
        open_party(party, by=None, purpose="test")
    except SubjectDestroyed:
        return False
    return True


def test_what_goes_is_shown_with_initials_and_stands_in_the_log(
    client: Any, party: Party, record: Record, data_officer: Any
) -> None:
    page = client.post(WHERE, say(record)).content.decode()
    assert "1 record, with its answers and files (1 is still open" in page
    assert "A••• K•••" in page
    assert NAME not in page
    row = AccessLog.objects.filter(by=data_officer, subject=party.pk).get()
    assert (row.deed, row.purpose) == ("verify", "their_wish")
    assert opens(party)


def test_with_the_reference_once_more_they_go_and_the_certificate_stays(
    client: Any, party: Party, record: Record
) -> None:
    answer = client.post(WHERE, say(record, "erase", again=reference_of(record.pk)), follow=True)
    assert not opens(party)
    page = answer.content.decode()
    assert "Certificate of erasure" in page
    assert "keys 1" in page
    assert "The person asked for it" in page
    again = client.post(WHERE, say(record), follow=True)
    assert again.redirect_chain[-1][0] == f"{WHERE}{party.pk}/"


@pytest.mark.parametrize("again", ["", "7K3M-Q2PX-4", "nobody", "\x00", "x" * 10_000])
def test_without_the_same_reference_nothing_goes(
    client: Any, party: Party, record: Record, again: str
) -> None:
    answer = client.post(WHERE, say(record, "erase", again=again))
    assert answer.status_code == 400
    assert 'name="again"' in answer.content.decode()
    assert opens(party)


def test_the_number_of_the_person_is_a_reference_too(
    client: Any, party: Party, record: Record
) -> None:
    told = say(record, reference=str(party.pk))
    assert "What goes" in client.post(WHERE, told).content.decode()
    other = say(record, "erase", reference=str(party.pk), again=reference_of(record.pk))
    assert client.post(WHERE, other).status_code == 302
    assert not opens(party)


@pytest.mark.parametrize("reference", ["", "nobody", "7K3M-Q2PX-4", "\x00", "x" * 10_000, "%' --"])
def test_who_is_nobody_is_said_at_the_field(client: Any, record: Record, reference: str) -> None:
    for deed in ("look", "erase", "", "banana"):
        answer = client.post(WHERE, say(record, deed, reference=reference, again=reference))
        assert answer.status_code == 400
        assert "What goes" not in answer.content.decode()


def test_why_is_one_of_the_set_reasons(client: Any, record: Record, party: Party) -> None:
    told = say(record, "erase", again=reference_of(record.pk), purpose="I can")
    assert client.post(WHERE, told).status_code == 400
    assert opens(party)


def test_who_is_held_stays(client: Any, party: Party, record: Record, data_officer: Any) -> None:
    actions.hold(kind="party", target=str(party.pk), reason="2026/1", until=None, by=data_officer)
    page = client.post(WHERE, say(record)).content.decode()
    assert "Nothing can be erased before it is lifted." in page
    assert 'value="erase"' not in page
    answer = client.post(WHERE, say(record, "erase", again=reference_of(record.pk)))
    assert "Nothing can be erased before it is lifted." in answer.content.decode()
    assert opens(party)


def test_there_is_no_certificate_of_who_was_not_erased(client: Any, party: Party) -> None:
    assert client.get(f"{WHERE}{party.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["agent", "supervisor", "admin", "editor", "auditor"])
def test_nobody_else_erases_anybody(
    request: Any, client_of: Any, record: Record, party: Party, role: str
) -> None:
    from tests.people import make_person

    person = request.getfixturevalue("agent") if role == "agent" else make_person(role, role)
    answer = client_of(person).post(WHERE, say(record, "erase", again=reference_of(record.pk)))
    assert answer.status_code in {403, 404}
    assert opens(party)
