"""What nobody makes anything of: values that no person is shown and nothing reads."""

from collections.abc import Iterator

from builder.conditions import Score, names_read, walk
from builder.definition import EFFECTS, Calculation, Question
from builder.definition.subject import Subject
from builder.definition.walk import items
from builder.problems import gettext_noop as _
from builder.proof.finding import Finding, Severity
from builder.proof.matter import Matter
from builder.question_types import TYPES


def unread(matter: Matter) -> Iterator[Finding]:
    """Hidden values and calculations that nothing reads: they are for exports only. An answered question is there for its answer."""
    read = names_read_in(matter.subject)
    for _section, item in items(matter.definition):
        if isinstance(item, Calculation):
            idle = not item.shown and item.name not in read
        elif isinstance(item, Question):
            unasked = TYPES[item.type].unasked or (item.read_only is True and not item.label)
            idle = unasked and item.fact is None and item.name not in read
        else:
            continue
        if idle:
            message = _("Nobody sees “%(label)s” and nothing reads it: only exports have it.")
            remedy = _("Take it away if no export needs it.")
            params = {"label": matter.label(item)}
            yield Finding("unread", Severity.HINT, item.id, message, remedy, params)


def names_read_in(subject: Subject) -> set[str]:
    """The names that a condition, a calculation, a text, an effect or the score reads."""
    found: set[str] = set()
    scores = False
    for use in subject.uses:
        if use.text is not None:
            found.update(use.text.holes())
        elif use.expression is not None:
            found.update(names_read(use.expression))
            scores = scores or any(isinstance(node, Score) for node in walk(use.expression))
    for outcome in subject.definition.outcomes:
        for effect in outcome.effects:
            kind = EFFECTS.get(effect.effect)
            found.update(
                value
                for name, value in effect.arguments
                if kind is not None and kind.kind_of(name) in {"date", "answer"}
            )
    if scores or subject.definition.pass_percent is not None:
        questions = subject.index.questions.values()
        found.update(question.name for question in questions if question.right is not None)
    return found
