"""Frequent names have several tokens: which are counted, which an entry holds, that they are found."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.utils import timezone

from runtime.search import generations, rewriting, weighing, weights
from runtime.search.classes import terms_by_word, terms_of
from runtime.search.index import find
from runtime.search.models import SearchEntry, SearchTask, SearchWeights
from runtime.search.query import Named
from runtime.search.tokens import Tokens
from runtime.search.weights import Weights
from tests.bench.population import population, renamed
from tests.unit.search.test_index import PURPOSE, add

PEETERS = ("sw", "peeters")


@pytest.fixture(autouse=True)
def others_weights() -> Iterator[None]:
    weights.forget_weights()
    generations.forget_generations()
    yield
    weights.forget_weights()


@pytest.fixture
def peeters(db: None) -> list[Any]:
    """Sixty people of one surname."""
    return [add(renamed(one, family_name="Peeters")) for one in population(60)]


def agree() -> None:
    """The weights are old enough for every process to have heard of them."""
    SearchWeights.objects.update(made_at=timezone.now() - 2 * weights.AGREED)
    SearchTask.objects.update(begins_at=timezone.now() - timedelta(seconds=1))
    weights.forget_weights()


def holders(token: int) -> set[int]:
    from runtime.search.backends import backend

    return set(backend().matching([[token]], 1000))


@pytest.mark.parametrize(
    ("entries", "counted", "count", "weight"),
    [(250_000, 250_000, 100, 1), (250_000, 250_000, 101, 2), (250_000, 250_000, 900, 16), (250_000, 100_000, 900, 32),
     (250_000, 250_000, 99_999, 64), (60, 60, 10, 1), (60, 60, 60, 8)],
)  # fmt: skip
def test_a_weight_brings_each_token_below_its_share(
    entries: int, counted: int, count: int, weight: int
) -> None:
    found = weighing.weighed(Counter({PEETERS: count}), counted, entries)
    assert found.get(PEETERS, 1) == weight


def test_a_weight_never_falls() -> None:
    assert weighing.grown({PEETERS: 8}, {PEETERS: 2, ("sw", "maes"): 4}) == {
        PEETERS: 8,
        ("sw", "maes"): 4,
    }


def test_rare_terms_are_forgotten_while_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "FORGET", 10)
    cards = [Named(family_name=f"Maes{number}") for number in range(40)]
    counts, seen = weighing.frequent(map(terms_of, [Named(family_name="Peeters"), *cards] * 2))
    assert seen == 82
    assert ("sp", "maes") in counts
    assert len([1 for kind, _ in counts if kind == "sw"]) < 40


def test_all_terms_of_a_word_are_salted_by_one_draw(db: None) -> None:
    """So the tokens of a name never tell more clusters than its weight."""
    card = Named(family_name="Peeters")
    heavy = dict.fromkeys([term for word in terms_by_word(card) for term in word], 8)
    tokens = Tokens(weights=Weights(1, heavy))
    kept = {
        tuple(sorted(set(tokens.kept(terms_by_word(card), UUID(int=number))) & all_of(tokens)))
        for number in range(200)
    }
    assert len(kept) == 8
    assert len(set.union(*map(set, kept))) == sum(map(len, kept))  # apart


def all_of(tokens: Tokens) -> set[int]:
    return {tokens.of(term, salt) for term in tokens.weights.of for salt in range(8)}


def test_an_entry_that_is_written_again_has_the_tokens_it_had(db: None) -> None:
    words = terms_by_word(Named("Hélène", "Peeters", "1985-07-30"))
    tokens = Tokens(weights=Weights(1, {PEETERS: 64}))
    assert tokens.kept(words, UUID(int=7)) == tokens.kept(words, UUID(int=7))


def test_weighed_names_are_found_before_during_and_after_they_are_written_again(
    peeters: list[Any], agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "AT_ONCE", 25)
    one = Tokens().of(PEETERS)
    assert len(holders(one)) == 60
    made = weighing.weigh()
    assert (made.entries, made.counted) == (60, 60)
    assert rewriting.rewrite_some() == 0  # not every process has heard of them
    agree()
    found = []
    while rewriting.rewrite_some():
        found.append(len(find("peters", agent, PURPOSE)))
    assert found == [10, 10, 10]
    assert len(holders(one)) < 20
    assert rewriting.standing() is None


def test_the_weights_lie_sealed(peeters: list[Any]) -> None:
    weighing.weigh()
    assert b"peeters" not in bytes(SearchWeights.objects.get().sealed)
    assert weights.for_asking().of[PEETERS] == 8
    assert weights.for_writing().of == {}


def test_a_walk_that_was_ended_goes_on(
    peeters: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "AT_ONCE", 25)
    weighing.weigh()
    agree()
    rewriting.rewrite_some()
    assert rewriting.standing().done == 25  # type: ignore[union-attr]
    rewriting.go_on(timezone.now())
    assert rewriting.standing() is None
    assert SearchEntry.objects.count() == 60


def test_the_command_tells_how_many_cards_of_all_were_counted(
    peeters: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = StringIO()
    monkeypatch.setattr(weighing, "SAMPLE", 30)
    call_command("weigh_names", stdout=out, stderr=out, leave=True)
    assert "30 of 60 cards counted" in out.getvalue()


def test_the_worker_weighs_when_there_are_twice_as_many(
    peeters: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    weighing.go_on(timezone.now())
    assert not SearchWeights.objects.exists()
    monkeypatch.setattr(weighing, "WORTH", 50)
    weighing.go_on(timezone.now())
    weighing.go_on(timezone.now())
    assert SearchWeights.objects.count() == 1
