"""The check of effects: their names are known, and their arguments are of the kinds EFFECTS asks for."""

from collections.abc import Callable, Iterator
from typing import Final

from builder.definition.effects import EFFECTS
from builder.definition.nodes import Effect, Outcome
from builder.definition.subject import Subject
from builder.problems import Problem
from builder.problems import gettext_noop as _

MOST_DIGITS: Final = 5


def effects(subject: Subject) -> Iterator[Problem]:
    """Every effect can be carried out with what it is given."""
    for outcome in subject.definition.outcomes:
        for effect in outcome.effects:
            yield from _effect(subject, outcome, effect)


def _effect(subject: Subject, outcome: Outcome, effect: Effect) -> Iterator[Problem]:
    schema = EFFECTS.get(effect.effect)
    params = {"label": subject.label(outcome), "effect": effect.effect}
    if schema is None:
        message = _("“%(label)s” names an effect that does not exist: “%(effect)s”.")
        near = subject.nearest(effect.effect, EFFECTS)
        remedy = _("Did you mean “%(near)s”?") if near else _("Choose one of the effects.")
        yield Problem("unknown_effect", outcome.id, message, remedy, {**params, "near": near})
        return
    given = dict(effect.arguments)
    for name in (*schema, *(extra for extra in given if extra not in schema)):
        kind, value = schema.get(name, ""), given.get(name, "")
        if not kind or not _fits(subject, kind, value):
            message = _(
                "The effect “%(effect)s” of “%(label)s” cannot use “%(value)s” as “%(argument)s”."
            )
            near = subject.nearest(value, _offered(subject, kind)) if value else ""
            remedy = (
                _("Did you mean “%(near)s”?")
                if near
                else _("Choose another one, or take the effect away.")
            )
            more = {**params, "argument": name, "value": value, "near": near}
            yield Problem("effect_argument", outcome.id, message, remedy, more)


def _fits(subject: Subject, kind: str, value: str) -> bool:
    if not value:
        return kind.endswith("?")
    return _KINDS[kind.removesuffix("?")](subject, value)


def _offered(subject: Subject, kind: str) -> list[str]:
    """What this definition has for an argument of that kind."""
    if kind.startswith("repeat"):
        return list(subject.repeats)
    if not kind.startswith("date"):
        return []
    return [name for name in subject.readable(None) if _date(subject, name)]


def _code(_subject: Subject, value: str) -> bool:
    return value.replace("-", "").replace("_", "").isalnum() and value.isascii()


def _number(_subject: Subject, value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS


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
    "repeat": _repeat,
}
