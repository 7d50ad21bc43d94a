"""A text on several lines."""

from builder.problems import gettext_noop as _
from builder.question_types.base.free import FreeText, longest


class LongText(FreeText):
    """Free text with paragraphs."""

    name = "long_text"
    label = _("Long text")
    settings = (longest(5000),)
    searches = ("words",)
    icon = "draft"
    control = "area"


LONG_TEXT = LongText()
