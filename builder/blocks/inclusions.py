"""A shared section in the body of a script: which one, and when it is asked."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from builder.blocks.fields import ConditionBlock, FrozenAsChar, NameBlock, PlainCharBlock
from builder.blocks.lazy import LazyStructBlock
from builder.blocks.widgets import SharedWidget

if TYPE_CHECKING:
    from wagtail import blocks

INCLUSION = "shared_section"  # as `builder.compile.sections` knows it


class SectionReferenceBlock(PlainCharBlock):
    """A shared section: `intake` (followed) or `intake@3` (its third edition)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=80, **kwargs)
        self.field.widget = SharedWidget("sections")

    class Meta:
        default = ""


class InclusionBlock(FrozenAsChar, LazyStructBlock):
    """Stands where the section shall stand. Migrations do not list its fields."""

    summary = ("section", "prefix")

    def __init__(self, **kwargs: Any) -> None:
        fields: list[tuple[str, blocks.Block]] = [
            (
                "section",
                SectionReferenceBlock(
                    label=_("Which one"),
                    help_text=_(
                        "A section that is followed counts as it stands at each publishing of this page."
                    ),
                ),
            ),
            (
                "relevance",
                ConditionBlock(
                    label=_("Asked when"),
                    help_text=_("Together with the condition that the section has itself."),
                ),
            ),
            (
                "prefix",
                NameBlock(
                    label=_("Prefix of its names"),
                    help_text=_(
                        "Where the section stands twice on the page, or has names that the page has too: with “home”, “street” becomes “home_street”."
                    ),
                ),
            ),
        ]
        super().__init__(
            fields, **{"label": _("Shared section"), "icon": "folder-inverse", **kwargs}
        )
