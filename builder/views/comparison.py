"""Two definitions beside each other: the changes by section and block, with the words that differ marked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext

from builder.conditions import Constant
from builder.definition import (
    Calculation,
    Change,
    Definition,
    Outcome,
    Question,
    Section,
    Telling,
    TextItem,
    compare,
    say_change,
)
from builder.definition.comparing.comparison import by_key, items_in
from builder.definition.comparing.members import Within
from builder.definition.topics import TOPICS, Piece, topic, wordwise
from builder.question_types import TYPES, Settings
from builder.values.localized import NO_TEXT

CODES = ("added", "removed", "moved", "renamed")


@dataclass(frozen=True)
class Line:
    """One change: what it is of, in words, and both sides in pieces (empty where there is nothing to show)."""

    code: str
    topic: str
    part: str
    sentence: str
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    language: str = ""
    whole: bool = False  # it happened to the block itself

    @property
    def beside(self) -> bool:
        """Whether it has sides; what has none is told in words."""
        return bool(self.old or self.new)


@dataclass(frozen=True)
class Block:
    """A block with what changed in it. `gone`: only the old definition has it."""

    place: str
    what: str
    label: str
    name: str
    position: int
    gone: bool
    lines: tuple[Line, ...] = ()

    @property
    def has_sides(self) -> bool:
        return any(line.beside for line in self.lines)

    @property
    def marks(self) -> list[str]:
        """What became of the block as a whole."""
        codes = [line.code for line in self.lines if line.whole]
        return [code for code in CODES if code in codes]


@dataclass(frozen=True)
class Group:
    """A section, the page itself, or the outcomes."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def count(self) -> int:
        return sum(len(block.lines) for block in self.blocks)


@dataclass(frozen=True)
class Comparison:
    """All that changed. `kinds`: each kind of change there is, its words and how many; `kind`: the one that is shown."""

    groups: tuple[Group, ...]
    kinds: tuple[tuple[str, str, int], ...]
    kind: str
    total: int
    sentences: tuple[Line, ...] = field(default=())


def comparison(old: Definition, new: Definition, kind: str = "") -> Comparison:
    """Everything that became of the old definition, or one kind of change only."""
    maker = _Maker(old, new)
    lines = [(change, maker.line(change)) for change in maker.changes]
    counts = Counter(line.topic for _change, line in lines)
    kind = kind if counts[kind] else ""
    shown = [pair for pair in lines if kind in {"", pair[1].topic}]
    return Comparison(
        groups=tuple(maker.groups(shown)),
        kinds=tuple(
            (name, gettext(words), counts[name]) for name, words in TOPICS.items() if counts[name]
        ),
        kind=kind,
        total=len(lines),
        sentences=tuple(line for _change, line in shown),
    )


def language_name(code: str) -> str:
    """A language in the reader's words; its code where nothing is known of it."""
    try:
        return str(capfirst(get_language_info(code)["name_translated"]))
    except KeyError:
        return code


class _Maker:
    def __init__(self, old: Definition, new: Definition) -> None:
        self.old, self.new = old, new
        self.telling = Telling(old, new, gettext)
        self.changes = [one for one in compare(old, new) if one.code != "rewritten"]
        self.sections = by_key(new.sections)
        homes = items_in(self.sections)[0]
        self.at = {key: (home, n) for home, keys in homes.items() for n, key in enumerate(keys)}

    def line(self, change: Change, kind: str = "") -> Line:
        saying = self.telling.saying
        old, new = self.telling.sides(change) if change.member else ("", "")
        language = self.telling.language(change)
        return Line(
            code=change.code,
            topic=kind or topic(change, saying, self.new.source),
            part=self.part(change, language),
            sentence=say_change(self.telling.sentence(change), gettext, language_name),
            old=wordwise(old, new)[0],
            new=wordwise(old, new)[1],
            whole=not change.member or change.code == "renamed",
            language=language or (self.new.source if saying.is_text(change) else ""),
        )

    def part(self, change: Change, language: str) -> str:
        if not change.member or change.of_language:
            return ""
        part = gettext(self.telling.saying.part(change))
        return f"{part} ({language_name(language)})" if language else part

    def groups(self, lines: list[tuple[Change, Line]]) -> Iterator[Group]:
        """The page, its sections in order (what is gone, where it stood), the outcomes."""
        blocks: dict[str, dict[tuple[str, str], Block]] = {}
        for change, line in lines:
            home = self.home(change)
            known = blocks.setdefault(home, {})
            block = known.get((change.block, change.place)) or self.block(change)
            known[change.block, change.place] = self.joined(block, change, line)
        for home in sorted(blocks, key=self.place_of):
            inside = sorted(blocks[home].values(), key=lambda each: each.position)
            yield Group(f"g-{home or 'page'}", self.title(home), tuple(inside))

    def joined(self, block: Block, change: Change, line: Line) -> Block:
        more = [line]
        if not change.member and change.code in {"added", "removed"}:
            more += self.all_of(change)
        return replace(block, lines=(*block.lines, *more))

    def home(self, change: Change) -> str:
        """The section it is shown in; "" is the page, "~" the outcomes."""
        if change.block in {"page", "outcome"}:
            return "" if change.block == "page" else "~"
        if change.block == "section":
            return change.place
        return (
            change.at[0]
            if change.code == "removed" and not change.member
            else self.at[change.place][0]
        )

    def place_of(self, home: str) -> tuple[int, int]:
        """Where a group stands: removed sections after the one they stood behind."""
        if home in {"", "~"}:
            return (-1, 0) if not home else (len(self.new.sections), 0)
        keys = list(self.sections)
        if home in self.sections:
            return keys.index(home), 0
        before = list(by_key(self.old.sections))
        earlier = [key for key in before[: before.index(home)] if key in self.sections]
        return (keys.index(earlier[-1]) if earlier else -1), 1 + before.index(home)

    def title(self, home: str) -> str:
        if home in {"", "~"}:
            return gettext("The page") if not home else gettext("Outcomes")
        section = self.sections.get(home)
        definition = self.old if section is None else self.new
        section = section or by_key(self.old.sections)[home]
        return section.title.plain(definition.source) or section.name

    def block(self, change: Change) -> Block:
        gone = change.code == "removed" and not change.member
        node = self.telling.node(change, after=not gone)
        own = change.block == "section"
        position = -1 if own else change.at[1] if gone else self.at.get(change.place, ("", 0))[1]
        return Block(
            place=change.place,
            what=gettext(self.telling.what(change)),
            label="" if change.block == "page" else self.telling.label(change),
            name=getattr(node, "name", "") if change.block != "page" else "",
            position=position,
            gone=gone,
        )

    def all_of(self, change: Change) -> Iterator[Line]:
        """What a block says that came or went: all that is not as it is of itself."""
        came = change.code == "added"
        node = change.after if came else change.before
        empty = _empty(node)
        within = Within(change.block, change.place)
        for one in within.fields(empty, node) if came else within.fields(node, empty):
            value = one.after if came else one.before
            if not _is_default(node, one, value):
                line = self.line(one, change.code)
                yield replace(line, old=() if came else line.old, new=line.new if came else ())


def _empty(node: Any) -> Any:
    """A block of the kind that says nothing yet."""
    if isinstance(node, Question):
        return Question(node.id, node.name, "", NO_TEXT, Settings({}))
    if isinstance(node, Calculation):
        return Calculation(node.id, node.name, node.type, NO_TEXT, Constant("text", ""))
    if isinstance(node, TextItem):
        return TextItem(node.kind, node.id, NO_TEXT)
    if isinstance(node, Section):
        return Section(node.id, node.name, NO_TEXT, ())
    return Outcome(node.id, node.name, NO_TEXT)


def _is_default(node: Any, change: Change, value: Any) -> bool:
    if change.member[0] != "settings" or len(change.member) != len(("settings", "name")):
        return False
    own = {setting.name: setting.default for setting in TYPES[node.type].settings}
    return value in (None, (), "", NO_TEXT) or own.get(change.member[1]) == value
