"""Search hears of parties inside the transaction that changes them; entries can be written again."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from runtime.parties import actions as parties
from runtime.parties.models import Party
from runtime.search.index import find
from runtime.search.models import SearchEntry

FACTS = {"given_name": "Luc", "family_name": "Quintens", "phone": "0470 12 34 56"}


@pytest.fixture
def luc(supervisor: Any) -> Party:
    return parties.find_or_create(facts=FACTS, by=supervisor, purpose="test")[0]


def found(agent: Any) -> list[Any]:
    return [hit.party_id for hit in find("quintens", agent, "test")]


def test_a_new_party_is_found_at_once(luc: Party, agent: Any) -> None:
    assert found(agent) == [luc.pk]


def test_a_change_that_is_rolled_back_leaves_the_index_as_it_was(
    luc: Party, agent: Any, supervisor: Any
) -> None:
    with transaction.atomic():
        parties.update_facts(party=luc, facts={"family_name": "Peeters"}, by=supervisor)
        transaction.set_rollback(True)
    assert found(agent) == [luc.pk]
    assert find("peeters", agent, "test") == []


def test_an_erased_party_leaves_no_entry(luc: Party, agent: Any, supervisor: Any) -> None:
    parties.erase(party=luc, by=supervisor, purpose="erasure")
    assert not SearchEntry.objects.exists()


def test_entries_are_written_again(luc: Party, agent: Any) -> None:
    SearchEntry.objects.all().delete()
    assert found(agent) == []
    out = StringIO()
    call_command("index_parties", stdout=out)
    assert out.getvalue() == "1 entries written.\n"
    assert found(agent) == [luc.pk]
    call_command("index_parties", "--all", stdout=out)
    assert SearchEntry.objects.count() == 1


def test_writing_all_again_goes_on_where_it_was_ended(
    supervisor: Any, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.search.management.commands import index_parties

    people = [
        parties.find_or_create(
            facts={**FACTS, "phone": f"0470 00 00 0{n}"}, by=supervisor, purpose="test"
        )[0]
        for n in range(5)
    ]
    monkeypatch.setattr(index_parties, "AT_ONCE", 2)
    written = index_parties._indexed
    calls: list[Any] = []

    def power_cut(party: Party) -> bool:
        calls.append(party.pk)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return written(party)

    monkeypatch.setattr(index_parties, "_indexed", power_cut)
    with pytest.raises(KeyboardInterrupt):
        call_command("index_parties", "--all", stdout=StringIO(), stderr=StringIO())
    out = StringIO()
    call_command(
        "index_parties", stdout=out, stderr=StringIO()
    )  # without --all: what was begun is ended
    assert out.getvalue() == "Going on after 2 parties.\n3 entries written.\n"
    assert sorted(calls[4:]) == sorted(one.pk for one in people)[2:]
    call_command("index_parties", stdout=out, stderr=StringIO())
    assert out.getvalue().endswith("\n0 entries written.\n")
