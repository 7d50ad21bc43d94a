"""Conditions that are no conditions: never true, always true, true as soon as they are answered; and whose parts contradict each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from builder.conditions import Call, Constant, Expression, walk
from builder.definition import Question, Section, TextItem
from builder.definition.subject import Use
from builder.problems import gettext_noop as _
from builder.proof.finding import Finding, Never, Severity
from builder.proof.kinds.reach import reached
from builder.proof.matter import Matter
from builder.proof.proving import Found
from builder.proof.rows import FALSE, Term
from builder.proof.sight import Frame

ROLES: Final = ("relevance", "required", "read_only", "value", "default", "constraint")
SIMPLER: Final = _("Change the condition, or take it away.")
MOST_PARTS: Final = 60  # of one expression


@dataclass(frozen=True)
class Part:
    """A condition, or a part of one, where it stands."""

    use: Use
    expression: Expression
    frames: list[Frame]
    whole: bool  # the condition itself

    def term(self, matter: Matter, value: bool | None) -> Term:
        """Whether it gives this value in some frame."""
        return matter.in_any(self.frames, lambda frame: self.gives(matter, frame, value))

    def gives(self, matter: Matter, frame: Frame, value: bool | None) -> Term:
        """Whether it gives this value in a frame."""
        found = matter.read(self.expression, frame)
        if found.type != "bool":
            return FALSE
        terms = matter.terms
        what = terms.no(found.known) if value is None else found.value if value else found.no
        return terms.both(frame.there(terms), what)


def conditions(matter: Matter) -> Iterator[Finding]:
    """What conditions can never be."""
    for use in matter.subject.uses:
        if use.expression is None or use.role not in ROLES:
            continue
        frames = matter.use_frames(use)
        tops = [use.expression] if use.role not in {"value", "default"} else _inner(use.expression)
        for top in tops:
            if frames:
                yield from _judged(matter, Part(use, top, frames, top is use.expression))
    yield from idle(matter)


def _inner(expression: Expression) -> list[Expression]:
    """The conditions in a calculation. Those of a decision table's rows are its own kind's."""
    found = []
    for node in walk(expression):
        if isinstance(node, Call) and node.operator == "if":
            found.append(node.args[0])
    return found[:MOST_PARTS]


def _judged(matter: Matter, part: Part) -> Iterator[Finding]:
    """What is wrong with a condition, or with the first of its parts that anything is wrong with."""
    if isinstance(part.expression, Constant):
        return
    if part.use.role == "constraint" and part.whole:
        yield from _constraint(matter, part)
        return
    true, false, unknown = (matter.can(part.term(matter, value)) for value in (True, False, None))
    within = list(_within(matter, part))
    if true.possible is False:
        yield from within or [_never_true(matter, part)]
        return
    yield from within
    if false.possible is False and unknown.possible is False:
        yield _always_true(matter, part)
    elif not within and true.possible and (false.possible is False or false.wrongly):
        yield from _never_false(matter, part, false)


def _within(matter: Matter, part: Part) -> Iterator[Finding]:
    if isinstance(part.expression, Call) and part.expression.operator in {"and", "or", "not"}:
        for inner in part.expression.args:
            if isinstance(inner, Call):
                yield from _judged(matter, Part(part.use, inner, part.frames, False))


def _params(matter: Matter, part: Part) -> dict[str, object]:
    return {"label": matter.label(part.use.node), "condition": matter.words(part.expression)}


def _proof(matter: Matter, part: Part, *values: bool | None, valid: bool = False) -> Never:
    return Never(part.expression, part.frames[0].repeat or "", values, valid)


def _never_true(matter: Matter, part: Part) -> Finding:
    joined = isinstance(part.expression, Call) and part.expression.operator == "and"
    proof = _proof(matter, part, True)
    grave = part.whole and part.use.role in {"relevance", "value"}
    severity = Severity.ERROR if grave else Severity.WARNING
    message = (
        _("The parts of “%(condition)s” contradict each other (at “%(label)s”).")
        if joined
        else _("“%(condition)s” can never be true (at “%(label)s”).")
    )
    code = "contradictory" if joined else "never_true"
    place, params = part.use.node.id, _params(matter, part)
    return Finding(code, severity, place, message, SIMPLER, params, proof=proof)


def _always_true(matter: Matter, part: Part) -> Finding:
    proof = _proof(matter, part, False, None)
    message = _("“%(condition)s” is always true (at “%(label)s”).")
    place, params = part.use.node.id, _params(matter, part)
    return Finding("always_true", Severity.WARNING, place, message, SIMPLER, params, proof=proof)


def _never_false(matter: Matter, part: Part, false: Found) -> Iterator[Finding]:
    """True as soon as it is known. That something is answered is never unknown, and not meant here."""
    valid = false.possible is not False
    proof = _proof(matter, part, False, valid=valid)
    message = (
        _("“%(condition)s” is true whatever is answered rightly (at “%(label)s”).")
        if valid
        else _("“%(condition)s” is true whatever is answered (at “%(label)s”).")
    )
    place, params = part.use.node.id, _params(matter, part)
    yield Finding("never_false", Severity.WARNING, place, message, SIMPLER, params, proof=proof)


def _constraint(matter: Matter, part: Part) -> Iterator[Finding]:
    """A constraint that no answer breaks. (One that every answer breaks is found with what fits.)"""
    false = matter.can(part.term(matter, False))
    if false.possible is not False:
        return
    message = _("No answer to “%(label)s” can break the constraint “%(condition)s”.")
    place, params = part.use.node.id, _params(matter, part)
    proof = _proof(matter, part, False)
    yield Finding("constraint_idle", Severity.HINT, place, message, SIMPLER, params, proof=proof)


def idle(matter: Matter) -> Iterator[Finding]:
    """What is always there with what is around it, though it has a condition of its own."""
    for use in matter.subject.uses:
        node = use.node
        if use.role != "relevance" or not isinstance(node, Question | TextItem | Section):
            continue
        frames, condition = matter.frames_of(node), use.expression
        if condition is None or isinstance(condition, Constant) or not _is_placed(matter, node):
            continue

        def left_out(frame: Frame, node: Question | TextItem | Section = node) -> Term:
            own = matter.terms.no(matter.relevant(node, frame))
            return matter.terms.both(matter.around(node, frame), own)

        term = matter.in_any(frames, left_out)
        if not frames or not matter.never(term) or not reached(matter, node)[0].possible:
            continue
        if matter.never(Part(use, condition, frames, True).term(matter, False)) and matter.never(
            Part(use, condition, frames, True).term(matter, None)
        ):
            continue  # said already
        message = _(
            "“%(label)s” is always there with its section: “%(condition)s” holds whenever the section does."
        )
        params = {"label": matter.label(node), "condition": matter.words(condition)}
        yield Finding("always_asked", Severity.HINT, node.id, message, SIMPLER, params)


def _is_placed(matter: Matter, node: Question | TextItem | Section) -> bool:
    return isinstance(node, Section) or id(node) in matter.sections_of
