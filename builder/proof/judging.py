"""What is said of answers, as terms: required, missing, not to be changed, wrong. As the engine's verdicts, cell by cell."""

from dataclasses import dataclass
from typing import Final

from builder.conditions import Expression
from builder.definition import Question
from builder.proof.arithmetic import counted
from builder.proof.coded import Coded, rescaled
from builder.proof.coding import coded, places
from builder.proof.expressions import is_true, read
from builder.proof.raw import Raw
from builder.proof.rows import FALSE, TRUE, Term
from builder.proof.sight import Frame, Look
from builder.proof.world import World
from builder.question_types import TYPES, QuestionType

_PROBE: Final = "x"


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that may be wrong with an answer. `at`: the number of the constraint."""

    code: str
    term: Term
    warning: bool = False
    at: int = -1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one answer in one frame."""

    question: Question
    frame: Frame
    raw: Raw
    value: Coded
    relevant: Term
    required: Term
    locked: Term
    breaks: tuple[Break, ...]
    bounds: tuple[Coded | None, Coded | None]

    def wrong(self, world: World, *, warnings: bool = False) -> Term:
        """Whether something is wrong with it."""
        found = [one.term for one in self.breaks if warnings or not one.warning]
        garbled = world.terms.both(self.relevant, self.raw.garbled)
        return world.terms.both(self.frame.there(world.terms), world.terms.either(garbled, *found))

    def missing(self, world: World) -> Term:
        """Whether it is asked for and not there."""
        return world.terms.both(
            self.frame.there(world.terms),
            self.relevant,
            self.required,
            world.terms.no(self.value.known),
        )


def verdicts_of(world: World) -> dict[str, list[Verdict]]:
    """All verdicts, by the question's name."""
    found: dict[str, list[Verdict]] = {}
    for name, question in world.index.questions.items():
        home = world.homes.get(name)
        for frame in world.frames.get(home or "", ()) if home is not None else ():
            if name in frame.values:
                found.setdefault(name, []).append(_verdict(question, frame, world))
    return found


def _verdict(question: Question, frame: Frame, world: World) -> Verdict:
    look, value = Look(world, frame), frame.values[question.name]
    required, locked = (_switch(flag, look) for flag in (question.required, question.read_only))
    limits = tuple(_limit(question, name, value, look) for name in ("minimum", "maximum"))
    bounds = limits[0], limits[1]
    breaks = [
        *_demands(question, value, look),
        *_bounds(value, bounds, look),
        *_pattern(question, value, look),
    ]
    for at, constraint in enumerate(question.constraints):
        found = read(constraint.test, look)
        no = found.no if found.type == "bool" else FALSE
        breaks.append(
            Break("constraint", world.terms.both(value.known, no), constraint.warning, at)
        )
    return Verdict(
        question,
        frame,
        world.raws[frame.prefix, question.name],
        value,
        frame.relevant[question.name],
        required,
        locked,
        tuple(one for one in breaks if one.term != FALSE),
        bounds,
    )


def _switch(flag: bool | Expression, look: Look) -> Term:
    if isinstance(flag, bool):
        return TRUE if flag else FALSE
    return is_true(flag, look)


def _demands(question: Question, value: Coded, look: Look) -> list[Break]:
    """What is answered, but not enough."""
    kind = TYPES[question.type]
    required = True if kind.whole else question.required
    if not kind.demanding or required is False:
        return []
    terms = look.terms
    enough = _enough(kind, question, value, look)
    return [Break("required", terms.both(value.known, _switch(required, look), terms.no(enough)))]


def _enough(kind: QuestionType, question: Question, value: Coded, look: Look) -> Term:
    """Whether an answer satisfies where one is required: its type is asked of answers that stand for all."""
    terms, settings = look.terms, question.settings
    if value.type == "bool":
        yes, no = (kind.satisfies(said, settings) for said in (True, False))
        return terms.either(value.value if yes else FALSE, value.no if no else FALSE)
    if value.type == "parts":
        names = [part.name for part in kind.parts(settings)]
        needed = [
            name
            for name in names
            if not kind.satisfies(dict.fromkeys((n for n in names if n != name), _PROBE), settings)
        ]
        return terms.both(*(value.parts[n].known if n in value.parts else FALSE for n in needed))
    if value.type == "ranked":
        most = range(1, len(settings.choices) + 1)
        enough = frozenset(n for n in most if kind.satisfies([_PROBE] * n, settings))
        return terms.among(counted(list(value.members.values()), terms), enough)
    return TRUE


def _limit(question: Question, name: str, value: Coded, look: Look) -> Coded | None:
    bound = question.settings.items().get(name)
    if bound is None:
        return None
    if not isinstance(bound, str):
        return read(bound, look)
    scale = places(bound) if value.type == "number" else 0
    code = look.terms.number(coded(value.type, bound, scale, look.numbered))
    return Coded(value.type, TRUE, code, scale=scale)


def _bounds(value: Coded, bounds: tuple[Coded | None, Coded | None], look: Look) -> list[Break]:
    terms, found = look.terms, []
    for bound, below in zip(bounds, (True, False), strict=True):
        if bound is None or FALSE in {bound.known, value.known}:
            continue
        both = terms.both(value.known, bound.known)
        if bound.type != value.type:  # a draft's
            found.append(Break("range", terms.both(both, look.world.free_truth())))
            continue
        scale = max(value.scale, bound.scale)
        mine, limit = rescaled(value, scale, terms), rescaled(bound, scale, terms)
        beyond = terms.less(mine, limit) if below else terms.less(limit, mine)
        found.append(Break("range", terms.both(both, beyond)))
    return found


def _pattern(question: Question, value: Coded, look: Look) -> list[Break]:
    pattern = question.settings.items().get("pattern")
    if not pattern or value.type != "text":
        return []
    terms = look.terms
    return [Break("pattern", terms.both(value.known, terms.no(look.matching(value, pattern))))]
