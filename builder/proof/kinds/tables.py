"""Decision tables: rows that never hold, rows that earlier ones leave nothing to, and answers for which no row holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from builder.conditions import Answer, Expression, Table, table_in, walk
from builder.definition.subject import Use
from builder.problems import gettext_noop as _
from builder.proof.finding import Finding, Never, Severity
from builder.proof.matter import Matter
from builder.proof.rows import FALSE, Term
from builder.proof.sight import Frame, Look
from builder.proof.witness import Said

MOST_ROWS = 200
REMEDY = _("Change the row, move it up, or take it away.")


@dataclass(frozen=True)
class Placed:
    """A table where it stands."""

    use: Use
    table: Table
    expression: Expression
    frames: list[Frame]


def tables(matter: Matter) -> Iterator[Finding]:
    """What is wrong with each table."""
    for use in matter.subject.uses:
        frames = matter.use_frames(use) if use.expression is not None else []
        for node in walk(use.expression) if use.expression is not None else ():
            table = table_in(node)
            if table is not None and len(table.rows) <= MOST_ROWS and frames:
                yield from _rows(matter, Placed(use, table, node, frames))


def _holds(matter: Matter, placed: Placed, at: int, frame: Frame) -> Term:
    """Whether a row's condition holds."""
    found = matter.read(placed.table.rows[at][0], frame)
    there = frame.there(matter.terms)
    return matter.terms.both(there, found.value) if found.type == "bool" else FALSE


def _gives(matter: Matter, placed: Placed, at: int, frame: Frame) -> Term:
    """Whether a row gives something, so that those after it are not looked at."""
    result = matter.read(placed.table.rows[at][1], frame)
    return matter.terms.both(_holds(matter, placed, at, frame), result.known)


def _rows(matter: Matter, placed: Placed) -> Iterator[Finding]:
    table = placed.table
    for at, (condition, _result) in enumerate(table.rows):
        params: dict[str, object] = {
            "label": matter.label(placed.use.node),
            "row": at + 1,
            "condition": matter.words(condition),
        }
        place = placed.use.node.id
        holds = matter.in_any(placed.frames, partial(_holds, matter, placed, at))
        if matter.never(holds):
            message = _("Row %(row)s of the table of “%(label)s” never holds: “%(condition)s”.")
            proof = Never(condition, placed.frames[0].repeat or "", (True,))
            yield Finding(
                "row_never", Severity.WARNING, place, message, REMEDY, params, proof=proof
            )
        elif table.first and at:
            hit = matter.in_any(placed.frames, partial(_hit, matter, placed, at))
            if matter.never(hit):
                message = _(
                    "Row %(row)s of the table of “%(label)s” is never used: earlier rows take all that it could."
                )
                yield Finding("row_shadowed", Severity.WARNING, place, message, REMEDY, params)
    if table.otherwise is None:
        yield from _gap(matter, placed)


def _hit(matter: Matter, placed: Placed, at: int, frame: Frame) -> Term:
    """Whether the row is the first that gives something."""
    terms = matter.terms
    earlier = (terms.no(_gives(matter, placed, one, frame)) for one in range(at))
    return terms.both(_holds(matter, placed, at, frame), *earlier)


def _gap(matter: Matter, placed: Placed) -> Iterator[Finding]:
    """No row holds, though all that the conditions read is known."""
    names = sorted(
        {
            node.name
            for condition, _result in placed.table.rows
            for node in walk(condition)
            if isinstance(node, Answer)
        }
    )

    def nothing(frame: Frame) -> Term:
        look = Look(matter.world, frame)
        rows = range(len(placed.table.rows))
        return matter.terms.both(
            frame.there(matter.terms),
            *(look.answer(name).known for name in names),
            *(matter.terms.no(_holds(matter, placed, at, frame)) for at in rows),
        )

    term = matter.in_any(placed.frames, nothing)
    found = matter.can(term)
    if not names or not (found.possible and found.valid):
        return
    frame = matter.frame_in(found, placed.frames, nothing)
    prefix = "" if frame is None else frame.prefix
    says = tuple(Said(condition, prefix, False) for condition, _r in placed.table.rows)
    shown = [one for one in says if _is_no(matter, one.expression, frame, found.world)]
    message = _("For some answers no row of the table of “%(label)s” holds.")
    remedy = _("Add a row for them, or say what is given otherwise.")
    params = {"label": matter.label(placed.use.node)}
    witness = matter.witness(found, term, says=tuple(shown))
    yield Finding(
        "table_gap", Severity.HINT, placed.use.node.id, message, remedy, params, witness=witness
    )


def _is_no(
    matter: Matter, condition: Expression, frame: Frame | None, world: dict[Term, int]
) -> bool:
    if frame is None:
        return False
    no = matter.read(condition, frame).no
    return bool(matter.terms.evaluate(world, matter.terms.cone(no))[no])
