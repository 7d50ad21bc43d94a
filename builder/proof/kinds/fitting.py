"""Answers that fit: constraints and bounds that no answer meets, choices that are never offered, questions that must and cannot be answered."""

from collections.abc import Iterator

from builder.conditions import Answer, walk
from builder.definition import Question
from builder.problems import gettext_noop as _
from builder.proof.effective import offered
from builder.proof.finding import Finding, Severity
from builder.proof.judging import Verdict
from builder.proof.matter import Matter
from builder.proof.rows import FALSE, Term
from builder.proof.sight import Frame, Look
from builder.proof.witness import Shown
from builder.question_types import TYPES

MOST_NAMED = 12


def fitting(matter: Matter) -> Iterator[Finding]:
    """What is wrong with what may be answered."""
    for rows in matter.verdicts.values():
        question = rows[0].question
        relevant = matter.terms.either(*(matter.relevant(question, row.frame) for row in rows))
        if matter.can(relevant).possible is False:
            continue
        yield from _never_fits(matter, rows)
        yield from _bounds_cross(matter, rows)
        if question.choice_filter is not None and TYPES[question.type].picks:
            yield from _choices(matter, question, [row.frame for row in rows])


def _never_fits(matter: Matter, rows: list[Verdict]) -> Iterator[Finding]:
    terms, question = matter.terms, rows[0].question

    def good(row: Verdict) -> Term:
        there = row.frame.there(terms)
        return terms.both(there, row.value.known, terms.no(row.wrong(matter.world)))

    if not matter.never(terms.either(*(good(row) for row in rows))):
        return
    must = terms.either(
        *(terms.both(row.frame.there(terms), row.relevant, row.required) for row in rows)
    )
    required = matter.can(must)
    params: dict[str, object] = {"label": matter.label(question)}
    if required.possible:
        message = _("“%(label)s” is required, and no answer to it is ever right.")
        remedy = _("Look at its constraints, its bounds and its choices, or do not require it.")
        witness = matter.witness(required, must, *_missing_or_wrong(matter, rows, required.world))
        code, severity = "required_unanswerable", Severity.ERROR
        yield Finding(code, severity, question.id, message, remedy, params, witness=witness)
    elif question.read_only is not True and not TYPES[question.type].unasked:
        message = _("No answer to “%(label)s” is ever right.")
        remedy = _("Look at its constraints, its bounds and its choices.")
        yield Finding("no_answer_fits", Severity.ERROR, question.id, message, remedy, params)


def _missing_or_wrong(
    matter: Matter, rows: list[Verdict], world: dict[Term, int]
) -> tuple[Shown, ...]:
    terms = matter.terms
    for row in rows:
        asked = terms.both(row.frame.there(terms), row.relevant, row.required)
        if asked != FALSE and terms.evaluate(world, terms.cone(asked))[asked]:
            return (Shown("questions", row.frame.prefix + row.question.name, "required", True),)
    return ()


def _bounds_cross(matter: Matter, rows: list[Verdict]) -> Iterator[Finding]:
    """Where the least that is allowed may be more than the most."""
    from builder.proof.coded import rescaled

    terms, question = matter.terms, rows[0].question

    def crossed(row: Verdict) -> Term:
        low, high = row.bounds
        if low is None or high is None or low.type != high.type:
            return FALSE
        scale = max(low.scale, high.scale)
        above = terms.less(rescaled(high, scale, terms), rescaled(low, scale, terms))
        there = matter.relevant(question, row.frame)
        return terms.both(there, low.known, high.known, above)

    term = terms.either(*(crossed(row) for row in rows))
    found = matter.can(term)
    if not (found.possible and found.valid):
        return
    at = matter.frame_in(found, [row.frame for row in rows], lambda f: crossed(_row_of(rows, f)))
    shows = () if at is None else (matter.shown(question, at),)
    message = _("Right answers before “%(label)s” can leave no answer between its bounds.")
    remedy = _("Bound it otherwise, or bound what its bounds are made of.")
    params = {"label": matter.label(question)}
    witness = matter.witness(found, term, *shows)
    yield Finding(
        "bounds_cross", Severity.WARNING, question.id, message, remedy, params, witness=witness
    )


def _row_of(rows: list[Verdict], frame: Frame) -> Verdict:
    return next(row for row in rows if row.frame is frame)


def _choices(matter: Matter, question: Question, frames: list[Frame]) -> Iterator[Finding]:
    groups = [offered(question, Look(matter.world, frame)) for frame in frames]
    if any(group is None for group in groups):
        return
    terms = matter.terms
    offers = [group for group in groups if group is not None]
    never: list[int] = []
    for at, (codes, _holds) in enumerate(offers[0] if offers else ()):
        meant = terms.either(
            *(
                terms.both(matter.relevant(question, frame), group[at][1])
                for frame, group in zip(frames, offers, strict=True)
            )
        )
        if matter.never(meant):
            never += sorted(codes)
    if never and len(never) < len(question.settings.choices):
        yield _never_offered(matter, question, never)
    yield from _nothing_left(matter, question, frames, offers)


def _never_offered(matter: Matter, question: Question, codes: list[int]) -> Finding:
    names = [matter.world.numbered.word(code) or "" for code in codes]
    listed = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    message = _("Some choices of “%(label)s” are never offered: %(choices)s.")
    remedy = _("Change the filter of choices, or take these choices away.")
    params = {"label": matter.label(question), "choices": listed}
    return Finding("choice_never_offered", Severity.WARNING, question.id, message, remedy, params)


def _nothing_left(
    matter: Matter,
    question: Question,
    frames: list[Frame],
    offers: list[list[tuple[frozenset[int], Term]]],
) -> Iterator[Finding]:
    """Nothing is offered, though everything that the filter reads is answered."""
    terms = matter.terms
    assert question.choice_filter is not None  # noqa: S101 - callers have asked
    names = {node.name for node in walk(question.choice_filter) if isinstance(node, Answer)}

    def nothing(frame: Frame) -> Term:
        look = Look(matter.world, frame)
        group = offers[frames.index(frame)]
        return terms.both(
            matter.relevant(question, frame),
            *(look.answer(name).known for name in sorted(names)),
            terms.no(terms.either(*(holds for _codes, holds in group))),
        )

    term = matter.in_any(frames, nothing)
    found = matter.can(term)
    if not (found.possible and found.valid):
        return
    at = matter.frame_in(found, frames, nothing)
    shows: tuple[Shown, ...] = ()
    if at is not None:
        shows = (Shown("questions", at.prefix + question.name, "choices", []),)
    message = _("The filter of choices can leave nothing to choose at “%(label)s”.")
    remedy = _("Offer a choice in every case, or ask the question only where one is offered.")
    params = {"label": matter.label(question)}
    witness = matter.witness(found, term, *shows)
    yield Finding(
        "nothing_to_choose",
        Severity.WARNING,
        question.id,
        message,
        remedy,
        params,
        witness=witness,
    )
