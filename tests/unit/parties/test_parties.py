"""Parties: found again by exact keys, their facts sealed, every opening logged first."""

from typing import Any

import pytest
from django.db import connection

from runtime.audit.models import AccessLog
from runtime.parties import actions, facts, store
from runtime.parties.models import ContactPoint, Party, PartyKey
from runtime.parties.signals import party_changed, party_erased
from runtime.vault.errors import SubjectDestroyed, Tampered

pytestmark = pytest.mark.django_db

ANNA = {
    "given_name": "Anna",
    "family_name": "Peeters",
    "phone": "0470 12 34 56",
    "birth_date": "1980-02-03",
}


def make(by: Any, **more: str) -> tuple[Party, bool]:
    return actions.find_or_create(facts={**ANNA, **more}, by=by, purpose="import")


def test_a_party_keeps_what_it_was_told(agent: Any) -> None:
    party, created = make(agent, email="anna@example.org")
    opened = store.open_party(party, by=agent, purpose="call")
    assert created
    assert opened == facts.Facts(
        given_name="Anna",
        family_name="Peeters",
        phone="+32470123456",
        birth_date="1980-02-03",
        email="anna@example.org",
    )


def test_the_same_phone_and_name_find_the_same_party(agent: Any) -> None:
    party, _created = make(agent)
    again = actions.find_or_create(
        facts={"given_name": "ANNA", "family_name": "Peéters ", "phone": "+32 470 123 456"},
        by=agent,
        purpose="import",
    )
    assert again == (party, False)


def test_the_national_number_finds_whatever_the_name(agent: Any) -> None:
    party, _created = make(agent, national_number="80.02.03-123.45")
    found = actions.find_or_create(
        facts={"national_number": "80020312345"}, by=agent, purpose="import"
    )
    assert found == (party, False)


def test_two_of_one_name_and_phone_are_told_apart_by_their_numbers(agent: Any) -> None:
    father, _created = make(agent, national_number="50020312345")
    son, created = make(agent, national_number="80020312345")
    assert created
    assert son != father
    assert make(agent, national_number="50020312345") == (father, False)
    assert make(agent, national_number="80020312345") == (son, False)


def test_nobody_is_found_without_keys(agent: Any) -> None:
    one, _created = actions.find_or_create(
        facts={"given_name": "Anna"}, by=agent, purpose="import"
    )
    other, _created = actions.find_or_create(
        facts={"given_name": "Anna"}, by=agent, purpose="import"
    )
    assert one != other


@pytest.mark.parametrize(
    "bad", [{"shoe_size": "42"}, {"phone": 470123456}, {"given_name": "A\x00"}]
)
def test_facts_of_the_wrong_kind_make_nobody(agent: Any, bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="fact"):
        actions.find_or_create(facts=bad, by=agent, purpose="import")
    assert not Party.objects.exists()


def test_newer_facts_replace_and_blank_ones_do_not(agent: Any) -> None:
    party, _created = make(agent)
    assert actions.update_facts(
        party=party, facts={"phone": "0471 00 00 00", "given_name": " "}, by=agent
    )
    opened = store.open_party(party, by=agent, purpose="call")
    assert (opened.given_name, opened.phone) == ("Anna", "+32471000000")
    assert not actions.update_facts(party=party, facts={"phone": "0471000000"}, by=agent)


def test_an_old_number_stays_and_the_new_one_is_found(agent: Any) -> None:
    party, _created = make(agent)
    actions.update_facts(party=party, facts={"phone": "0471 00 00 00"}, by=agent)
    values = [
        value for _point, value in store.open_contact_points(party, by=agent, purpose="call")
    ]
    assert values == ["+32470123456", "+32471000000"]
    assert make(agent, phone="0471000000") == (party, False)


def test_a_change_is_announced_with_the_facts(agent: Any) -> None:
    heard: list[Any] = []

    def listen(**told: Any) -> None:
        heard.append((told["party"], told["facts"].given_name, connection.in_atomic_block))

    party_changed.connect(listen)
    party, _created = make(agent)
    actions.update_facts(party=party, facts={"given_name": "Anne"}, by=agent)
    actions.update_facts(party=party, facts={"given_name": "Anne"}, by=agent)
    assert heard == [(party, "Anna", True), (party, "Anne", True)]


def test_no_fact_lies_in_clear(agent: Any) -> None:
    make(agent, email="anna@example.org", address="Kerkstraat 1")
    rows = [
        *Party.objects.values_list(),
        *PartyKey.objects.values_list(),
        *ContactPoint.objects.values_list(),
        *AccessLog.objects.values_list(),
    ]
    text = b" ".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        for row in rows
        for cell in row
    )
    for clear in (b"Anna", b"Peeters", b"470123456", b"anna@", b"Kerkstraat", b"1980-02-03"):
        assert clear not in text


def test_a_sealed_fact_moved_to_another_party_does_not_open(agent: Any) -> None:
    one, _created = make(agent)
    other, _created = make(agent, phone="0499999999")
    Party.objects.filter(pk=one.pk).update(sealed=other.sealed)
    one.refresh_from_db()
    with pytest.raises(Tampered):
        store.open_party(one, by=agent, purpose="call")


def test_opening_is_logged_first(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    party, _created = make(agent)
    opened: list[Any] = []
    monkeypatch.setattr(
        store,
        "log_access",
        lambda **_: (_ for _ in ()).throw(OSError("the log cannot be written")),
    )
    monkeypatch.setattr(store, "open_sealed", lambda *arguments: opened.append(arguments))
    point = party.contact_points.get()
    for open_it in (
        lambda: store.open_party(party, by=agent, purpose="call"),
        lambda: store.open_contact_points(party, by=agent, purpose="call"),
        lambda: store.open_contact_point(point, by=agent, purpose="call"),
    ):
        with pytest.raises(OSError, match="log cannot be written"):
            open_it()
    assert opened == []


def test_an_erased_party_is_unreadable_and_found_no_more(agent: Any) -> None:
    heard: list[Any] = []

    def listen(party: Party, **_: Any) -> None:
        heard.append(party.pk)

    party, _created = make(agent)
    party_erased.connect(listen)
    actions.erase(party=party, by=agent, purpose="request")
    with pytest.raises(SubjectDestroyed, match="was erased"):
        store.open_party(party, by=agent, purpose="call")
    assert heard == [party.pk]
    assert not PartyKey.objects.filter(party=party).exists()
    assert make(agent)[0] != party


def test_what_became_of_a_contact_point_is_kept(agent: Any) -> None:
    party, _created = make(agent)
    point = party.contact_points.get()
    actions.set_contact_status(point=point, status="wrong", by=agent)
    actions.set_do_not_contact(point=point, value=True, by=agent)
    point.refresh_from_db()
    assert (point.status, point.do_not_contact) == ("wrong", True)
    with pytest.raises(ValueError, match="unknown status"):
        actions.set_contact_status(point=point, status="gone", by=agent)


def test_facts_never_show_themselves() -> None:
    assert "Anna" not in repr(facts.Facts(given_name="Anna"))


def add(party: Party, by: Any, **told: str) -> frozenset[str]:
    return actions.add_facts(party=party, facts={**ANNA, **told}, by=by, purpose="import")


def test_what_was_not_known_is_added(agent: Any) -> None:
    party, _created = make(agent)
    differing = add(party, agent, email="anna@example.org", national_number="80020312345")
    opened = store.open_party(party, by=agent, purpose="call")
    assert (differing, opened.email) == (frozenset(), "anna@example.org")
    assert make(agent, phone="", national_number="80.02.03-123.45") == (party, False)


def test_a_new_number_is_added_and_the_old_one_still_finds_its_party(agent: Any) -> None:
    party, _created = make(agent)
    assert add(party, agent, phone="0471 00 00 00") == frozenset()
    assert add(party, agent, given_name="ANNA") == frozenset()
    opened = store.open_party(party, by=agent, purpose="call")
    assert (opened.phone, opened.given_name) == ("+32471000000", "Anna")
    assert party.contact_points.count() == 2
    assert make(agent) == make(agent, phone="0471000000") == (party, False)


def test_an_old_number_told_again_does_not_become_the_newest(agent: Any) -> None:
    party, _created = make(agent)
    add(party, agent, phone="0471 00 00 00")
    add(party, agent)
    assert store.open_party(party, by=agent, purpose="call").phone == "+32471000000"


def test_facts_that_differ_are_named_and_what_is_known_stays(agent: Any) -> None:
    party, _created = make(agent, language="fr")
    told = {"birth_date": "1950-02-03", "family_name": "Jans", "language": "nl"}
    differing = add(party, agent, **told, national_number="50020312345", phone="0471000000")
    opened = store.open_party(party, by=agent, purpose="call")
    assert differing == {"birth_date", "family_name"}
    assert (opened.birth_date, opened.family_name, opened.language) == (
        "1980-02-03",
        "Peeters",
        "fr",
    )
    assert opened.national_number is None  # it may be the number of somebody else
    assert opened.phone == "+32471000000"
