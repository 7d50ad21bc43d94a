"""Who may be the same as somebody whose facts are being entered: told with the reasons, for a person to decide.

Nobody is made one with somebody else here. Who is found by a key that is theirs alone (`runtime.parties.facts.keys_of`) is
no double: that is them. Pure but for `doubles`, which searches and is logged as every search.
"""

from dataclasses import replace
from typing import Any

from runtime.search.backends.base import Within
from runtime.search.index import Hit, answer, find
from runtime.search.query import Named, Query, digits, parse, phone_digits
from runtime.search.rerank import score_names

ALIKE = 0.8  # names of one person, with a key that is equal too
SAME_NAME = 0.97  # with nothing else to go by
GIVEN = 0.7  # given names that may be one
LIKELY = 0.86  # with a telephone that a family may share
SHOWN = 5
SEARCHED = 20


def doubles(facts: Named, *, by: Any, purpose: str, within: Within | None = None) -> list[Hit]:
    """Those who may be the same, the likeliest first."""
    return _likely(
        facts, [find(text, by, purpose, SEARCHED, within=within) for text in _texts(facts)]
    )


def doubles_of_many(facts: Named, *, today: str) -> list[Hit]:
    """The same for one of many whom the worker compares. Only for who has written the log for all of them."""
    asked = [parse(text, today=today) for text in _texts(facts)]
    return _likely(facts, [answer(query)[:SEARCHED] for query in asked if not query.empty])


def _likely(facts: Named, answers: list[list[Hit]]) -> list[Hit]:
    found = {hit.party_id: hit for hits in answers for hit in hits}
    asked = _asked(facts)
    hits = [
        replace(hit, score=score_names(asked, hit.card), query=asked)
        for hit in found.values()
        if may_be_same(facts, hit.card)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, str(hit.party_id)))[:SHOWN]


def _name(facts: Named) -> str:
    return f"{facts.given_name} {facts.family_name}".strip()


def _texts(facts: Named) -> list[str]:
    """What is searched: the name, with the day of birth where it is known, and the telephone."""
    name = _name(facts)
    found = [name, f"{name} {facts.birth_date}" if facts.birth_date else "", facts.phone]
    return list(filter(None, found)) if name else []


def _asked(facts: Named) -> Query:
    names = parse(_name(facts))
    return Query(
        readings=names.readings,
        birth_dates=(facts.birth_date,) if facts.birth_date else (),
        numbers=(digits(facts.phone),) if facts.phone else (),
    )


def may_be_same(facts: Named, card: Named) -> bool:
    """Whether somebody should look: the name alike with a key that is equal, or equal with nothing that tells them apart."""
    if _both_differ(digits(facts.national_number), digits(card.national_number)):
        return False
    if not _given_alike(
        facts.given_name, card.given_name
    ):  # a family shares all the rest, twins the birth date too
        return False
    name = score_names(parse(_name(facts)), card)
    phone = phone_digits(facts.phone)
    same_phone = bool(phone) and phone == phone_digits(card.phone)
    same_birth = bool(facts.birth_date) and facts.birth_date == card.birth_date
    if same_birth:
        return same_phone or name >= ALIKE
    if _both_differ(facts.birth_date, card.birth_date):
        return same_phone and name >= SAME_NAME
    return name >= (LIKELY if same_phone else SAME_NAME)


def _given_alike(one: str, other: str) -> bool:
    return not (one and other) or score_names(parse(one), Named(given_name=other)) >= GIVEN


def _both_differ(one: str, other: str) -> bool:
    return bool(one) and bool(other) and one != other
