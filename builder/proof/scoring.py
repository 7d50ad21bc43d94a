"""The score in percent, as a term: of the relevant questions with a right answer."""

from builder.definition import Question
from builder.proof.arithmetic import divided
from builder.proof.coded import Coded, same
from builder.proof.coding import coded, places, units
from builder.proof.rows import FALSE, TRUE, Term
from builder.proof.sight import Surroundings
from builder.question_types import TYPES
from builder.values import LISTS


def score_of(world: Surroundings) -> Coded:
    """What is earned of what could be."""
    terms, nothing = world.terms, world.terms.number(0)
    earned, possible = [nothing], [nothing]
    scored = [q for q in world.index.questions.values() if q.right is not None]
    scored = [q for q in scored if world.homes.get(q.name) == ""]
    scale = max((places(question.points) for question in scored), default=0)
    for question in scored:
        relevant = world.root.relevant.get(question.name)
        relevant = world.free_truth() if relevant is None else relevant
        points = terms.number(units(question.points, scale))
        possible.append(terms.choose(relevant, points, nothing))
        right = terms.both(relevant, is_right(question, world))
        earned.append(terms.choose(right, points, nothing))
    top = Coded("number", TRUE, terms.times(100, terms.sum(*earned)), scale=scale)
    return divided(top, Coded("number", TRUE, terms.sum(*possible), scale=scale), terms)


def is_right(question: Question, world: Surroundings) -> Term:
    """Whether the answer that counts is the right one."""
    value, right = world.root.values.get(question.name), question.right
    kind = TYPES[question.type].answer_type
    if value is None or (kind in LISTS and not isinstance(right, tuple)):
        return world.free_truth()
    terms = world.terms
    if isinstance(right, bool):
        return value.value if right else value.no
    if isinstance(right, tuple):
        codes = world.numbered.codes("one", right)
        exact = [term if c in codes else terms.no(term) for c, term in value.members.items()]
        lacking = FALSE if codes - set(value.members) else TRUE
        found = terms.both(value.known, lacking, *exact)
        # The order of a ranked answer is not told apart here.
        return terms.both(found, world.free_truth()) if kind == "ranked" else found
    word = str(right)
    decimals = places(word) if kind == "number" else 0
    meant = terms.number(coded(kind, word, decimals, world.numbered))
    return terms.both(value.known, same(value, Coded(kind, TRUE, meant, scale=decimals), terms))
