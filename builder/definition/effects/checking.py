"""The check of effects: their names are known, and what they are given is of the kinds they ask for."""

from collections.abc import Callable, Iterator
from typing import Final

from builder.definition.effects import EFFECTS, Argument, EffectKind
from builder.definition.nodes import FACTS, Effect, Outcome
from builder.definition.subject import Subject
from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.values import NAME

MOST_DIGITS: Final = 5


def effects(subject: Subject) -> Iterator[Problem]:
    """Every effect can be carried out with what it is given."""
    for outcome in subject.definition.outcomes:
        for effect in outcome.effects:
            yield from _effect(subject, outcome, effect)


def _effect(subject: Subject, outcome: Outcome, effect: Effect) -> Iterator[Problem]:
    kind = EFFECTS.get(effect.effect)
    params = {"label": subject.label(outcome), "effect": effect.effect}
    if kind is None:
        message = _("“%(label)s” names an effect that does not exist: “%(effect)s”.")
        near = subject.nearest(effect.effect, EFFECTS)
        remedy = _("Did you mean “%(near)s”?") if near else _("Choose one of the effects.")
        yield Problem("unknown_effect", outcome.id, message, remedy, {**params, "near": near})
        return
    yield from _arguments(subject, outcome, effect, kind)
    if bool(kind.text) is not bool(effect.text):
        message = _("The effect “%(effect)s” of “%(label)s” has no text.")
        remedy = _("Write what it says.")
        if effect.text:
            message = _("The effect “%(effect)s” of “%(label)s” has a text, and says nothing.")
            remedy = _("Take the text away.")
        yield Problem("effect_text", outcome.id, message, remedy, params)


def _arguments(
    subject: Subject, outcome: Outcome, effect: Effect, kind: EffectKind
) -> Iterator[Problem]:
    params = {"label": subject.label(outcome), "effect": effect.effect}
    schema, given = kind.arguments, dict(effect.arguments)
    for name in (*schema, *(extra for extra in given if extra not in schema)):
        argument, value = schema.get(name), given.get(name, "")
        if argument is None or not _fits(subject, argument, value):
            message = _(
                "The effect “%(effect)s” of “%(label)s” cannot use “%(value)s” as “%(argument)s”."
            )
            near = subject.nearest(value, _offered(subject, argument)) if value else ""
            remedy = (
                _("Did you mean “%(near)s”?")
                if near
                else _("Choose another one, or take the effect away.")
            )
            more = {**params, "argument": name, "value": value, "near": near}
            yield Problem("effect_argument", outcome.id, message, remedy, more)
    if _answer(subject, given.get("answer", "")) and not _can_be(subject, given):
        message = _("“%(answer)s” cannot be kept as the fact “%(fact)s”: it is of another type.")
        remedy = _("A birth date is a date; every other fact is a text.")
        yield Problem("effect_fact", outcome.id, message, remedy, given)


def _can_be(subject: Subject, given: dict[str, str]) -> bool:
    """Whether an answer may be kept as the fact that is named."""
    is_date = subject.index.type_of(given["answer"]) == "date"
    return is_date is (given.get("fact") == "birth_date")


def _fits(subject: Subject, argument: Argument, value: str) -> bool:
    if not value:
        return argument.optional
    fits = _KINDS[argument.kind](subject, value)
    return fits and (argument.kind != "number" or argument.least <= int(value) <= argument.most)


def _offered(subject: Subject, argument: Argument | None) -> list[str]:
    """What this definition has for an argument of that kind."""
    kind = "" if argument is None else argument.kind
    if kind == "repeat":
        return list(subject.repeats)
    if kind == "fact":
        return list(FACTS)
    if kind not in {"date", "answer"}:
        return []
    return [name for name in subject.readable(None) if _KINDS[kind](subject, name)]


def _code(_subject: Subject, value: str) -> bool:
    return value.replace("-", "").replace("_", "").isalnum() and value.isascii()


def _number(_subject: Subject, value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS


def _fact(_subject: Subject, value: str) -> bool:
    return value in FACTS


def _name(_subject: Subject, value: str) -> bool:
    return NAME.match(value) is not None


def _answer(subject: Subject, value: str) -> bool:
    """A text, a date or a choice outside all repeats: what a fact can be."""
    found = subject.index
    one = value in found.section_of and found.repeat_of(value) is None
    return one and found.type_of(value) in {"text", "date", "one"}


def _date(subject: Subject, value: str) -> bool:
    found = subject.index
    return (
        value in found.section_of
        and found.type_of(value) == "date"
        and found.repeat_of(value) is None
    )


def _repeat(subject: Subject, value: str) -> bool:
    section = subject.index.sections.get(value)
    return section is not None and section.repeat is not None


_KINDS: Final[dict[str, Callable[[Subject, str], bool]]] = {
    "code": _code,
    "number": _number,
    "date": _date,
    "answer": _answer,
    "fact": _fact,
    "name": _name,
    "repeat": _repeat,
}
