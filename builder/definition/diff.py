"""What changed between two definitions, in words: one sentence a change, for histories, comparisons and reports.

A reading of `builder.definition.comparing`, in the order of the changes. `Telling` words one change at a time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.definition.comparing import Change, compare
from builder.definition.comparing.comparison import by_key, items_in
from builder.definition.diff_words import LANGUAGE, MESSAGES, what_is
from builder.definition.nodes import Definition
from builder.definition.saying import NOTHING, Saying
from builder.definition.walk import label_of
from builder.problems import gettext_noop as _

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One change as it is told: `code` and `place` are the change's; message and params as a problem's."""

    code: str
    place: str
    message: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


def say_change(sentence: Sentence, gettext: Say = str, name_language: Say = str) -> str:
    """The sentence in the language `gettext` speaks; `name_language` words the code of a language."""
    words: dict[str, Say] = {"what": gettext, "part": gettext, "language": name_language}
    params = {key: words.get(key, str)(value) for key, value in sentence.params.items()}
    return gettext(sentence.message) % params


def diff(old: Definition, new: Definition, gettext: Say = str) -> tuple[Sentence, ...]:
    """What became of the old definition, for people: that a block was written anew and says the same is not told.

    `gettext` speaks the reader's language: conditions, yes and no are worded in it.
    """
    telling = Telling(old, new, gettext)
    told = (telling.sentence(one) for one in compare(old, new) if one.code != "rewritten")
    return tuple(told)


class Telling:
    """Words the changes from one definition to another."""

    def __init__(self, old: Definition, new: Definition, gettext: Say = str) -> None:
        self.old, self.new = old, new
        self.saying = Saying(old, new, gettext)
        self._nodes = {False: _nodes(old), True: _nodes(new)}

    def node(self, change: Change, *, after: bool = True) -> Any:
        """The block that changed, as it is now (or was); the page itself for what is told of it; None where it is not."""
        if change.block == "page":
            return self.new if after else self.old
        return self._nodes[after].get((change.block, change.place))

    def label(self, change: Change) -> str:
        """What people call the block."""
        after = self.node(change) is not None
        node, definition = (
            (self.node(change), self.new) if after else (self.node(change, after=False), self.old)
        )
        if change.block == "page":
            return self.new.title.plain(self.new.source) or self.new.name
        return label_of(node).plain(definition.source).strip() or getattr(node, "name", node.id)

    def what(self, change: Change) -> str:
        """The msgid of what it is."""
        node = self.node(change)
        node = self.node(change, after=False) if node is None else node
        return _("page") if change.block == "page" else what_is(node)

    def sides(self, change: Change) -> tuple[str, str]:
        """What stood there and what stands there now, in words."""
        return self.saying.sides(change)

    def sentence(self, change: Change) -> Sentence:
        """The change as a sentence; never an empty one."""
        if change.of_language:
            return self._language(change)
        base = {"what": self.what(change), "label": self.label(change)}
        if not change.member or change.code == "rewritten":
            return self._block(change, base)
        row = self._row(change, base)
        return row or self._member(change, base)

    def _language(self, change: Change) -> Sentence:
        count = len(change.after if change.code == "added" else change.before)
        message = LANGUAGE[change.code][min(count, 2)]
        params = {"language": change.member[1], "count": str(count)}
        return Sentence(change.code, "", message, params)

    def _block(self, change: Change, base: dict[str, str]) -> Sentence:
        code = change.code
        if code == "moved" and change.before[0] != change.after[0]:
            code = "moved_to"
            base = {**base, "section": self._section(change.after[0])}
        return Sentence(change.code, change.place, MESSAGES[code], base)

    def _section(self, place: str) -> str:
        found = self._nodes[True].get(("section", place))
        return found.title.plain(self.new.source).strip() or found.name if found else place

    def _row(self, change: Change, base: dict[str, str]) -> Sentence | None:
        """A row of a decision table, or a choice; None for anything else."""
        kind = self.saying.kind_of_row(change)
        old, new = self.sides(change)
        if kind and change.code == "moved":
            return Sentence("moved", change.place, MESSAGES[f"{kind}s_moved"], base)
        if kind == "choice" and change.code in {"added", "removed"}:
            params = {**base, "choice": new if change.code == "added" else old}
            return Sentence(change.code, change.place, MESSAGES[f"choice_{change.code}"], params)
        if kind:
            language = self.language(change)
            message = MESSAGES[f"{kind}_{change.code}" + ("_in" if language else "")]
            params = {**base, "old": old or NOTHING, "new": new or NOTHING, "language": language}
            return Sentence(change.code, change.place, message, params)
        return None

    def language(self, change: Change) -> str:
        """The language of a text that changed, where it is not the one the app is written in."""
        if not self.saying.is_text(change):
            return ""
        language = change.member[-1]
        return "" if language == self.new.source else language

    def _member(self, change: Change, base: dict[str, str]) -> Sentence:
        old, new = self.sides(change)
        language = self.language(change)
        code = "changed" if old and new else "gained" if new else "lost"
        if change.code == "moved":
            code, language = "rows_of_moved", ""
        elif change.code == "renamed":
            code = "renamed"
        elif old == new:
            code = "same"
        params = {**base, "part": self.saying.part(change), "old": old, "new": new}
        params["language"] = language
        return Sentence(
            change.code, change.place, MESSAGES[code + ("_in" if language else "")], params
        )


def _nodes(definition: Definition) -> dict[tuple[str, str], Any]:
    sections = by_key(definition.sections)
    kinds = {
        "section": sections,
        "item": items_in(sections)[1],
        "outcome": by_key(definition.outcomes),
    }
    return {(kind, key): node for kind, nodes in kinds.items() for key, node in nodes.items()}
