"""The index is turned while everybody works: other keys, newer rules, another class; found before, during and after."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.search import classes, generations, names, rewriting, turning, weights
from runtime.search.backends import backend
from runtime.search.classes import Leniency, WordClass, asked_of
from runtime.search.generations import Generation
from runtime.search.index import find, forget_party, index_party
from runtime.search.management.bar import Bar
from runtime.search.models import SearchEntry, SearchGeneration, SearchTask
from runtime.search.names import Sound, skeleton
from runtime.search.query import Asked
from runtime.search.tokens import Tokens
from tests.bench.population import Citizen, population, renamed
from tests.unit.search.test_index import PURPOSE, add

LUC = Citizen("Luc", "Quintens", "1985-07-30", "+32470123456", "85073003328")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    generations.forget_generations()
    weights.forget_weights()
    yield
    generations.forget_generations()


def pass_time() -> None:
    """Every process has heard."""
    before = timezone.now() - 2 * weights.AGREED
    SearchGeneration.objects.update(since=before)
    SearchTask.objects.update(begins_at=before)
    generations.forget_generations()


def found(agent: Any, words: str = "quintens luc") -> list[Any]:
    return [hit.party_id for hit in find(words, agent, PURPOSE)]


def fill() -> None:
    pass_time()
    while rewriting.rewrite_some():
        pass


def holders(generation: int, word: str = "quintens") -> int:
    token = Tokens(generation).of(("sw", word))
    return len(backend(generation).matching([[token]], 10))


def test_a_person_is_found_at_every_step_and_the_old_tokens_are_gone(agent: Any) -> None:
    party, seen = add(LUC), []
    assert turning.begin() == turning.begin() == 2
    assert not turning.step()  # it is not filled
    seen.append(found(agent))
    late = add(renamed(LUC, given_name="Ines"))  # written to both
    assert (holders(1), holders(2)) == (2, 1)
    fill()
    assert (turning.standing(), turning.lacking()) == ("flip", 0)
    for step in ("flip", "leave", "drop"):
        seen.append(found(agent))
        pass_time()
        assert turning.standing() == step
        assert turning.step()
        assert not turning.waits() or not turning.step()
    seen.append(found(agent))
    assert all(hits[0] == party.pk for hits in seen)
    assert turning.known() == [Generation(2, 1, "asked")]
    assert holders(2) == 2
    index_party(late, renamed(LUC, given_name="Ines", family_name="Maes"))
    forget_party(party.pk)
    assert (holders(2), holders(2, "maes")) == (0, 1)


def test_it_is_turned_again(agent: Any) -> None:
    party = add(LUC)
    for number in (2, 3):
        assert turning.begin() == number
        fill()
        for _ in range(3):
            pass_time()
            turning.go_on(timezone.now())
        assert turning.known() == [Generation(number, 1, "asked")]
        assert found(agent) == [party.pk]


def test_each_step_waits_until_every_process_has_heard(agent: Any) -> None:
    add(LUC)
    turning.begin()
    assert (turning.waits(), rewriting.rewrite_some()) == (True, 0)
    fill()
    turning.step()
    assert (turning.standing(), turning.waits(), turning.step()) == ("leave", True, False)
    pass_time()
    turning.step()
    assert (turning.standing(), turning.waits(), turning.step()) == ("drop", True, False)


def test_a_process_that_has_not_heard_yet_finds_everybody(agent: Any) -> None:
    """One that believes for a while that the old generation is asked, and one that writes only to it."""
    party = add(LUC)
    old = generations.asked()
    turning.begin()
    fill()
    turning.flip()
    newer = add(renamed(LUC, given_name="Ines"))
    assert old.number == 1
    assert {party.pk, newer.pk} == {
        one.party
        for one in backend(1).load(backend(1).matching([[Tokens(1).of(("sw", "quintens"))]], 9))
    }


def test_a_phonetic_rule_is_one_row_and_found_by(
    agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CONTRIBUTING shows it: `oy` sounds like `ois` since normaliser 2."""
    party = add(renamed(LUC, family_name="Hardinoy"))
    assert skeleton("hardinoy") != skeleton("hardinois")
    monkeypatch.setattr(
        names, "SOUNDS", (Sound("ois", "ui", since=2), Sound("oy", "ui", since=2), *names.SOUNDS)
    )
    skeleton.cache_clear()
    assert skeleton("hardinoy", 1) != skeleton("hardinois", 1)
    assert skeleton("hardinoy", 2) == skeleton("hardinois", 2)
    assert turning.older_rules()
    turning.go_on(timezone.now())  # the worker begins it
    fill()
    turning.step()
    assert generations.asked().normaliser == 2
    word = asked_of(Asked("hardinois", ("s",)), Leniency.SOUNDING, 2)
    bones = [term for term in word if term[0] == "sk"]
    hits = backend(2).matching([[Tokens(2).of(term) for term in bones]], 10)
    assert [one.party for one in backend(2).load(hits)] == [party.pk]
    skeleton.cache_clear()


def test_a_class_is_one_row_and_found_by(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """CONTRIBUTING shows it: the letters of a word in order, so that any jumble of them is found."""

    def sorted_letters(word: str, _: int) -> list[str]:
        return ["".join(sorted(word))]

    party = add(LUC)
    jumble = Asked("netsniuq", ("s",))
    row = WordClass("j", sorted_letters, sorted_letters, Leniency.WIDE, since=2)
    monkeypatch.setattr(classes, "WORDS", (*classes.WORDS, row))
    assert ("sj", "einnqstu") not in asked_of(jumble, Leniency.WIDE, 1)
    assert ("sj", "einnqstu") in asked_of(jumble, Leniency.WIDE, 2)
    turning.begin()
    fill()
    turning.step()
    tokens = Tokens(2).asked(asked_of(jumble, Leniency.WIDE, 2))
    assert [one.party for one in backend(2).load(backend(2).matching([tokens], 10))] == [party.pk]


def test_the_command_turns_and_tells(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in population(30):
        add(one)
    party = add(LUC)
    monkeypatch.setattr("runtime.search.management.walk.A_LOOK", 0.0)
    monkeypatch.setattr("runtime.search.turning.AGREED", timedelta(0))
    monkeypatch.setattr(rewriting, "AT_ONCE", 10)
    out, progress = StringIO(), StringIO()
    call_command("turn_search", stdout=out, stderr=progress)
    assert out.getvalue().splitlines() == [
        "Generation 2 is written from now on; the one before is asked.",
        "Generation 2 is filled (0 entries without tokens: their cards do not open). Its index is made; then it is asked.",
        "The former generation is written no more.",
        "The former tokens are deleted.",
        "Generation 2, normaliser 1: asked",
    ]
    assert "100%  31 of 31 entries" in progress.getvalue()
    assert found(agent) == [party.pk]
    assert AccessLog.objects.filter(purpose="index", detail="10 cards").count() == 3


def test_the_bar_tells_share_rate_and_time() -> None:
    bar = Bar(1000, StringIO(), "entries", done=100)
    bar.done = 500
    text = bar.text(bar.begun + 4)
    assert text == f"[{'#' * 15:.<30}]  50%  500 of 1,000 entries, 100/s, 0:05 left"


def test_an_entry_whose_card_does_not_open_is_told(agent: Any) -> None:
    party = add(LUC)
    SearchEntry.objects.filter(party=party).update(card=b"broken")
    turning.begin()
    fill()
    assert (turning.standing(), turning.lacking()) == ("flip", 1)
