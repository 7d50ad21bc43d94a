"""Checks of filters of choices: only choices have one, and what they ask and compare is said by some choice."""

from collections.abc import Iterator, Mapping

from builder.conditions import Answer, Call, Constant, Expression, Offered, walk
from builder.definition.nodes import Question
from builder.definition.subject import Subject, Use
from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types import TYPES, Choice


def filters(subject: Subject) -> Iterator[Problem]:
    """A choice speaks of itself in its own question's filter only, and in words that one of the choices has."""
    for use in subject.uses:
        expression = use.expression
        asked = [n for n in walk(expression) if isinstance(n, Offered)] if expression else []
        if use.role == "choice_filter" and not _picks(use):
            message = _(
                "Only a question that is answered by a choice can have a filter of choices."
            )
            yield _problem(use, message, _("Remove the filter."))
        elif asked and use.role != "choice_filter":
            message = _("Only a filter of choices can ask what a choice says of itself.")
            yield _problem(use, message, _("Change the condition or calculation."))
        elif use.role == "choice_filter" and isinstance(use.node, Question):
            yield from _attributes(subject, use, use.node)


def _picks(use: Use) -> bool:
    return isinstance(use.node, Question) and TYPES[use.node.type].picks


def _problem(use: Use, message: str, remedy: str, **params: object) -> Problem:
    return Problem("type_mismatch", use.node.id, message, remedy, params)


def _attributes(subject: Subject, use: Use, question: Question) -> Iterator[Problem]:
    said = _said(question.settings.items().get("choices", ()))
    expression = use.expression
    nodes = list(walk(expression)) if expression else []
    for attribute in sorted({n.attribute for n in nodes if isinstance(n, Offered)} - said.keys()):
        near = subject.nearest(attribute, said)
        message = _("No choice says anything of “%(attribute)s”.")
        remedy = (
            _("Did you mean “%(near)s”?")
            if near
            else _("Write it behind the choices it holds for: [%(attribute)s=…].")
        )
        yield _problem(use, message, remedy, attribute=attribute, near=near)
    for node in nodes:
        if isinstance(node, Call) and node.operator in {"eq", "ne"}:
            for one, other in (node.args, node.args[::-1]):
                if isinstance(one, Offered) and one.attribute in said:
                    yield from _values(subject, use, (one.attribute, said[one.attribute]), other)


def _said(choices: tuple[Choice, ...]) -> Mapping[str, dict[str, str]]:
    """What the choices say, by attribute: each value with the name of the first choice that has it."""
    found: dict[str, dict[str, str]] = {"name": {}}
    for choice in choices:
        for attribute, value in choice.says().items():
            found.setdefault(attribute, {}).setdefault(value, choice.name)
    return found


def _values(
    subject: Subject, use: Use, said: tuple[str, dict[str, str]], other: Expression
) -> Iterator[Problem]:
    """What is compared with an attribute is something that some choice says, and the other way round."""
    attribute, values = said
    if isinstance(other, Constant) and other.value not in values:
        near = subject.nearest(str(other.value), values)
        message = _("No choice has “%(value)s” as its “%(attribute)s”.")
        remedy = _("Did you mean “%(near)s”?") if near else _("Change the filter or the choices.")
        params = {"value": str(other.value), "attribute": attribute, "near": near}
        yield _problem(use, message, remedy, **params)
    if isinstance(other, Answer) and attribute != "name":
        yield from _unasked(subject, use, said, other.name)


def _unasked(
    subject: Subject, use: Use, said: tuple[str, dict[str, str]], name: str
) -> Iterator[Problem]:
    """What a choice says and nobody can answer: most often a slip, but a filter may offer such a choice in another way."""
    attribute, values = said
    asked = subject.index.questions.get(name)
    if asked is None or TYPES[asked.type].answer_type != "one":
        return
    known = [choice.name for choice in asked.settings.items().get("choices", ())]
    for value, choice in values.items():
        if value not in known:
            near = subject.nearest(value, known)
            message = _(
                "The choice “%(choice)s” has “%(value)s” as its “%(attribute)s”, which is no choice of “%(question)s”."
            )
            remedy = (
                _("Did you mean “%(near)s”?") if near else _("Change the filter or the choices.")
            )
            params = {"choice": choice, "value": value, "attribute": attribute, "near": near}
            params["question"] = subject.label(asked)
            yield Problem("unasked_choice", use.node.id, message, remedy, params, warning=True)
