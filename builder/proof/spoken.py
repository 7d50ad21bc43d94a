"""What a definition's expressions write out, to be tried as answers: values, and beside which names they stand."""

from collections.abc import Iterator
from typing import Final

from builder.conditions import Answer, Call, Constant, Each, Expression, Part, Previous, walk
from builder.definition import Definition, Question, questions
from builder.definition.subject import Subject
from builder.proof.raw import Spoken

MOST: Final = 400


class _Heard:
    """What was heard so far."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, None]] = {}
        self.beside: dict[str, dict[str, None]] = {}
        self.patterns: dict[str, None] = {}

    def node(self, node: Expression) -> None:
        """One node of an expression."""
        if isinstance(node, Constant):
            self.values.setdefault(node.type, {}).update(dict.fromkeys(_words(node)))
        elif isinstance(node, Call):
            self.patterns.update(dict.fromkeys(_patterns(node)))
            for name in _names(node.args):
                words = (word for arg in node.args for word in _words(arg))
                self.beside.setdefault(name, {}).update(dict.fromkeys(words))

    def question(self, question: Question) -> None:
        """The pattern and the bounds of a question."""
        given = question.settings.items()
        if given.get("pattern"):
            self.patterns[given["pattern"]] = None
        for bound in (given.get("minimum"), given.get("maximum")):
            if isinstance(bound, str):
                self.beside.setdefault(question.name, {})[bound] = None


def spoken_in(definition: Definition) -> Spoken:
    """All of it."""
    heard = _Heard()
    for use in Subject(definition).uses:
        for node in walk(use.expression) if use.expression is not None else ():
            heard.node(node)
    for _section, question in questions(definition):
        heard.question(question)
    return Spoken(
        {kind: tuple(words)[:MOST] for kind, words in heard.values.items()},
        {name: tuple(words) for name, words in heard.beside.items()},
        tuple(heard.patterns),
    )


def _words(node: Expression) -> tuple[str, ...]:
    if not isinstance(node, Constant) or isinstance(node.value, bool):
        return ()
    return node.value if isinstance(node.value, tuple) else (node.value,)


def _names(args: tuple[Expression, ...]) -> Iterator[str]:
    for arg in args:
        if isinstance(arg, Answer | Part | Previous | Each):
            yield arg.name


def _patterns(node: Call) -> Iterator[str]:
    last = node.args[-1]
    if node.operator == "matches" and isinstance(last, Constant):
        yield str(last.value)
