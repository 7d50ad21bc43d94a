"""Answers to searchable questions, as frequent as such answers are, for the thief who counts and for the clock.

Towns: as Belgium's 581 (the largest has 5 %). Employers: 30,000 and a long tail (the largest has 2 %). A region: sixty places, one of which
is a quarter of all; an app whose records come from there has few answers that matter, and no rule forbids it.
"""

import random
import uuid
from collections import Counter
from itertools import accumulate
from typing import Any, NamedTuple

from tests.bench.finding.leaking import named_by

KIND = "q.app.question.exact"
PLAIN = 2  # the generation whose tokens have no weights


class Answers(NamedTuple):
    """How many different ones there are, and how they fall off (Zipf and Mandelbrot)."""

    count: int
    exponent: float
    offset: int

    def drawn(self, chance: random.Random, size: int) -> list[str]:
        ranks = range(self.count)
        weights = (1 / (rank + 1 + self.offset) ** self.exponent for rank in ranks)
        chosen = chance.choices(ranks, cum_weights=list(accumulate(weights)), k=size)
        return [f"answer{rank}" for rank in chosen]


QUESTIONS = {
    "towns": Answers(581, 0.8, 1),
    "employers": Answers(30_000, 1.0, 5),
    "a region": Answers(60, 1.1, 0),
}


def weighed(answers: list[str]) -> dict[str, int]:
    """As the house weighs them."""
    from runtime.search.weighing import weighed_answers

    cards = ([(KIND, "exact", answer)] for answer in answers)
    found, _counted = weighed_answers(cards, len(answers))
    return {value: weight for (_, value), weight in found.items()}


def stolen(question: str, size: int, seed: str, *, salted: bool = True) -> tuple[float, float]:
    """The share of records that is named: by who counts, and by who counts and knows how it is weighed."""
    answers = QUESTIONS[question]
    mine = answers.drawn(random.Random(f"stolen {seed}"), size)
    known = answers.drawn(random.Random(f"known {seed}"), size)
    held = _held(mine, weighed(mine) if salted else {}, random.Random(seed))
    theirs = weighed(known) if salted else {}
    return named_by(held, mine, Counter(known), {}), named_by(held, mine, Counter(known), theirs)


def _held(answers: list[str], weights: dict[str, int], chance: random.Random) -> list[int]:
    """The token of each record."""
    from runtime.search.tokens import Tokens

    tokens = Tokens(weights=_weights(weights))
    drawn = [uuid.UUID(int=chance.getrandbits(128)) for _ in answers]
    pairs = zip(answers, drawn, strict=True)
    return [tokens.held(frozenset({(KIND, answer)}), entry).pop() for answer, entry in pairs]


def _weights(weights: dict[str, int]) -> Any:
    from runtime.search.weights import Weights

    return Weights(1, {(KIND, value): weight for value, weight in weights.items()})


class Index:
    """Entries of records with salted tokens, and beside them with plain ones."""

    def __init__(self, question: str, size: int, seed: str) -> None:
        from runtime.search.backends import backend
        from runtime.search.tokens import Tokens

        self.answers = QUESTIONS[question].drawn(random.Random(seed), size)
        self.tokens = {1: Tokens(1, _weights(weighed(self.answers))), PLAIN: Tokens(PLAIN)}
        self.stores = {number: backend(number) for number in self.tokens}
        self.stores[1].add(PLAIN)
        self._fill()

    def _fill(self) -> None:
        from django.utils import timezone

        from runtime.records.models import Record
        from runtime.search import cards, entries
        from runtime.search.backends.base import Entry
        from runtime.vault.keys import create_subject, subject_key
        from tests.unit.records.scenes import CALL, make_version

        subject, version = uuid.uuid4(), make_version(CALL)
        create_subject(subject)
        key, now = subject_key(subject), timezone.now()
        made = [
            Record(version=version, subject=subject, wrapped_key=b"", created_at=now)
            for _ in self.answers
        ]
        for record, answer in zip(Record.objects.bulk_create(made), self.answers, strict=True):
            said = [version.app_id, [(KIND, "exact", answer)]]
            card = cards.sealed_under(key, record.pk, said, of_record=True)
            words = [frozenset({(KIND, answer)})]
            first, plain = (tokens.kept(words, record.pk) for tokens in self.tokens.values())
            number = entries.new_number()
            self.stores[1].put(Entry(number, None, 1, card, first, record.pk, {PLAIN: plain}))

    def find(self, answer: str, generation: int) -> int:
        """What one asking does: tokens, the database, opening."""
        from runtime.search import entries
        from runtime.search.answers import LIMIT

        store, tokens = self.stores[generation], self.tokens[generation]
        found = store.load(store.matching([tokens.asked(((KIND, answer),))], LIMIT))
        opened = [said for _candidate, said in entries.opened(found)]
        assert all(said[1][0][2] == answer for said in opened)
        return len(opened)
