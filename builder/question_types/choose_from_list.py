"""One of very many choices."""

from builder.problems import gettext_noop as _
from builder.question_types.base.choosing import OneChoice


class ChooseFromList(OneChoice):
    """One of up to 20,000 choices, found by typing a part of its label."""

    name = "choose_from_list"
    label = _("Choose from a long list")
    icon = "list-ul"
    control = "list"
    reading_hint = _("type a part of it")


CHOOSE_FROM_LIST = ChooseFromList()
