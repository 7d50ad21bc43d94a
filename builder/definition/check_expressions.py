"""Checks of conditions, calculations and holes: names exist, types fit, nothing is read too early or in a ring."""

from collections.abc import Iterable, Iterator

from builder.conditions import (
    Answer,
    Call,
    Constant,
    Each,
    Entries,
    Expression,
    Faults,
    Part,
    Previous,
    typecheck,
    walk,
)
from builder.conditions.typecheck import WORDS
from builder.definition.graph import edges, order, positions
from builder.definition.nodes import Calculation, Outcome, Question, Section
from builder.definition.subject import Subject, Use
from builder.definition.walk import answer_type
from builder.problems import Problem, Words
from builder.problems import gettext_noop as _

MOST_OF_A_RING = 20


def _read(use: Use) -> tuple[str, ...]:
    """The names a use reads directly (not through aggregates)."""
    if use.text is not None:
        return use.text.holes()
    found = (
        (node.name for node in walk(use.expression) if isinstance(node, Answer | Part))
        if use.expression
        else ()
    )
    return tuple(dict.fromkeys(found))


def references(subject: Subject) -> Iterator[Problem]:
    """Every name that is read exists."""
    for use in subject.uses:
        for name in _read(use):
            if subject.index.cell(name) is None:
                yield _unknown(subject, use, name, subject.readable(use.section))


def _unknown(subject: Subject, use: Use, name: str, known: Iterable[str]) -> Problem:
    near = subject.nearest(name, known)
    message = _("“%(label)s” speaks of “%(name)s”, which does not exist.")
    remedy = _("Did you mean “%(near)s”?") if near else _("Choose a question of this page.")
    params = {"label": subject.label(use.node), "name": name, "near": near}
    return Problem("unknown_reference", use.node.id, message, remedy, params)


def parts(subject: Subject) -> Iterator[Problem]:
    """A part that is read is one that the question has."""
    for use in subject.uses:
        for node in walk(use.expression) if use.expression else ():
            if not isinstance(node, Part) or subject.index.cell(node.name) is None:
                continue
            if subject.index.part(node.name, node.part) is None:
                message = _(
                    "“%(label)s” speaks of the part “%(part)s” of “%(name)s”, which it has not."
                )
                params = {"label": subject.label(use.node), "part": node.part, "name": node.name}
                remedy = _("Build the condition again.")
                yield Problem("unknown_part", use.node.id, message, remedy, params)


def subjects_of_each(subject: Subject) -> Iterator[Problem]:
    """Aggregates speak of repeats and of what is asked in them; from outside nothing else reads a repeat."""
    index = subject.index
    for use in subject.uses:
        for node in walk(use.expression) if use.expression else ():
            if isinstance(node, Each | Entries):
                repeat = index.sections.get(node.repeat)
                if repeat is None or repeat.repeat is None:
                    yield _unknown(subject, use, node.repeat, subject.repeats)
                elif isinstance(node, Each) and index.repeat_of(node.name) is not repeat:
                    asked = subject.asked_in.get(repeat.name, ())
                    yield _unknown(subject, use, node.name, asked)
            elif isinstance(node, Previous):
                yield from _before(subject, use, node)
        yield from _outside(subject, use)


def _before(subject: Subject, use: Use, node: Previous) -> Iterator[Problem]:
    own = _repeats(subject, use)
    if subject.index.cell(node.name) is None:
        asked = [name for repeat in own[:1] for name in subject.asked_in.get(repeat.name, ())]
        yield _unknown(subject, use, node.name, asked)
    elif not own or subject.index.repeat_of(node.name) is not own[0]:
        message = _(
            "“%(label)s” reads “%(name)s” of the entry before, but stands in no entry that has it."
        )
        remedy = _("Move it into the repeat.")
        params = {"label": subject.label(use.node), "name": node.name}
        yield Problem("no_entry_before", use.node.id, message, remedy, params)


def _outside(subject: Subject, use: Use) -> Iterator[Problem]:
    for name in _read(use):
        repeat = subject.index.repeat_of(name)
        if repeat is None or repeat in _repeats(subject, use):
            continue
        message = _(
            "“%(label)s” reads “%(name)s”, which has an answer in each entry of “%(repeat)s”."
        )
        remedy = _("Count or sum up the entries instead.")
        params = {"label": subject.label(use.node), "name": name, "repeat": subject.label(repeat)}
        yield Problem("inside_repeat", use.node.id, message, remedy, params)


def _repeats(subject: Subject, use: Use) -> list[Section]:
    """The repeats whose entry's own names can be read here; a repeat's own relevance and title stand outside its entries."""
    found, node = subject.index.repeats(use.section), use.node
    if not isinstance(node, Section) or node.repeat is None:
        return found
    return found if use.text is not None and use.text is node.repeat.entry_label else found[1:]


def types(subject: Subject) -> Iterator[Problem]:
    """Operators get the types they need, conditions are yes or no, calculations give what they say."""
    for use in subject.uses:
        if use.expression is None:
            continue
        faults = Faults()
        given = typecheck(use.expression, subject.index.type_of, faults)
        if given is not None and given != _wanted(use):
            message = _("This gives %(given)s, but %(wanted)s is needed.")
            faults.add(message, given=Words(WORDS[given]), wanted=Words(WORDS[_wanted(use)]))
        remedy = _("Change the condition or calculation.")
        for message, params in faults.found:
            yield Problem("type_mismatch", use.node.id, message, remedy, params)
        yield from _choice_names(subject, use)


def _wanted(use: Use) -> str:
    """The type that an expression must give where it stands."""
    if isinstance(use.node, Calculation):
        return use.node.type
    if isinstance(use.node, Question) and use.role in {"setting", "default"}:
        return answer_type(use.node)
    return "number" if use.role == "count" else "bool"


def _choice_names(subject: Subject, use: Use) -> Iterator[Problem]:
    """A choice that is compared with, or is the default, is one the question offers."""
    if isinstance(use.node, Question) and use.role == "default" and use.expression:
        yield from _default_names(subject, use, use.node)
    for node in walk(use.expression) if use.expression else ():
        if not isinstance(node, Call) or not node.args:
            continue
        question, offered = _choices_of(subject, node.args[0])
        if question is None:
            continue
        for arg in node.args[1:]:
            if isinstance(arg, Constant) and arg.type == "one" and arg.value not in offered:
                yield no_choice(subject, use, (question, offered), str(arg.value))


def _default_names(subject: Subject, use: Use, question: Question) -> Iterator[Problem]:
    choices = question.settings.items().get("choices")
    offered = [choice.name for choice in choices or ()]
    for node in _results(use.expression) if choices else ():
        names = node.value if isinstance(node.value, tuple) else (node.value,)
        for name in names if node.type in {"one", "many", "ranked"} else ():
            if name not in offered:
                yield no_choice(subject, use, (question, offered), str(name))


def _results(node: Expression | None) -> Iterator[Constant]:
    """The written values that an expression may give."""
    if isinstance(node, Constant):
        yield node
    elif isinstance(node, Call) and node.operator in {"if", "when", "or_else"}:
        for arg in node.args if node.operator == "or_else" else node.args[1:]:
            yield from _results(arg)


def no_choice(subject: Subject, use: Use, asked: tuple[Question, list[str]], name: str) -> Problem:
    question, offered = asked
    near = subject.nearest(name, offered)
    message = _("“%(question)s” has no choice “%(name)s”.")
    remedy = _("Did you mean “%(near)s”?") if near else _("Its choices are: %(choices)s.")
    params = {"question": subject.label(question), "name": name, "near": near}
    params["choices"] = ", ".join(offered[:20])
    return Problem("type_mismatch", use.node.id, message, remedy, params)


def _choices_of(subject: Subject, read: Expression) -> tuple[Question | None, list[str]]:
    """The question that an answer or a part is read of, with its choices; none where it has none."""
    if not isinstance(read, Answer | Part):
        return None, []
    question = subject.index.questions.get(read.name)
    if isinstance(read, Part):
        part = subject.index.part(read.name, read.part)
        known = part.choices if part is not None and part.kind == "one" else None
    else:
        known = question.settings.items().get("choices") if question else None
    if known is None:
        return None, []
    return question, [choice.name for choice in known]


def cycles(subject: Subject) -> Iterator[Problem]:
    """Nothing depends on itself, not even around corners."""
    _done, ring = order(edges(subject.definition))
    if not ring:
        return
    nodes = [subject.index.cell(name) or subject.index.sections.get(name) for _kind, name in ring]
    found = [node for node in nodes if node is not None]
    told = [subject.label(node) for node in found[:MOST_OF_A_RING]]
    words = " → ".join([*told, *["…"] * (len(found) > len(told)), told[0]])
    message = _("These depend on each other in a ring: %(ring)s.")
    remedy = _("Take one of them out of the ring.")
    yield Problem("cycle", found[0].id, message, remedy, {"ring": words})


def forward(subject: Subject) -> Iterator[Problem]:
    """What is read has been asked before: whether something is relevant cannot hang on what comes later."""
    places = positions(subject.definition)
    for use in subject.uses:
        if isinstance(use.node, Calculation | Outcome) or use.role == "required":
            continue  # two questions may each be required while the other is not answered
        here = _here(use, places)
        for name in _all_read(use):
            if places.get(("value", name), 0) > here and not (
                use.role == "relevance" and _own(use, name)
            ):
                message = _("“%(label)s” reads “%(name)s”, which is asked later.")
                remedy = _("Move the question up, or read an earlier one.")
                params = {"label": subject.label(use.node), "name": name}
                yield Problem("forward_reference", use.node.id, message, remedy, params)


def _all_read(use: Use) -> tuple[str, ...]:
    inside = (
        (node.name for node in walk(use.expression) if isinstance(node, Each | Previous))
        if use.expression
        else ()
    )
    return (*_read(use), *inside)


def _own(use: Use, name: str) -> bool:
    """A relevance that reads its own question is a cycle, and named as that."""
    return isinstance(use.node, Question) and use.node.name == name


def _here(use: Use, places: dict[tuple[str, str], int]) -> int:
    """The last place that may be read: before the node itself; a constraint may read its own question too."""
    if isinstance(use.node, Section):
        own = places[("section", use.node.name)]
        entry_label = (
            use.text is not None
            and use.node.repeat is not None
            and use.text is use.node.repeat.entry_label
        )
        return own + len(use.node.items) if entry_label else own
    section = use.section
    assert section is not None  # noqa: S101 - only sections and outcomes stand in none
    at = (
        places[("section", section.name)]
        + 1
        + next(i for i, item in enumerate(section.items) if item is use.node)
    )
    return at if use.role in {"constraint", "text"} and isinstance(use.node, Question) else at - 1
