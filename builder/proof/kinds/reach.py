"""Who can be reached: sections, questions, texts and outcomes that nobody ever sees, or only after a wrong answer."""

from collections.abc import Iterator
from functools import partial

from builder.definition import Calculation, Outcome, Question, Section, TextItem
from builder.definition.walk import nodes
from builder.problems import gettext_noop as _
from builder.proof.finding import Block, Finding, Never, Severity, Standing
from builder.proof.matter import Matter, Node
from builder.proof.proving import Found
from builder.proof.rows import Term
from builder.proof.sight import Frame
from builder.proof.witness import Witness

NO_ENTRY = _("Let the repeat have at least one entry.")
CHANGE = _("Change the condition, or take the block away.")


def reach(matter: Matter) -> Iterator[Finding]:
    """Blocks that nobody can reach, the outermost only; and those that only a wrong answer leads to."""
    for node in nodes(matter.definition):
        if isinstance(node, Calculation):
            continue
        found, _term = reached(matter, node)
        if found.possible is False and not _is_within_unreachable(matter, node):
            yield _unreachable(matter, node)
        elif found.possible and found.wrongly:
            yield _wrongly(matter, node, found)


def blocks(matter: Matter) -> Iterator[Block]:
    """Of each block whether it can be reached, with the way there."""
    for node in nodes(matter.definition):
        if isinstance(node, Calculation):
            continue
        found, _term = reached(matter, node)
        if not found.possible:
            standing = Standing.UNDECIDED if found.possible is None else Standing.UNREACHABLE
            yield Block(node.id, standing)
            continue
        way = partial(_way, matter, node, found)
        yield Block(node.id, Standing.REACHED if found.sure else Standing.UNDECIDED, way)


def _way(matter: Matter, node: Node, found: Found) -> Witness:
    frames = matter.frames_of(node)

    def relevant(frame: Frame) -> Term:
        return matter.relevant(node, frame)

    at = matter.frame_in(found, frames, relevant)
    shows = () if at is None else (matter.shown(node, at),)
    return matter.witness(found, matter.in_any(frames, relevant), *shows)


def reached(matter: Matter, node: Node) -> tuple[Found, Term]:
    """Whether a node can be relevant anywhere."""
    term = matter.in_any(matter.frames_of(node), lambda frame: matter.relevant(node, frame))
    return matter.can(term), term


def _around(matter: Matter, node: Node) -> Section | None:
    if isinstance(node, Section):
        return matter.world.index.sections.get(node.within or "")
    return matter.sections_of.get(id(node))


def _is_within_unreachable(matter: Matter, node: Node) -> bool:
    """Whether what it lies in says it already."""
    around = _around(matter, node)
    return around is not None and reached(matter, around)[0].possible is False


def _unreachable(matter: Matter, node: Node) -> Finding:
    params: dict[str, object] = {"label": matter.label(node)}
    place, error = node.id, Severity.ERROR
    condition = None if isinstance(node, Calculation) else node.relevance
    if condition is None:
        return Finding("unreachable", error, place, _no_way(node), NO_ENTRY, params)
    params["condition"] = matter.words(condition)
    frames = matter.frames_of(node)
    own = matter.in_any(frames, lambda frame: matter.read(condition, frame).value)
    if matter.never(own):
        proof = Never(condition, matter.home_of(node), (True,))
        code = "side_never_opens" if isinstance(node, Section) and node.side else "contradiction"
        return Finding(code, error, place, _never(node), CHANGE, params, proof=proof)
    message = _(
        "“%(label)s” can never be reached: where it stands, its condition “%(condition)s” never holds."
    )
    return Finding("unreachable", error, place, message, CHANGE, params)


def _no_way(node: Node) -> str:
    if isinstance(node, Question | TextItem):
        return _("“%(label)s” can never be reached: it stands in a repeat without entries.")
    return _("“%(label)s” can never be reached.")


def _never(node: Node) -> str:
    if isinstance(node, Section) and node.side:
        return _("Nothing ever opens the side section “%(label)s”: “%(condition)s” never holds.")
    if isinstance(node, Outcome):
        return _("The outcome “%(label)s” never fits: “%(condition)s” never holds.")
    return _("“%(label)s” can never be reached: “%(condition)s” never holds.")


def _wrongly(matter: Matter, node: Node, found: Found) -> Finding:
    message = _("“%(label)s” is only reached after an answer that its own question calls wrong.")
    remedy = _("Change the condition, or what the earlier question allows.")
    witness = _way(matter, node, found)
    params = {"label": matter.label(node)}
    return Finding(
        "only_after_wrong", Severity.WARNING, node.id, message, remedy, params, witness=witness
    )
