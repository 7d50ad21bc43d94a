"""What authors write in Wagtail: the blocks of a body, one grammar for scripts, forms, lessons and documents.

The door: `BodyBlock(kind)` and `OutcomesBlock(kind)`. Knows nothing of versions; `builder.compile` reads the plain data.
"""

from builder.blocks.bodies import BodyBlock, OneSectionBlock, OutcomesBlock
from builder.blocks.choices import choices_of_text, name_of_label, text_of_choices

__all__ = [
    "BodyBlock",
    "OneSectionBlock",
    "OutcomesBlock",
    "choices_of_text",
    "name_of_label",
    "text_of_choices",
]
