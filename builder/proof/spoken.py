"""What a definition's expressions write out, to be tried as answers: values, and beside which names they stand."""

from collections.abc import Iterator

from builder.conditions import Answer, Call, Constant, Each, Expression, Part, Previous, walk
from builder.definition import Definition
from builder.definition.subject import Subject
from builder.proof.answers import Spoken

MOST: int = 400


def spoken_in(definition: Definition) -> Spoken:
    """All of it."""
    values: dict[str, dict[str, None]] = {}
    beside: dict[str, dict[str, None]] = {}
    patterns: dict[str, None] = {}
    for use in Subject(definition).uses:
        for node in walk(use.expression) if use.expression is not None else ():
            if isinstance(node, Constant):
                values.setdefault(node.type, {}).update(dict.fromkeys(_words(node)))
            elif isinstance(node, Call):
                _pattern(node, patterns)
                for name in _names(node.args):
                    words = (word for arg in node.args for word in _words(arg))
                    beside.setdefault(name, {}).update(dict.fromkeys(words))
    for section in definition.sections:
        for item in section.items:
            settings = getattr(item, "settings", None)
            given = {} if settings is None else settings.items()
            if given.get("pattern"):
                patterns[given["pattern"]] = None
            for name in ("minimum", "maximum"):
                if isinstance(given.get(name), str):
                    beside.setdefault(getattr(item, "name", ""), {})[given[name]] = None
    return Spoken(
        {kind: tuple(words)[:MOST] for kind, words in values.items()},
        {name: tuple(words) for name, words in beside.items()},
        tuple(patterns),
    )


def _words(node: Expression) -> tuple[str, ...]:
    if not isinstance(node, Constant) or isinstance(node.value, bool):
        return ()
    return node.value if isinstance(node.value, tuple) else (node.value,)


def _names(args: tuple[Expression, ...]) -> Iterator[str]:
    for arg in args:
        if isinstance(arg, Answer | Part | Previous | Each):
            yield arg.name


def _pattern(node: Call, patterns: dict[str, None]) -> None:
    last = node.args[-1]
    if node.operator == "matches" and isinstance(last, Constant):
        patterns[str(last.value)] = None
