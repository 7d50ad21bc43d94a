"""What stood at the place of a change and what stands there now, in words; and what that place is called."""

from collections.abc import Callable
from typing import Any, Final

from builder.conditions import Call, Constant, write_formula
from builder.definition.comparing import ABSENT, Change
from builder.definition.describe import describe
from builder.definition.diff_words import PARTS
from builder.definition.nodes import Constraint, Definition, Effect, Repeat
from builder.definition.walk import label_of
from builder.definition.wording import say_effect, word
from builder.problems import gettext_noop as _
from builder.question_types import Choice
from builder.values import Hole, Localized

NOTHING: Final = "–"
CODED: Final = {"type", "disposition", "clearance", "kind", "searchable"}
_TEXTS: Final = {"title", "label", "hint", "explanation", "text", "message", "entry_label"}
_OF_A_SETTING: Final = 3  # `settings`, the setting, the language
_OWN_PARTS: Final = {"constraints", "repeat"}


class Saying:
    """Words the values on both sides of a change."""

    def __init__(self, old: Definition, new: Definition, gettext: Callable[[str], str]) -> None:
        self.old, self.new, self.gettext = old, new, gettext

    def sides(self, change: Change) -> tuple[str, str]:
        """Before and after; empty where there is nothing."""
        if change.code in {"moved", "rewritten"} or change.of_language:
            return "", ""
        before = self.side(change, change.before, self.old)
        after = self.side(change, change.after, self.new)
        if before == after and is_expression(change.before) and is_expression(change.after):
            return write_formula(change.before), write_formula(change.after)
        return before, after

    def side(self, change: Change, value: Any, definition: Definition) -> str:
        """One side of a change, by the place in the block."""
        way = change.member
        if value is ABSENT:
            return ""
        if not way:
            return label_of(value).plain(definition.source)
        if self.is_text(change):
            return plain(value)
        if way[-1:] == ("attributes",):
            return self.attributes(change, value, definition)
        if way[:2] == ("expression", "rows"):
            return describe(Call("when", value), definition, gettext=self.gettext)
        if way == ("expression", "otherwise"):
            return self.otherwise(value, definition)
        if way[-1] in CODED and isinstance(value, str):
            return self.gettext(word(way[-1], value))
        return self.words(value, definition)

    def otherwise(self, value: Any, definition: Definition) -> str:
        """What a table gives where no row holds: a text stands without quotation marks."""
        if isinstance(value, Constant) and value.type == "text":
            return str(value.value)
        return self.words(value, definition)

    def attributes(self, change: Change, value: Any, definition: Definition) -> str:
        """`Antwerp [region=north]`."""
        name = change.member[-2]
        told = ", ".join(map("=".join, value)) or NOTHING
        return f"{self.choice_label(change, name, definition)} [{told}]"

    def choice_label(self, change: Change, name: str, definition: Definition) -> str:
        """What a choice is called."""
        for section in definition.sections:
            for item in section.items:
                if item.id == change.place and hasattr(item, "settings"):
                    rows = item.settings.items().get(change.member[1]) or ()
                    found = next((row for row in rows if row.name == name), None)
                    return found.label.plain(definition.source) or name if found else name
        return name

    def words(self, value: Any, definition: Definition) -> str:
        """A value that stands in a block."""
        if value is None or value == ():
            return ""
        if isinstance(value, bool):
            return self.gettext(_("yes") if value else _("no"))
        if isinstance(value, str | int):
            return str(value)
        if isinstance(value, Localized):
            return value.plain(definition.source)
        if isinstance(value, tuple):
            return ", ".join(filter(None, (self.words(part, definition) for part in value)))
        return self.node_words(value, definition)

    def node_words(self, value: Any, definition: Definition) -> str:
        """A row, a repeat, or an expression."""
        if isinstance(value, Choice):
            return value.label.plain(definition.source) or value.name
        if isinstance(value, Constraint):
            words = describe(value.test, definition, gettext=self.gettext)
            return f"{words} ({self.gettext(_('only a warning'))})" if value.warning else words
        if isinstance(value, Effect):
            return say_effect(value, self.gettext)
        if isinstance(value, Repeat):
            limits = f"{value.minimum} – {value.maximum}"
            return limits if value.count is None else self.words(value.count, definition)
        return describe(value, definition, gettext=self.gettext)

    def kind_of_row(self, change: Change) -> str:
        """`row` of a decision table, `choice`; empty for what is neither."""
        way = change.member
        if way[:2] == ("expression", "rows"):
            return "row"
        rows = change.code in {"added", "removed", "moved"} or len(way) > _OF_A_SETTING
        return "choice" if way[:1] == ("settings",) and rows else ""

    def is_text(self, change: Change) -> bool:
        """Whether it is a text in one language."""
        way = change.member
        if change.code != "changed" or len(way) < 2 or way[-1] == "attributes":
            return False
        return way[-2] in _TEXTS or (way[0] == "settings" and len(way) == _OF_A_SETTING)

    def part(self, change: Change) -> str:
        """The msgid of what the place is called."""
        way = change.member
        names = way[1:] if way[0] in {"settings", "expression"} and len(way) > 1 else way
        own = way[-2] if self.is_text(change) else way[-1]
        if way[0] in _OWN_PARTS and len(way) > 1:
            return PARTS.get(f"{way[0]}.{own}") or PARTS[way[0]]
        return PARTS.get(names[0], names[0])


def is_expression(value: Any) -> bool:
    """Whether it is a condition or a calculation."""
    return type(value).__module__ == Constant.__module__


def plain(text: Any) -> str:
    """A text as an author would write it: holes as names in braces."""
    parts = ("{" + part.name + "}" if isinstance(part, Hole) else str(part) for part in text)
    return "".join(parts)
