"""The ways in which a record is found by an answer: one row each. Pure.

A row says under which strings an answer is stored, those of a word together; which groups of strings are asked for what
somebody typed, from strict to lenient; and how well an opened answer fits, between 0 and 1. What a way tells a thief stands
in `builder.question_types.base.searching`. To add a way: a row here, and its words there; then the types that offer it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from runtime.search.classes import Leniency, Term, asked_of, phone_ends, terms_by_word
from runtime.search.names import words
from runtime.search.query import (
    MOST_LETTERS,
    SHORTEST_NUMBER,
    Named,
    Query,
    digits,
    phone_digits,
)
from runtime.search.rerank import score_names

Strings = frozenset[str]
CODE_END = 5  # characters of a number or code
CODE_END_FROM = 8  # of a code that is found by its end
MOST_WORDS = 400  # of a text
WORD_FROM = 3  # letters
WORDS_ASKED = 6
LENIENT: Final = (Leniency.EXACT, Leniency.EDITED, Leniency.SOUNDING)


@dataclass(frozen=True)
class Typed:
    """What somebody typed, as it stands and as it was read."""

    text: str
    query: Query


@dataclass(frozen=True)
class Way:
    """How answers of one kind are stored, asked and compared. The last argument is the normaliser."""

    stored: Callable[[str, int], list[Strings]]
    asked: Callable[[Typed, int], Iterator[list[Strings]]]
    score: Callable[[Typed, str], float]


def _one(value: str) -> list[Strings]:
    return [frozenset({value})] if value else []


def squashed(text: str) -> str:
    """Letters and digits only, without accents and capitals."""
    return "".join(words(text))


def _exact(text: str, _normaliser: int) -> list[Strings]:
    return _one(squashed(text))


def _exact_asked(typed: Typed, _normaliser: int) -> Iterator[list[Strings]]:
    found = _one(squashed(typed.text))
    if found:
        yield found


def _exact_score(typed: Typed, answer: str) -> float:
    return float(squashed(typed.text) == squashed(answer) != "")


def _strings(terms: frozenset[Term] | tuple[Term, ...]) -> Strings:
    return frozenset(f"{kind}:{value}" for kind, value in terms)


def _name(text: str, normaliser: int) -> list[Strings]:
    """Of a long text its beginning, as of what is typed: no name is longer, and each word has dozens of tokens."""
    named = Named(family_name=text[:MOST_LETTERS])
    return [_strings(terms) for terms in terms_by_word(named, normaliser)]


def _name_asked(typed: Typed, normaliser: int) -> Iterator[list[Strings]]:
    for leniency in LENIENT:
        for reading in typed.query.readings:
            yield [
                _strings(asked_of(replace(word, classes=("s",)), leniency, normaliser))
                for word in reading
            ]


def _name_score(typed: Typed, answer: str) -> float:
    return score_names(typed.query, Named(family_name=answer))


def _date(text: str, _normaliser: int) -> list[Strings]:
    return _one(text)


def _date_asked(typed: Typed, _normaliser: int) -> Iterator[list[Strings]]:
    if typed.query.birth_dates and not typed.query.readings:
        yield [frozenset(typed.query.birth_dates)]


def _date_score(typed: Typed, answer: str) -> float:
    return float(answer in typed.query.birth_dates)


def _phone(text: str, _normaliser: int) -> list[Strings]:
    number = phone_digits(text)
    return [frozenset({f"all:{number}", *phone_ends(number)})] if number else []


def _phone_asked(typed: Typed, _normaliser: int) -> Iterator[list[Strings]]:
    for number in map(phone_digits, typed.query.numbers):
        if number:
            yield [frozenset({f"all:{number}", *phone_ends(number)[-1:]})]


def _phone_score(typed: Typed, answer: str) -> float:
    phone = phone_digits(answer)
    asked = [phone_digits(number) for number in typed.query.numbers]
    return float(any(len(one) >= SHORTEST_NUMBER and phone.endswith(one) for one in asked))


def _code(text: str, _normaliser: int) -> list[Strings]:
    code = squashed(text)
    if len(code) < CODE_END_FROM:
        return _one(code)
    return [frozenset({code, f"end:{code[-CODE_END:]}"})]


def _codes(typed: Typed) -> list[str]:
    """The whole text, and each number in it."""
    found = [squashed(typed.text), *map(digits, typed.query.numbers)]
    return [code for code in dict.fromkeys(found) if code]


def _code_asked(typed: Typed, _normaliser: int) -> Iterator[list[Strings]]:
    for code in _codes(typed):
        yield [frozenset({code, *([f"end:{code}"] if len(code) == CODE_END else [])})]


def _code_score(typed: Typed, answer: str) -> float:
    code = squashed(answer)
    ends = len(code) >= CODE_END_FROM
    for asked in _codes(typed):
        if asked == code or (ends and len(asked) == CODE_END and code.endswith(asked)):
            return 1.0
    return 0.0


def _words(text: str, _normaliser: int) -> list[Strings]:
    long = [word for word in words(text) if len(word) >= WORD_FROM]
    return [frozenset({word}) for word in list(dict.fromkeys(long))[:MOST_WORDS]]


def _words_typed(typed: Typed) -> list[str]:
    found = [word for word in words(typed.text[:MOST_LETTERS]) if len(word) >= WORD_FROM]
    return list(dict.fromkeys(found))[:WORDS_ASKED]


def _words_asked(typed: Typed, _normaliser: int) -> Iterator[list[Strings]]:
    asked = _words_typed(typed)
    if asked:
        yield [frozenset({word}) for word in asked]


def _words_score(typed: Typed, answer: str) -> float:
    asked, there = _words_typed(typed), set(words(answer))
    return float(bool(asked) and all(word in there for word in asked))


WAYS: Final[dict[str, Way]] = {
    "exact": Way(_exact, _exact_asked, _exact_score),
    "name": Way(_name, _name_asked, _name_score),
    "date": Way(_date, _date_asked, _date_score),
    "phone": Way(_phone, _phone_asked, _phone_score),
    "number": Way(_code, _code_asked, _code_score),
    "words": Way(_words, _words_asked, _words_score),
}


def terms_said(said: Iterable[tuple[str, str, str]], normaliser: int) -> list[frozenset[Term]]:
    """The terms of answers (kind, way, text), those of a word together."""
    return [
        frozenset((kind, string) for string in strings)
        for kind, way, answer in said
        for strings in WAYS[way].stored(answer, normaliser)
    ]
