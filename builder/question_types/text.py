"""A text on one line."""

from builder.problems import gettext_noop as _
from builder.question_types.base.free import FreeText, longest
from builder.question_types.base.settings import Setting


class Text(FreeText):
    """Free text, optionally with a pattern that the whole of it must match."""

    name = "text"
    label = _("Text")
    settings = (
        longest(2000),
        Setting("pattern", "pattern", "", _("Pattern the text must match")),
    )
    searches = ("exact", "name", "number", "words")
    icon = "pilcrow"


TEXT = Text()
