"""What stands in a section: lines, cues, displays, questions, calculations; and the section itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from builder.blocks.fields import (
    ConditionBlock,
    FormulaBlock,
    FrozenAsChar,
    LineBlock,
    NameBlock,
    ParagraphBlock,
    ReferenceBlock,
)
from builder.blocks.lazy import LazyStructBlock
from builder.blocks.questions import QuestionBlock
from builder.blocks.tables import DecisionTableBlock
from builder.question_types import TYPES

PLACEHOLDERS = _("Write {name} where the answer to a question shall stand.")
TEXTS = {
    "line": (_("Line: said aloud"), "openquote"),
    "cue": (_("Cue: for the agent only"), "info-circle"),
    "display": (_("Text to read"), "doc-empty"),
}
CALCULATIONS = (
    ("date_plus_days", _("a date plus days")),
    ("date_plus_months", _("a date plus months")),
    ("first_answered", _("the first of two that is answered")),
    ("days_between", _("days from the one to the other")),
    ("age", _("age in years (today, or on the second date)")),
    ("plus", _("sum of two numbers")),
    ("minus", _("difference of two numbers")),
    ("times", _("product of two numbers")),
    ("sum", _("sum over the entries of a repeat")),
    ("average", _("average over the entries of a repeat")),
    ("smallest", _("smallest of the entries of a repeat")),
    ("largest", _("largest of the entries of a repeat")),
    ("count", _("number of entries of a repeat")),
    ("formula", _("a formula")),
)
# The kinds of page and the items that their sections may hold.
ITEMS = {
    "script": (*TEXTS, *TYPES, "calculation", "decision_table"),
    "form": ("display", *TYPES, "calculation", "decision_table"),
    "lesson": ("display", *TYPES, "calculation", "decision_table"),
    "document": ("display",),
}


class TextItemBlock(LazyStructBlock):
    """A text with placeholders: said, read by the agent, or read by the person."""

    text = ParagraphBlock(label=_("Text"), help_text=PLACEHOLDERS, rows=3)
    relevance = ConditionBlock(label=_("Shown when"))
    summary = ("text",)


class CalculationBlock(LazyStructBlock):
    """An answer that is computed, not asked."""

    label = LineBlock(label=_("Label"), max_length=500)
    kind = blocks.ChoiceBlock(
        choices=CALCULATIONS, label=_("Computed as"), default="date_plus_days"
    )
    question = ReferenceBlock(label=_("Question"))
    second = ReferenceBlock(label=_("Second question"), help_text=_("Where two are needed."))
    number = blocks.DecimalBlock(
        label=pgettext_lazy("quantity", "Number"),
        required=False,
        help_text=_("The days or months, or the second number."),
    )
    formula = FormulaBlock()
    shown = blocks.BooleanBlock(label=_("Shown on the screen"), required=False, default=True)
    name = NameBlock()
    summary = ("label", "name", "formula")

    class Meta:
        icon = "plus-inverse"
        label = _("Calculation")
        group = _("Calculations")


class RepeatBlock(blocks.StructBlock):
    """A section that is answered several times: as often as people add entries, or as an answer says."""

    on = blocks.BooleanBlock(label=_("Answered several times"), required=False)
    minimum = blocks.IntegerBlock(
        label=_("At least"), required=False, min_value=0, max_value=200, default=0
    )
    maximum = blocks.IntegerBlock(
        label=_("At most"), required=False, min_value=1, max_value=200, default=20
    )
    count = FormulaBlock(
        label=_("As many entries as"),
        rows=1,
        help_text=_(
            "The name of an earlier number, or a formula: children, adults + children. Then nobody adds or removes entries. Left empty, people add them."
        ),
    )
    entry_label = LineBlock(label=_("What one entry is called"), required=False, max_length=100)
    party = blocks.BooleanBlock(label=_("Each entry is a person"), required=False)

    class Meta:
        icon = "rotate"
        collapsed = True
        label_format = "{entry_label}"


class ItemsBlock(FrozenAsChar, blocks.StreamBlock):
    """The items of a section, as the kind of page allows. Migrations do not list them: a new question type needs none."""

    def __init__(self, kind: str = "script", **kwargs: Any) -> None:
        items = [(name, _item(name, lesson=kind == "lesson")) for name in ITEMS[kind]]
        super().__init__(
            items, **{"required": False, "label": _("Items"), "collapsed": True, **kwargs}
        )


def _item(name: str, *, lesson: bool) -> blocks.Block:
    if name in TEXTS:
        label, icon = TEXTS[name]
        return TextItemBlock(label=label, icon=icon, group=_("Texts"))
    if name == "calculation":
        return CalculationBlock()
    if name == "decision_table":
        return DecisionTableBlock()
    return QuestionBlock(name, lesson=lesson)


def _place() -> list[tuple[str, blocks.Block]]:
    """Where a section lies: on the path, within an earlier one, or at the side."""
    within = ReferenceBlock(
        sections=True,
        label=_("Lies within"),
        help_text=_(
            "Asked only with that section; within a repeated one it is part of each entry, and may be repeated there again."
        ),
    )
    side = blocks.BooleanBlock(
        label=_("Side section"),
        required=False,
        help_text=_("On no path: opened at any moment, and left to where one was."),
    )
    return [("within", within), ("side", side)]


class SectionBlock(FrozenAsChar, LazyStructBlock):
    """Questions and texts shown together. Migrations do not list its fields: a new one needs none."""

    summary = ("title", "name")

    def __init__(self, kind: str = "script", **kwargs: Any) -> None:
        fields: list[tuple[str, blocks.Block]] = [
            ("title", LineBlock(label=_("Title"), max_length=200))
        ]
        fields.append(("items", ItemsBlock(kind)))
        fields.append(("relevance", ConditionBlock(label=_("Asked when"))))
        if kind != "document":
            fields.append(("repeat", RepeatBlock(label=_("Repeat"))))
            fields += _place()
        fields.append(("name", NameBlock()))
        super().__init__(
            fields, **{"label": _("Section"), "icon": "folder-open-inverse", **kwargs}
        )
