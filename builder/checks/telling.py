"""A proof's report in words, as plain data that can be kept: its findings as lines, and how each block is reached."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from builder.checks.lines import Line, line_of
from builder.definition import Definition
from builder.definition.describe import describe
from builder.definition.subject import Subject
from builder.problems import gettext_noop as _
from builder.proof import Block, Finding, Report, Said, Shown, Witness
from builder.question_types import TYPES
from builder.question_types.base.parts import Composite

Gettext = Callable[[str], str]
MOST_ANSWERS: Final = 60  # of one witness
_SHOWN: Final[Mapping[tuple[str, str, Any], str]] = {
    ("questions", "relevant", True): _("“%(label)s” is asked"),
    ("questions", "required", True): _("“%(label)s” is required"),
    ("sections", "relevant", True): _("“%(label)s” is there"),
    ("items", "", True): _("“%(label)s” is shown"),
    ("outcomes", "relevant", True): _("“%(label)s” fits"),
    ("outcomes", "relevant", False): _("“%(label)s” does not fit"),
    ("missing", "", 0): _("nothing is missing"),
    ("problems", "", 0): _("nothing is wrong"),
}
_NOTHING_OFFERED: Final = _("“%(label)s” offers nothing to choose")
_SAID: Final[Mapping[bool | None, str]] = {
    True: _("“%(condition)s” is true"),
    False: _("“%(condition)s” is false"),
    None: _("“%(condition)s” is unknown"),
}


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What was proved of an expression where it stands is told by the first finding: that nobody gets to a block says of its condition
    that it never holds."""
    told = set()
    for finding in findings:
        key = (finding.place, finding.proof)
        if finding.proof is None or key not in told:
            told.add(key)
            yield finding


class Teller:
    """Says what a report means, in a reader's language."""

    def __init__(self, definition: Definition, language: str, gettext: Gettext) -> None:
        self.definition, self.language, self.gettext = definition, language, gettext
        self.subject = Subject(definition)

    def told(self, report: Report) -> dict[str, Any]:
        """The whole report."""
        return {
            "lines": [self.line(finding).plain() for finding in _once(report.findings)],
            "blocks": {block.id: self.block(block) for block in report.blocks.values()},
            "whole": report.whole,
            "undecided": report.undecided,
        }

    def line(self, finding: Finding) -> Line:
        """A finding."""
        told = line_of(finding.problem, self.gettext, finding.severity.value)
        shown = None if finding.witness is None else self.shown(finding.witness)
        return Line(
            told.code, told.severity, told.place, told.words, told.remedy,
            shown=shown, proved=finding.proof is not None,
        )  # fmt: skip

    def block(self, block: Block) -> dict[str, Any]:
        """Whether a block is reached, and how."""
        found: dict[str, Any] = {"standing": block.standing.value}
        if block.witness is not None:
            found["shown"] = self.shown(block.witness)
        return found

    def shown(self, witness: Witness) -> dict[str, Any]:
        """A witness: its answers and what is seen then in words, and the commands for who plays them."""
        answers = list(self._answers(witness))
        left = len(answers) - MOST_ANSWERS
        more = [self.gettext("and %(count)d more") % {"count": left}] if left > 0 else []
        return {
            "answers": [*answers[:MOST_ANSWERS], *more],
            "seen": [*map(self._seen, witness.shows), *map(self._said, witness.says)],
            "commands": list(witness.commands),
            "language": witness.language,
            "wrongly": not witness.valid,
        }

    def _answers(self, witness: Witness) -> Iterator[str]:
        for command in witness.commands:
            if command["command"] == "answer":
                label, value = self.label(command["place"]), self._value(command)
                yield f"{label} = {value}"
            elif command["command"] == "add_entry":
                words = self.gettext("an entry is added to “%(label)s”")
                yield words % {"label": self.label(command["repeat"])}
            elif command["command"] == "override":
                words = self.gettext("the warning at “%(label)s” is set aside")
                yield words % {"label": self.label(command["place"])}
            elif command["command"] == "set_language":
                words = self.gettext("the language is %(language)s")
                yield words % {"language": command["language"]}

    def _value(self, command: Mapping[str, Any]) -> str:
        question = self.subject.index.questions.get(command["place"].split("/")[-1])
        if question is None or command.get("unreadable"):
            return str(command["value"])
        value = command["value"]
        value = tuple(value) if isinstance(value, list) else value
        kind = TYPES[question.type]
        if isinstance(kind, Composite):
            return kind.show(value, question.settings, self.language, self.definition.source)
        return kind.show(value, question.settings, self.language)

    def label(self, place: str) -> str:
        """What stands at a place of the engine's, as its author calls it: `Contacts 2 › Name`."""
        *around, own = place.split("/")
        pairs = zip(around[::2], around[1::2], strict=False)
        return " › ".join([*(f"{self._named(repeat)} {entry}" for repeat, entry in pairs), self._named(own)])  # fmt: skip

    def _named(self, name: str) -> str:
        index = self.subject.index
        node = index.questions.get(name) or index.sections.get(name) or index.by_id.get(name)
        return name if node is None else self.subject.label(node)

    def _seen(self, shown: Shown) -> str:
        key = shown.key if shown.part != "outcomes" else shown.key.split("/")[-1]
        value = shown.value if isinstance(shown.value, bool | int) else None
        words = _SHOWN.get((shown.part, shown.member, value), _NOTHING_OFFERED)
        return self.gettext(words) % {"label": self._outcome(key) or self.label(key)}

    def _outcome(self, name: str) -> str:
        outcome = self.subject.index.outcomes.get(name)
        return "" if outcome is None else self.subject.label(outcome)

    def _said(self, said: Said) -> str:
        words = describe(said.expression, self.definition, gettext=self.gettext)
        return self.gettext(_SAID[said.value]) % {"condition": words}
