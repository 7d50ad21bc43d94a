"""Finding people over sealed cards and blind tokens, in the database the suite runs on."""

import random
from array import array
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.parties.models import Party
from runtime.search.index import Hit, find, forget_party, index_party
from runtime.search.models import SearchEntry
from runtime.search.names import words
from runtime.vault import keys
from tests.bench.population import Citizen, edit, mistyped, population, renamed, run_together

PURPOSE = "callback"
PEOPLE = 500


def add(one: Citizen) -> Party:
    party = Party.objects.create(sealed=b"", created_at=timezone.now())
    keys.create_subject(party.pk)
    index_party(party, one)
    return party


@pytest.fixture
def person() -> Citizen:
    return Citizen("Hélène", "Van den Berghe", "1985-07-30", "+32470123456", "85073003328")


@pytest.fixture
def town(db: None) -> dict[Any, Citizen]:
    return {add(one).pk: one for one in population(PEOPLE)}


def same_name(one: Citizen, hit: Hit) -> bool:
    card = hit.card
    return words(card.given_name + " " + card.family_name) == words(
        one.given_name + " " + one.family_name
    )


def recall(
    people: list[Citizen], asked: Callable[[Citizen], str], agent: Any, **how: Any
) -> float:
    found = sum(
        any(same_name(one, hit) for hit in find(asked(one), agent, PURPOSE, **how))
        for one in people
    )
    return found / len(people)


def test_mistyped_names_are_found_among_five_hundred(town: dict[Any, Citizen], agent: Any) -> None:
    chance = random.Random("held out")
    people = chance.sample(list(town.values()), 150)
    ways: dict[str, Callable[[Citizen], str]] = {
        "one edit": lambda one: mistyped(f"{one.given_name} {one.family_name}", chance),
        "swapped": lambda one: mistyped(f"{one.family_name} {one.given_name}", chance),
        "compound": lambda one: f"{one.given_name} {run_together(one.family_name, chance)}",
    }
    measured = {name: recall(people, asked, agent) for name, asked in ways.items()}
    assert min(measured.values()) >= 0.98, measured


def test_a_mistyped_surname_alone_is_found(town: dict[Any, Citizen], agent: Any) -> None:
    chance = random.Random("surname")
    people = [one for one in town.values() if len(one.family_name) >= 6][:120]
    found = 0
    for one in people:
        hits = find(edit(one.family_name, chance), agent, PURPOSE)
        found += any(words(hit.card.family_name) == words(one.family_name) for hit in hits)
    assert found / len(people) >= 0.95


def test_the_beginning_of_a_name_is_found_while_typing(
    town: dict[Any, Citizen], agent: Any
) -> None:
    people = list(town.values())[:100]
    asked = lambda one: f"{one.given_name} {one.family_name}"[: len(one.given_name) + 4]  # noqa: E731
    valid = 0
    for one in people:
        hits = find(asked(one), agent, PURPOSE, typing=True)
        valid += any(same_name(one, hit) for hit in hits) or len(hits) == 10
    assert valid / len(people) >= 0.98


@pytest.mark.parametrize(
    "typed",
    [
        "0470123456", "+32 470 12 34 56", "0032470123456", "123456", "85.07.30-033.28", "03328", "30/07/1985",
        "helene 30.7.1985", "vandenberg 30/07/1985", "van den berghe", "Berghe Helene", "VAN DEN BERGHE HÉLÈNE",
        "helen vandenbergh", "helene vanden berghe", "elene berge",
    ],
)  # fmt: skip
def test_a_person_is_found_by(typed: str, person: Citizen, agent: Any) -> None:
    for other in population(60, "others"):
        add(other)
    party = add(person)
    assert party.pk in [hit.party_id for hit in find(typed, agent, PURPOSE)]


def test_a_wrong_phone_number_finds_nobody(person: Citizen, agent: Any) -> None:
    add(person)
    assert find("0470 12 34 57", agent, PURPOSE) == []


def test_other_scripts_are_found(agent: Any) -> None:
    party = add(Citizen("Иван", "Петров", "1990-01-02", "", ""))
    assert [hit.party_id for hit in find("ivan petrov", agent, PURPOSE)] == [party.pk]


def test_a_party_without_facts_is_indexed_and_never_found(agent: Any) -> None:
    add(Citizen("", "", "", "", ""))
    assert find("anna", agent, PURPOSE) == []


def test_changed_facts_replace_the_tokens_of_before(person: Citizen, agent: Any) -> None:
    party = add(person)
    index_party(party, renamed(person, family_name="Quintens"))
    assert find("van den berghe", agent, PURPOSE) == []
    assert [hit.party_id for hit in find("quintens", agent, PURPOSE)] == [party.pk]
    assert SearchEntry.objects.count() == 1


def test_a_forgotten_party_leaves_no_token(person: Citizen, agent: Any) -> None:
    party = add(person)
    forget_party(party.pk)
    assert find("0470123456", agent, PURPOSE) == []
    assert not SearchEntry.objects.exists()
    assert _token_rows() == 0


def test_an_erased_subject_is_found_by_nobody(person: Citizen, agent: Any) -> None:
    party = add(person)
    keys.destroy_subject(party.pk)
    assert find("0470123456", agent, PURPOSE) == []


def test_a_tampered_card_hides_only_itself(person: Citizen, agent: Any) -> None:
    broken, whole = add(person), add(renamed(person, given_name="Ines"))
    other = SearchEntry.objects.get(party=whole)
    SearchEntry.objects.filter(party=broken).update(card=other.card)
    assert [hit.party_id for hit in find("0470123456", agent, PURPOSE)] == [whole.pk]


def test_a_search_is_logged_with_its_purpose_and_without_its_words(
    person: Citizen, agent: Any
) -> None:
    find("Hélène Van den Berghe", agent, PURPOSE)
    row = AccessLog.objects.get(deed="search")
    assert (row.by, row.purpose, row.detail) == (agent, PURPOSE, "")


def test_nothing_is_opened_when_the_log_cannot_be_written(
    person: Citizen, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(person)

    def refuse(**_: Any) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr("runtime.search.index.log_access", refuse)
    with pytest.raises(RuntimeError, match="log is full"):
        find("berghe", agent, PURPOSE)


@pytest.mark.parametrize(
    "typed",
    ["'; DROP TABLE search_searchentry; --", "%", "\x00\x00", "a" * 10_000, "€ ½ 漢字", "1" * 500],
)
def test_hostile_words_find_nobody_and_break_nothing(
    typed: str, person: Citizen, agent: Any
) -> None:
    add(person)
    assert find(typed, agent, PURPOSE) == []


def test_the_index_holds_no_clear_fact_and_a_padded_number_of_tokens(
    person: Citizen, db: None
) -> None:
    add(person)
    stored = _stored_bytes()
    for fact in ("Hélène", "helene", "berghe", "Berghe", "1985", "470123456", "85073003328"):
        assert fact.encode() not in stored
    assert _token_rows() % 16 == 0


def _token_rows() -> int:
    counting = {
        "sqlite": "SELECT count(*) FROM search_token",
        "postgresql": "SELECT coalesce(sum(cardinality(tok)), 0) FROM search_searchentry",
    }
    with connection.cursor() as cursor:
        cursor.execute(counting[connection.vendor])
        return int(cursor.fetchone()[0])


def _stored_bytes() -> bytes:
    entry = SearchEntry.objects.get()
    token_list = {
        "sqlite": "SELECT tok FROM search_token",
        "postgresql": "SELECT unnest(tok) FROM search_searchentry",
    }
    with connection.cursor() as cursor:
        cursor.execute(token_list[connection.vendor])
        stored = array("i", [row[0] for row in cursor.fetchall()]).tobytes()
    return bytes(entry.card) + bytes(entry.tokens or b"") + stored
