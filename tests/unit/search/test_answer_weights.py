"""Answers that many records share have many tokens: counted by the worker, each question by itself."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from runtime.search import generations, rewriting, weighing, weights
from runtime.search.backends import backend
from runtime.search.models import SearchWeights
from runtime.search.tokens import Tokens
from tests.unit.search.test_answers import answered, found, version  # noqa: F401 fixtures


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    weights.forget_weights()
    generations.forget_generations()
    yield
    weights.forget_weights()
    generations.forget_generations()


def card(question: str, answer: str) -> list[tuple[str, str, str]]:
    return [(f"q.app.{question}.exact", "exact", answer)]


def test_each_question_is_weighed_by_the_records_that_have_it(db: None) -> None:
    rare = [card("town", "Ghent")] * 3 + [card("town", f"Town {n}") for n in range(30)]
    cards = rare + [card("employer", f"Firm {n}") for n in range(10_000)]
    found, counted = weighing.weighed_answers(cards, 10_033)
    assert (found, counted) == ({("q.app.town.exact", "ghent"): 4}, 10_033)


def test_a_town_may_have_more_tokens_than_a_name(db: None) -> None:
    found, _ = weighing.weighed_answers([card("town", "Antwerp")] * 500, 500)
    assert list(found.values()) == [512]
    found, _ = weighing.weighed_answers([card("town", "Antwerp")] * 3_000, 3_000_000)
    assert list(found.values()) == [weights.HEAVIEST_ANSWER]


def test_an_answer_that_many_records_share_has_many_tokens_and_is_found_throughout(
    answered: Any,  # noqa: F811
    agent: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The worker weighs the answers by itself, and writes only the entries of records again."""
    monkeypatch.setattr(weighing, "WORTH_ANSWERS", 12)
    monkeypatch.setattr(weights, "AGREED", dt.timedelta(0))
    others = [answered(mail=f"anna{number}@example.org") for number in range(3)]
    for _ in range(12):
        answered(mail="sales@example.org", since="2026-03-16", ill=True)
    kind = f"q.{others[0].record.version.app.code}.mail.exact"
    one = (kind, "salesexampleorg")
    before = Tokens().of(one)
    assert len(backend().matching([[before]], 99)) == 12
    weighing.go_on(timezone.now())
    assert weights.for_asking().of[one] == 16
    assert (kind, "anna0exampleorg") not in weights.for_asking().of
    assert (rewriting.standing(), weights.for_asking().answers[kind]) == (None, 15)
    assert len(found("sales@example.org", agent)) == 10  # before they are written again
    rewriting.go_on(timezone.now())
    assert rewriting.standing(rewriting.ANSWERS) is None
    assert len(backend().matching([[before]], 99)) < 6
    assert len(found("sales@example.org", agent)) == 10
    assert len(backend().matching([Tokens(weights=weights.for_asking()).asked((one,))], 99)) == 12
    answered(mail="sales@example.org")
    assert len(backend().matching([Tokens(weights=weights.for_asking()).asked((one,))], 99)) == 13
    weighing.go_on(timezone.now())
    assert SearchWeights.objects.count() == 1  # not twice as many yet
