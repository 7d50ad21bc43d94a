"""The answer that counts: what was answered, or else the default, if it is offered. (Whether the question is relevant comes last.)"""

from dataclasses import replace
from typing import Final

from builder.definition import Question
from builder.proof.arithmetic import counted
from builder.proof.coded import Coded, missing, only_if, pick
from builder.proof.coding import units
from builder.proof.expressions import is_true, read
from builder.proof.raw import Raw
from builder.proof.rows import FALSE, TRUE, Term
from builder.proof.sight import Look
from builder.question_types import TYPES, Choice, points
from builder.values import LISTS

# So many different things that choices say of themselves are looked at; of more nothing is known.
MOST_OFFERS: Final = 400


def effective(question: Question, raw: Raw, given: Coded, look: Look) -> Coded:
    """What counts of what was given. What was typed and means nothing (`garbled`) is no answer, and keeps the default away."""
    terms, value = look.terms, given
    if question.default is not None:
        read_as = only_if(terms.no(raw.garbled), given, terms)
        fallback = defaulted(question, look)
        there = terms.either(raw.garbled, given.known)
        value = pick(there, read_as, fallback, terms)
    if question.choice_filter is None or not TYPES[question.type].picks:
        return value
    offers = offered(question, look)
    return look.havoc(value.type) if offers is None else kept(value, offers, look)


def defaulted(question: Question, look: Look) -> Coded:
    """The default, if it may be answered at all."""
    assert question.default is not None  # noqa: S101 - callers have asked
    kind, found = TYPES[question.type], read(question.default, look)
    if found.known == FALSE:
        return missing(kind.answer_type)
    if found.type != kind.answer_type:
        return look.havoc(kind.answer_type)
    if found.type == "text":
        words = _as_read(question, found, look)
        if words is None:
            return look.havoc("text")
        found = words
    return only_if(_admitted(question, found, look), found, look.terms)


def _as_read(question: Question, text: Coded, look: Look) -> Coded | None:
    """A text as the door reads it (without the blanks around it, for one); None where nobody knows before which one it is."""
    kind, constant = TYPES[question.type], look.terms.constant(text.value)
    texts = [(code, word) for code, word in look.numbered.texts if constant in (None, code)]
    for _code, word in texts:
        admitted = kind.admit(word, question.settings).value
        if isinstance(admitted, str) and admitted != word:
            if constant is None:
                return None
            return replace(text, value=look.terms.number(look.numbered.code("text", admitted)))
    return text


def _admitted(question: Question, value: Coded, look: Look) -> Term:
    """Whether the door lets the value in."""
    terms, settings = look.terms, question.settings
    match value.type:
        case "number":
            return _number(question, value, look)
        case "text":
            return look.world.answers.admitted(value, question)
        case "one":
            names = [choice.name for choice in settings.choices]
            return terms.among(value.value, look.numbered.codes("one", names))
        case "many" | "ranked":
            return _listed(question, value, look)
    return TRUE


def _number(question: Question, value: Coded, look: Look) -> Term:
    terms = look.terms
    most = int(question.settings.items().get("scale") or 0) if question.type == "decimal" else 0
    fits = TRUE
    if value.scale > most:
        step = 10 ** (value.scale - most)
        fits = terms.equal(terms.times(step, terms.whole(value.value, step)), value.value)
    ends = points(question.settings) if question.type == "scale" else ()
    if ends:
        low, high = (terms.number(units(end, value.scale)) for end in (ends[0], ends[-1]))
        fits = terms.both(fits, terms.most(low, value.value), terms.most(value.value, high))
    elif question.type == "scale":
        fits = terms.both(fits, look.world.free_truth())
    return fits


def _listed(question: Question, value: Coded, look: Look) -> Term:
    terms = look.terms
    names = [choice.name for choice in question.settings.choices]
    codes = look.numbered.codes("one", names)
    strange = [term for code, term in value.members.items() if code not in codes]
    fits = terms.no(terms.either(*strange))
    if value.type == "ranked":
        places = int(question.settings.items().get("places") or 0) or len(names)
        count = counted(list(value.members.values()), terms)
        fits = terms.both(fits, terms.most(count, terms.number(places)))
    return fits


Offers = list[tuple[frozenset[int], Term]]


def offered(question: Question, look: Look) -> Offers | None:
    """The choices in groups that say the same of themselves, with whether each is offered; None for too many groups."""
    assert question.choice_filter is not None  # noqa: S101 - callers have asked
    asked = look.world.attributes_in(question.choice_filter)
    groups: dict[tuple[str | None, ...], list[Choice]] = {}
    for choice in question.settings.choices:
        says = choice.says()
        groups.setdefault(tuple(says.get(name) for name in asked), []).append(choice)
    if len(groups) > MOST_OFFERS:
        return None
    return [
        (
            look.numbered.codes("one", [choice.name for choice in choices]),
            is_true(question.choice_filter, look.speaking(choices[0].says())),
        )
        for choices in groups.values()
    ]


def kept(value: Coded, offers: Offers, look: Look) -> Coded:
    """What is left of an answer when only some choices are offered."""
    terms = look.terms
    if value.type not in LISTS:
        inside = terms.either(
            *(terms.both(holds, terms.among(value.value, codes)) for codes, holds in offers)
        )
        return only_if(inside, value, terms)
    holds_of = {code: holds for codes, holds in offers for code in codes}
    members = {
        code: terms.both(term, holds_of.get(code, FALSE)) for code, term in value.members.items()
    }
    return Coded(value.type, terms.either(*members.values()), members=members)
