"""The two streams of a page: `body` (sections) and `outcomes`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from builder.blocks.inclusions import INCLUSION, InclusionBlock
from builder.blocks.items import SectionBlock
from builder.blocks.outcomes import OutcomeBlock


class BodyBlock(blocks.StreamBlock):
    """Sections of a page of one kind: script, form, lesson or document; a script may include shared ones."""

    def __init__(self, kind: str = "script", **kwargs: Any) -> None:
        sections: list[tuple[str, blocks.Block]] = [("section", SectionBlock(kind))]
        if kind == "script":
            sections.append((INCLUSION, InclusionBlock()))
        super().__init__(sections, **{"collapsed": True, "label": _("Body"), **kwargs})


class OneSectionBlock(blocks.StreamBlock):
    """The section that scripts share: exactly one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            [("section", SectionBlock("script"))],
            **{"collapsed": True, "label": _("Section"), "min_num": 1, "max_num": 1, **kwargs},
        )


class OutcomesBlock(blocks.StreamBlock):
    """The ends that a script, form or lesson may have."""

    def __init__(self, kind: str = "script", **kwargs: Any) -> None:
        outcome = OutcomeBlock(lesson=kind == "lesson")
        super().__init__(
            [("outcome", outcome)],
            **{"collapsed": True, "required": False, "label": _("Outcomes"), **kwargs},
        )
