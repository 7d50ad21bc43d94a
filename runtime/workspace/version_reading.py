"""A definition as people read it: sections, questions, conditions as sentences, outcomes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from builder.definition import (
    CLEARANCE_WORDS,
    DISPOSITIONS,
    Calculation,
    Definition,
    Outcome,
    Question,
    Section,
    TextItem,
    describe,
    say_effect,
)
from builder.question_types import TYPES, WAYS, Setting
from builder.values import Localized
from builder.values.showing import show_number

KINDS = {"line": _("Spoken line"), "cue": _("Cue"), "display": _("Text to read")}


@dataclass(frozen=True)
class Node:
    """One node: what it is, its words, its marks (required, clearance..) and its lines (conditions, choices..)."""

    id: str
    kind: str
    text: str
    name: str = ""
    tone: str = ""
    marks: tuple[str, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """A section with its nodes."""

    id: str
    title: str
    name: str
    lines: tuple[tuple[str, str], ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Reading:
    """Reads one definition in one language. Sentences are in the person's language."""

    definition: Definition
    language: str

    @property
    def title(self) -> str:
        return self._text(self.definition.title)

    @property
    def parts(self) -> list[Part]:
        return [self._part(section) for section in self.definition.sections]

    @property
    def outcomes(self) -> list[Node]:
        return [self._outcome(outcome) for outcome in self.definition.outcomes]

    def _text(self, text: Localized) -> str:
        return text.plain(self.language, self.definition.source)

    def _sentence(self, expression: object) -> str:
        return describe(expression, self.definition, self.language, gettext)  # type: ignore[arg-type]

    def _when(self, expression: object) -> list[tuple[str, str]]:
        return (
            [(gettext("Asked when"), self._sentence(expression))] if expression is not None else []
        )

    def _part(self, section: Section) -> Part:
        lines = [*self._when(section.relevance), *self._place(section)]
        nodes = tuple(self._node(item) for item in section.items)
        return Part(
            section.id,
            self._text(section.title) or section.name,
            section.name,
            tuple(lines),
            nodes,
        )

    def _place(self, section: Section) -> Iterator[tuple[str, str]]:
        """Where a section lies, and how often it is answered."""
        around = next(
            (each for each in self.definition.sections if each.name == section.within), None
        )
        if around is not None:
            yield gettext("Lies within"), self._text(around.title) or around.name
        if section.side:
            yield gettext("Side section"), gettext("yes")
        if section.repeat is None:
            return
        if section.repeat.count is not None:
            yield gettext("As many entries as"), self._sentence(section.repeat.count)
            return
        limits = {"least": section.repeat.minimum, "most": section.repeat.maximum}
        times = gettext("%(least)s to %(most)s times") % limits
        yield gettext("Answered several times"), times

    def _node(self, item: TextItem | Question | Calculation) -> Node:
        if isinstance(item, Question):
            return self._question(item)
        if isinstance(item, Calculation):
            computed = ((gettext("Computed as"), self._sentence(item.expression)),)
            marks = () if item.shown else (gettext("not shown"),)
            return Node(
                item.id,
                gettext("Calculation"),
                self._text(item.label),
                item.name,
                "",
                marks,
                computed,
            )
        lines = tuple(
            (gettext("Shown when"), words) for _label, words in self._when(item.relevance)
        )
        return Node(
            item.id, gettext(KINDS[item.kind]), self._text(item.text), tone=item.kind, lines=lines
        )

    def _question(self, question: Question) -> Node:
        settings = question.settings.items()
        choices = tuple(
            (choice.name, self._text(choice.label)) for choice in settings.get("choices", ())
        )
        kind = gettext(TYPES[question.type].label)
        lines = tuple(self._lines(question))
        return Node(
            question.id,
            kind,
            self._text(question.label),
            question.name,
            "",
            self._marks(question),
            lines,
            choices,
        )

    def _marks(self, question: Question) -> tuple[str, ...]:
        marks = [
            (question.required is True, _("required")),
            (question.read_only is True, _("read only")),
            (question.clearance != "open", CLEARANCE_WORDS[question.clearance]),
            (question.fact is not None, _("fact about the person")),
        ]
        return tuple(gettext(words) for holds, words in marks if holds)

    def _lines(self, question: Question) -> Iterator[tuple[str, str]]:
        if question.hint:
            yield gettext("Hint"), self._text(question.hint)
        yield from self._when(question.relevance)
        yield from self._conditions(question)
        if question.searchable:
            yield gettext("Records are found by this answer"), gettext(WAYS[question.searchable])
        for constraint in question.constraints:
            label = _("Should hold") if constraint.warning else _("Must hold")
            yield gettext(label), self._sentence(constraint.test)
        for setting in TYPES[question.type].settings:
            words = self._setting(setting, question.settings.items().get(setting.name))
            if words:
                yield gettext(setting.label), words

    def _conditions(self, question: Question) -> Iterator[tuple[str, str]]:
        """What holds sometimes only, and what stands there of itself."""
        found = (
            (_("Required when"), question.required),
            (_("Read only when"), question.read_only),
            (_("Default"), question.default),
            (_("Offer a choice only when"), question.choice_filter),
        )
        for label, expression in found:
            if expression is not None and not isinstance(expression, bool):
                yield gettext(label), self._sentence(expression)

    def _setting(self, setting: Setting, value: object) -> str:
        """A setting that differs from its default, in words; choices have a list of their own."""
        if setting.kind == "choices" or value is None or value == setting.default:
            return ""
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, Localized):
            return self._text(value)
        if not isinstance(value, str | int):
            return self._sentence(value)
        return (
            show_number(value, self.language)
            if setting.kind == "number" and isinstance(value, str)
            else str(value)
        )

    def _outcome(self, outcome: Outcome) -> Node:
        lines = (
            [(gettext("Offered when"), self._sentence(outcome.relevance))]
            if outcome.relevance is not None
            else []
        )
        lines.append((gettext("Disposition"), gettext(DISPOSITIONS[outcome.disposition])))
        lines += [(gettext("Effect"), say_effect(one, gettext)) for one in outcome.effects]
        marks = (gettext("complete"),) if outcome.complete else ()
        return Node(
            outcome.id,
            gettext("Outcome"),
            self._text(outcome.label),
            outcome.name,
            "",
            marks,
            tuple(lines),
        )
