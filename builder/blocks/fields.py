"""The single fields of blocks that Wagtail has not: names, codes, conditions, references, choice lists.

Names, codes, conditions and references are never translated: `get_translatable_segments` gives none.
"""

import re
from collections.abc import Callable
from itertools import islice
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue

from builder.blocks.choices import choices_of_text, faults_in, text_of_choices
from builder.blocks.conditions import FORMULA_HELP, ConditionField
from builder.blocks.widgets import ConditionWidget, ReferenceWidget, SharedWidget
from builder.problems import say

FAULTS_AT_MOST = 8  # told at once
NAME = re.compile(r"\A[a-z][a-z0-9_]{0,62}\Z")
BOUND_HELP = _(
    "A number, a date as 2026-12-31, today - 3, or a formula over the names of earlier questions: rooms * 2, onset + 10 days."
)


class Untranslated:
    """Mixed into a block whose value means the same in every language."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return value


class FrozenAsChar:
    """Migrations see a plain CharBlock: they never read these values."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.blocks.CharBlock", [], {"required": False}

    def deconstruct_with_lookup(self, lookup: Any) -> tuple[str, list[Any], dict[str, Any]]:
        return self.deconstruct()


class LineBlock(FrozenAsChar, blocks.CharBlock):
    """A line of text for people, translated. Never None: wagtail-localize takes texts only."""

    class Meta:
        default = ""


class ParagraphBlock(FrozenAsChar, blocks.TextBlock):
    """A longer text for people, translated."""

    class Meta:
        default = ""


class PlainCharBlock(Untranslated, FrozenAsChar, blocks.CharBlock):
    """Text that is not for people: a pattern, a country, a right answer."""


class FormulaBlock(Untranslated, FrozenAsChar, blocks.TextBlock):
    """A formula over the names of the page; what it means is found when the page is checked, not when it is saved."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Formula"))
        kwargs.setdefault("help_text", FORMULA_HELP)
        super().__init__(required=False, max_length=5000, **{"rows": 3, **kwargs})

    class Meta:
        default = ""
        form_attrs: ClassVar[dict[str, str]] = {
            "data-builder-formula": ""
        }  # for the page's scripts


class NameBlock(PlainCharBlock):
    """The stable machine word of a node; left empty, it is made of the label and then kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Name"))
        kwargs.setdefault(
            "help_text",
            _(
                "The word for conditions, columns and {placeholders}. Left empty, it is made of the label and kept."
            ),
        )
        message = _("A name begins with a small letter and has small letters, digits and _ only.")
        super().__init__(
            required=False, max_length=63, validators=[RegexValidator(NAME, message)], **kwargs
        )


class BoundBlock(FormulaBlock):
    """The least or most of a question: a number, a date, `today - 3`, or a formula over earlier answers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=BOUND_HELP, rows=1, **kwargs)

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value)  # numbers were kept as numbers once


class CodeBlock(Untranslated, FrozenAsChar, blocks.ChoiceBlock):
    """The stable code of something upstairs, picked from a list that is read when the form is shown."""

    lists: ClassVar[
        dict[Callable[[], list[tuple[str, str]]], None]
    ] = {}  # in the order in which they came

    def __init__(
        self, choices: Callable[[], list[tuple[str, str]]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(choices=choices or [], **kwargs)
        if choices:
            self.lists[choices] = None

    @classmethod
    def pickable(cls) -> list[list[tuple[str, str]]]:
        """All that can be picked now, in any of these blocks."""
        return [codes() for codes in cls.lists]

    def to_python(self, value: Any) -> Any:
        return value  # Wagtail would read the whole list for each block

    def clean(self, value: Any) -> Any:
        # What no longer exists is told at publishing, at its block; a draft may keep it.
        return str(value) if value else super().clean(value)


class ConditionBlock(Untranslated, FrozenAsChar, blocks.FieldBlock):
    """Rows (question, operator, value) joined by all or any; None where there are none.

    Stored as `{"join": "all"|"any", "rows": [{"question": BLOCK ID, "operator", "value"}]}`; see `builder.blocks.conditions`.
    """

    def __init__(self, **kwargs: Any) -> None:
        """`this`, `score`, `offered`, `later`: what else can be asked about (see `ConditionWidget`)."""
        more = {name: kwargs.pop(name) for name in ConditionWidget.MORE if name in kwargs}
        self.field = ConditionField(
            required=False, widget=ConditionWidget(**more), help_text=kwargs.pop("help_text", "")
        )
        super().__init__(**kwargs)

    def value_from_form(self, value: Any) -> Any:
        return ConditionField.read(value)

    def value_for_form(self, value: Any) -> Any:
        return ConditionField.write(value)

    class Meta:
        icon = "help"
        default = None


class ReferenceBlock(PlainCharBlock):
    """The block id of a question, calculation or repeat of the same page; of an earlier section where `sections` says so."""

    def __init__(self, *, sections: bool = False, **kwargs: Any) -> None:
        super().__init__(required=kwargs.pop("required", False), **kwargs)
        self.field.widget = ReferenceWidget(sections=sections)


class SharedListBlock(PlainCharBlock):
    """A shared list that a question takes its choices from: `regions` (followed) or `regions@3` (its third edition)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("From a shared list"))
        kwargs.setdefault(
            "help_text",
            _(
                "Instead of writing them here. A list that is followed counts as it stands at each publishing of this page."
            ),
        )
        super().__init__(required=False, max_length=80, **kwargs)
        self.field.widget = SharedWidget("lists")

    class Meta:
        default = ""


class ChoicesBlock(FrozenAsChar, blocks.FieldBlock):
    """Choices, one a line (see `builder.blocks.choices`). Stored as `[{"name", "label", "attributes"?}, ..]`."""

    def __init__(self, **kwargs: Any) -> None:
        self.field = ChoicesField(
            required=False,
            widget=forms.Textarea(attrs={"rows": 5, "data-builder-choices": ""}),
            help_text=_(
                "One choice a line: the label alone, or name = Label. The name stays when you reword the label. What a filter may ask of a choice stands behind it: ghent = Ghent [province=east]."
            ),
        )
        super().__init__(**kwargs)

    def value_from_form(self, value: Any) -> Any:
        return choices_of_text(value) if isinstance(value, str | None) else value

    def value_for_form(self, value: Any) -> str:
        return text_of_choices(value or [])

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        return [
            StringSegmentValue(choice["name"], choice["label"])
            for choice in value or []
            if choice["label"]
        ]

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> list[dict[str, Any]]:
        texts = {segment.path: segment.render_text() for segment in segments}
        return [
            {**choice, "label": texts.get(choice["name"], choice["label"])}
            for choice in value or []
        ]

    class Meta:
        icon = "list-ul"
        default: list[dict[str, Any]] = []


class ChoicesField(forms.CharField):
    """Refuses two choices of one name: an answer would not say which; and attributes that cannot be read as such."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        faults = list(islice(faults_in(text), FAULTS_AT_MOST))
        if faults:
            raise ValidationError([say(fault, gettext) for fault in faults])
        return text
