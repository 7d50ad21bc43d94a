"""From facts and from typed words to terms; the shell turns terms into blind tokens.

A *term* is a kind and a value, `("sw", "peeters")`. Kinds of names start with `g` (given) or `s`
(surname) and end with `w` word or its one-letter deletions, `k` skeleton, `p` prefix, `e` ending.
On both sides the deletions of a word meet for every edit of one letter. A *group* is a list of terms
of which one must match; the groups of a search must all match. Pure.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from unicodedata import category

from runtime.search.dates import fold, take_dates
from runtime.search.names import Word, deletions, joined, plain, skeleton, words

NORMALISER = 1  # stored with each entry: a change of the rules means re-indexing
Term = tuple[str, str]
Group = tuple[Term, ...]
CLASSES = ("g", "s")
PREFIXES = range(3, 8)
PHONE_SUFFIXES = (4, 6, 8)
MOST_WORDS = 8
MOST_LETTERS = 120
EDITED_FROM = 4  # letters: shorter words must be right
ENDING_FROM = 5
ENDING = 4
BONES_FROM = 2  # letters of a skeleton that says something
BONES_EDITED_FROM = 4
SHORTEST_NUMBER, LONGEST_NUMBER = 4, 15  # digits
NATIONAL_SHORT = 5  # the end of a national number that is searched
WITH_COUNTRY = 10
AN_ENDING = 8  # digits at most: a zero at its beginning is a digit as any

NATIONAL = re.compile(
    r"(?<![\d+])\d{2}[.\s-]?\d{2}[.\s-]?\d{2}[.\s-]{0,3}\d{3}[.\s-]?\d{2}(?!\d|[.\s/-]\d)"
)
NUMBER = re.compile(r"\+?\d[\d\s./()\-]*\d")
NOT_A_DIGIT = re.compile(r"\D")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
UNSEEN = re.compile(  # marks of direction and width
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True)
class Named:
    """The facts a card and its tokens are made of; absent facts are empty."""

    given_name: str = ""
    family_name: str = ""
    birth_date: str = ""
    phone: str = ""
    national_number: str = ""

    @cached_property
    def given(self) -> list[Word]:
        return plain(words(self.given_name))

    @cached_property
    def family(self) -> list[Word]:
        return joined(words(self.family_name))


@dataclass(frozen=True)
class Query:
    """What was typed: the words, and the keys recognised among them."""

    readings: tuple[tuple["Asked", ...], ...] = ()
    birth_dates: tuple[str, ...] = ()  # of one day and month: a year of two digits may be two
    numbers: tuple[str, ...] = ()
    typing: bool = False

    @property
    def birth_date(self) -> str:
        """The likeliest."""
        return self.birth_dates[0] if self.birth_dates else ""

    @property
    def empty(self) -> bool:
        return not (self.readings or self.birth_dates or self.numbers)


@dataclass(frozen=True)
class Asked:
    """A word of a query and the classes of names in which it is looked for."""

    text: str
    classes: tuple[str, ...] = CLASSES


def digits(text: str) -> str:
    return NOT_A_DIGIT.sub("", text)


def phone_digits(text: str) -> str:
    """A phone number as it is compared: no country code of Belgium, no leading zeros (the end of one keeps them)."""
    number = digits(text)
    if number.startswith("0032"):
        number = number[4:]
    elif number.startswith("32") and len(number) >= WITH_COUNTRY:
        number = number[2:]
    return number.lstrip("0") if len(number) > AN_ENDING else number


def _take_numbers(text: str) -> tuple[tuple[str, ...], str]:
    """The phone and national numbers in the text (digits only) and the text without them."""
    found = [digits(match.group()) for match in NATIONAL.finditer(text)]
    text = NATIONAL.sub(" ", text)
    found += [digits(match.group()) for match in NUMBER.finditer(text)]
    numbers = tuple(
        dict.fromkeys(
            number for number in found if SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER
        )
    )
    return numbers, NUMBER.sub(" ", text) if numbers else text


def _readings(parts: list[str]) -> tuple[tuple[Asked, ...], ...]:
    """The ways to read the words: each alone, or particles joined to a surname, from the second word or all."""
    if not parts:
        return ()
    family = ("s",)

    def surname(word: Word) -> Asked:
        return Asked(word.squashed, CLASSES if word.squashed == word.core else family)

    given_first = (Asked(parts[0]), *map(surname, joined(parts[1:])))
    family_first = tuple(map(surname, joined(parts)))
    last_given = (*map(surname, joined(parts[:-1])), Asked(parts[-1]))
    found = [family_first, given_first, last_given, tuple(Asked(part) for part in parts)]
    return tuple(dict.fromkeys(found))


def _legible(text: str) -> str:
    """The text without marks that nobody sees, and without pictures, which are spelt out otherwise."""
    text = UNSEEN.sub("", CONTROL.sub(" ", text))
    return "".join(" " if category(letter) == "So" else letter for letter in text)


def parse(text: str, *, typing: bool = False, today: str = "") -> Query:
    """What a person typed, read as names, a birth date, a phone or a national number; `today` tells which years have come."""
    text = _legible(text[:MOST_LETTERS])
    nationals = NATIONAL.findall(text)
    birth_dates, rest = take_dates(fold(NATIONAL.sub(" ", text)), today)
    numbers, rest = _take_numbers(" ".join([rest, *nationals]))
    parts = words(rest)[:MOST_WORDS]
    return Query(
        readings=_readings(parts),
        birth_dates=birth_dates,
        numbers=numbers,
        typing=typing and bool(parts) and not text[-1:].isspace(),
    )


# Terms of facts: what is stored.


def _word_terms(kind: str, word: str) -> list[Term]:
    terms = [(kind + "w", word)]
    if len(word) >= EDITED_FROM:
        terms += [(kind + "w", shorter) for shorter in deletions(word)]
    terms += [(kind + "p", word[:length]) for length in PREFIXES if length <= len(word)]
    if len(word) >= ENDING_FROM:
        terms.append((kind + "e", word[-ENDING:]))
    return terms + _skeleton_terms(kind, word)


def _skeleton_terms(kind: str, word: str) -> list[Term]:
    bones = skeleton(word)
    if len(bones) < BONES_FROM:
        return []
    terms = [(kind + "k", bones)]
    if len(bones) >= BONES_EDITED_FROM:
        terms += [(kind + "k", shorter) for shorter in deletions(bones)]
    return terms


def _name_terms(kind: str, parts: list[Word]) -> list[Term]:
    terms: list[Term] = []
    for part in parts:
        terms += _word_terms(kind, part.squashed)
        if part.core != part.squashed:
            terms += _word_terms(kind, part.core)
    if len(parts) > 1:  # "devos" finds "de vos" and "macdonald" finds "mac donald"
        terms += _word_terms(kind, "".join(part.squashed for part in parts))
    return terms


def phone_terms(number: str) -> list[Term]:
    """The longest stored suffix that fits, for a query; all of them are stored."""
    return [("ph", number[-length:]) for length in PHONE_SUFFIXES if length <= len(number)]


def date_terms(date: str) -> list[Term]:
    return [("bd", date), ("md", date[5:])] if date else []


def terms_of(facts: Named) -> frozenset[Term]:
    """All terms under which a party is found."""
    terms = (
        _name_terms("g", facts.given)
        + _name_terms("s", facts.family)
        + date_terms(facts.birth_date)
    )
    phone = phone_digits(facts.phone)
    if phone:
        terms += [*phone_terms(phone), ("pf", phone)]
    national = digits(facts.national_number)
    if national:
        terms += [("nn", national), ("nl", national[-NATIONAL_SHORT:])]
    return frozenset(terms)


# Terms of a query: what is asked, from strict to lenient.


def _group(asked: Asked, kind: str, values: list[str]) -> list[Term]:
    return [(name + kind, value) for name in asked.classes for value in values]


def exact(asked: Asked) -> list[Term]:
    return _group(asked, "w", [asked.text])


def edited(asked: Asked) -> list[Term]:
    shorter = deletions(asked.text) if len(asked.text) >= EDITED_FROM else []
    return _group(asked, "w", [asked.text, *shorter])


def sounding(asked: Asked) -> list[Term]:
    bones = skeleton(asked.text)
    return edited(asked) + (_group(asked, "k", [bones]) if len(bones) >= BONES_FROM else [])


def wide(asked: Asked) -> list[Term]:
    bones, text = skeleton(asked.text), asked.text
    terms = sounding(asked)
    if len(bones) >= BONES_EDITED_FROM:
        terms += _group(asked, "k", deletions(bones))
    if len(text) >= ENDING_FROM:
        terms += _group(asked, "e", [text[-ENDING:]])
    if len(text) >= PREFIXES.start:
        length = PREFIXES.start + (len(text) >= ENDING_FROM)
        terms += _group(asked, "p", [text[:length]])
    return terms


def beginning(asked: Asked) -> list[Term]:
    """The last word as it is typed: a prefix; two letters are a whole word or nothing."""
    if len(asked.text) < PREFIXES.start:
        return exact(asked)
    return _group(asked, "p", [asked.text[: PREFIXES.stop - 1]])


def in_pairs(reading: tuple[Asked, ...]) -> list[tuple[Asked, ...]]:
    """The reading with each pair of neighbours written as one word."""
    return [
        (*reading[:at], Asked(one.text + two.text), *reading[at + 2 :])
        for at, (one, two) in enumerate(pairwise(reading))
    ]


def without_one(reading: tuple[Asked, ...]) -> list[tuple[Asked, ...]]:
    return (
        [reading[:at] + reading[at + 1 :] for at in range(len(reading))]
        if len(reading) > 1
        else []
    )
