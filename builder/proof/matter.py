"""What the kinds of findings are given: a definition in terms, its questions to the prover, and words for its conditions."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Final

from builder.conditions import Expression
from builder.definition import Calculation, Definition, Item, Outcome, Question, Section, TextItem
from builder.definition.describe import describe
from builder.definition.subject import Subject, Use
from builder.proof.coded import Coded
from builder.proof.expressions import is_true, read
from builder.proof.judging import Verdict, verdicts_of
from builder.proof.proving import Budget, Found, Progress, Prover
from builder.proof.rows import FALSE, Term
from builder.proof.sight import Frame, Look
from builder.proof.witness import Clerk, Said, Shown, Witness
from builder.proof.world import World

Node = Section | Item | Outcome
LONGEST: Final = 300


class Matter:
    """One definition on trial."""

    def __init__(
        self,
        definition: Definition,
        today: str,
        budget: Budget,
        *,
        clock: Callable[[], float] | None = None,
        progress: Progress | None = None,
        gettext: Callable[[str], str] = str,
    ) -> None:
        self.gettext = gettext
        self.asked = definition  # as it was given, for what publishing checks
        self.world = World(definition, today)
        self.definition = self.world.definition
        self.subject = Subject(self.definition)
        self.terms = self.world.terms
        self.verdicts: dict[str, list[Verdict]] = verdicts_of(self.world)
        self.prover = Prover(self.world, self.verdicts, budget, clock=clock, progress=progress)
        self.clerk = Clerk(self.world, self.verdicts)
        self.undecided = 0

    # Where things stand

    @cached_property
    def sections_of(self) -> dict[int, Section]:
        """The section of each item."""
        return {id(item): section for section in self.world.placed for item in section.items}

    @cached_property
    def once(self) -> set[str]:
        """Ids of the texts that open a repeat: they are said once, before its entries."""
        found = set()
        for section in self.world.placed:
            for item in section.items:
                if not isinstance(item, TextItem):
                    break
                found.add(item.id)
        return found

    def frames_of(self, node: Node, *, inside: bool = False) -> list[Frame]:
        """The frames in which a node's expressions are carried out."""
        if isinstance(node, Outcome):
            return [self.world.root]
        section = node if isinstance(node, Section) else self.sections_of.get(id(node))
        if section is None:
            return []
        outside = isinstance(node, Section) and not inside
        if outside or (isinstance(node, TextItem) and node.id in self.once):
            return self.world.frames.get(self.world.outside_of(section), [])
        return self.world.frames.get(self.world.home_of(section), [])

    def home_of(self, node: Node) -> str:
        """The repeat whose entries these frames are."""
        frames = self.frames_of(node)
        return (frames[0].repeat or "") if frames else ""

    def around(self, node: Node, frame: Frame) -> Term:
        """Whether what lies around a node is relevant in a frame."""
        there = frame.there(self.terms)
        if isinstance(node, Outcome):
            return there
        if isinstance(node, Section):
            outer = self.world.index.sections.get(node.within or "")
            return (
                there if outer is None else self.terms.both(there, self.world.holds(outer, frame))
            )
        section = self.sections_of[id(node)]
        return self.terms.both(there, self.world.holds(section, frame))

    def relevant(self, node: Node, frame: Frame) -> Term:
        """Whether a node is relevant in a frame; what is in an entry is there only with it."""
        if isinstance(node, Question):
            found = frame.relevant.get(node.name)
            return FALSE if found is None else self.terms.both(frame.there(self.terms), found)
        if isinstance(node, Section):
            found = frame.sections.get(node.name, FALSE)
            return self.terms.both(frame.there(self.terms), found)
        if isinstance(node, Calculation):
            return self.around(node, frame)
        own = is_true(node.relevance, Look(self.world, frame))
        return self.terms.both(self.around(node, frame), own)

    def in_any(self, frames: Iterable[Frame], term: Callable[[Frame], Term]) -> Term:
        """Whether it holds in one of the frames."""
        return self.terms.either(*(term(frame) for frame in frames))

    def read(self, expression: Expression, frame: Frame) -> Coded:
        """What an expression gives in a frame."""
        return read(expression, Look(self.world, frame))

    # Asking

    def can(self, term: Term) -> Found:
        """Whether something can be."""
        found = self.prover.can(term)
        if found.possible is None and not self.prover.wanting:
            self.undecided += 1
        return found

    def never(self, term: Term) -> bool:
        """Whether it is proved that something cannot be."""
        return self.can(term).possible is False

    # Telling

    def label(self, node: Node) -> str:
        """What its author calls it."""
        return self.subject.label(node)

    def words(self, expression: Expression) -> str:
        """A condition in words."""
        said = describe(expression, self.definition, gettext=self.gettext)
        return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"

    def values(self, found: Found, term: Term) -> list[int]:
        """What everything that a term hangs on is in its world."""
        return self.terms.evaluate(found.world, self.terms.cone(term))

    def frame_in(
        self, found: Found, frames: list[Frame], term: Callable[[Frame], Term]
    ) -> Frame | None:
        """The first frame in which a term holds in a world."""
        for frame in frames:
            one = term(frame)
            if one != FALSE and self.values(found, one)[one]:
                return frame
        return None

    def witness(
        self, found: Found, term: Term, *shows: Shown, says: tuple[Said, ...] = ()
    ) -> Witness:
        """The commands that lead to a world, and what is seen then."""
        commands = self.clerk.commands(found.world, self.terms.cone(term))
        return Witness(commands, shows, says, valid=found.valid, sure=found.sure)

    def full_witness(self, found: Found, values: list[int], *shows: Shown) -> Witness:
        """The same of a world in which everything matters; warnings are set aside."""
        commands = (*self.clerk.commands(found.world), *self.clerk.overrides(values))
        return Witness(commands, shows, valid=found.valid, sure=found.sure)

    def shown(self, node: Node, frame: Frame) -> Shown:
        """Where the engine's view says that a node is relevant."""
        if isinstance(node, Question):
            return Shown("questions", frame.prefix + node.name, "relevant", True)
        if isinstance(node, Outcome):
            return Shown("outcomes", node.name, "relevant", True)
        if isinstance(node, Section) and not frame.repeat:
            return Shown("sections", node.name, "relevant", True)
        return Shown("items", keys_of(frame) + node.id, "", True)

    def use_frames(self, use: Use) -> list[Frame]:
        """The frames in which an expression or text is carried out."""
        entry = (
            isinstance(use.node, Section)
            and use.text is not None
            and use.node.repeat is not None
            and use.text is use.node.repeat.entry_label
        )
        return self.frames_of(use.node, inside=entry)


def keys_of(frame: Frame) -> str:
    """What leads the keys of an entry's items."""
    above = "" if frame.parent is None else keys_of(frame.parent)
    return f"{above}{frame.entry}/" if frame.repeat else above
