"""Which terms so many people share that their token must not be one: the weights, sealed, and remembered by the process.

A term of weight 8 has eight tokens. An entry holds one of them, by the draw of its word; a search asks for all. Weights are
powers of two and only grow: so the tokens of a word lie apart in the same way for every term of it, and what was written
with a smaller weight is still among those that are asked for.
"""

import json
import time
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

from django.db.models.functions import Now

from runtime.search.classes import Term
from runtime.search.models import SearchWeights
from runtime.vault import blind, envelope

HEAVIEST = 64
SHARE = 0.0004  # of the entries that may have one token: 100 of 250,000
FEWEST = 10  # of as few nothing can be told by counting
HEAVIEST_ANSWER = 1024  # a town may be a tenth of all answers, a surname is not
FEWEST_ANSWERS = 1  # an app may have few records, of which ten are many
LOOK_AGAIN = 20.0  # seconds for which a process believes what it read
AGREED = timedelta(seconds=3 * LOOK_AGAIN)  # after this every process asks with them


@dataclass(frozen=True)
class Weights:
    """The weight of each term that has more than one token."""

    number: int = 0
    of: dict[Term, int] = field(default_factory=dict)
    entries: int = 0  # how many people there were
    answers: dict[str, int] = field(default_factory=dict)  # how many records had the question

    def enough(self, term: Term, rows: int) -> int:
        """How many tokens of a term hold so many entries, if any will do."""
        weight = self.of.get(term, 1)
        held = max(SHARE * self.entries, FEWEST) / 2  # at least, of each
        return min(weight, ceil(2 * rows / held))


@dataclass
class _Read:
    """What this process read last, and when."""

    until: float = -1.0
    asking: Weights = Weights()
    writing: Weights = Weights()


_read = _Read()
_opened: dict[int, Weights] = {}


def for_asking() -> Weights:
    """The newest weights."""
    return _fresh().asking


def for_writing() -> Weights:
    """The newest weights of which every process has heard: an entry written with them is found by all."""
    return _fresh().writing


def forget_weights() -> None:
    """After others were made here, or another database was put in place."""
    _read.until = -1.0
    _opened.clear()


def store(of: dict[Term, int], entries: int, answers: dict[str, int] | None = None) -> int:
    """Keeps new weights; the ones before stay until there are newer ones. The number of the new ones."""
    heavy = [[*term, weight] for term, weight in sorted(of.items())]
    data = {"of": heavy, "answers": answers or {}}
    sealed = envelope.seal(_key(), json.dumps(data).encode(), _place())
    row = SearchWeights.objects.create(sealed=sealed, entries=entries, made_at=Now())
    kept = SearchWeights.objects.order_by("-number").values_list("number", flat=True)[:2]
    SearchWeights.objects.exclude(number__in=list(kept)).delete()
    forget_weights()
    return row.number


def _fresh() -> _Read:
    now = time.monotonic()
    if now >= _read.until:
        numbers = SearchWeights.objects.order_by("number").values_list("number", flat=True)
        newest = numbers.last()
        agreed = numbers.filter(made_at__lte=Now() - AGREED).last()
        _read.asking, _read.writing = _weights(newest), _weights(agreed)
        _read.until = now + LOOK_AGAIN
    return _read


def _weights(number: int | None) -> Weights:
    if number is None:
        return Weights()
    if number not in _opened:
        row = SearchWeights.objects.get(number=number)
        data = json.loads(envelope.open_sealed(_key(), row.sealed, _place()))
        data = data if isinstance(data, dict) else {"of": data, "answers": {}}  # of before
        of = {(kind, value): weight for kind, value, weight in data["of"]}
        _opened[number] = Weights(number, of, row.entries, data["answers"])
    return _opened[number]


def _key() -> bytes:
    return blind.tokens_key("search.weights")


def _place() -> bytes:
    return envelope.aad("search.searchweights", "all", "sealed")
