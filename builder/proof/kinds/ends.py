"""Ends: all is answered and no outcome fits, an outcome that is never ready, an effect that has nothing to work on."""

from collections.abc import Iterator

from builder.definition import EFFECTS, Effect, Outcome
from builder.definition.wording import say_effect
from builder.problems import gettext_noop as _
from builder.proof.finding import Finding, Severity
from builder.proof.matter import Matter
from builder.proof.proving import Found
from builder.proof.rows import FALSE, Term
from builder.proof.witness import Shown
from builder.proof.world import outcomes_of

Fits = list[tuple[Outcome, Term]]


def ends(matter: Matter) -> Iterator[Finding]:
    """What is wrong with how it ends."""
    fits = outcomes_of(matter.world)
    clear = clear_of(matter)
    if fits:
        yield from _dead_end(matter, fits, clear)
    for outcome, term in fits:
        yield from _effects(matter, outcome, term)
        if outcome.complete and matter.can(term).possible:
            yield from _ready(matter, outcome, term, clear)


def clear_of(matter: Matter) -> Term:
    """That nothing is missing and nothing wrong."""
    terms, world = matter.terms, matter.world
    rows = [row for rows in matter.verdicts.values() for row in rows]
    return terms.no(
        terms.either(*(r.missing(world) for r in rows), *(r.wrong(world) for r in rows))
    )


def _dead_end(matter: Matter, fits: Fits, clear: Term) -> Iterator[Finding]:
    terms = matter.terms
    none = terms.no(terms.either(*(term for _outcome, term in fits)))
    found, values = _whole(matter, none, clear)
    if found.possible:
        shows = (Shown("outcomes", one.name, "relevant", False) for one, _term in fits)
        message = _("All can be answered, rightly, and then no outcome fits.")
        remedy = _("Let an outcome fit in this case too.")
        witness = matter.full_witness(
            found, values, *shows, Shown("missing", "", "", 0), Shown("problems", "", "", 0)
        )
        place = matter.definition.outcomes[-1].id
        yield Finding("dead_end", Severity.WARNING, place, message, remedy, {}, witness=witness)


def _ready(matter: Matter, outcome: Outcome, fits: Term, clear: Term) -> Iterator[Finding]:
    found, _values = _whole(matter, fits, clear)
    if found.possible is not False:
        return
    message = _(
        "“%(label)s” asks for everything to be answered, and that can never be while it fits."
    )
    remedy = _(
        "Look for a required question that cannot be answered, or do not ask for everything."
    )
    params: dict[str, object] = {"label": matter.label(outcome)}
    yield Finding("outcome_never_ready", Severity.ERROR, outcome.id, message, remedy, params)


def _whole(matter: Matter, term: Term, clear: Term) -> tuple[Found, list[int]]:
    """Whether something can be while nothing is missing or wrong: answers are added to a world in which it is, then the solver is
    asked."""
    start, terms = matter.can(term), matter.terms
    goal = terms.both(term, clear)
    smooth = terms.both(goal, terms.no(terms.either(*matter.world.rough)))
    if not start.possible or matter.prover.wanting:
        return start, []
    found, values = matter.prover.completed(start, smooth)
    if found is None:
        found = matter.can(smooth)
        if found.possible:
            return found, terms.evaluate(found.world)
        proved = found.possible is False and (smooth == goal or matter.never(goal))
        found = Found(False if proved else None)
    return found, values


def _effects(matter: Matter, outcome: Outcome, fits: Term) -> Iterator[Finding]:
    fit = matter.can(fits)
    for effect in outcome.effects:
        params: dict[str, object] = {
            "label": matter.label(outcome),
            "effect": say_effect(effect, matter.gettext),
        }
        if fit.possible is False:
            message = _("“%(effect)s” never happens: its outcome “%(label)s” never fits.")
            remedy = _("Change the condition of the outcome.")
            yield Finding("effect_never", Severity.WARNING, outcome.id, message, remedy, params)
            continue
        for name, value in effect.arguments:
            term = _works(matter, effect, name, value)
            if term is not None and matter.never(matter.terms.both(fits, term)):
                message = _(
                    "“%(effect)s” has nothing to work on: “%(name)s” is empty whenever “%(label)s” fits."
                )
                remedy = _("Choose something else for it, or change the condition of the outcome.")
                more = {**params, "name": value}
                yield Finding("effect_idle", Severity.WARNING, outcome.id, message, remedy, more)


def _works(matter: Matter, effect: Effect, name: str, value: str) -> Term | None:
    """Whether an argument that is a name has something in it."""
    kind = EFFECTS[effect.effect].kind_of(name) if effect.effect in EFFECTS else ""
    root, terms = matter.world.root, matter.terms
    if kind in {"date", "answer"}:
        found = root.values.get(value)
        return None if found is None else found.known
    if kind == "repeat":
        frames = matter.world.frames.get(value, ())
        section = matter.world.index.sections.get(value)
        if section is None or section.repeat is None:
            return None
        holds = (
            terms.both(f.there(terms), matter.world.holds(section, f.parent or f)) for f in frames
        )
        return terms.either(*holds) if frames else FALSE
    return None
