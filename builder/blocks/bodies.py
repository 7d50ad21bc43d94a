"""The two streams of a page: `body` (sections) and `outcomes`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from builder.blocks.items import SectionBlock
from builder.blocks.outcomes import OutcomeBlock


class BodyBlock(blocks.StreamBlock):
    """Sections of a page of one kind: script, form, lesson or document."""

    def __init__(self, kind: str = "script", **kwargs: Any) -> None:
        super().__init__(
            [("section", SectionBlock(kind))], **{"collapsed": True, "label": _("Body"), **kwargs}
        )


class OutcomesBlock(blocks.StreamBlock):
    """The ends that a script, form or lesson may have."""

    def __init__(self, kind: str = "script", **kwargs: Any) -> None:
        outcome = OutcomeBlock(lesson=kind == "lesson")
        super().__init__(
            [("outcome", outcome)],
            **{"collapsed": True, "required": False, "label": _("Outcomes"), **kwargs},
        )
