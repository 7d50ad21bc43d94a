"""A person is entered who may be kept already: asked at the end of the call, decided by the agent, never by the house."""

from typing import Any

import pytest
from django.urls import reverse

from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.queues.models import Policy
from runtime.records.models import Record
from runtime.search.doubles import may_be_same
from runtime.search.query import Named
from tests.unit.find.hotline import KEPT, hotline

CARD = Named("Hélène", "Van den Berghe", "1985-07-30", "+32470123456", "85073003328")


@pytest.mark.parametrize(
    ("facts", "same"),
    [
        (Named("Helen", "Vandenberghe", "1985-07-30"), True),
        (Named("Helene", "Peeters", "1985-07-30", "0470123456"), True),  # married since
        (Named("Helen", "Vandenberg", phone="0470 12 34 56"), True),
        (Named("Hélène", "Van den Berghe"), True),
        (Named("Hélène", "Van den Berghe", "2015-01-02"), False),  # a namesake
        (Named("Helena", "Van den Berghe", "2015-01-02", "0470123456"), False),  # a daughter
        (
            Named("Hélène", "Van den Berghe", "1958-07-30", "0470123456"),
            True,
        ),  # a slip of the keys
        (Named("Luc", "Van den Berghe", "", "0470123456"), False),
        (Named("Luc", "Peeters", "1985-07-30"), False),
        (Named("Luc", "Van den Berghe", "1985-07-30", "0470123456"), False),  # twins
        (Named("", "Van den Berghe", "1985-07-30"), True),
        (Named("Hélène", "Van den Berghe", "1985-07-30", "", "85073003427"), False),
    ],
)
def test_who_may_be_the_same(facts: Named, same: bool) -> None:
    assert may_be_same(facts, CARD) is same


@pytest.fixture
def kept(supervisor: Any) -> Party:
    return parties.find_or_create(facts=KEPT, by=supervisor, purpose="test")[0]


@pytest.fixture
def entered(agent: Any) -> Record:
    return hotline(agent, given_name="Helen", family_name="Vandenberghe", birth_date="1985-07-30")


def end(client: Any, record: Record, **posted: str) -> Any:
    address = reverse("record-finish", args=[record.pk])
    return client.post(address, {"outcome": "done", **posted})


def test_before_the_record_ends_it_is_asked_whether_it_is_somebody_known(
    client_of: Any, agent: Any, kept: Party, entered: Record
) -> None:
    answer = end(client_of(agent), entered)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Is it somebody we know?" in page
    assert "born on that day" in page
    assert "••.••.1985" in page
    entered.refresh_from_db()
    assert (entered.closed_at, entered.party) == (None, None)
    assert AccessLog.objects.filter(deed="search", by=agent, purpose="call").exists()


def test_the_agent_says_it_is_them(
    client_of: Any, agent: Any, supervisor: Any, kept: Party, entered: Record
) -> None:
    assert end(client_of(agent), entered, same=str(kept.pk)).status_code == 302
    entered.refresh_from_db()
    assert entered.party == kept
    assert Party.objects.count() == 1
    facts = open_party(kept, by=supervisor, purpose="test")
    assert (facts.given_name, facts.family_name) == ("Hélène", "Van den Berghe")


def test_the_agent_says_it_is_somebody_new(
    client_of: Any, agent: Any, kept: Party, entered: Record
) -> None:
    assert end(client_of(agent), entered, same="new").status_code == 302
    entered.refresh_from_db()
    assert entered.party_id not in (None, kept.pk)


@pytest.mark.parametrize("said", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_who_was_not_offered_is_not_taken(
    said: str, client_of: Any, agent: Any, supervisor: Any, kept: Party, entered: Record
) -> None:
    stranger = parties.find_or_create(
        facts={"given_name": "Luc", "family_name": "Peeters", "phone": "0475000000"},
        by=supervisor,
        purpose="test",
    )[0]
    for wish in (said, str(stranger.pk)):
        answer = end(client_of(agent), entered, same=wish)
        assert "Choose one of them, or somebody new." in answer.content.decode()
        entered.refresh_from_db()
        assert entered.party is None


def test_nobody_alike_nothing_asked(client_of: Any, agent: Any, kept: Party) -> None:
    record = hotline(agent, given_name="Luc", family_name="Peeters", birth_date="1985-07-30")
    assert end(client_of(agent), record).status_code == 302


def test_who_has_a_key_of_their_own_is_taken_without_asking(
    client_of: Any, agent: Any, kept: Party
) -> None:
    facts = {"given_name": "Helene", "family_name": "van den Berghe", "phone": "+32470123456"}
    record = hotline(agent, **facts)
    assert end(client_of(agent), record).status_code == 302
    record.refresh_from_db()
    assert record.party == kept


def test_what_cannot_end_yet_is_not_asked(client_of: Any, agent: Any, kept: Party) -> None:
    record = hotline(agent, family_name="Van den Berghe")
    answer = end(client_of(agent), record)
    assert "Is it somebody we know?" not in answer.content.decode()


def test_while_who_calls_is_to_be_proved_the_reasons_tell_no_more_than_the_name(
    client_of: Any, agent: Any, kept: Party, entered: Record
) -> None:
    Policy.objects.create(code="p", title="P", rules={"verification": {}})
    page = end(client_of(agent), entered).content.decode()
    assert "Is it somebody we know?" in page
    assert "born on that day" not in page
    assert "1985" not in page
