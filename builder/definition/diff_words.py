"""The words of differences: the sentences, the names of parts and of kinds of nodes."""

from typing import Final

from builder.conditions import table_in
from builder.definition.nodes import Calculation, Item, Outcome, Question, Section, TextItem
from builder.problems import gettext_noop as _
from builder.question_types import QUESTION_TYPES

Node = Section | Item | Outcome

MESSAGES: Final = {
    "added": _("Added %(what)s “%(label)s”."),
    "removed": _("Removed %(what)s “%(label)s”."),
    "moved": _("Moved %(what)s “%(label)s”."),
    "moved_to": _("Moved %(what)s “%(label)s” to section “%(section)s”."),
    "rewritten": _("The block of %(what)s “%(label)s” is another one, and says the same."),
    "renamed": _("Renamed %(what)s “%(label)s”: its name “%(old)s” became “%(new)s”."),
    "same": _("%(part)s of %(what)s “%(label)s” is written in another way, and says the same."),
    "changed": _("%(part)s of %(what)s “%(label)s”: “%(old)s” became “%(new)s”."),
    "gained": _("%(part)s of %(what)s “%(label)s”: “%(new)s” is new."),
    "lost": _("%(part)s of %(what)s “%(label)s”: “%(old)s” is gone."),
    "changed_in": _(
        "%(part)s of %(what)s “%(label)s” (%(language)s): “%(old)s” became “%(new)s”."
    ),
    "gained_in": _("%(part)s of %(what)s “%(label)s” (%(language)s): “%(new)s” is new."),
    "lost_in": _("%(part)s of %(what)s “%(label)s” (%(language)s): “%(old)s” is gone."),
    "rows_of_moved": _("%(part)s of %(what)s “%(label)s” stand in another order."),
    "choice_added": _("Added choice “%(choice)s” to “%(label)s”."),
    "choice_removed": _("Removed choice “%(choice)s” from “%(label)s”."),
    "choice_changed": _("Choice of “%(label)s”: “%(old)s” became “%(new)s”."),
    "choice_changed_in": _("Choice of “%(label)s” (%(language)s): “%(old)s” became “%(new)s”."),
    "row_added": _("Added row to “%(label)s”: %(new)s."),
    "row_removed": _("Removed row from “%(label)s”: %(old)s."),
    "row_changed": _("Row of “%(label)s”: “%(old)s” became “%(new)s”."),
    "rows_moved": _("The rows of “%(label)s” stand in another order."),
    "choices_moved": _("The choices of “%(label)s” stand in another order."),
}
# A language that one of the two is not written in: without a text, with one, with several.
LANGUAGE: Final = {
    "added": (
        _("%(language)s was added, without texts."),
        _("%(language)s was added: 1 text."),
        _("%(language)s was added: %(count)s texts."),
    ),
    "removed": (
        _("%(language)s was removed; it had no texts."),
        _("%(language)s was removed: 1 text."),
        _("%(language)s was removed: %(count)s texts."),
    ),
}
PARTS: Final = {
    **{setting.name: setting.label for kind in QUESTION_TYPES for setting in kind.settings},
    "label": _("Label"),
    "title": _("Title"),
    "text": _("Text"),
    "hint": _("Hint"),
    "name": _("Name"),
    "type": _("Type"),
    "required": _("Required"),
    "relevance": _("Relevance"),
    "constraints": _("Constraints"),
    "constraints.message": _("Message of a constraint"),
    "constraints.test": _("Constraint"),
    "constraints.warning": _("Only a warning"),
    "clearance": _("Clearance"),
    "read_only": _("Read-only"),
    "fact": _("Fact"),
    "default": _("Default"),
    "choice_filter": _("Filter of choices"),
    "searchable": _("Records are found by this answer"),
    "within": _("Lies within"),
    "side": _("Side section"),
    "right": _("Right answer"),
    "points": _("Points"),
    "explanation": _("Explanation"),
    "expression": _("Calculation"),
    "otherwise": _("Otherwise"),
    "shown": _("Shown"),
    "repeat": _("Repeat"),
    "repeat.minimum": _("Least number of entries"),
    "repeat.maximum": _("Greatest number of entries"),
    "repeat.entry_label": _("What one entry is called"),
    "repeat.party": _("Each entry is a person"),
    "repeat.count": _("As many entries as"),
    "complete": _("Complete answers needed"),
    "disposition": _("Disposition"),
    "effects": _("Effects"),
    "kind": _("Kind"),
    "languages": _("Languages"),
    "pass_percent": _("Pass mark"),
    "subject_app": _("App"),
    "minimum": _("Minimum"),
    "maximum": _("Maximum"),
    "maximum_length": _("Longest text"),
    "pattern": _("Pattern"),
}


def what_is(node: Node) -> str:
    if isinstance(node, TextItem):
        return {"line": _("line"), "cue": _("cue"), "display": _("display text")}[node.kind]
    if isinstance(node, Calculation) and table_in(node.expression) is not None:
        return _("decision table")
    return {
        Section: _("section"),
        Question: _("question"),
        Calculation: _("calculation"),
        Outcome: _("outcome"),
    }[type(node)]
