"""The static checks of a definition: what must be right before anything is published.

To add one: write a function that takes the Subject and yields problems, and put it on CHECKS. `place` is the block's id.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from builder.definition.check_expressions import (
    cycles,
    forward,
    parts,
    references,
    subjects_of_each,
    types,
)
from builder.definition.check_filters import filters
from builder.definition.check_patterns import patterns
from builder.definition.check_reads import reads
from builder.definition.check_searches import searches
from builder.definition.check_sections import depth, sections, within
from builder.definition.effects.checking import effects
from builder.definition.nodes import Definition, Question, TextItem
from builder.definition.subject import Subject
from builder.definition.walk import label_of, named, nodes, questions
from builder.problems import MOST_PROBLEMS, Problem
from builder.problems import gettext_noop as _
from builder.question_types import TYPES, choice_lists
from builder.values import NAME, RESERVED


def names(subject: Subject) -> Iterator[Problem]:
    """Names are well formed, free, and used once."""
    seen: dict[str, str] = {}
    for node in named(subject.definition):
        if not NAME.match(node.name) or node.name in RESERVED:
            message = _("“%(name)s” cannot be used as a name.")
            remedy = _("Use small letters, digits and underscores, and start with a letter.")
            yield Problem("bad_name", node.id, message, remedy, {"name": node.name})
        elif node.name in seen:
            message = _("The name “%(name)s” is used twice.")
            remedy = _("Give one of the two another name.")
            yield Problem(
                "duplicate_name",
                node.id,
                message,
                remedy,
                {"name": node.name, "other": seen[node.name]},
            )
        seen.setdefault(node.name, node.id)


def identities(subject: Subject) -> Iterator[Problem]:
    """Each node has an id of its own: texts, problems and differences hang on it."""
    seen: set[str] = set()
    for node in nodes(subject.definition):
        if node.id in seen:
            message = _("Two parts of the page have the same identity.")
            yield Problem(
                "duplicate_id", node.id, message, _("Remove one of the two and write it again.")
            )
        seen.add(node.id)


def choices(subject: Subject) -> Iterator[Problem]:
    """A choice question offers choices, each under its own name."""
    for _section, question in questions(subject.definition):
        for listed in choice_lists(question.settings).values():
            yield from _choices(subject, question, [choice.name for choice in listed])


def _choices(subject: Subject, question: Question, found: list[str]) -> Iterator[Problem]:
    params = {"label": subject.label(question)}
    if not found:
        message = _("“%(label)s” has no choices.")
        yield Problem("no_choices", question.id, message, _("Add at least one choice."), params)
    for name in sorted(name for name, times in Counter(found).items() if times > 1):
        message = _("“%(label)s” has two choices with the name “%(name)s”.")
        remedy = _("Give one of the two another name.")
        yield Problem("duplicate_choice", question.id, message, remedy, {**params, "name": name})


def settings(subject: Subject) -> Iterator[Problem]:
    """What a type says of its settings; and nobody is required to answer what nobody is asked."""
    for _section, question in questions(subject.definition):
        kind, params = TYPES[question.type], {"label": subject.label(question)}
        for fault in kind.faults(question.settings):
            remedy = _("Look at the question's settings.")
            yield Problem("settings", question.id, fault, remedy, params)
        if kind.unasked and question.required:
            message = _("“%(label)s” is required, but nobody is asked.")
            yield Problem("unasked", question.id, message, _("Do not require it."), params)


def facts(subject: Subject) -> Iterator[Problem]:
    """A fact about the party is asked in one place (in each repeat of parties once more)."""
    seen: set[tuple[str, str]] = set()
    for _section, question in questions(subject.definition):
        if question.fact is None:
            continue
        if TYPES[question.type].answer_type in {"parts", "many", "ranked"}:
            message = _("“%(label)s” cannot be a fact: its answers have several values.")
            params = {"label": subject.label(question)}
            yield Problem("fact_type", question.id, message, _("Choose no fact."), params)
        repeat = subject.index.repeat_of(question.name)
        scope = ("" if repeat is None else repeat.name, question.fact)
        if scope in seen:
            message = _("“%(label)s” is the second question for the same fact, “%(fact)s”.")
            remedy = _("Keep the fact with one question only.")
            params = {"label": subject.label(question), "fact": question.fact}
            yield Problem("duplicate_fact", question.id, message, remedy, params)
        seen.add(scope)


def right_answers(subject: Subject) -> Iterator[Problem]:
    """A right answer is an answer that can be given, once."""
    for _section, question in questions(subject.definition):
        if question.right is None:
            continue
        params = {"label": subject.label(question)}
        admitted = TYPES[question.type].admit(question.right, question.settings)
        if admitted.code or admitted.value is None:
            message = _("The right answer of “%(label)s” is not an answer that can be given.")
            yield Problem(
                "right_answer", question.id, message, _("Choose the right answer again."), params
            )
        if subject.index.repeat_of(question.name):
            message = _("“%(label)s” has a right answer, but stands in a repeat.")
            yield Problem(
                "right_in_repeat", question.id, message, _("Ask it outside the repeat."), params
            )


def outcomes(subject: Subject) -> Iterator[Problem]:
    """A script ends somewhere."""
    definition = subject.definition
    if definition.kind == "script" and not definition.outcomes:
        message = _("The script has no outcome: a call could never be ended.")
        yield Problem("no_outcome", "", message, _("Add at least one outcome."))


def texts(subject: Subject) -> Iterator[Problem]:
    """What people read is written, in the source language at least."""
    source = subject.definition.source
    for node in nodes(subject.definition):
        wanted = isinstance(node, Question | TextItem)
        if wanted and source not in label_of(node).languages:
            yield Problem(
                "no_text",
                node.id,
                _("A question or text is empty."),
                _("Write what is asked or said."),
            )


def constraint_messages(subject: Subject) -> Iterator[Problem]:
    """A constraint says what is wrong; without a message people read a general sentence."""
    for _section, question in questions(subject.definition):
        if any(not constraint.message for constraint in question.constraints):
            message = _("A constraint of “%(label)s” has no message.")
            remedy = _("Write what is wrong with such an answer, and what to do.")
            params = {"label": subject.label(question)}
            yield Problem("no_message", question.id, message, remedy, params, warning=True)


def translations(subject: Subject) -> Iterator[Problem]:
    """Every language has every text; people read the source language where it has none."""
    languages = subject.definition.languages
    for node in nodes(subject.definition):
        lacking = [
            language
            for language in languages[1:]
            if label_of(node) and language not in label_of(node).languages
        ]
        if lacking:
            message = _("“%(label)s” is not translated into %(languages)s.")
            params = {"label": subject.label(node), "languages": ", ".join(lacking)}
            yield Problem(
                "untranslated", node.id, message, _("Translate the text."), params, warning=True
            )


def pass_mark(subject: Subject) -> Iterator[Problem]:
    """A lesson that is passed by percent has something to score."""
    definition = subject.definition
    scored = any(question.right is not None for _s, question in questions(definition))
    if definition.pass_percent is not None and not scored:
        message = _("A pass mark is set, but no question has a right answer.")
        yield Problem(
            "nothing_scored", "", message, _("Give at least one question a right answer.")
        )


CHECKS: Final[tuple[Callable[[Subject], Iterator[Problem]], ...]] = (
    names,
    identities,
    sections,
    within,
    depth,
    choices,
    settings,
    references,
    parts,
    subjects_of_each,
    types,
    filters,
    patterns,
    reads,
    cycles,
    forward,
    facts,
    searches,
    right_answers,
    outcomes,
    effects,
    pass_mark,
    texts,
    constraint_messages,
    translations,
)


def check(definition: Definition) -> tuple[Problem, ...]:
    """The problems of a definition, in the order of CHECKS; those without `warning` veto publishing. Of each code the first
    are told: nobody mends more at once, and none hides one of another code."""
    subject, found = Subject(definition), []
    times: Counter[str] = Counter()
    for problem in (problem for function in CHECKS for problem in function(subject)):
        times[problem.code] += 1
        if times[problem.code] <= MOST_PROBLEMS:
            found.append(problem)
    return tuple(found)
