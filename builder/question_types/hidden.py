"""A text that nobody is asked."""

from builder.problems import gettext_noop as _
from builder.question_types.base.free import FreeText, longest


class Hidden(FreeText):
    """Filled beforehand (from a list, by an address) or never; no screen shows it. Conditions and exports read it."""

    name = "hidden"
    label = _("Hidden value")
    settings = (longest(2000),)
    searches = ("exact", "name", "number")
    icon = "no-view"
    control = "none"
    unasked = True


HIDDEN = Hidden()
