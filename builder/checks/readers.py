"""Who reads the answers of an app outside of its script. Feeds and the like are upstairs: they are bound in `config.binding`.

A reader takes an app's code and gives the names that it reads.
"""

from collections.abc import Callable, Iterable, Iterator

from builder.definition import Definition, Question
from builder.definition.subject import Subject
from builder.definition.walk import questions
from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.proof.kinds.unread import names_read_in
from builder.question_types import TYPES

Reader = Callable[[str], Iterable[str]]
_bound: dict[str, Reader] = {}


def bind(kind: str, reader: Reader) -> None:
    """The last one of a kind is used."""
    _bound[kind] = reader


def read_of(code: str) -> frozenset[str] | None:
    """The names of an app that are read outside; None where nothing reads it at all, and nothing can be said."""
    found = {kind: frozenset(reader(code)) for kind, reader in _bound.items()}
    return frozenset().union(*found.values()) if any(found.values()) else None


def unused(definition: Definition, read: frozenset[str] | None) -> Iterator[Problem]:
    """Questions that are asked and read nowhere: by no condition, text or effect, and in no feed, document or search. Facts are found
    by in the search. Only told where something reads the app: before that nobody knows what it is for."""
    if read is None or definition.kind not in {"script", "form"}:
        return
    inside = names_read_in(Subject(definition))
    for _section, question in questions(definition):
        if question.name not in inside | read and question.fact is None and _is_asked(question):
            message = _("No feed, document or search uses “%(label)s”, and nothing here reads it.")
            remedy = _("Do not ask it, or put it into a feed or a document.")
            params = {"label": Subject(definition).label(question)}
            yield Problem("unused", question.id, message, remedy, params, warning=True)


def _is_asked(question: Question) -> bool:
    """What nobody is asked has a finding of the proof."""
    return not TYPES[question.type].unasked and question.read_only is not True
