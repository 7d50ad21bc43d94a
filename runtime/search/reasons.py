"""Why a card was found, as the re-rank sees it: which word fits how, and which key is equal. Pure.

To add a reason of a word: a row in WORDS. The words that people read are in `runtime.workspace.find_words`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from runtime.search.names import PARTICLES, Word, skeleton, words
from runtime.search.query import NATIONAL_SHORT, Asked, Named, Query, digits, phone_digits
from runtime.search.rerank import Fit, best_reading, number_equals

Span = tuple[int, int]
Test = Callable[[str, str], bool]
TOKEN = re.compile(r"[^\W_]+")
BEGINNING_FROM = 2  # letters
TWO = 2


@dataclass(frozen=True)
class Reason:
    """One reason: its code, and the word of the card it is about (empty where it is about all of it)."""

    code: str
    word: str = ""


@dataclass(frozen=True)
class Why:
    """All reasons of a card, and where in its two names the words stand that were found."""

    reasons: tuple[Reason, ...] = ()
    given: tuple[Span, ...] = ()
    family: tuple[Span, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A word of a card, and where it is written in which of its names."""

    word: Word
    text: str
    name: str
    span: Span


# The reasons of a word, the strongest first: (code, whether it holds for what was asked and what is there).
WORDS: tuple[tuple[str, Test], ...] = (
    ("exact", lambda asked, word: asked == word),
    ("begins", lambda asked, word: len(asked) >= BEGINNING_FROM and word.startswith(asked)),
    ("one_letter", lambda asked, word: OSA.distance(asked, word) == 1),
    ("sounds", lambda asked, word: skeleton(asked) == skeleton(word)),
    ("two_letters", lambda asked, word: OSA.distance(asked, word) == TWO),
    ("near", lambda _asked, _word: True),
)
# Reasons that tell something of the card beside its name.
OF_KEYS = frozenset(
    {"birth_date", "other_year", "phone", "phone_end", "national_number", "national_end"}
)


def why(query: Query, card: Named) -> Why:
    """The reasons in the order in which they weigh: the name, then the keys."""
    reasons: list[Reason] = []
    marked: list[_Piece] = []
    fit = best_reading(query, card)
    pieces = _pieces(card)
    if fit is not None and fit.together:
        reasons.append(Reason("together"))
        marked = pieces
    elif fit is not None:
        found = list(_found(fit, pieces))
        reasons += _of_words(found)
        marked = [piece for _, piece in found]
        if _swapped(fit, pieces):
            reasons.append(Reason("swapped"))
    return Why((*reasons, *_of_keys(query, card)), *_spans(marked))


def _pieces(card: Named) -> list[_Piece]:
    """The words of both names with their places; none where writing and reading do not go together."""
    found = [*_written("given", card.given_name), *_written("family", card.family_name)]
    same = [piece.word for piece in found] == card.given + card.family
    return found if same else []


def _written(name: str, text: str) -> Iterator[_Piece]:
    tokens = [(match.span(), words(match[0])) for match in TOKEN.finditer(text)]
    first, waiting = None, ""
    for at, ((start, end), folded) in enumerate(tokens):
        core = "".join(folded)
        first = start if first is None else first
        if name == "family" and core in PARTICLES and at < len(tokens) - 1:
            waiting += core
            continue
        yield _Piece(Word(waiting + core, core), text[first:end], name, (first, end))
        first, waiting = None, ""


def _found(fit: Fit, pieces: list[_Piece]) -> Iterator[tuple[str, _Piece]]:
    """The reason of each word that found one, in the order of the card."""
    for asked, at in sorted(fit.pairs, key=lambda pair: pair[1]):
        if at < len(pieces):
            yield _code(asked, pieces[at].word), pieces[at]


def _code(asked: Asked, word: Word) -> str:
    for code, holds in WORDS:
        if holds(asked.text, word.squashed) or holds(asked.text, word.core):
            return code
    return "near"


def _of_words(found: list[tuple[str, _Piece]]) -> Iterator[Reason]:
    codes = {code for code, _ in found}
    if codes == {"exact"}:
        yield Reason("exact")
        return
    for code, _ in WORDS[1:]:
        yield from (Reason(code, piece.text) for one, piece in found if one == code)


def _swapped(fit: Fit, pieces: list[_Piece]) -> bool:
    """Whether a given name was written after a surname."""
    order = [pieces[at].name for _, at in fit.pairs if at < len(pieces)]
    return "family" in order and "given" in order[order.index("family") :]


def _of_keys(query: Query, card: Named) -> Iterator[Reason]:
    if query.birth_dates and card.birth_date:
        yield Reason("birth_date" if card.birth_date in query.birth_dates else "other_year")
    for number in query.numbers:
        if number_equals(number, card):
            yield Reason(_of_number(number, card))


def _of_number(number: str, card: Named) -> str:
    if number == digits(card.national_number):
        return "national_number"
    asked, phone = phone_digits(number), phone_digits(card.phone)
    if phone and phone.endswith(asked):
        return "phone" if phone == asked else "phone_end"
    return "national_end" if len(number) == NATIONAL_SHORT else "phone_end"


def _spans(pieces: list[_Piece]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where to mark, in the given and in the family name."""

    def of(name: str) -> tuple[Span, ...]:
        return tuple(sorted(piece.span for piece in pieces if piece.name == name))

    return of("given"), of("family")
