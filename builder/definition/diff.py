"""What changed between two definitions, in words: added, removed, changed, moved. For version histories.

Nodes are the same if their ids are; a page that was imported anew has new ids, so what is left is matched by name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, Final

from builder.conditions import Table
from builder.definition.describe import describe
from builder.definition.diff_languages import alone, texts_in, without
from builder.definition.diff_tables import otherwise, row_changes, tables_in
from builder.definition.diff_words import LANGUAGE, MESSAGES, PARTS, Node, what_is
from builder.definition.matching import longest_rise, match
from builder.definition.nodes import Constraint, Definition, Effect, Question, Repeat
from builder.definition.walk import label_of
from builder.definition.wording import say_effect, word
from builder.problems import gettext_noop as _
from builder.question_types import Choice
from builder.values import Localized
from builder.values.localized import NO_TEXT

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `code` is added, removed, changed or moved; `place` the node's id; message and params as a problem's."""

    code: str
    place: str
    message: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


def say_change(change: Change, gettext: Say = str, name_language: Say = str) -> str:
    """The change as a sentence in the language `gettext` speaks; `name_language` words the code of a language."""
    words: dict[str, Say] = {"what": gettext, "part": gettext, "language": name_language}
    params = {key: words.get(key, str)(value) for key, value in change.params.items()}
    return gettext(change.message) % params


CODED: Final = {"type", "disposition", "clearance"}
_SKIPPED: Final = {"id", "items", "settings", "sections", "outcomes"}


def diff(old: Definition, new: Definition, gettext: Say = str) -> tuple[Change, ...]:
    """What became of the old definition, in the new one's order; what was removed comes where its kind is told.

    `gettext` speaks the reader's language: conditions, yes and no are worded in it.
    """
    added, removed = alone(new, old), alone(old, new)
    languages = (
        *(_language("added", new, language) for language in added),
        *(_language("removed", old, language) for language in removed),
    )
    both = without(old, removed), without(new, added)
    return (*languages, *_Difference(*both, gettext).run())


def _language(code: str, definition: Definition, language: str) -> Change:
    count = texts_in(definition, language)
    return Change(
        code, "", LANGUAGE[code][min(count, 2)], {"language": language, "count": str(count)}
    )


class _Difference:
    def __init__(self, old: Definition, new: Definition, gettext: Say) -> None:
        self.gettext = gettext
        self.old = old
        self.new = new

    def run(self) -> Iterator[Change]:
        yield from self.fields(
            self.old, self.new, "", _("page"), self.new.title.plain(self.new.source)
        )
        yield from self.lists(self.old.sections, self.new.sections)
        old_items = [(section.id, item) for section in self.old.sections for item in section.items]
        new_items = [(section.id, item) for section in self.new.sections for item in section.items]
        pairs = match(tuple(item for _s, item in old_items), tuple(item for _s, item in new_items))
        yield from self.compare(pairs)
        yield from self.moves(pairs, old_items, new_items)
        yield from self.lists(self.old.outcomes, self.new.outcomes)

    def lists(self, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Change]:
        pairs = match(old, new)
        yield from self.compare(pairs)
        yield from self.moves(pairs, [("", node) for node in old], [("", node) for node in new])

    def compare(self, pairs: list[tuple[Any, Any]]) -> Iterator[Change]:
        for before, after in pairs:
            if after is None:
                yield self.whole("removed", before, self.old)
            elif before is None:
                yield self.whole("added", after, self.new)
            elif before != after:
                yield from self.fields(
                    before, after, after.id, what_is(after), self.label(after, self.new)
                )

    def moves(
        self, pairs: list[tuple[Any, Any]], old: list[Any], new: list[Any]
    ) -> Iterator[Change]:
        """Only what left its place: the longest run that kept its order stays, the others moved."""
        both = [
            (before, after) for before, after in pairs if before is not None and after is not None
        ]
        old_at = {id(node): at for at, (_s, node) in enumerate(old)}
        old_in = {id(node): section for section, node in old}
        new_in = {id(node): section for section, node in new}
        section_now = {
            before.id: after.id
            for before, after in match(self.old.sections, self.new.sections)
            if before and after
        }
        kept = longest_rise([old_at[id(before)] for before, _after in both])
        for before, after in both:
            home = old_in[id(before)]
            if old_at[id(before)] not in kept or section_now.get(home, home) != new_in[id(after)]:
                yield self.whole("moved", after, self.new)

    def whole(self, code: str, node: Node, definition: Definition) -> Change:
        params = {"what": what_is(node), "label": self.label(node, definition)}
        return Change(code, node.id, MESSAGES[code], params)

    def label(self, node: Node, definition: Definition) -> str:
        return label_of(node).plain(definition.source) or getattr(node, "name", node.id)

    def fields(
        self, before: Any, after: Any, place: str, what: str, label: str
    ) -> Iterator[Change]:
        base = {"what": what, "label": label}
        for name in (row.name for row in fields(after)):
            old, new = getattr(before, name, None), getattr(after, name, None)
            if name not in _SKIPPED and old != new and type(before) is type(after):
                yield from self.changed(name, old, new, place, base)
        if isinstance(before, Question) and isinstance(after, Question):
            yield from self.settings(before, after, place, base)

    def changed(
        self, name: str, old: Any, new: Any, place: str, base: dict[str, str]
    ) -> Iterator[Change]:
        if isinstance(old, Localized) and isinstance(new, Localized):
            for one, two in _by_language(old, new):
                yield self.change(name, one, two, place, base)
            return
        both = tables_in(old, new) if name == "expression" else None
        rows = tuple(self.table(*both, place, base)) if both is not None else ()
        if rows:
            yield from rows
            return
        if name in CODED:
            old, new = (self.gettext(word(name, code)) for code in (old, new))
        yield self.change(name, self.words(old, self.old), self.words(new, self.new), place, base)

    def table(self, old: Table, new: Table, place: str, base: dict[str, str]) -> Iterator[Change]:
        say_old, say_new = (partial(self.words, definition=each) for each in (self.old, self.new))
        for code, was, now in row_changes(old, new, say_old, say_new):
            message = MESSAGES["rows_moved" if code == "moved" else f"row_{code}"]
            yield Change(code, place, message, {**base, "old": was, "new": now})
        if old.otherwise != new.otherwise:
            was, now = otherwise(old, say_old), otherwise(new, say_new)
            yield self.change("otherwise", was, now, place, base)

    def change(self, name: str, old: str, new: str, place: str, base: dict[str, str]) -> Change:
        params = {**base, "part": PARTS.get(name, name), "old": old, "new": new}
        message = "changed" if old and new else "gained" if new else "lost"
        return Change("changed", place, MESSAGES[message], params)

    def settings(
        self, before: Question, after: Question, place: str, base: dict[str, str]
    ) -> Iterator[Change]:
        old, new = before.settings.items(), after.settings.items()
        for name in [*old, *(name for name in new if name not in old)]:
            if old.get(name) == new.get(name):
                continue
            if isinstance(old.get(name, ()), tuple) and isinstance(new.get(name, ()), tuple):
                yield from self.choices(old.get(name, ()), new.get(name, ()), place, base)
            elif isinstance(old.get(name, NO_TEXT), Localized) and isinstance(
                new.get(name, NO_TEXT), Localized
            ):  # a question of another type has other settings
                texts = old.get(name, NO_TEXT), new.get(name, NO_TEXT)
                yield from self.changed(name, *texts, place, base)
            else:
                words = self.words(old.get(name), self.old), self.words(new.get(name), self.new)
                yield self.change(name, *words, place, base)

    def choices(
        self, old: tuple[Choice, ...], new: tuple[Choice, ...], place: str, base: dict[str, str]
    ) -> Iterator[Change]:
        before, after = {row.name: row for row in old}, {row.name: row for row in new}
        for name, choice in before.items():
            if name not in after:
                yield self.choice("removed", choice, place, base)
            else:
                yield from self.relabelled(choice.label, after[name].label, place, base)
                yield from self.attributes(choice, after[name], place, base)
        for name, choice in after.items():
            if name not in before:
                yield self.choice("added", choice, place, base)
        stayed = [row.name for row in new if row.name in before]
        if stayed != [row.name for row in old if row.name in after]:
            yield Change("moved", place, MESSAGES["choices_moved"], base)

    def relabelled(
        self, old: Localized, new: Localized, place: str, base: dict[str, str]
    ) -> Iterator[Change]:
        for before, after in _by_language(old, new):
            params = {**base, "old": before or "–", "new": after or "–"}
            yield Change("changed", place, MESSAGES["choice_changed"], params)

    def attributes(
        self, old: Choice, new: Choice, place: str, base: dict[str, str]
    ) -> Iterator[Change]:
        if old.attributes != new.attributes:
            said = (", ".join(map("=".join, each.attributes)) or "–" for each in (old, new))
            label = new.label.plain(self.new.source) or new.name
            was, now = (f"{label} [{words}]" for words in said)
            params = {**base, "old": was, "new": now}
            yield Change("changed", place, MESSAGES["choice_changed"], params)

    def choice(self, code: str, choice: Choice, place: str, base: dict[str, str]) -> Change:
        label = choice.label.plain(self.new.source) or choice.name
        return Change(code, place, MESSAGES[f"choice_{code}"], {**base, "choice": label})

    def words(self, value: Any, definition: Definition) -> str:
        if value is None or value == ():
            return "–"
        if isinstance(value, bool):
            return self.gettext(_("yes") if value else _("no"))
        if isinstance(value, str | int):
            return str(value)
        if isinstance(value, tuple):
            return ", ".join(self.words(part, definition) for part in value)
        return self.node_words(value, definition)

    def node_words(self, value: Any, definition: Definition) -> str:
        if isinstance(value, Constraint):
            words = describe(value.test, definition, gettext=self.gettext)
            return f"{words} ({self.gettext(_('only a warning'))})" if value.warning else words
        if isinstance(value, Effect):
            return say_effect(value, self.gettext)
        if isinstance(value, Repeat):
            limits = f"{value.minimum} – {value.maximum}"
            return limits if value.count is None else self.words(value.count, definition)
        return describe(value, definition, gettext=self.gettext)


def _by_language(old: Localized, new: Localized) -> Iterator[tuple[str, str]]:
    """What a text was and became, in each language in which it changed."""
    for language in sorted({*old.languages, *new.languages}):
        one, two = Localized(_only(old, language)), Localized(_only(new, language))
        if one != two:
            yield one.plain(language), two.plain(language)


def _only(text: Localized, language: str) -> tuple[Any, ...]:
    return tuple(pair for pair in text.pairs if pair[0] == language)
