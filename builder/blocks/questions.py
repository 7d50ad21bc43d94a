"""One lazy StructBlock for each question type, made of the settings that the type declares.

A new question type needs nothing here; a new kind of setting needs a row in SETTING_BLOCKS.
"""

from collections.abc import Callable
from typing import Any

from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from builder.blocks.fields import (
    BoundBlock,
    ChoicesBlock,
    ConditionBlock,
    FormulaBlock,
    LineBlock,
    NameBlock,
    ParagraphBlock,
    PlainCharBlock,
    SharedListBlock,
    Untranslated,
)
from builder.blocks.lazy import LazyStructBlock
from builder.problems import gettext_noop
from builder.question_types import TELLS, TYPES, WAYS, Setting

CLEARANCES = (
    ("open", _("open: every agent")),
    ("personal", _("personal: tells who somebody is")),
    ("sensitive", _("sensitive: health and the like")),
    ("sealed", _("sealed: few may see it")),
)
FACTS = (
    ("given_name", _("given name")),
    ("family_name", _("family name")),
    ("birth_date", _("date of birth")),
    ("phone", _("phone number")),
    ("national_number", _("national number")),
    ("email", _("e-mail address")),
    ("language", _("language")),
    ("address", _("address")),
)
DEFAULT_HELP = _(
    'The answer as long as nobody gives one: a value (yes, 3, 2026-12-31, "Ghent") or a formula over earlier answers.'
)
SEARCH_SPLIT = gettext_noop(
    "An answer that many records share stands there in many forms, so that counting tells hardly any of them once there are 20,000 records. Of fewer records, or where a handful of answers make up most, some are guessed."
)
SEARCH_HELP = gettext_noop(
    "Agents who may see the answer can find the record by it; records that exist follow soon after the release. The answer stays sealed; but whoever steals the database learns something from the index."
)
FROM = "_from"  # behind the name of a setting, as `builder.compile.lists` reads it
Fields = list[tuple[str, blocks.Block]]


def _number(setting: Setting) -> blocks.Block:
    return blocks.DecimalBlock(label=_(setting.label), required=False, default=setting.default)


def _whole(setting: Setting) -> blocks.Block:
    return blocks.IntegerBlock(
        label=_(setting.label), required=False, min_value=0, max_value=20_000
    )


def _switch(setting: Setting) -> blocks.Block:
    return blocks.BooleanBlock(label=_(setting.label), required=False, default=setting.default)


def _text(setting: Setting) -> blocks.Block:
    return PlainCharBlock(label=_(setting.label), required=False, max_length=2000)


def _pattern(setting: Setting) -> blocks.Block:
    help_text = _("A regular expression for the whole text, such as [1-9][0-9]{3}.")
    return PlainCharBlock(
        label=_(setting.label), required=False, max_length=500, help_text=help_text
    )


def _country(setting: Setting) -> blocks.Block:
    help_text = _("Two letters, such as BE.")
    return PlainCharBlock(
        label=_(setting.label),
        required=False,
        default=setting.default,
        max_length=2,
        help_text=help_text,
    )


def _bound(setting: Setting) -> blocks.Block:
    return BoundBlock(label=_(setting.label))


def _choices(setting: Setting) -> blocks.Block:
    return ChoicesBlock(label=_(setting.label))


def _label(setting: Setting) -> blocks.Block:
    return LineBlock(label=_(setting.label), required=False, max_length=200)


def _option(setting: Setting) -> blocks.Block:
    choices = [(word, _(label)) for word, label in setting.options]
    return OptionBlock(choices=choices, default=setting.default, label=_(setting.label))


# One row for each kind of setting that a question type may declare.
SETTING_BLOCKS: dict[str, Callable[[Setting], blocks.Block]] = {
    "figure": _number,
    "number": _bound,
    "whole": _whole,
    "switch": _switch,
    "text": _text,
    "pattern": _pattern,
    "country": _country,
    "condition": _bound,
    "choices": _choices,
    "label": _label,
    "option": _option,
}


class OptionBlock(Untranslated, blocks.ChoiceBlock):
    """One of a few words; it means the same in every language."""


class ConstraintBlock(blocks.StructBlock):
    """What an answer must satisfy, and what is said when it does not."""

    test = ConditionBlock(label=_("The answer is right when"), this=True)
    message = LineBlock(label=_("Message when it is not"), max_length=300)
    warning = blocks.BooleanBlock(
        label=_("Only a warning"),
        required=False,
        help_text=_("It may be set aside with a reason, which is kept."),
    )

    class Meta:
        icon = "warning"
        label = _("Constraint")


class QuestionBlock(LazyStructBlock):
    """A question of one type; in a lesson it has a right answer too."""

    def __init__(self, type_name: str = "text", *, lesson: bool = False, **kwargs: Any) -> None:
        question_type = TYPES[type_name]
        self._settings = [pair for each in question_type.settings for pair in _fields_of(each)]
        if question_type.picks:
            self._settings.append(("choice_filter", _filter()))
        self._lesson = _right(question_type.right_hint) if lesson else []
        self._search = [] if lesson else _search(question_type.searches)
        folded = [*_last(), *self._search]
        fields = [*_first(), *self._settings, *_middle(), *self._lesson, *folded]
        kwargs = {
            "label": _(question_type.label),
            "icon": question_type.icon,
            "group": _("Questions"),
            **kwargs,
        }
        super().__init__(fields, **kwargs)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """All of the folded group but the name, which a new label makes."""
        return tuple(name for name, _block in [*_last(), *self._search] if name != "name")

    def get_form_layout(self) -> blocks.BlockGroup:
        shown = [*_first(), *self._settings, *_middle(), *self._lesson]
        return blocks.BlockGroup(
            children=[
                *(name for name, _block in shown),
                blocks.BlockGroup(
                    children=[name for name, _block in [*_last(), *self._search]],
                    heading=_("Name, default, constraints, clearance and search"),
                    classname="collapsed",
                    icon="cog",
                    label_format="{name}",
                ),
            ]
        )


def _fields_of(setting: Setting) -> Fields:
    """The field of a setting; a list of choices may be taken from a shared list instead."""
    fields = [(setting.name, SETTING_BLOCKS[setting.kind](setting))]
    if setting.kind == "choices":
        fields.append((setting.name + FROM, SharedListBlock()))
    return fields


def _first() -> Fields:
    return [
        ("label", LineBlock(label=_("Label"), max_length=500)),
        ("hint", LineBlock(label=_("Hint"), required=False, max_length=500)),
    ]


def _middle() -> Fields:
    return [
        ("required", blocks.BooleanBlock(label=_("Required"), required=False)),
        ("required_when", ConditionBlock(label=_("Required when"), later=True)),
        ("relevance", ConditionBlock(label=_("Asked when"))),
    ]


def _filter() -> blocks.Block:
    help_text = _(
        "For example: the choice’s “province” is the answer to “Province”; or as a formula: offered province = province."
    )
    return ConditionBlock(label=_("Offer a choice only when"), offered=True, help_text=help_text)


def _right(hint: str) -> Fields:
    """A right answer is written as the editor reads it; `builder.compile.items` reads it."""
    help_text = _(hint) if hint else _("Left empty, the question gives no points.")
    return [
        ("right", PlainCharBlock(label=_("Right answer"), required=False, help_text=help_text)),
        ("points", blocks.DecimalBlock(label=_("Points"), required=False, min_value=0, default=1)),
        ("explanation", ParagraphBlock(label=_("Explanation"), required=False)),
    ]


def _search(ways: tuple[str, ...]) -> Fields:
    """By which answers records are found, and what that tells a thief; nothing where a type offers no way."""
    if not ways:
        return []
    told = lazy(
        lambda: " ".join(
            str(_(text)) for text in [SEARCH_HELP, *map(TELLS.get, ways), SEARCH_SPLIT]
        ),
        str,
    )
    choices = [(way, _(WAYS[way])) for way in ways]
    label, help_text = _("Records are found by this answer"), told()
    return [
        (
            "searchable",
            OptionBlock(choices=choices, label=label, required=False, help_text=help_text),
        )
    ]


def _last() -> Fields:
    return [
        ("name", NameBlock()),
        ("default", FormulaBlock(label=_("Default"), rows=1, help_text=DEFAULT_HELP)),
        (
            "constraints",
            blocks.ListBlock(
                ConstraintBlock(), label=_("Constraints"), default=[], required=False
            ),
        ),
        (
            "fact",
            blocks.ChoiceBlock(
                choices=FACTS,
                label=_("Fact about the person"),
                required=False,
                help_text=_("The answer becomes part of what is known of the person."),
            ),
        ),
        (
            "clearance",
            blocks.ChoiceBlock(choices=CLEARANCES, label=_("Clearance"), default="personal"),
        ),
        (
            "read_only",
            blocks.BooleanBlock(
                label=_("Read only"),
                required=False,
                help_text=_("Filled beforehand, shown, never asked."),
            ),
        ),
        ("read_only_when", ConditionBlock(label=_("Read only when"))),
    ]
