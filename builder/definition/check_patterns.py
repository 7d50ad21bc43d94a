"""Checks of patterns: each is matched at once, in a browser too, against the longest text it may be given."""

from collections.abc import Iterator
from typing import Final

from builder.conditions import Answer, Call, Constant, walk
from builder.conditions.pattern_steps import is_slow
from builder.definition.nodes import Question
from builder.definition.subject import Subject
from builder.definition.walk import questions
from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types import TYPES
from builder.question_types.base import MOST_TEXT

LONGEST_CODE: Final = 2_000  # of the types whose texts have a spelling: no setting limits these


def patterns(subject: Subject) -> Iterator[Problem]:
    """No pattern may be tried in more ways than there is time for."""
    for _section, question in questions(subject.definition):
        for setting in TYPES[question.type].settings:
            pattern = question.settings.items()[setting.name]
            if setting.kind == "pattern" and pattern and is_slow(pattern, _longest(question)):
                yield _slow(subject.label(question), question.id)
    for use in subject.uses:
        for node in walk(use.expression) if use.expression else ():
            if isinstance(node, Call) and node.operator == "matches" and _is_slow(subject, node):
                yield _slow(subject.label(use.node), use.node.id)


def _is_slow(subject: Subject, call: Call) -> bool:
    text, pattern = call.args
    if not isinstance(pattern, Constant) or pattern.type != "text":
        return False
    asked = subject.index.questions.get(text.name) if isinstance(text, Answer) else None
    return is_slow(str(pattern.value), MOST_TEXT if asked is None else _longest(asked))


def _longest(question: Question) -> int:
    return int(question.settings.items().get("maximum_length") or LONGEST_CODE)


def _slow(label: str, place: str) -> Problem:
    message = _("The pattern of “%(label)s” may take a browser very long.")
    remedy = _(
        "Let what may repeat share no letters with what follows it, or make the longest text shorter."
    )
    return Problem("slow_pattern", place, message, remedy, {"label": label})
