"""What a screen is drawn from: one definition, one state of a record, its view, one language.

A `Sheet` answers the small questions that every part of the screen asks (which text, which value, is it relevant),
always escaped, so that a renderer only joins strings. Texts may be marked in the HTML with `data-text="<block id>/<part>"`:
by that mark the browser finds them again when a piped answer or the language changes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from builder.definition.nodes import Calculation, Definition, Question, Section
from builder.definition.walk import answer_type
from builder.question_types import TYPES
from builder.values import Localized, is_value
from runtime.workspace.screen_nesting import ROOT, Inner, Spot, arranged, entries_at

Places = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Door:
    """What the page around the sheet needs: where to post, who may act."""

    csrf: str = ""  # a hidden input, made by the view
    section_url: str = ""
    finish_url: str = ""
    file_url: str = ""  # of a file, with `__file__` for its id; empty where nothing is kept
    nonce: str = ""
    single_keys: bool = True  # else a key of one letter needs Alt
    token: str = (
        ""  # the run token, so that a form without JavaScript saves as the browser's queue does
    )


@dataclass(frozen=True)
class Sheet:
    """A definition as one record fills it, seen in one language. `mode` is agent, learner or preview."""

    definition: Definition
    state: Mapping[str, Any]
    view: Mapping[str, Any]
    language: str
    shown: str
    mode: str = "agent"
    door: Door = field(default_factory=Door)
    typed: Mapping[str, str] = field(
        default_factory=dict
    )  # texts of this post that could not be read
    said: dict[str, str] = field(
        default_factory=dict, compare=False, repr=False
    )  # words of the screen, said once a page
    fragments: dict[tuple[str, str], str] = field(init=False, compare=False, repr=False)
    steps: tuple[Section, ...] = field(init=False, compare=False, repr=False)
    inner: Inner = field(init=False, compare=False, repr=False)
    speaking: str = field(init=False, compare=False, repr=False)  # what the screen itself speaks
    # The sections that were seen and left: only there a missing answer is told.
    left: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        steps, inner = arranged(self.definition)
        object.__setattr__(self, "fragments", fragments_of(self.definition, self.language))
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "inner", inner)
        object.__setattr__(self, "speaking", get_language())
        object.__setattr__(self, "left", frozenset(self.state["visited"]) - {self.shown})

    def with_typed(self, typed: Mapping[str, str]) -> "Sheet":
        """The same sheet, with what was typed and could not be read standing in its boxes."""
        return replace(self, typed=typed) if typed else self

    def ui(self, words: str) -> str:
        """Words of the screen itself, escaped, in the person's language; hundreds of questions say the same few."""
        known = self.said.get(words)
        if known is None:
            known = self.said[words] = escape(gettext(words))
        return known

    def text(self, node_id: str, part: str, source: Localized, spot: Spot = ROOT) -> str:
        """The escaped text of a node in this language, with piped answers filled in."""
        piped = self._piped(node_id, part, spot)
        return escape(self.plain(source) if piped is None else piped)

    def plain(self, source: Localized) -> str:
        """A text without its holes, in this language or else the source language; not escaped."""
        parts = source.of(self.language, self.definition.languages[0])
        return "".join(part for part in parts if isinstance(part, str))

    def marked(self, node_id: str, part: str, source: Localized, spot: Spot = ROOT) -> str:
        """The same, inside a span that the browser can find again. What is the same for everybody is made once."""
        texts = self.view["texts"]
        if texts and self._piped(node_id, part, spot) is not None:
            return self._span(node_id, part, self.text(node_id, part, source, spot), source)
        known = self.fragments.get((node_id, part))
        if known is None:
            known = self._span(node_id, part, escape(self.plain(source)), source)
            self.fragments[node_id, part] = known
        return known

    def _span(self, node_id: str, part: str, text: str, source: Localized) -> str:
        mark = f"{escape(node_id)}/{escape(part)}"
        return f'<span data-text="{mark}" {self.tongue(source)}>{text}</span>'

    def tongue(self, source: Localized) -> str:
        """The attributes that say which language a text is read in. One that is not written in the sheet's language bears a mark
        that people see: the language that stands in."""
        spoken = self.instead(source)
        if not spoken:
            return f'lang="{self.language}"'
        return f'lang="{spoken}" data-instead="{spoken.upper()}"'

    def instead(self, source: Localized) -> str:
        """The language that a text is read in where it lacks the sheet's; else an empty text."""
        spoken = source.spoken(self.language, self.definition.languages[0])
        return "" if spoken == self.language else spoken

    def worded(self, source: Localized) -> str:
        """The text of an option, which has no room for a mark: the language that stands in is part of its words."""
        instead, words = self.instead(source), self.plain(source)
        return f"{words} ({instead.upper()})" if instead else words

    def _piped(self, node_id: str, part: str, spot: Spot) -> str | None:
        """The text with answers in it; None where it has no holes, as choices and settings never have."""
        if part.startswith(("choice/", "setting/")):
            return None
        key = f"{node_id}.hint" if part == "hint" else node_id
        piped: str | None = self.view["texts"].get(spot.keys + key)
        return piped

    def has_piped(self, node_id: str) -> bool:
        """Whether any text of the node has answers in it."""
        texts = self.view["texts"]
        return node_id in texts or f"{node_id}.hint" in texts

    def answer(self, place: str) -> Mapping[str, Any]:
        """What the view says of a question's place; a place the view does not know is not relevant."""
        return self.view["questions"].get(place, _NOWHERE)

    def raw(self, place: str) -> Any:
        """The answer as it was given, also when the question is hidden now."""
        return self.typed.get(place, self.state["answers"].get(place))

    @property
    def occasion(self) -> str:
        """What the screen calls it: a lesson, a form, or a call."""
        if self.mode == "learner":
            return "lesson"
        return "form" if self.definition.kind == "form" else "call"

    def item_relevant(self, node_id: str, spot: Spot = ROOT) -> bool:
        return bool(self.view["items"].get(spot.keys + node_id, True))

    def entries(self, section: Section, spot: Spot = ROOT) -> tuple[str, ...]:
        """The entries of a repeat that lies here."""
        return entries_at(section, spot.place(section.name), self.state, self.view["questions"])


# The texts of a definition in a language, escaped and marked; never a text with an answer in it. Definitions are kept by
# identity: each holds its own here, so that no other can take its place.
_kept: dict[tuple[int, str], tuple[Definition, dict[tuple[str, str], str]]] = {}
_DEFINITIONS_MOST = 64


def fragments_of(definition: Definition, language: str) -> dict[tuple[str, str], str]:
    """What was marked of this definition so far, by node and part."""
    key = (id(definition), language)
    kept = _kept.get(key)
    if kept is None:
        if len(_kept) >= _DEFINITIONS_MOST:
            _kept.pop(next(iter(_kept)), None)  # the oldest
        kept = _kept.setdefault(key, (definition, {}))
    return kept[1]


_NOWHERE: Mapping[str, Any] = {
    "relevant": False,
    "value": None,
    "missing": False,
    "required": False,
    "problems": (),
}


def shown_value(sheet: Sheet, question: Question | Calculation, value: Any) -> str:
    """A value as people read it, escaped; the empty text when there is none."""
    if value is None:
        return ""
    kind = answer_type(question)
    if not is_value(kind, value):  # what could not be read stands as it was typed
        return escape(str(value))
    return escape(_SHOWN.get(kind, _as_text)(sheet, question, value))


def civil_date(value: str) -> str:
    """A civil date in the words of the person's language; as it stands when it is none."""
    try:
        day = parse_date(value)
    except ValueError:  # looks like a day, and is none: a text that could not be read
        return value
    return date_format(day, "l j F Y") if day else value


def _as_text(_sheet: Sheet, _question: Any, value: Any) -> str:
    return str(value)


def _as_date(_sheet: Sheet, _question: Any, value: Any) -> str:
    return civil_date(str(value))


def _as_moment(_sheet: Sheet, _question: Any, value: Any) -> str:
    return f"{civil_date(value[:10])}, {value[11:]}"


def _as_partial(_sheet: Sheet, _question: Any, value: Any) -> str:
    if len(value) == len("2026-03"):
        return date_format(parse_date(f"{value}-01"), "F Y")
    return civil_date(value)


def _as_yes_no(_sheet: Sheet, _question: Any, value: Any) -> str:
    return gettext("yes") if value is True else gettext("no")


def _as_choice(sheet: Sheet, question: Any, value: Any) -> str:
    return _as_choices(sheet, question, (value,))


def _as_choices(sheet: Sheet, question: Any, value: Any) -> str:
    """What is calculated has no labels of its own."""
    labels = choice_labels(sheet, question, value) if isinstance(question, Question) else {}
    return ", ".join(labels.get(name, str(name)) for name in value)


def _in_parts(sheet: Sheet, question: Any, value: Any) -> str:
    return TYPES[question.type].show(value, question.settings, sheet.language)


def choice_labels(sheet: Sheet, question: Question, names: Collection[str]) -> dict[str, str]:
    """The labels of these choices in the sheet's language, by name, not escaped."""
    return {name: sheet.plain(label) for name, label in choices_of(question) if name in names}


def choices_of(question: Question) -> tuple[tuple[str, Localized], ...]:
    """The choices of a question as pairs of name and label."""
    return tuple((choice.name, choice.label) for choice in question.settings.choices)


_SHOWN = {
    "date": _as_date,
    "moment": _as_moment,
    "partial": _as_partial,
    "bool": _as_yes_no,
    "one": _as_choice,
    "many": _as_choices,
    "ranked": _as_choices,
    "parts": _in_parts,
}
