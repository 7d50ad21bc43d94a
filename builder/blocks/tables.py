"""Decision tables as editors of guidelines think in them: rows of a condition and a result."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from builder.blocks.fields import ConditionBlock, LineBlock, NameBlock, PlainCharBlock
from builder.blocks.lazy import LazyStructBlock

MOST_ROWS = 100
HITS = (
    ("first", _("the result of the first row that holds")),
    ("collect", _("the results of all rows that hold, as choices")),
)
RESULTS = (
    ("text", _("texts")),
    ("number", _("numbers")),
    ("one", _("names of choices")),
    ("date", _("dates")),
    ("bool", _("yes or no")),
)


class CaseBlock(blocks.StructBlock):
    """One row: when it holds, and what it gives then."""

    test = ConditionBlock(label=_("When"))
    result = PlainCharBlock(label=_("Result"), required=False, max_length=500)

    class Meta:
        icon = "list-ol"
        label = _("Row")


class DecisionTableBlock(LazyStructBlock):
    """A calculation given by rows. A row whose condition is false, or not known yet, is passed over."""

    label = LineBlock(label=_("Label"), max_length=500)
    hit = blocks.ChoiceBlock(choices=HITS, label=_("Gives"), default="first")
    gives = blocks.ChoiceBlock(choices=RESULTS, label=_("The results are"), default="text")
    cases = blocks.ListBlock(
        CaseBlock(), label=_("Rows"), default=[], required=False, max_num=MOST_ROWS
    )
    otherwise = PlainCharBlock(
        label=_("Otherwise"),
        required=False,
        max_length=500,
        help_text=_("The result when no row holds. Left empty, there is none."),
    )
    shown = blocks.BooleanBlock(label=_("Shown on the screen"), required=False, default=True)
    name = NameBlock()
    summary = ("label", "name")

    class Meta:
        icon = "table"
        label = _("Decision table")
        group = _("Calculations")
