"""One of several choices."""

from builder.problems import gettext_noop as _
from builder.question_types.base.choosing import OneChoice


class ChooseOne(OneChoice):
    """One of a few choices, all of them in sight."""

    name = "choose_one"
    label = _("Choose one")
    icon = "radio-full"
    control = "radios"


CHOOSE_ONE = ChooseOne()
