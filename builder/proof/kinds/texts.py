"""What is said: holes that are always empty where their text is said."""

from collections.abc import Iterator
from functools import partial

from builder.definition import Calculation, Question, Section
from builder.definition.subject import Use
from builder.problems import gettext_noop as _
from builder.proof.finding import Finding, Severity
from builder.proof.matter import Matter
from builder.proof.rows import FALSE, Term
from builder.proof.sight import Frame, Look


def texts(matter: Matter) -> Iterator[Finding]:
    """Holes that never have anything to print."""
    told: set[tuple[str, str]] = set()
    for use in matter.subject.uses:
        frames = matter.use_frames(use) if use.text is not None else []
        said = matter.in_any(frames, partial(_said, matter, use))
        if use.text is None or said == FALSE or not frames:
            continue
        for name in use.text.holes():
            if matter.world.homes.get(name) is None or (use.node.id, name) in told:
                continue
            filled = matter.in_any(frames, partial(_filled, matter, use, name))
            if matter.never(filled) and matter.can(said).possible:
                told.add((use.node.id, name))
                yield _empty(matter, use, name)


def _filled(matter: Matter, use: Use, name: str, frame: Frame) -> Term:
    """Whether the text is said with something in the hole."""
    there = Look(matter.world, frame).answer(name).known
    return matter.terms.both(_said(matter, use, frame), there)


def _said(matter: Matter, use: Use, frame: Frame) -> Term:
    """Whether the text is said in a frame."""
    node = use.node
    if isinstance(node, Section) and frame.repeat == node.name:
        return frame.there(matter.terms)
    if isinstance(node, Calculation):
        return matter.around(node, frame)
    if isinstance(node, Question):
        for at, constraint in enumerate(node.constraints):
            if constraint.message is use.text:
                return _broken(matter, node, at, frame)
    return matter.relevant(node, frame)


def _broken(matter: Matter, node: Question, at: int, frame: Frame) -> Term:
    for row in matter.verdicts.get(node.name, ()):
        if row.frame is frame:
            broken = (one.term for one in row.breaks if one.at == at)
            return matter.terms.both(frame.there(matter.terms), *broken)
    return FALSE


def _empty(matter: Matter, use: Use, name: str) -> Finding:
    cell = matter.world.index.cell(name)
    params: dict[str, object] = {
        "label": matter.label(use.node),
        "name": name if cell is None else matter.label(cell),
    }
    message = _("“%(label)s” says the answer to “%(name)s”, which never has one then.")
    remedy = _("Say something else, or say it only where there is an answer.")
    return Finding("always_missing", Severity.WARNING, use.node.id, message, remedy, params)
