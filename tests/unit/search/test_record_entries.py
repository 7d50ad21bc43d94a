"""Entries of records beside those of parties: one each, found apart, and gone with what they are of."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from runtime.parties import actions as parties
from runtime.parties.models import Party
from runtime.records import actions as records
from runtime.records.erasing import erase_record
from runtime.records.models import Record
from runtime.search import cards
from runtime.search.backends import backend
from runtime.search.backends.base import Entry
from runtime.search.index import find
from runtime.search.models import SearchEntry
from runtime.vault import keys
from tests.unit.records.scenes import CALL, make_version
from tests.unit.search.test_index import _token_rows

FACTS = {"given_name": "Luc", "family_name": "Quintens", "phone": "0470 12 34 56"}
TOKENS = [-5, 7, 2**31 - 1]


@pytest.fixture
def luc(supervisor: Any) -> Party:
    return parties.find_or_create(facts=FACTS, by=supervisor, purpose="test")[0]


@pytest.fixture
def version(db: None) -> Any:
    return make_version(CALL)


def put(
    record: Record, said: Any = "ABC-1", tokens: Sequence[int] = TOKENS, number: int = 5
) -> None:
    card = cards.sealed(record.subject, said, record=record.pk)
    backend().put(Entry(number, None, 1, card, tokens, record=record.pk))


def read(record: Record) -> Any:
    (candidate,) = backend().load(
        list(SearchEntry.objects.filter(record=record).values_list("pk", flat=True))
    )
    assert candidate.record == record.pk
    return cards.opened(candidate, keys.subject_keys([candidate.subject]).get(candidate.subject))


def test_a_record_has_one_entry_and_the_newer_one_takes_its_place(
    version: Any, agent: Any
) -> None:
    record = records.start(version=version, by=agent)
    put(record)
    put(record, "ABC-2", [7, 9], number=6)
    assert list(SearchEntry.objects.values_list("pk", "party", "record")) == [(5, None, record.pk)]
    assert read(record) == "ABC-2"
    assert (backend().matching([[-5]], 10), backend().matching([[7], [9]], 10)) == ([], [5])
    assert _token_rows() == 2


def test_records_and_parties_have_entries_beside_each_other(
    luc: Party, version: Any, agent: Any
) -> None:
    one, two = (records.start(version=version, by=agent, party=luc) for _ in range(2))
    put(one, number=1)
    put(two, number=2)
    assert SearchEntry.objects.count() == 3
    assert [candidate.party for candidate in backend().load([1, 2])] == [luc.pk, luc.pk]
    assert [hit.party_id for hit in find("quintens", agent, "test")] == [luc.pk]


def test_an_entry_is_of_a_party_or_of_a_record(luc: Party, version: Any, agent: Any) -> None:
    record = records.start(version=version, by=agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchEntry.objects.create(pk=9, card=b"")
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchEntry.objects.filter(party=luc).update(record=record)


def test_a_card_of_one_record_does_not_open_as_that_of_another(
    luc: Party, version: Any, agent: Any
) -> None:
    one, two = (records.start(version=version, by=agent, party=luc) for _ in range(2))
    put(one)
    card = SearchEntry.objects.get(record=one).card
    SearchEntry.objects.create(pk=6, record=two, card=bytes(card))
    assert (read(one), read(two)) == ("ABC-1", None)


def test_an_erased_record_leaves_no_entry(version: Any, agent: Any) -> None:
    record = records.start(version=version, by=agent, prefill={"persons": "2"})
    put(record)
    records.finish(record.pk, "refused", by=agent)
    assert erase_record(record=Record.objects.get(pk=record.pk), by=agent, purpose="test")
    assert (SearchEntry.objects.count(), _token_rows()) == (0, 0)


def test_an_erased_party_leaves_no_entry_of_its_records(
    luc: Party, version: Any, agent: Any, supervisor: Any
) -> None:
    put(records.start(version=version, by=agent, party=luc))
    parties.erase(party=luc, by=supervisor, purpose="erasure")
    assert (SearchEntry.objects.count(), _token_rows()) == (0, 0)
